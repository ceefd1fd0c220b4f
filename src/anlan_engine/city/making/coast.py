"""The sea: what lies to the right of the coastlines, within the city's box."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

F64 = npt.NDArray[np.float64]
Points = npt.NDArray[np.object_]
Box = tuple[float, float, float, float]

CUT_END_DEGREES = 0.003
"""How far short of the box a cut coastline may end: about 300 m."""

ASIDE_DEGREES = 1e-6
"""How far beside a coastline a point is taken to tell sea from land: about 10 cm."""


def sea_within(coastlines: Sequence[shapely.Geometry], box: Box) -> shapely.Geometry | None:
    """Find the sea in a box from coastlines that have land on their left.

    Extracts that are cut node by node have coastlines that end short of the box; such an end is
    led on to the nearest side, if that is no further than `CUT_END_DEGREES`.

    Parameters
    ----------
    coastlines : sequence of LineString
        Directed as OpenStreetMap wants it: land left, water right (wiki, *natural=coastline*).
    box : (west, south, east, north)
        Degrees.

    Returns
    -------
    MultiPolygon, Polygon or None
        None where no coastline parts the box. A part on which the coastlines contradict each
        other counts as land: rather too little sea than a flooded city.
    """
    frame = shapely.box(*box)
    coastlines = _led_on(coastlines, frame)
    lines = shapely.union_all([line for line in coastlines if shapely.intersects(line, frame)])
    inside = shapely.intersection(lines, frame)
    if inside.is_empty:
        return None
    cut = shapely.union_all([inside, frame.exterior])
    parts = shapely.get_parts(shapely.polygonize([cut]))
    right, left = _both_sides(coastlines, box)
    tree = shapely.STRtree(parts)
    wet = np.bincount(tree.query(right, predicate="within")[1], minlength=len(parts))
    dry = np.bincount(tree.query(left, predicate="within")[1], minlength=len(parts))
    sea = shapely.union_all(parts[(wet > 0) & (dry == 0)])
    return None if sea.is_empty else sea


def _led_on(
    coastlines: Sequence[shapely.Geometry], frame: shapely.Polygon
) -> list[shapely.Geometry]:
    """Lead loose ends inside the frame on to its nearest side."""
    lines = [shapely.get_coordinates(line) for line in coastlines]
    ends = Counter(tuple(line[end]) for line in lines for end in (0, -1))
    whole: list[shapely.Geometry] = []
    for line in lines:
        start, stop = (_way_out(line[end], frame, ends) for end in (0, -1))
        whole.append(shapely.LineString(np.concatenate([start, line, stop])))
    return whole


def _way_out(end: F64, frame: shapely.Polygon, ends: Counter[tuple[float, ...]]) -> F64:
    """The point of the frame to which a loose end leads: one row, or none."""
    point = shapely.Point(end)
    side = frame.exterior
    near = shapely.distance(point, side) <= CUT_END_DEGREES and shapely.within(point, frame)
    if ends[tuple(end)] > 1 or not near:
        return np.empty((0, 2))
    at: F64 = shapely.get_coordinates(side.interpolate(side.project(point)))
    return at


def _both_sides(coastlines: Sequence[shapely.Geometry], box: Box) -> tuple[Points, Points]:
    """Points just right and just left of the middle of what each step has inside the box."""
    starts = np.concatenate([shapely.get_coordinates(line)[:-1] for line in coastlines])
    ends = np.concatenate([shapely.get_coordinates(line)[1:] for line in coastlines])
    moving = (ends != starts).any(axis=1)
    starts, step = starts[moving], (ends - starts)[moving]
    enter, leave = _shares_inside(starts, step, box)
    inside = enter < leave
    starts, step = starts[inside], step[inside]
    middle = starts + step * ((enter + leave) / 2)[inside, np.newaxis]
    length = np.hypot(step[:, 0], step[:, 1])[:, np.newaxis]
    aside = np.stack([step[:, 1], -step[:, 0]], axis=1) / length * ASIDE_DEGREES
    return np.asarray(shapely.points(middle + aside)), np.asarray(shapely.points(middle - aside))


def _shares_inside(starts: F64, step: F64, box: Box) -> tuple[F64, F64]:
    """Shares of each step at which it enters and leaves the box (Liang & Barsky 1984).

    A step that does not touch the box enters later than it leaves.
    """
    slope = np.where(step == 0, np.finfo(np.float64).tiny, step)
    with np.errstate(over="ignore"):  # to infinity: a step along a side never meets the others
        one, other = (box[:2] - starts) / slope, (box[2:] - starts) / slope
    enter = np.maximum(np.minimum(one, other).max(axis=1), 0.0)
    leave = np.minimum(np.maximum(one, other).min(axis=1), 1.0)
    return enter, leave
