"""Closed streets: from a shape on the map to the arcs nobody may drive through."""

from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.roads.graph import DEGREE_UNITS, RoadGraph
from anlan_engine.roads.snapping import NO_SEGMENT, snap
from anlan_engine.routing.errors import RoutingError
from anlan_engine.sphere import METRES_PER_DEGREE

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
Bool = npt.NDArray[np.bool_]

STREET_REACH_M = 50.0
"""A street is closed by a point no further away than this."""

RADIUS_MAX_M = 20_000.0
CORNERS_MAX = 2_000
SPAN_MAX_DEGREES = 10.0


@dataclass(frozen=True, slots=True)
class OnStreet:
    """The segment nearest to a point.

    Attributes
    ----------
    lon, lat : float
        Degrees.
    heading : float or None
        Degrees clockwise from north: close the direction that runs this way there, within a right
        angle. None closes both.
    """

    lon: float
    lat: float
    heading: float | None = None


@dataclass(frozen=True, slots=True)
class Disc:
    """Every segment that comes within a radius of a point."""

    lon: float
    lat: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class Area:
    """Every segment that touches a polygon.

    Attributes
    ----------
    ring : tuple of (float, float)
        Longitude, latitude of its corners in order, three or more; it closes itself.
    """

    ring: tuple[tuple[float, float], ...]


Shape = OnStreet | Disc | Area


@dataclass(frozen=True, slots=True)
class Closure:
    """A shape whose streets nobody may drive through from one instant up to another.

    A segment is closed as a whole, from junction to junction: nobody drives through it. Whoever
    stands on it may drive off it, and who has to go to a place on it may drive there.

    Attributes
    ----------
    shape : OnStreet, Disc or Area
    from_at : datetime
        With a time zone.
    until_at : datetime or None
        With a time zone; from this instant on the streets are open again. None: until further
        notice.
    """

    shape: Shape
    from_at: datetime
    until_at: datetime | None = None

    def in_force(self, at: datetime) -> bool:
        """Whether an instant lies in the time of the closure."""
        return self.from_at <= at and (self.until_at is None or at < self.until_at)


def closed_arcs(graph: RoadGraph, shape: Shape) -> I32:
    """List the arcs that a shape closes, ascending; copies with the arcs they stand for.

    Raises
    ------
    RoutingError
        INVALID_SHAPE for numbers that make no shape, or a point that no street is near to.
    """
    if isinstance(shape, OnStreet):
        plain = _on_street(graph, shape)
    else:
        touched = _in_disc(graph, shape) if isinstance(shape, Disc) else _in_area(graph, shape)
        plain = np.isin(graph.arc_segment, np.unique(_segment_of(graph, touched)))
    return np.flatnonzero(plain[graph.arc_plain]).astype(np.int32)


def _refuse(reason: str) -> NoReturn:
    raise RoutingError(code="INVALID_SHAPE", reason=reason)


def _check(positions: F64) -> None:
    if not (np.abs(positions) <= (180.0, 90.0)).all():  # False for NaN
        _refuse("a corner is no longitude and latitude")


def _segment_of(graph: RoadGraph, pieces: I32) -> I32:
    """The segments of pieces, each known by the shape point it begins with."""
    found = np.searchsorted(graph.segment_first, pieces, side="right") - 1
    return found.astype(np.int32)


def _on_street(graph: RoadGraph, shape: OnStreet) -> Bool:
    """Mark the plain arcs of the segment at a point, or the one that runs a way there."""
    at = np.array([[shape.lon, shape.lat]], np.float64)
    _check(at)
    spots = snap(graph, at, STREET_REACH_M)
    segment = int(spots.segment[0])
    if segment == NO_SEGMENT:
        _refuse(f"no street within {STREET_REACH_M:g} m of {shape.lon}, {shape.lat}")
    arcs = graph.segment_arc[segment]
    marks = np.zeros(graph.arcs, np.bool_)
    if shape.heading is None:
        marks[arcs[arcs >= 0]] = True
        return marks
    if not 0 <= shape.heading <= 360:
        _refuse(f"{shape.heading} is no heading")
    points = slice(int(graph.segment_first[segment]), int(graph.segment_first[segment + 1]))
    along = graph.shape_mm[points]
    passed = int(np.searchsorted(along, spots.along_mm[0], side="right"))
    piece = int(graph.segment_first[segment]) + min(max(passed - 1, 0), len(along) - 2)
    east, north = (graph.shape[piece + 1] - graph.shape[piece]).tolist()
    east *= float(np.cos(np.radians(shape.lat)))
    wanted = np.radians(shape.heading)
    same = east * np.sin(wanted) + north * np.cos(wanted) >= 0
    arc = int(arcs[0 if same else 1])
    if arc < 0:
        _refuse("the street is one-way, the other way")
    marks[arc] = True
    return marks


