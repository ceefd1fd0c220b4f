"""Rank units by the time they need by road, and say why each stands where it does."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from anlan_engine.assign.question import Question, Unit
from anlan_engine.errors import Fact
from anlan_engine.routing import RoadTimes
from anlan_engine.sphere import distance_m

F64 = npt.NDArray[np.float64]


class Reason(StrEnum):
    """Why a unit stands where it does.

    The first group holds the main reasons, of which every unit has one; the last two are remarks.
    """

    FASTEST = "FASTEST"
    NEXT = "NEXT"
    BUSY = "BUSY"
    NOT_CAPABLE = "NOT_CAPABLE"
    UNREACHABLE = "UNREACHABLE"
    NO_POSITION = "NO_POSITION"

    STRAIGHT_LINE_WOULD_MISLEAD = "STRAIGHT_LINE_WOULD_MISLEAD"
    STALE_POSITION = "STALE_POSITION"


@dataclass(frozen=True, slots=True)
class Remark:
    """A reason and the facts that go with it (seconds, ranks, codes)."""

    code: Reason
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """One unit in a ranking.

    Attributes
    ----------
    unit_id : str
    rank : int or None
        1 for the fastest; None for a unit that cannot be sent.
    straight_rank : int or None
        Its rank if distance as the crow flies decided, for comparison.
    travel_s, distance_m : float or None
        By road; None where there is no way or no position. Also given for busy units.
    straight_m : float or None
        As the crow flies.
    brings : tuple of str
        The needed capabilities it has.
    reasons : tuple of Remark
        The main reason first.
    """

    unit_id: str
    rank: int | None
    straight_rank: int | None
    travel_s: float | None
    distance_m: float | None
    straight_m: float | None
    brings: tuple[str, ...]
    reasons: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A unit with its distances, before it has a place."""

    unit: Unit
    brings: tuple[str, ...]
    travel_s: float
    road_m: float
    straight_m: float

    def by_road(self) -> tuple[float, float, float, str]:
        return self.travel_s, self.road_m, self.straight_m, self.unit.unit_id

    def by_line(self) -> tuple[float, str]:
        return self.straight_m, self.unit.unit_id


def rank_units(question: Question, times: RoadTimes) -> tuple[RankedUnit, ...]:
    """Rank all units of a question.

    Units that can be sent come first: available, with at least one needed capability, and with a
    way to the place. They are ordered by travel time; equal times (to the millisecond) by road
    distance, then by straight distance, then by unit id, so that the same question always gives
    the same ranking. The others follow with the reason why not, in the order of `Reason`.

    A unit is FASTEST where no other brings one of the needed capabilities sooner: a place that
    needs two capabilities may have two fastest units.

    Parameters
    ----------
    question : Question
    times : RoadTimes
        On the graph of the pack that the question names.

    Returns
    -------
    tuple of RankedUnit

    Raises
    ------
    anlan_engine.routing.RoutingError
        OFF_NETWORK or INVALID_POSITION for the place (index -1) or a unit's position.
    """
    rows = _measured(question, times)
    judged = [(_why_not(row, question), row) for row in rows]
    excluded = [(reason, row) for reason, row in judged if reason is not None]
    eligible = sorted((row for reason, row in judged if reason is None), key=_Row.by_road)
    line_order = sorted(eligible, key=_Row.by_line)
    straight_rank = {row.unit.unit_id: rank for rank, row in enumerate(line_order, 1)}
    fastest_for = _fastest_for(eligible, question.needs)
    fastest_s = _fastest_s(eligible)
    ranked = [
        _ranked(
            row,
            rank,
            straight_rank[row.unit.unit_id],
            (
                _main_reason(row, fastest_s, fastest_for),
                *_line_remark(rank, straight_rank[row.unit.unit_id]),
                *_age_remark(row, question),
            ),
        )
        for rank, row in enumerate(eligible, 1)
    ]
    order = list(Reason)
    excluded.sort(key=lambda pair: (order.index(pair[0].code), *pair[1].by_road()))
    left_out = [
        _ranked(row, None, None, (reason, *_age_remark(row, question))) for reason, row in excluded
    ]
    return (*ranked, *left_out)


