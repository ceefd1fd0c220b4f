"""A map as one self-contained SVG: streets below, what was planned on top."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anlan_engine.roads import DEGREE_UNITS, RoadGraph

WIDTH_PX = 1000
HEIGHT_MAX_PX = 1000
MARGIN_SHARE = 0.04
"""Of the shown extent, left free on each side."""

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Mark:
    """A position on the map.

    Attributes
    ----------
    lon, lat : float
        Degrees.
    kind : str
        Gives its shape, its colour and its words in the legend (messages `plan.kind.*`).
    label : str
        What it is, for who points at it.
    tag : str
        A few letters beside it, such as its number in a table.
    """

    lon: float
    lat: float
    kind: str
    label: str
    tag: str = ""


def mark_at(position: F64, kind: str, label: str, tag: str = "") -> Mark:
    """Mark a position given as (lon, lat)."""
    lon, lat = position.tolist()
    return Mark(lon, lat, kind, label, tag)


@dataclass(frozen=True, slots=True)
class Line:
    """A line through k positions, `coords` as (lon, lat)."""

    coords: F64
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """An SVG to be put into a page.

    Attributes
    ----------
    width, height : int
        Pixels.
    streets : str
        SVG path data of the streets.
    lines, marks : sequence of dict
        What the page's template draws: `kind`, `label` and `path`, or `x` and `y`.
    kinds : sequence of str
        The kinds of marks and lines drawn, for the legend, in the order of first use.
    """

    width: int
    height: int
    streets: str
    lines: Sequence[dict[str, str]]
    marks: Sequence[dict[str, str | int]]
    kinds: Sequence[str]


class _Frame:
    """From degrees to pixels, north up, equal scale both ways at the middle latitude."""

    def __init__(self, shown: F64) -> None:
        low, high = shown.min(axis=0), shown.max(axis=0)
        squeeze = np.cos(np.radians((low[1] + high[1]) / 2))
        width, height = np.maximum((high - low) * (squeeze, 1.0), 1e-4) * (1 + 2 * MARGIN_SHARE)
        self._scale = min(WIDTH_PX / width, HEIGHT_MAX_PX / height)
        self._squeeze = squeeze
        self._middle = (low + high) / 2
        self.size = (round(width * self._scale), round(height * self._scale))

    def pixels(self, coords: F64) -> I64:
        """Place positions, in whole pixels."""
        right = (coords[:, 0] - self._middle[0]) * self._squeeze * self._scale + self.size[0] / 2
        down = (self._middle[1] - coords[:, 1]) * self._scale + self.size[1] / 2
        placed: I64 = np.rint(np.column_stack([right, down])).astype(np.int64)
        return placed

    def holds(self, pixels: I64) -> npt.NDArray[np.bool_]:
        """Mark the pixels inside the picture."""
        x, y = pixels.T
        inside: npt.NDArray[np.bool_] = (
            (x >= 0) & (x <= self.size[0]) & (y >= 0) & (y <= self.size[1])
        )
        return inside


def drawn(graph: RoadGraph, marks: Sequence[Mark] = (), lines: Sequence[Line] = ()) -> Drawn:
    """Draw marks and lines over the streets around them; over all streets where there are none.

    The picture's size is bounded by its pixels, not by the city: pieces of streets that fall into
    one pixel, or on the same two pixels as another, are drawn once.
    """
    parts = [np.array([(mark.lon, mark.lat) for mark in marks]).reshape(-1, 2)]
    parts += [line.coords for line in lines]
    shown = np.concatenate(parts)
    frame = _Frame(shown if len(shown) else graph.shape / DEGREE_UNITS)
    placed = frame.pixels(parts[0])
    return Drawn(
        *frame.size,
        streets=_streets(graph, frame),
        lines=[
            {"kind": line.kind, "label": line.label, "path": _path(frame.pixels(line.coords))}
            for line in lines
        ],
        marks=[
            {"kind": mark.kind, "label": mark.label, "tag": mark.tag, "x": x, "y": y}
            for mark, (x, y) in zip(marks, placed.tolist(), strict=True)
        ],
        kinds=list(dict.fromkeys([line.kind for line in lines] + [mark.kind for mark in marks])),
    )


def _path(pixels: I64) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in pixels.tolist())


def _streets(graph: RoadGraph, frame: _Frame) -> str:
    """Draw every piece of street that is seen, once."""
    pixels = frame.pixels(graph.shape / DEGREE_UNITS)
    starts = np.ones(len(pixels), np.bool_)
    starts[graph.segment_first[1:] - 1] = False
    at = np.flatnonzero(starts)
    seen = frame.holds(pixels)
    at = at[(seen[at] | seen[at + 1]) & (pixels[at] != pixels[at + 1]).any(axis=1)]
    pieces = np.unique(np.column_stack([pixels[at], pixels[at + 1]]), axis=0)
    return "".join(f"M{x} {y}L{x2} {y2}" for x, y, x2, y2 in pieces.tolist())