def _pieces(graph: RoadGraph, low: F64, high: F64) -> I32:
    """Pieces of shape in the grid cells that a box in degrees touches, by their first points."""
    west, south, width, height = graph.grid_box.tolist()
    columns, rows = graph.grid_size.tolist()
    corner = np.array([west, south])
    cell = np.array([width, height])
    least = np.clip((low * DEGREE_UNITS - corner) // cell, 0, [columns, rows]).astype(int)
    most = np.clip((high * DEGREE_UNITS - corner) // cell, -1, [columns - 1, rows - 1]).astype(int)
    first = graph.grid_first
    found = [
        graph.grid_point[first[row * columns + least[0]] : first[row * columns + most[0] + 1]]
        for row in range(least[1], most[1] + 1)
        if most[0] >= least[0]
    ]
    return np.unique(np.concatenate([np.zeros(0, np.int32), *found]))


def _in_disc(graph: RoadGraph, disc: Disc) -> I32:
    """Pieces within a radius of a point, on a plane that touches the earth there."""
    centre = np.array([disc.lon, disc.lat])
    _check(centre[np.newaxis])
    if not 0 <= disc.radius_m <= RADIUS_MAX_M:
        _refuse(f"a radius of {disc.radius_m} m is not between 0 and {RADIUS_MAX_M:g}")
    scale = METRES_PER_DEGREE * np.array([max(np.cos(np.radians(disc.lat)), 1e-6), 1.0])
    points = _pieces(graph, centre - disc.radius_m / scale, centre + disc.radius_m / scale)
    start = (graph.shape[points] / DEGREE_UNITS - centre) * scale
    step = (graph.shape[points + 1] - graph.shape[points]) / DEGREE_UNITS * scale
    square = (step**2).sum(axis=1)
    share = np.clip(-(start * step).sum(axis=1) / np.where(square > 0, square, 1.0), 0.0, 1.0)
    away = np.hypot(*(start + share[:, np.newaxis] * step).T)
    near: I32 = points[away <= disc.radius_m]
    return near


def _in_area(graph: RoadGraph, area: Area) -> I32:
    """Pieces that begin inside a polygon, end inside it or cross its border."""
    ring = np.array(area.ring, np.float64).reshape(-1, 2)
    _check(ring)
    if not 3 <= len(np.unique(ring, axis=0)) <= len(ring) <= CORNERS_MAX:
        _refuse(f"a polygon has 3 to {CORNERS_MAX} corners")
    if (np.ptp(ring, axis=0) > SPAN_MAX_DEGREES).any():
        _refuse(f"a polygon spans at most {SPAN_MAX_DEGREES:g} degrees")
    points = _pieces(graph, ring.min(axis=0), ring.max(axis=0))
    corners = np.rint(ring * DEGREE_UNITS).astype(np.int64)
    touching: I32 = points[_touching(graph.shape, points, corners)]
    return touching


@compiled
def _touching(shape: I32, points: I32, ring: npt.NDArray[np.int64]) -> Bool:
    """Mark pieces that touch a polygon; all in whole units, so that borders belong to it."""
    marks = np.zeros(len(points), np.bool_)
    for row in range(len(points)):
        x1, y1 = int(shape[points[row], 0]), int(shape[points[row], 1])
        x2, y2 = int(shape[points[row] + 1, 0]), int(shape[points[row] + 1, 1])
        inside = False
        for corner in range(len(ring)):
            ax, ay = int(ring[corner - 1, 0]), int(ring[corner - 1, 1])
            bx, by = int(ring[corner, 0]), int(ring[corner, 1])
            if _cross(x1, y1, x2, y2, ax, ay, bx, by):
                marks[row] = True
                break
            if (ay > y1) != (by > y1):
                side = (bx - ax) * (y1 - ay) - (x1 - ax) * (by - ay)
                inside ^= (side > 0) == (by > ay)
        marks[row] |= inside
    return marks


@compiled
def _turn(ax: int, ay: int, bx: int, by: int, cx: int, cy: int) -> int:
    """1 where c lies left of the line from a to b, -1 right of it, 0 on it."""
    area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    return (area > 0) - (area < 0)


@compiled
def _cross(x1: int, y1: int, x2: int, y2: int, ax: int, ay: int, bx: int, by: int) -> bool:
    """Whether two pieces have a point in common."""
    if max(x1, x2) < min(ax, bx) or max(ax, bx) < min(x1, x2):
        return False
    if max(y1, y2) < min(ay, by) or max(ay, by) < min(y1, y2):
        return False
    apart = _turn(x1, y1, x2, y2, ax, ay) * _turn(x1, y1, x2, y2, bx, by) > 0
    return not apart and _turn(ax, ay, bx, by, x1, y1) * _turn(ax, ay, bx, by, x2, y2) <= 0
