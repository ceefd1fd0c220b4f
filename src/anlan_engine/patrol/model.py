"""A patrol problem as arrays, for compiled functions.

A job is one visit to be made once (a visit wanted n times makes n jobs) or one break of one unit on
one day. A choice is one manner of doing a job: a way, a window and a day. A round is a unit on a
day. An area with several entrances becomes one more place: into it from the nearest entrance, out
of it by the nearest exit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.patrol.problem import (
    DAYS_MAX,
    Break,
    Keep,
    PatrolProblem,
    PatrolUnit,
    PatrolVisit,
    Way,
    Window,
)

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
RECORDS = npt.NDArray[np.void]

NEAR_MAX = 100


CHOICE = np.dtype(
    [
        ("early", np.float64), ("late", np.float64), ("stay", np.float64), ("cost", np.float64),
        ("entry", np.int32), ("exit", np.int32), ("day", np.int32), ("job", np.int32),
    ],
    align=True,
)  # fmt: skip
"""A choice: from when until when it may begin, s; its stay, s; where it comes in and leaves."""

JOB = np.dtype(
    [
        ("value", np.float64), ("must", np.bool_),
        ("first", np.int32), ("end", np.int32),
        ("sibling_first", np.int32), ("sibling_end", np.int32), ("spacing", np.int32),
        ("days", np.int64), ("most_days", np.int32),
    ],
    align=True,
)  # fmt: skip
"""A job: `first` to `end` are its choices, `sibling_first` to `sibling_end` its visit's jobs.

