"""Which units to send to one incident: the whole question, and its answer from it alone.

Pure: what is kept of a question gives the same answer again on the same pack under the same
closures. The places of the run card are filled so that the last needed unit arrives soonest. Then,
unless the incident is of the most urgent class, another unit may take a place if it too arrives in
time and its leaving costs less coverage. Last, whether a unit on its way to a less urgent incident
would be there sooner, and what that would cost the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np

from anlan_engine.assign import (
    FREE,
    ChoiceReason,
    DiversionQuestion,
    FilledPlace,
    GuardedQuestion,
    LeftCall,
    Measures,
    Question,
    Ranking,
    Remark,
    Unit,
    choose_guarded,
    decide_diversion,
    fill_measured,
    measure_units,
)
from anlan_engine.routing import RoadTimes

DIVERTIBLE_LIMIT_UNITS = 3
VERSION = 1


@dataclass(frozen=True, slots=True)
class Job:
    """What a unit that is not free is doing, for whom, and what only it brings there."""

    unit: str
    state: str
    call: str
    priority: int
    lon: float
    lat: float
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """What the rules say for this incident: guard and diversion (see `choice_rules`)."""

    urgent: bool
    in_time_s: float
    extra_s: float
    busy_share: float
    pairs: tuple[tuple[int, int], ...]
    states: tuple[str, ...]
    least_gain_s: float


@dataclass(frozen=True, slots=True)
class DeskQuestion:
    """Everything that a recommendation depends on.

    Attributes
    ----------
    question : Question
        The place, the units, and the needs by which they are ranked.
    places : tuple of str
        The capability of each place of the card that is still open.
    priority : int
    policy : Policy
    demand : tuple of (float, float, float)
        Where calls are expected: longitude, latitude, how many.
    jobs : tuple of Job
        Of the units that are not free.
    """

    question: Question
    places: tuple[str, ...]
    priority: int
    policy: Policy
    demand: tuple[tuple[float, float, float], ...]
    jobs: tuple[Job, ...]

    def snapshot(self) -> dict[str, Any]:
        """Give the question as plain data that JSON can hold."""
        return {
            "ask": "DESK",
            "version": VERSION,
            "question": self.question.snapshot(),
            "places": list(self.places),
            "priority": self.priority,
            "policy": asdict(self.policy),
            "demand": [list(one) for one in self.demand],
            "jobs": [asdict(job) for job in self.jobs],
        }

    @classmethod
    def of_snapshot(cls, kept: dict[str, Any]) -> Self:
        """Read a question back."""
        policy = kept["policy"] | {
            "pairs": tuple((left, new) for left, new in kept["policy"]["pairs"]),
            "states": tuple(kept["policy"]["states"]),
        }
        return cls(
            question=Question.of_snapshot(kept["question"]),
            places=tuple(kept["places"]),
            priority=kept["priority"],
            policy=Policy(**policy),
            demand=tuple((lon, lat, count) for lon, lat, count in kept["demand"]),
            jobs=tuple(Job(**job | {"serves": tuple(job["serves"])}) for job in kept["jobs"]),
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """A unit that may be taken from a less urgent incident, and what becomes of that."""

    need: str
    unit: str
    travel_s: float
    call: str
    reason: Remark
    left: LeftCall


@dataclass(frozen=True, slots=True)
class Answer:
    """The units by travel time, who fills each open place, and who might be diverted."""

    ranking: Ranking
    places: tuple[FilledPlace, ...]
    offer: Offer | None


def choose(asked: DeskQuestion, times: RoadTimes) -> Answer:
    """Answer a question of the desk.

    Raises
    ------
    anlan_engine.routing.RoutingError
        OFF_NETWORK or INVALID_POSITION for the place (index -1) or a unit's position.
    """
    measures = measure_units(asked.question, times)
    ranking = Ranking(asked.question, measures)
    if not asked.places:
        return Answer(ranking, (), None)
    places = fill_measured(asked.question, measures).places
    if asked.policy.urgent:
        places = tuple(map(_urgent, places))
    elif asked.demand:
        places = _sparing(asked, measures, places, times)
    return Answer(ranking, places, _offer(asked, measures, places, times))


def _urgent(place: FilledPlace) -> FilledPlace:
    if place.reason.code != ChoiceReason.FASTEST:
        return place
    return FilledPlace(
        place.need, place.unit_id, place.travel_s, Remark(ChoiceReason.URGENT_SO_FASTEST)
    )


def _column(asked: DeskQuestion, need: str) -> int:
    return list(dict.fromkeys(asked.question.needs)).index(need)


def _sparing(
    asked: DeskQuestion, measures: Measures, places: Sequence[FilledPlace], times: RoadTimes
) -> tuple[FilledPlace, ...]:
    """Let another unit take a place where it arrives in time and is missed less elsewhere.

    A place is offered only to units that no other place has: so what the card got stays filled, and
    nobody who was in time is replaced by somebody who is not.
    """
    units = asked.question.units
    able = np.flatnonzero(measures.eligible)
    at = np.array([(lon, lat) for lon, lat, _ in asked.demand])
    there = np.array([(units[row].lon, units[row].lat) for row in able]).reshape(-1, 2)
    reached = times.times_between(there, at).travel_s <= asked.policy.in_time_s
    begins = np.concatenate([[0], np.cumsum(reached.sum(axis=1))]).tolist()
    cells = np.nonzero(reached)[1].tolist()
    covers = {
        row: tuple(cells[begin:end])
        for row, begin, end in zip(able.tolist(), begins, begins[1:], strict=False)
    }
    taken = {place.unit_id for place in places}
    chosen = []
    for place in places:
        new = _spare(asked, measures, place, taken, covers) if place.unit_id else place
        taken = (taken - {place.unit_id}) | {new.unit_id}
        chosen.append(new)
    return tuple(chosen)


def _spare(
    asked: DeskQuestion, measures: Measures, place: FilledPlace, taken: set[str | None],
    covers: Mapping[int, tuple[int, ...]],
) -> FilledPlace:  # fmt: skip
    units, policy = asked.question.units, asked.policy
    brings = measures.brings[:, _column(asked, place.need)]
    rows = [
        row
        for row in covers
        if brings[row] and (units[row].unit_id == place.unit_id or units[row].unit_id not in taken)
    ]
    choice = choose_guarded(
        GuardedQuestion(
            units=tuple(units[row].unit_id for row in rows),
            travel_s=tuple(measures.travel_s[rows].tolist()),
            covers=tuple(covers[row] for row in rows),
            weight=tuple(count for _, _, count in asked.demand),
            busy_share=policy.busy_share,
            urgent=False,
            limit_s=policy.in_time_s,
            extra_s=policy.extra_s,
        )
    )
    if choice.unit == place.unit_id or choice.unit is None:
        return place
    facts: dict[str, str | int | float] = {
        "limit_s": policy.in_time_s,
        "fastest": str(choice.fastest),
        "behind_s": choice.behind_s,
        "cover_lost": round(choice.cost, 3),
        "fastest_cover_lost": round(choice.fastest_cost, 3),
    }
    return FilledPlace(place.need, choice.unit, choice.travel_s, Remark(choice.reason.code, facts))


def _offer(
    asked: DeskQuestion, measures: Measures, places: Sequence[FilledPlace], times: RoadTimes
) -> Offer | None:
    """Look whether the place that is open, or else filled last, could be filled sooner."""
    worst = max(places, key=lambda one: np.inf if one.travel_s is None else one.travel_s)
    rows = {unit.unit_id: row for row, unit in enumerate(asked.question.units)}
    jobs = _divertible(asked, measures, worst, rows)
    if not jobs:
        return None
    column = _column(asked, worst.need)
    others = {place.unit_id for place in places} - {worst.unit_id}
    free = [
        row
        for row in np.flatnonzero(measures.eligible & measures.brings[:, column]).tolist()
        if asked.question.units[row].unit_id not in others
    ]
    taking = [
        row
        for row, unit in enumerate(asked.question.units)
        if unit.available and unit.lon is not None and unit.unit_id not in others
        and row not in free and any(set(job.serves) <= set(unit.capabilities) for job in jobs)
    ]  # fmt: skip
    decision = decide_diversion(_diversion(asked, measures, jobs, (free, taking, rows), times))
    if decision.left is None or decision.unit is None or decision.travel_s is None:
        return None
    job = next(job for job in jobs if job.unit == decision.unit)
    return Offer(
        worst.need, decision.unit, decision.travel_s, job.call, decision.reason, decision.left
    )


def _divertible(
    asked: DeskQuestion, measures: Measures, worst: FilledPlace, rows: dict[str, int]
) -> list[Job]:
    """Return the jobs from which the rule lets a unit be taken that is soonest there."""
    policy, column = asked.policy, _column(asked, worst.need)
    least_s = np.inf if worst.travel_s is None else worst.travel_s - policy.least_gain_s
    found = [
        (float(measures.travel_s[rows[job.unit]]), job.unit, job)
        for job in asked.jobs
        if job.state in policy.states
        and (job.priority, asked.priority) in policy.pairs
        and measures.brings[rows[job.unit], column]
        and measures.travel_s[rows[job.unit]] <= least_s
        and np.isfinite(measures.travel_s[rows[job.unit]])
    ]
    return [job for _, _, job in sorted(found, key=lambda one: one[:2])[:DIVERTIBLE_LIMIT_UNITS]]


def _diversion(
    asked: DeskQuestion, measures: Measures, jobs: Sequence[Job],
    sets: tuple[list[int], list[int], dict[str, int]], times: RoadTimes,
) -> DiversionQuestion:  # fmt: skip
    """Ask about the free units that could go, those that could take over, and those with jobs."""
    free, taking, rows = sets
    units = asked.question.units
    idle = [*free, *taking]
    soon = {units[row].unit_id: float(measures.travel_s[row]) for row in free}
    soon |= {job.unit: float(measures.travel_s[rows[job.unit]]) for job in jobs}
    names = [units[row].unit_id for row in idle] + [job.unit for job in jobs]
    return DiversionQuestion(
        priority=asked.priority,
        units=tuple(names),
        states=(*(FREE for _ in idle), *(job.state for job in jobs)),
        travel_s=tuple(soon.get(name) for name in names),
        calls=tuple(f"{job.call}/{job.unit}" for job in jobs),
        call_priorities=tuple(job.priority for job in jobs),
        busy_with=(*(None for _ in idle), *range(len(jobs))),
        call_travel_s=tuple(_taking_over(job, units, idle, len(jobs), times) for job in jobs),
        pairs=asked.policy.pairs,
        states_diverted=asked.policy.states,
        least_gain_s=asked.policy.least_gain_s,
    )


def _taking_over(
    job: Job, units: Sequence[Unit], idle: Sequence[int], busy: int, times: RoadTimes
) -> tuple[float | None, ...]:
    """How long each free unit that brings the same needs to the place of a job."""
    at = np.array([(units[row].lon, units[row].lat) for row in idle]).reshape(-1, 2)
    travel_s = times.times_to(job.lon, job.lat, at).travel_s if len(idle) else np.empty(0)
    able = [set(job.serves) <= set(units[row].capabilities) for row in idle]
    free = [
        float(seconds) if can and np.isfinite(seconds) else None
        for seconds, can in zip(travel_s, able, strict=True)
    ]
    return (*free, *(None for _ in range(busy)))
