"""Streets by how soon a free unit can be there: reach over roads, from where the units stand now.

It is worked out at most once in `RENEWED_AFTER_S` for the same units, however many screens ask, and
by one request at a time in a process: no call and no recommendation waits for more than one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from threading import Lock
from uuid import UUID

import numpy as np
import numpy.typing as npt

from anlan.dispatch.selectors.incidents import open_assignment_of_units
from anlan.kernel.boxes import Box
from anlan.orgs.selectors import PlacedUnit, placed_units
from anlan.orgs.services.positions import is_stale
from anlan.places.city_pack import city
from anlan.places.roads import Roads, roads_at
from anlan_engine.roads.graph import DEGREE_UNITS
from anlan_engine.routing.driven import (
    Stretches,
    drawn_stretches,
    driven_within,
    lengths_m,
    street_m,
)

WITHIN_S = (60.0, 180.0, 300.0)
RENEWED_AFTER_S = 3.0
DRAWN_LIMIT_STRETCHES = 12_000
ANSWERS_KEPT = 8

F64 = npt.NDArray[np.float64]
Asked = tuple[tuple[UUID, ...], tuple[UUID, ...]]


@dataclass(frozen=True, slots=True)
class Band:
    """What is reached within `within_s`, and not within less.

    `reached_m` counts the streets of the whole city within that time, those reached sooner too.
    """

    within_s: float
    reached_m: float
    lines: list[list[list[float]]]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far `units` free units get, worked out at `at`.

    `stale` of them stand where they were a while ago, `at_station` never told where they are.
    `left_off` stretches lie in the box and are not drawn.
    """

    at: datetime
    units: int
    stale: int
    at_station: int
    closures: int
    street_m: float
    bands: list[Band]
    left_off: int


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was worked out, and when."""

    at: datetime
    stretches: Stretches


_answers: dict[Asked, _Answer] = {}
_one_at_a_time = Lock()


def coverage(box: Box, kind: str, at: datetime) -> Coverage:
    """Return how far the free units in scope get, of one kind or (empty) of all.

    Streets within the box are drawn. A unit counts where it last was, else at its station.
    """
    free = _free_units(kind)
    roads = roads_at(at)
    answer = _answer(roads, free, at)
    bands, left_off = _bands(roads, answer.stretches, box)
    return Coverage(
        at=answer.at,
        units=len(free),
        stale=sum(is_stale(unit.positioned_at, at) for unit in free),
        at_station=sum(unit.positioned_s is None for unit in free),
        closures=len(roads.closures),
        street_m=street_m(roads.times.graph),
        bands=bands,
        left_off=left_off,
    )


def coverage_from(
    stands: Sequence[tuple[float, float]], units: int, box: Box, at: datetime
) -> Coverage:
    """Return how far so many units get who would stand at some places (longitude, latitude)."""
    roads = roads_at(at)
    positions = np.array(stands, np.float64).reshape(-1, 2)
    bands, left_off = _bands(roads, driven_within(roads.times, positions, WITHIN_S), box)
    metres = street_m(roads.times.graph)
    return Coverage(at, units, 0, 0, len(roads.closures), metres, bands, left_off)


def _bands(roads: Roads, stretches: Stretches, box: Box) -> tuple[list[Band], int]:
    """Return what is reached in each time, drawn within a box, and how much of it is not drawn."""
    drawn, left_off = _within(box, stretches)
    metres, graph = lengths_m(stretches, len(WITHIN_S)), roads.times.graph
    bands = [
        Band(within_s, metres[band], drawn_stretches(graph, drawn.rows(drawn.band == band)))
        for band, within_s in enumerate(WITHIN_S)
    ]
    return bands, left_off


def _free_units(kind: str) -> list[PlacedUnit]:
    busy = open_assignment_of_units()
    return [
        unit
        for unit in placed_units()
        if unit.duty == "ON_DUTY" and unit.id not in busy and kind in {"", unit.kind}
    ]


def _answer(roads: Roads, free: Sequence[PlacedUnit], at: datetime) -> _Answer:
    """Return what was worked out for the very same units a moment ago, or work it out.

    Who asks has read which units those are under row-level security: nobody is given an answer that
    rests on a unit out of their sight.
    """
    asked = (roads.closures, tuple(unit.id for unit in free))
    with _one_at_a_time:
        known = _answers.get(asked)
        if known and abs(at - known.at) < timedelta(seconds=RENEWED_AFTER_S):
            return known
        answer = _Answer(at, driven_within(roads.times, _positions(free), WITHIN_S))
        _answers.pop(asked, None)
        while len(_answers) >= ANSWERS_KEPT:
            _answers.pop(next(iter(_answers)))
        _answers[asked] = answer
        return answer


def _positions(free: Sequence[PlacedUnit]) -> F64:
    return np.array([(unit.lon, unit.lat) for unit in free], np.float64).reshape(-1, 2)


def _within(box: Box, stretches: Stretches) -> tuple[Stretches, int]:
    """Return the stretches of segments that touch a box, those of large roads first if too many."""
    boxes = _segment_boxes()[stretches.segment]
    touches = (boxes[:, 0] <= box.east) & (boxes[:, 2] >= box.west)
    touches &= (boxes[:, 1] <= box.north) & (boxes[:, 3] >= box.south)
    found = np.flatnonzero(touches)
    if len(found) > DRAWN_LIMIT_STRETCHES:
        classes = city().graph.segment_class[stretches.segment[found]]
        largest = np.argsort(classes, kind="stable")[:DRAWN_LIMIT_STRETCHES]
        return stretches.rows(found[np.sort(largest)]), len(found) - DRAWN_LIMIT_STRETCHES
    return stretches.rows(found), 0


@cache
def _segment_boxes() -> F64:
    """West, south, east, north of every segment, degrees."""
    graph = city().graph
    at, first = graph.shape / DEGREE_UNITS, graph.segment_first[:-1]
    low, high = np.minimum.reduceat(at, first, axis=0), np.maximum.reduceat(at, first, axis=0)
    return np.concatenate([low, high], axis=1)