`days` has a bit for each day on which it may be done; on at most `most_days` the visit can be made,
for its spacing.
"""

SHIFT = np.dtype(
    [
        ("start", np.float64), ("end", np.float64),
        ("start_place", np.int32), ("end_place", np.int32), ("day", np.int32),
    ],
    align=True,
)  # fmt: skip
"""The shift of a round, s of the day."""


class Model(NamedTuple):
    """Everything the search reads. R rounds, J jobs, C choices, n places with areas.

    Few tables of records instead of many arrays: passing and reading an array costs a compiled
    function more than the arithmetic on one stop.
    """

    travel: F64  # (n, n) s
    choices: RECORDS  # (C,) CHOICE
    jobs: RECORDS  # (J,) JOB
    shifts: RECORDS  # (R,) SHIFT
    serve_cost: F64  # (J, R), infinite: this round cannot do this job
    near: I32  # (J, k) other jobs, the nearest first
    driving: float
    guide: float  # added to `driving` in the search alone: shorter rounds leave room


@dataclass(frozen=True, slots=True)
class Job:
    """Which visit, or which break of which round, a job stands for."""

    visit: PatrolVisit | None
    pause: Break | None = None
    round_index: int = -1


@dataclass(frozen=True, slots=True)
class Choice:
    """What one choice stands for."""

    way: Way
    window: Window
    day: int
    cost: float


@dataclass(frozen=True, slots=True)
class Compiled:
    """Arrays and what their rows stand for."""

    model: Model
    jobs: tuple[Job, ...]
    choices: tuple[Choice, ...]
    rounds: tuple[tuple[PatrolUnit, int], ...]


def compile_problem(problem: PatrolProblem) -> Compiled:
    """Lay a checked problem out as arrays."""
    able = [unit for unit in problem.units if breaks_fit(problem.travel_s, unit)]
    rounds = tuple(
        (unit, day) for day in range(problem.days) for unit in able if works_on(unit, day)
    )
    jobs = tuple(_jobs(problem, rounds))
    choices_of = [list(_choices(problem, job, rounds)) for job in jobs]
    choices = tuple(choice for some in choices_of for choice in some)
    travel, places = _with_areas(problem.travel_s, choices)
    job_table = _job_table(jobs, choices_of)
    job_table["days"] = [_days(some, rounds) for some in choices_of]
    for own in job_table:
        wanted = int(own["sibling_end"] - own["sibling_first"])
        own["most_days"] = min(wanted, most_days(int(own["days"]), 0, int(own["spacing"])))
    choice_table = _choice_table(choices, places, job_table)
    shifts = _shift_table(rounds)
    model = Model(
        travel=travel,
        choices=choice_table,
        jobs=job_table,
        shifts=shifts,
        serve_cost=_serve_cost(problem, jobs, rounds),
        near=_near(travel, choice_table, job_table),
        driving=float(problem.driving),
        guide=_guide(problem, job_table, shifts),
    )
    return Compiled(model, jobs, choices, rounds)


def _job_table(jobs: Sequence[Job], choices_of: Sequence[Sequence[Choice]]) -> RECORDS:
    table = np.zeros(len(jobs), JOB)
    table["end"] = np.cumsum([len(some) for some in choices_of])
    table["first"][1:] = table["end"][:-1]
    table["must"] = [job.visit is None or job.visit.must for job in jobs]
    table["value"] = [0.0 if job.visit is None else job.visit.value or 0.0 for job in jobs]
    table["spacing"] = [1 if job.visit is None else job.visit.spacing_days for job in jobs]
    table["sibling_first"], table["sibling_end"] = _siblings(jobs)
    return table


def _days(choices: Sequence[Choice], rounds: Sequence[tuple[PatrolUnit, int]]) -> int:
    """Set a bit for each day with both a choice and a round."""
    both = {choice.day for choice in choices} & {day for _, day in rounds}
    return sum(1 << day for day in both)


@compiled
def most_days(allowed: int, fixed: int, spacing: int) -> int:
    """Count the most days, `fixed` ones among them, that lie `spacing` apart; as bits.

    The earliest day that fits is always a good choice: any other leaves less room after it.
    """
    count, last = 0, -spacing
    ahead = (1 << (spacing - 1)) - 1
    for day in range(DAYS_MAX):
        fits = day - last >= spacing and not fixed >> (day + 1) & ahead
        if fixed >> day & 1 or (allowed >> day & 1 and fits):
            count, last = count + 1, day
    return count


def _choice_table(choices: Sequence[Choice], places: I32, jobs: RECORDS) -> RECORDS:
    table = np.zeros(len(choices), CHOICE)
    table["early"] = [choice.window.start_s for choice in choices]
    table["late"] = [choice.window.end_s for choice in choices]
    table["stay"] = [choice.way.stay_s for choice in choices]
    table["cost"] = [choice.cost for choice in choices]
    table["day"] = [choice.day for choice in choices]
    table["entry"], table["exit"] = places[:, 0], places[:, 1]
    table["job"] = np.repeat(np.arange(len(jobs)), jobs["end"] - jobs["first"])
    return table


def _shift_table(rounds: Sequence[tuple[PatrolUnit, int]]) -> RECORDS:
    table = np.zeros(len(rounds), SHIFT)
    table["start"] = [unit.shift.start_s for unit, _ in rounds]
    table["end"] = [unit.shift.end_s for unit, _ in rounds]
    table["start_place"] = [unit.start_place for unit, _ in rounds]
    table["end_place"] = [unit.end_place for unit, _ in rounds]
    table["day"] = [day for _, day in rounds]
    return table


def works_on(one: PatrolUnit | PatrolVisit, day: int) -> bool:
    """Whether a unit works, or a visit may be made, on a day."""
    return one.on_days is None or day in one.on_days


def breaks_fit(travel_s: F64, unit: PatrolUnit) -> bool:
    """Whether a unit that visits nothing can take its breaks; one that cannot, cannot go out."""
    start = unit.start_place, unit.shift.start_s
    return not unit.breaks or _fit(travel_s, unit, *start, unit.breaks)


def _fit(
    travel_s: F64, unit: PatrolUnit, place: int, now_s: float, left: tuple[Break, ...]
) -> bool:  # fmt: skip
    """Try every order and place of the breaks that are left."""
    if not left:
        return bool(now_s + travel_s[place, unit.end_place] <= unit.shift.end_s)
    for k, pause in enumerate(left):
        for at in pause.places or (unit.start_place,):
            start = max(pause.window.start_s, now_s + float(travel_s[place, at]))
            if start <= pause.window.end_s:
                end = start + pause.length_s
                if _fit(travel_s, unit, at, end, left[:k] + left[k + 1 :]):
                    return True
    return False


def _jobs(
    problem: PatrolProblem, rounds: Sequence[tuple[PatrolUnit, int]]
) -> Iterator[Job]:  # fmt: skip
    for visit in problem.visits:
        for _ in range(visit.times):
            yield Job(visit)
    for index, (unit, _) in enumerate(rounds):
        for pause in unit.breaks:
            yield Job(None, pause, index)


def _choices(
    problem: PatrolProblem, job: Job, rounds: Sequence[tuple[PatrolUnit, int]]
) -> Iterator[Choice]:
    if job.pause is not None:
        unit, day = rounds[job.round_index]
        for place in job.pause.places or (unit.start_place,):
            way = Way((place,), (place,), job.pause.length_s)
            yield Choice(way, job.pause.window, day, 0.0)
    if job.visit is not None:
        for day in range(problem.days):
            if works_on(job.visit, day):
                yield from _on_day(job.visit, day, problem.keep)


def _on_day(visit: PatrolVisit, day: int, keep: Keep | None) -> Iterator[Choice]:
    """Every way in every window; where last week's time is to be kept, that part for nothing."""
    kept: list[Window] = []
    cost = 0.0
    if keep is not None and keep.other_time > 0:
        habits = [habit for habit in keep.habits if habit.visit_id == visit.visit_id]
        cost = keep.other_time if habits else 0.0
        kept = [
            Window(habit.start_s - keep.near_s, habit.start_s + keep.near_s)
            for habit in habits
            if habit.day == day
        ]
    for way in visit.ways:
        for window in visit.windows:
            for near in kept:
                start, end = max(window.start_s, near.start_s), min(window.end_s, near.end_s)
                if start <= end:
                    yield Choice(way, Window(start, end), day, 0.0)
            yield Choice(way, window, day, cost)


