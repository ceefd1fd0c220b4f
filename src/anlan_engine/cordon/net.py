"""The streets a cordon is drawn on: junctions, streets between them, their shapes."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.cordon.errors import CordonError
from anlan_engine.roads.graph import DEGREE_UNITS, MM_BITS, NO_NAME, RoadGraph
from anlan_engine.roads.grid import snapping_grid

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

NO_ARC = -1


class StreetNet(NamedTuple):
    """Streets as a cordon sees them: each may be driven along, against, or both.

    Make one with :func:`street_net` (a city's roads) or :func:`street_net_of_arcs` (plain arrays),
    once per network; it is only read.

    Attributes
    ----------
    node_at : int32[nodes, 2]
        Longitude, latitude of the junctions, in ten-millionths of a degree.
    end : int32[streets, 2]
        The junctions at both ends.
    time_s : float64[streets, 2]
        Seconds to drive from end 0 to end 1 and back; inf where that is not allowed.
    name : int32[streets]
        Row in the city's table of street names; -1 where a street has none.
    arc : int32[streets, 2]
        The arcs of the graph it was made from, along and against; -1 where there is none.
    first : int32[streets + 1], shape : int32[points, 2], street_of : int32[points]
        The shape of each street from end 0 to end 1, as in `RoadGraph`; the street of each point.
    node_first : int32[nodes + 1], node_end : int32[2 * streets]
        Streets at each junction, as `street * 2 + end`.
    grid_box, grid_size, grid_first, grid_point : int32 arrays
        As in `RoadGraph`: pieces of shape by cell.
    """

    node_at: I32
    end: I32
    time_s: F64
    name: I32
    arc: I32
    first: I32
    shape: I32
    street_of: I32
    node_first: I32
    node_end: I32
    grid_box: I32
    grid_size: I32
    grid_first: I32
    grid_point: I32


def street_net(graph: RoadGraph) -> StreetNet:
    """Prepare the roads of a city: its segments are the streets, row by row.

    Parameters
    ----------
    graph : RoadGraph

    Raises
    ------
    CordonError
        NO_STREETS.
    """
    if not graph.segments:
        raise CordonError(code="NO_STREETS")
    along, against = graph.segment_arc.T
    end = np.where(
        (along != NO_ARC)[:, np.newaxis],
        np.stack([graph.arc_tail[along], graph.arc_head[along]], axis=1),
        np.stack([graph.arc_head[against], graph.arc_tail[against]], axis=1),
    ).astype(np.int32)
    seconds = (graph.arc_cost >> MM_BITS)[graph.segment_arc] / 1000.0
    node_first, node_end = _ends_by_node(end, graph.nodes)
    return _frozen(
        node_at=graph.node_at,
        end=end,
        time_s=np.where(graph.segment_arc != NO_ARC, seconds, np.inf),
        name=graph.segment_name,
        arc=graph.segment_arc,
        first=graph.segment_first,
        shape=graph.shape,
        street_of=_street_of(graph.segment_first),
        node_first=node_first,
        node_end=node_end,
        grid_box=graph.grid_box,
        grid_size=graph.grid_size,
        grid_first=graph.grid_first,
        grid_point=graph.grid_point,
    )


def street_net_of_arcs(position: F64, tail: I32, head: I32, time_s: F64) -> StreetNet:
    """Prepare plain arrays: an arc and one the other way between the same nodes are one street.

    Parameters
    ----------
    position : float64[nodes, 2]
        Longitude, latitude in degrees.
    tail, head : int32[arcs]
        From and to, rows of `position`. Arcs from a node to itself are left out.
    time_s : float64[arcs]
        Seconds, finite, at least 0.

    Raises
    ------
    CordonError
        NO_STREETS, BAD_NETWORK.
    """
    _check_arcs(position, tail, head, time_s)
    kept = np.flatnonzero(tail != head)
    if not len(kept):
        raise CordonError(code="NO_STREETS")
    low = np.minimum(tail[kept], head[kept]).astype(np.int64)
    high = np.maximum(tail[kept], head[kept]).astype(np.int64)
    against = (tail[kept] > head[kept]).astype(np.int64)
    pair = low * len(position) + high
    # The k-th fastest arc along and the k-th fastest against are one street.
    order = np.lexsort((time_s[kept], against, pair))
    kept, pair, against = kept[order], pair[order], against[order]
    run = np.flatnonzero(np.diff(pair * 2 + against, prepend=-1))
    rank = np.arange(len(kept)) - np.repeat(run, np.diff(np.append(run, len(kept))))
    street_key, street = np.unique(np.stack([pair, rank], axis=1), axis=0, return_inverse=True)
    street = street.reshape(-1)
    arc = np.full((len(street_key), 2), NO_ARC, np.int32)
    arc[street, against] = kept
    end = np.stack(np.divmod(street_key[:, 0], len(position)), axis=1).astype(np.int32)
    node_at = np.rint(position * DEGREE_UNITS).astype(np.int32)
    first = np.arange(0, 2 * len(end) + 1, 2, dtype=np.int32)
    shape = np.ascontiguousarray(node_at[end.reshape(-1)])
    grid = snapping_grid(shape, first)
    node_first, node_end = _ends_by_node(end, len(position))
    return _frozen(
        node_at=node_at,
        end=end,
        time_s=np.where(arc != NO_ARC, time_s[arc], np.inf),
        name=np.full(len(end), NO_NAME, np.int32),
        arc=arc,
        first=first,
        shape=shape,
        street_of=_street_of(first),
        node_first=node_first,
        node_end=node_end,
        grid_box=grid.box,
        grid_size=grid.size,
        grid_first=grid.first,
        grid_point=grid.point,
    )


def _check_arcs(position: F64, tail: I32, head: I32, time_s: F64) -> None:
    """Refuse arrays that do not describe a network."""
    if position.ndim != 2 or position.shape[1] != 2 or not np.isfinite(position).all():
        raise CordonError(code="BAD_NETWORK", what="position", reason="not finite pairs")
    if not len(tail) == len(head) == len(time_s):
        raise CordonError(code="BAD_NETWORK", what="arcs", reason="columns of different lengths")
    if len(tail) and not (
        min(tail.min(), head.min()) >= 0 and max(tail.max(), head.max()) < len(position)
    ):
        raise CordonError(code="BAD_NETWORK", what="arcs", reason="an end is no node")
    if not (np.isfinite(time_s).all() and (time_s >= 0).all()):
        raise CordonError(code="BAD_NETWORK", what="time_s", reason="negative or not finite")


def _frozen(**columns: npt.NDArray[np.generic]) -> StreetNet:
    """Make every array read-only, as those of a city are: one network compiles once."""
    for column in columns.values():
        column.flags.writeable = False
    return StreetNet(**columns)  # type: ignore[arg-type]


def _ends_by_node(end: I32, nodes: int) -> tuple[I32, I32]:
    """List the ends of streets by junction."""
    flat = end.reshape(-1)
    order = np.argsort(flat, kind="stable").astype(np.int32)
    first = np.concatenate([[0], np.cumsum(np.bincount(flat, minlength=nodes))]).astype(np.int32)
    return first, order


def _street_of(first: I32) -> I32:
    """Give the street of each point of shape."""
    return np.repeat(np.arange(len(first) - 1, dtype=np.int32), np.diff(first))
