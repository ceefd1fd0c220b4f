"""Rank units by the time they need by road, and say why each stands where it does."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

import numpy as np
import numpy.typing as npt

from anlan_engine.assign.question import Question
from anlan_engine.assign.reasons import Reason, Remark
from anlan_engine.routing import RoadTimes
from anlan_engine.sphere import distance_m

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

_WHY_NOT = (Reason.BUSY, Reason.NOT_CAPABLE, Reason.NO_POSITION, Reason.UNREACHABLE)
"""The first of these that applies is the reason."""

_ELIGIBLE = -1


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


class Measures(NamedTuple):
    """Columns of all units, in the order of the question.

    Attributes
    ----------
    travel_s, road_m, straight_m : float64[units]
        inf where there is no way or no position.
    brings : bool[units, needs]
        Which of the needs (each once) a unit brings.
    reason : int64[units]
        `_ELIGIBLE`, or the row of `_WHY_NOT`.
    """

    travel_s: F64
    road_m: F64
    straight_m: F64
    brings: Bool
    reason: I64

    @property
    def eligible(self) -> Bool:
        """Units that can be sent; bool[units]."""
        eligible: Bool = self.reason == _ELIGIBLE
        return eligible


class Ranking(Sequence[RankedUnit]):
    """Units in order: those that can be sent, by travel time, and then the others.

    A sequence of `RankedUnit`, each made when it is asked for: of 500 units a dispatcher sees 20.

    Attributes
    ----------
    sendable : int
        How many can be sent; they come first.
    """

    def __init__(self, question: Question, measures: Measures) -> None:
        self._question = question
        self._measures = measures
        self._needs = tuple(dict.fromkeys(question.needs))
        ids = np.array([unit.unit_id for unit in question.units], np.str_)
        by_road = np.lexsort((ids, measures.straight_m, measures.road_m, measures.travel_s))
        eligible = measures.eligible
        sent = by_road[eligible[by_road]]
        left = by_road[~eligible[by_road]]
        # In the order of `Reason`, which tells first what cannot be helped soonest.
        order = np.array([list(Reason).index(why) for why in _WHY_NOT])
        left = left[np.argsort(order[measures.reason[left]], kind="stable")]
        self._order = np.concatenate([sent, left])
        self.sendable = len(sent)
        self._straight_rank = np.zeros(len(ids), np.int64)
        by_line = sent[np.lexsort((ids[sent], measures.straight_m[sent]))]
        self._straight_rank[by_line] = np.arange(1, len(sent) + 1)
        self._first = _first_bringers(measures.brings, sent)

    @property
    def left_out(self) -> dict[Reason, int]:
        """Count the units that cannot be sent by their main reason."""
        rows = self._measures.reason[self._order[self.sendable :]].tolist()
        return dict(Counter(_WHY_NOT[row] for row in rows))

    def __len__(self) -> int:
        """Count all units."""
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> RankedUnit: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[RankedUnit, ...]: ...
    def __getitem__(self, place: int | slice) -> RankedUnit | tuple[RankedUnit, ...]:
        """Give the unit at a place, or those of a slice."""
        if isinstance(place, slice):
            return tuple(self._at(one) for one in range(*place.indices(len(self))))
        return self._at(range(len(self))[place])

    def __eq__(self, other: object) -> bool:
        """Rankings are equal where all their units are."""
        return isinstance(other, Ranking) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def _at(self, place: int) -> RankedUnit:
        """Make the unit at a place."""
        row, measures = int(self._order[place]), self._measures
        unit = self._question.units[row]
        rank = place + 1 if place < self.sendable else None
        straight_rank = int(self._straight_rank[row]) if rank else None
        brings = tuple(
            need for need, has in zip(self._needs, measures.brings[row], strict=True) if has
        )
        reasons = [self._main_reason(row)]
        if rank != straight_rank and rank and straight_rank:
            facts = {"rank": rank, "straight_rank": straight_rank}
            reasons.append(Remark(Reason.STRAIGHT_LINE_WOULD_MISLEAD, facts))
        age_s, stale_after_s = unit.position_age_s, self._question.stale_after_s
        if age_s is not None and age_s > stale_after_s:
            ages = {"age_s": age_s, "stale_after_s": stale_after_s}
            reasons.append(Remark(Reason.STALE_POSITION, ages))
        return RankedUnit(
            unit_id=unit.unit_id,
            rank=rank,
            straight_rank=straight_rank,
            travel_s=_finite(measures.travel_s[row]),
            distance_m=_finite(measures.road_m[row]),
            straight_m=_finite(measures.straight_m[row]),
            brings=brings,
            reasons=tuple(reasons),
        )

    def _main_reason(self, row: int) -> Remark:
        """Why not; or fastest for something; or so far behind the fastest that brings the same."""
        why_not = int(self._measures.reason[row])
        if why_not != _ELIGIBLE:
            facts = {"needs": ",".join(self._needs)}
            named = _WHY_NOT[why_not] is Reason.NOT_CAPABLE
            return Remark(_WHY_NOT[why_not], facts if named else {})
        first = self._first
        leads = [
            need for need, leader in zip(self._needs, first[1:].tolist(), strict=True)
            if leader == row
        ]  # fmt: skip
        if leads or (not self._needs and first[0] == row):
            return Remark(Reason.FASTEST, {"for": ",".join(leads)})
        brings = np.flatnonzero(self._measures.brings[row])
        leader = int(first[1 + brings[0]] if len(brings) else first[0])
        behind_s = self._measures.travel_s[row] - self._measures.travel_s[leader]
        return Remark(Reason.NEXT, {"behind_s": round(float(behind_s), 3)})


def rank_units(question: Question, times: RoadTimes) -> Ranking:
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
    Ranking

    Raises
    ------
    anlan_engine.routing.RoutingError
        OFF_NETWORK or INVALID_POSITION for the place (index -1) or a unit's position.
    """
    return Ranking(question, measure_units(question, times))