def _measured(question: Question, times: RoadTimes) -> list[_Row]:
    """Measure the way of every unit that has a position."""
    placed = [unit for unit in question.units if unit.lon is not None and unit.lat is not None]
    at = np.array([(unit.lon, unit.lat) for unit in placed], np.float64).reshape(-1, 2)
    found = times.times_to(question.lon, question.lat, at)
    straight = distance_m(at[:, 0], at[:, 1], question.lon, question.lat)
    columns = (found.travel_s.tolist(), found.distance_m.tolist(), straight.tolist())
    measures = {unit.unit_id: measure for unit, *measure in zip(placed, *columns, strict=True)}
    nowhere = [math.inf, math.inf, math.inf]
    return [
        _Row(unit, _brings(unit, question.needs), *measures.get(unit.unit_id, nowhere))
        for unit in question.units
    ]


def _brings(unit: Unit, needs: Sequence[str]) -> tuple[str, ...]:
    return tuple(need for need in needs if need in unit.capabilities)


def _why_not(row: _Row, question: Question) -> Remark | None:
    """Why a unit cannot be sent; None where it can."""
    if not row.unit.available:
        return Remark(Reason.BUSY)
    if question.needs and not row.brings:
        return Remark(Reason.NOT_CAPABLE, {"needs": ",".join(question.needs)})
    if not math.isfinite(row.straight_m):
        return Remark(Reason.NO_POSITION)
    if not math.isfinite(row.travel_s):
        return Remark(Reason.UNREACHABLE)
    return None


def _fastest_for(eligible: Sequence[_Row], needs: Sequence[str]) -> dict[str, list[str]]:
    """Needed capabilities by the unit that brings each of them first."""
    first: dict[str, list[str]] = {}
    for need in needs:
        unit_id = next((row.unit.unit_id for row in eligible if need in row.brings), None)
        if unit_id is not None:
            first.setdefault(unit_id, []).append(need)
    if eligible and not needs:
        first[eligible[0].unit.unit_id] = []
    return first


def _fastest_s(eligible: Sequence[_Row]) -> dict[str, float]:
    """Travel time of the first unit that brings each capability; "" for the first of all."""
    first: dict[str, float] = {}
    for row in eligible:
        for capability in ("", *row.brings):
            first.setdefault(capability, row.travel_s)
    return first


def _main_reason(
    row: _Row, fastest_s: Mapping[str, float], fastest_for: Mapping[str, list[str]]
) -> Remark:
    """Fastest for something, or so many seconds behind the fastest that brings the same."""
    capabilities = fastest_for.get(row.unit.unit_id)
    if capabilities is not None:
        return Remark(Reason.FASTEST, {"for": ",".join(capabilities)})
    leader_s = fastest_s[row.brings[0] if row.brings else ""]
    return Remark(Reason.NEXT, {"behind_s": round(row.travel_s - leader_s, 3)})


def _line_remark(rank: int, straight_rank: int) -> list[Remark]:
    if rank == straight_rank:
        return []
    facts = {"rank": rank, "straight_rank": straight_rank}
    return [Remark(Reason.STRAIGHT_LINE_WOULD_MISLEAD, facts)]


def _age_remark(row: _Row, question: Question) -> list[Remark]:
    age_s = row.unit.position_age_s
    if age_s is None or age_s <= question.stale_after_s:
        return []
    facts = {"age_s": age_s, "stale_after_s": question.stale_after_s}
    return [Remark(Reason.STALE_POSITION, facts)]


def _ranked(
    row: _Row, rank: int | None, straight_rank: int | None, reasons: tuple[Remark, ...]
) -> RankedUnit:
    return RankedUnit(
        unit_id=row.unit.unit_id,
        rank=rank,
        straight_rank=straight_rank,
        travel_s=_finite(row.travel_s),
        distance_m=_finite(row.road_m),
        straight_m=_finite(row.straight_m),
        brings=row.brings,
        reasons=reasons,
    )


def _finite(measure: float) -> float | None:
    return measure if math.isfinite(measure) else None
