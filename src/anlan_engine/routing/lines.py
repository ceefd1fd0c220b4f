"""Draw routes: arcs become a line with the time at each point."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.roads.graph import DEGREE_UNITS, MM_BITS
from anlan_engine.routing.network import MM_MASK, Network
from anlan_engine.routing.places import share_of
from anlan_engine.routing.results import Path

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]


class Stretch(NamedTuple):
    """Part of an arc, in millimetres from the arc's start; `end_mm` None is its end."""

    arc: int
    start_mm: int
    end_mm: int | None


def drawn(network: Network, stretches: Sequence[Stretch], ends: F64, foot: I64) -> Path:
    """Join stretches, and the ways on foot at both ends, into one path.

    Parameters
    ----------
    network : Network
    stretches : sequence of Stretch
        In driving order, each beginning where the one before ends.
    ends : float64[2, 2]
        Longitude, latitude of the start and the end, in degrees.
    foot : int64[2]
        Cost from the start to the street and from the street to the end.
    """
    lines = [_line(network, stretch) for stretch in stretches]
    coords = np.concatenate([ends[:1], *(line for line, _ in lines), ends[1:]])
    foot_ms = foot >> MM_BITS
    clock = int(foot_ms[0])
    times_ms: list[I64] = [np.zeros(1, np.int64)]
    for _, passed_ms in lines:
        times_ms.append(clock + passed_ms)
        clock += int(passed_ms[-1])
    times_ms.append(np.array([clock + int(foot_ms[1])], np.int64))
    cumulative_s = np.concatenate(times_ms) / 1000.0
    length_mm = sum(_length_mm(network, stretch) for stretch in stretches)
    inner = cumulative_s[1:-1]
    kept = np.ones(len(coords), np.bool_)
    kept[1:-1] = (inner > cumulative_s[:-2]) & (inner < cumulative_s[-1])
    walked_mm = int((foot & MM_MASK).sum())
    return Path(coords[kept], cumulative_s[kept], (length_mm + walked_mm) / 1000.0)


def _length_mm(network: Network, stretch: Stretch) -> int:
    end_mm = int(network.cost[stretch.arc]) & MM_MASK
    return (end_mm if stretch.end_mm is None else stretch.end_mm) - stretch.start_mm


def _line(network: Network, stretch: Stretch) -> tuple[F64, I64]:
    """Points of a stretch in degrees, and milliseconds from its start to each."""
    graph = network.graph
    segment = int(graph.arc_segment[stretch.arc])
    points = slice(int(graph.segment_first[segment]), int(graph.segment_first[segment + 1]))
    at = graph.shape[points] / DEGREE_UNITS
    along_mm = graph.shape_mm[points].astype(np.int64)
    if graph.segment_arc[segment, 0] != graph.arc_plain[stretch.arc]:
        at, along_mm = at[::-1], along_mm[-1] - along_mm[::-1]
    end_mm = int(along_mm[-1]) if stretch.end_mm is None else stretch.end_mm
    inside = along_mm[(along_mm > stretch.start_mm) & (along_mm < end_mm)]
    marks_mm = np.concatenate([[stretch.start_mm], inside, [end_mm]]).astype(np.int64)
    coords = np.stack([np.interp(marks_mm, along_mm, at[:, axis]) for axis in (0, 1)], axis=1)
    time_ms = int(network.cost[stretch.arc]) >> MM_BITS
    passed = share_of(time_ms, int(along_mm[-1]), marks_mm)
    return coords, passed - passed[0]