def measure_units(question: Question, times: RoadTimes) -> Measures:
    """Measure every unit of a question, and tell which can be sent.

    Raises
    ------
    anlan_engine.routing.RoutingError
        As `rank_units`.
    """
    units = question.units
    placed = [row for row, unit in enumerate(units) if unit.lon is not None]
    at = np.array([(units[row].lon, units[row].lat) for row in placed], np.float64).reshape(-1, 2)
    found = times.times_to(question.lon, question.lat, at)
    columns = np.full((3, len(units)), np.inf)
    columns[:, placed] = (
        found.travel_s,
        found.distance_m,
        distance_m(at[:, 0], at[:, 1], question.lon, question.lat),
    )
    travel_s, road_m, straight_m = columns
    needs = dict.fromkeys(question.needs)
    kinds = {unit.capabilities for unit in units}  # many bring the same
    has = {codes: [need in codes for need in needs] for codes in kinds}
    rows = [has[unit.capabilities] for unit in units]
    brings = np.array(rows, np.bool_).reshape(len(units), len(needs))
    busy = ~np.array([unit.available for unit in units], np.bool_)
    capable = brings.any(axis=1) if needs else np.ones(len(units), np.bool_)
    why_not = [busy, ~capable, ~np.isfinite(straight_m), ~np.isfinite(travel_s)]
    reason = np.select(why_not, list(range(len(why_not))), default=_ELIGIBLE)
    return Measures(travel_s, road_m, straight_m, brings, reason.astype(np.int64))


def _first_bringers(brings: Bool, sent: I64) -> I64:
    """Row of the first unit of all, and of the first that brings each need; -1 without one."""
    first = np.full(1 + brings.shape[1], -1, np.int64)
    if len(sent):
        first[0] = sent[0]
        table = brings[sent]
        found = table.any(axis=0)
        first[1:][found] = sent[table.argmax(axis=0)[found]]
    return first


def _finite(measure: float) -> float | None:
    return float(measure) if math.isfinite(measure) else None