def _with_areas(travel_s: F64, choices: Sequence[Choice]) -> tuple[F64, I32]:
    """Add a place for each area; give (C, 2) places where each choice comes in and leaves."""
    places = len(travel_s)
    number: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
    at = np.empty((len(choices), 2), np.int32)
    for index, choice in enumerate(choices):
        way = choice.way
        if len(way.entries) == 1 and len(way.exits) == 1:
            at[index] = way.entries[0], way.exits[0]
            continue
        key = (way.entries, way.exits)
        at[index] = number.setdefault(key, places + len(number))
    larger = np.empty((places + len(number), places + len(number)))
    larger[:places, :places] = travel_s
    for (entries, _), area in number.items():
        larger[:places, area] = travel_s[:, list(entries)].min(axis=1)
    for (_, exits), area in number.items():
        larger[area, :] = larger[list(exits), :].min(axis=0)
    return larger, at


def _serve_cost(
    problem: PatrolProblem, jobs: Sequence[Job], rounds: Sequence[tuple[PatrolUnit, int]]
) -> F64:
    """Cost of a job in a round: infinite without the capability or for another unit's break."""
    cost = np.zeros((len(jobs), len(rounds)))
    keep = problem.keep
    usual: dict[str, set[str]] = {}
    for habit in keep.habits if keep is not None else ():
        usual.setdefault(habit.visit_id, set()).add(habit.unit_id)
    for index, job in enumerate(jobs):
        visit = job.visit
        if visit is None:
            cost[index] = np.inf
            cost[index, job.round_index] = 0.0
            continue
        if visit.needs:
            cost[index] = [
                0.0 if visit.needs <= unit.capabilities else np.inf for unit, _ in rounds
            ]
        if keep is not None and visit.visit_id in usual:
            units = usual[visit.visit_id]
            cost[index] += [0.0 if unit.unit_id in units else keep.other_unit for unit, _ in rounds]
    return cost


def _siblings(jobs: Sequence[Job]) -> tuple[I32, I32]:
    """Give the range of jobs that belong to the same visit; jobs of a visit follow each other."""
    first, end = np.arange(len(jobs), dtype=np.int32), np.arange(1, len(jobs) + 1, dtype=np.int32)
    start: dict[str, int] = {}
    for index, job in enumerate(jobs):
        if job.visit is not None:
            first[index] = start.setdefault(job.visit.visit_id, index)
            end[index] = first[index] + job.visit.times
    return first, end


def _near(travel: F64, choices: RECORDS, jobs: RECORDS) -> I32:
    """Give for each job the nearest others, by the time from or to it, the shorter."""
    most = min(NEAR_MAX, max(len(jobs) - 1, 0))
    near = np.empty((len(jobs), most), np.int32)
    if not len(choices):
        return near[:, :0]
    at = choices[np.minimum(jobs["first"], len(choices) - 1)]
    for job, own in enumerate(at):
        away = np.minimum(travel[own["exit"], at["entry"]], travel[at["exit"], own["entry"]])
        away[job] = -1.0
        near[job] = np.argsort(away, kind="stable")[1 : most + 1]
    return near


def _guide(problem: PatrolProblem, jobs: RECORDS, shifts: RECORDS) -> float:
    """Give a small price to driving where it has none, so that rounds are kept short."""
    optional = jobs["value"][jobs["value"] > 0]
    length = float(np.mean(shifts["end"] - shifts["start"])) if len(shifts) else 0.0
    if problem.driving > 0 or length <= 0:
        return 0.0
    return float(np.mean(optional)) / length if len(optional) else 1.0 / length
