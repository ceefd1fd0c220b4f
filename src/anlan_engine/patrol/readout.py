"""From the arrays of the search to a plan that people read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anlan_engine.errors import Fact
from anlan_engine.patrol.bounds import value_bound
from anlan_engine.patrol.model import Compiled
from anlan_engine.patrol.plan import LeftOut, PatrolPlan, Proof, Round, Status, Stop, Why
from anlan_engine.patrol.problem import Keep, PatrolProblem
from anlan_engine.patrol.reach import Reach
from anlan_engine.patrol.rounds import Rounds, cheapest_in_round, day_is_free

U8 = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what is known of it before any search; `reach` is (J, R)."""

    problem: PatrolProblem
    compiled: Compiled
    reach: U8
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan is worth, in the terms of :class:`PatrolPlan`."""

    value: float
    cost: float
    drive_s: float
    wait_s: float
    other_unit: int
    other_time: int


def told(asked: Asked, found: Rounds, iterations: int, took_s: float) -> PatrolPlan:
    """Tell the plan that rounds are."""
    left_out = read_left_out(asked.compiled, found, asked.reach)
    rounds = read_rounds(asked.problem, asked.compiled, found)
    figure = figures(asked.problem, rounds)
    complete = not any(one.must for one in left_out)
    status = Status.FEASIBLE if complete else Status.NOT_FOUND
    return PatrolPlan(
        status=Status.INFEASIBLE if asked.proofs else status,
        rounds=rounds,
        left_out=left_out,
        proofs=asked.proofs,
        value=figure.value,
        value_bound=value_bound(asked.compiled.model, asked.reach, musts_made=complete),
        cost=figure.cost,
        drive_s=figure.drive_s,
        wait_s=figure.wait_s,
        other_unit=figure.other_unit,
        other_time=figure.other_time,
        iterations=iterations,
        took_s=took_s,
    )


def read_rounds(
    problem: PatrolProblem, compiled: Compiled, found: Rounds
) -> tuple[Round, ...]:  # fmt: skip
    """Give the rounds with at least one visit, by day and then in the order of the units."""
    rounds = []
    for r, (unit, day) in enumerate(compiled.rounds):
        jobs = [int(job) for job in found.stops[r, : found.totals["length"][r]]]
        if all(compiled.jobs[job].visit is None for job in jobs):
            continue
        place, leave = unit.start_place, unit.shift.start_s
        stops = []
        for k, job in enumerate(jobs):
            onward = _place_after(compiled, found, r, k)
            stop = _stop(
                problem, compiled, job, int(found.states["choice"][job]), (place, leave, onward)
            )
            stops.append(stop)
            place, leave = stop.exit, stop.leave_s
        back = float(problem.travel_s[place, unit.end_place])
        stops[0], left = _leave_late(stops[0])
        rounds.append(Round(unit.unit_id, day, left, tuple(stops), back, leave + back))
    return tuple(rounds)


def _place_after(compiled: Compiled, found: Rounds, r: int, k: int) -> tuple[int, ...]:
    """Give the places one of which follows a stop."""
    if k + 1 < found.totals["length"][r]:
        return compiled.choices[int(found.states["choice"][found.stops[r, k + 1]])].way.entries
    return (compiled.rounds[r][0].end_place,)


def _stop(
    problem: PatrolProblem,
    compiled: Compiled,
    job: int,
    index: int,
    between: tuple[int, float, tuple[int, ...]],
) -> Stop:
    place, leave, onward = between
    travel, choice = problem.travel_s, compiled.choices[index]
    way = choice.way
    entry = min(way.entries, key=lambda one: float(travel[place, one]))
    leaving = min(way.exits, key=lambda one: float(travel[one, list(onward)].min()))
    drive = float(travel[place, entry])
    start = max(choice.window.start_s, leave + drive)
    visit = compiled.jobs[job].visit
    name = None if visit is None else visit.visit_id
    return Stop(name, entry, leaving, drive, leave + drive, start, start + way.stay_s)


def _leave_late(first: Stop) -> tuple[Stop, float]:
    """Wait at the post instead of at the first stop."""
    left = first.start_s - first.drive_s
    moved = Stop(
        first.visit_id, first.entry, first.exit, first.drive_s,
        first.start_s, first.start_s, first.leave_s,
    )  # fmt: skip
    return moved, left


def figures(problem: PatrolProblem, rounds: tuple[Round, ...]) -> Figures:
    """Add up what a plan is worth."""
    values = {visit.visit_id: visit.value or 0.0 for visit in problem.visits}
    wanted = sum((visit.value or 0.0) * visit.times for visit in problem.visits)
    value = sum(
        values[stop.visit_id]
        for one in rounds
        for stop in one.stops
        if stop.visit_id is not None
    )  # fmt: skip
    drive_s = sum(one.drive_s for one in rounds)
    other_unit, other_time = _habits_left(problem.keep, rounds)
    keep = problem.keep or Keep(())
    return Figures(
        value=value,
        cost=wanted - value + problem.driving * drive_s
        + keep.other_unit * other_unit + keep.other_time * other_time,
        drive_s=drive_s,
        wait_s=sum(one.wait_s for one in rounds),
        other_unit=other_unit,
        other_time=other_time,
    )  # fmt: skip


def _habits_left(keep: Keep | None, rounds: tuple[Round, ...]) -> tuple[int, int]:
    """Count visits by another unit, and at another time, than last week."""
    if keep is None:
        return 0, 0
    units: dict[str, set[str]] = {}
    starts: dict[tuple[str, int], list[float]] = {}
    for habit in keep.habits:
        units.setdefault(habit.visit_id, set()).add(habit.unit_id)
        starts.setdefault((habit.visit_id, habit.day), []).append(habit.start_s)
    other_unit = other_time = 0
    for one in rounds:
        for stop in one.stops:
            if stop.visit_id is None or stop.visit_id not in units:
                continue
            other_unit += one.unit_id not in units[stop.visit_id]
            near = starts.get((stop.visit_id, one.day), [])
            slack = keep.near_s + 1e-6
            other_time += all(abs(stop.start_s - start) > slack for start in near)
    return other_unit, other_time


def read_left_out(compiled: Compiled, found: Rounds, reach: U8) -> tuple[LeftOut, ...]:
    """Say of each visit that is not in the plan why not; what must be visited first."""
    left_out = [
        LeftOut(job.visit.visit_id, job.visit.must, *_why(compiled, found, reach[index], index))
        for index, job in enumerate(compiled.jobs)
        if job.visit is not None and found.states["in_round"][index] < 0
    ]
    return tuple(sorted(left_out, key=lambda one: not one.must))


def _why(
    compiled: Compiled, found: Rounds, reach: U8, job: int
) -> tuple[Why, Mapping[str, Fact]]:  # fmt: skip
    obstacle = Reach(int(reach.max(initial=0)))
    if obstacle != Reach.REACHED:
        return OBSTACLES[obstacle], {}
    able = [int(r) for r in np.flatnonzero(reach == Reach.REACHED)]
    days = {compiled.rounds[r][1] for r in able}
    if not any(day_is_free(compiled.model, found, job, day) for day in days):
        return Why.TOO_FEW_DAYS, {}
    cost = min(_costs(compiled, found, job, able), default=np.inf)
    if cost < np.inf:
        return Why.NOT_WORTH_THE_WAY, {"costs": round(cost, 1)}
    return Why.NO_TIME_LEFT, {"units_able": len(able)}


def _costs(compiled: Compiled, found: Rounds, job: int, able: list[int]) -> Iterator[float]:
    for r in able:
        span = (0, int(found.totals["length"][r]) + 1)
        yield cheapest_in_round(compiled.model, found, job, r, 0.0, span)[0]


OBSTACLES = {
    Reach.NOT_ABLE: Why.NO_CAPABLE_UNIT,
    Reach.NO_WAY: Why.UNREACHABLE,
    Reach.NOT_IN_TIME: Why.OUTSIDE_SHIFTS,
}
