"""The road network as flat arrays: what the city pack stores and routing reads."""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

DEGREE_UNITS = 1e7
"""Positions are whole ten-millionths of a degree, as in OpenStreetMap: about a centimetre."""

NO_NAME = -1
"""In place of the row of a name."""

MM_BITS = 32
"""An arc's cost is `milliseconds << MM_BITS | millimetres`.

Sums of such costs compare first by time and then by distance, so the best route and its length are
unique whatever the order of search. Exact while a route is shorter than 2**32 mm = 4,294 km.
"""

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
U8 = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class RoadGraph:
    """Streets cut into uniform segments, their drivable directions and the allowed turns.

    A *segment* is a stretch of street between two nodes with one name, one speed per direction and
    a shape. An *arc* is one direction in which a segment may be driven. Routing moves from arc to
    arc along *turns*: a turn that is not listed is not allowed, so restrictions need no special
    case. Every street can be reached from every other, in each of its open directions.

    A restriction over a way gives the arcs of that way a *copy*, which is driven by those who come
    from where the restriction begins, and lacks the turn that it forbids. Whoever starts on a
    segment starts on a plain arc; whoever goes to a place on it may come by a copy too.

    Attributes
    ----------
    node_at : int32[nodes, 2]
        Longitude, latitude of the junctions, in `DEGREE_UNITS`.
    segment_first : int32[segments + 1]
        Where each segment's shape begins in `shape`; shapes have at least two points.
    segment_name : int32[segments]
        Row in the city's table of street names; -1 where a street has none.
    segment_class : uint8[segments]
        Place in :data:`anlan_engine.roads.ROAD_CLASSES`.
    segment_arc : int32[segments, 2]
        The plain arc along the shape and the one against it; -1 where that direction is closed.
    segment_arcs : int32[segments + 1]
        Where each segment's arcs begin: those along the shape, then those against it.
    shape : int32[points, 2]
        Longitude, latitude, in `DEGREE_UNITS`.
    shape_mm : int32[points]
        Millimetres from the start of the segment to this point along the shape.
    arc_segment, arc_tail, arc_head : int32[arcs]
        The segment driven and the nodes at both ends.
    arc_plain : int32[arcs]
        The arc that a copy stands for; itself for every plain arc.
    arc_cost : int64[arcs]
        Time and length of the whole arc, packed as told at `MM_BITS`.
    turn_first : int32[arcs + 1], turn_to : int32[turns]
        Arcs that may follow each arc.
    back_first : int32[arcs + 1], back_from : int32[turns]
        Arcs that may precede each arc: the same turns, reversed.
    grid_box : int32[4]
        West, south of the snapping grid and width, height of a cell, in `DEGREE_UNITS`.
    grid_size : int32[2]
        Columns, rows.
    grid_first : int32[columns * rows + 1], grid_point : int32[...]
        For each cell, row by row from the south-west, the shape points whose piece (from the point
        to the next one of the same segment) may cross the cell.
    """

    node_at: I32
    segment_first: I32
    segment_name: I32
    segment_class: U8
    segment_arc: I32
    segment_arcs: I32
    shape: I32
    shape_mm: I32
    arc_segment: I32
    arc_plain: I32
    arc_tail: I32
    arc_head: I32
    arc_cost: I64
    turn_first: I32
    turn_to: I32
    back_first: I32
    back_from: I32
    grid_box: I32
    grid_size: I32
    grid_first: I32
    grid_point: I32

    def __post_init__(self) -> None:
        """Make every array read-only: one graph serves many threads, and compiles once."""
        for field in fields(self):
            getattr(self, field.name).flags.writeable = False

    @property
    def nodes(self) -> int:
        """Number of junctions."""
        return len(self.node_at)

    @property
    def segments(self) -> int:
        """Number of segments."""
        return len(self.segment_name)

    @property
    def arcs(self) -> int:
        """Number of drivable directions of segments, copies included."""
        return len(self.arc_cost)

    @property
    def turns(self) -> int:
        """Number of allowed turns."""
        return len(self.turn_to)
