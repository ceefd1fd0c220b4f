"""Check a patrol plan against its problem, from nothing but the two.

Shares no code with the search: it reads the plan as a person would, stop after stop, with the
travel times in hand. Breaches are told, not raised, so that all of them can be shown.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from anlan_engine.patrol.plan import PatrolPlan, Round, Status, Stop
from anlan_engine.patrol.problem import Break, PatrolProblem, PatrolUnit, PatrolVisit

TOLERANCE_S = 1e-6


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule of the problem that a plan breaks.

    Attributes
    ----------
    rule : str
        NO_SUCH_UNIT, NO_SUCH_VISIT, TWO_ROUNDS, NOT_WORKING, SHIFT, DRIVE, CLOCK, WAY, WINDOW,
        DAY, NEEDS, BREAK, TIMES, SPACING, LEFT_OUT, STATUS, FIGURES.
    unit_id, visit_id : str or None
    text : str
        One English sentence.
    """

    rule: str
    unit_id: str | None
    visit_id: str | None
    text: str


def check_plan(problem: PatrolProblem, plan: PatrolPlan) -> tuple[Breach, ...]:
    """Give every rule that a plan breaks; empty where it breaks none.

    Parameters
    ----------
    problem : PatrolProblem
    plan : PatrolPlan
        By whomever made.
    """
    units = {unit.unit_id: unit for unit in problem.units}
    breaches: list[Breach] = []
    seen: set[tuple[str, int]] = set()
    for one in plan.rounds:
        if (one.unit_id, one.day) in seen:
            breaches.append(Breach("TWO_ROUNDS", one.unit_id, None, f"Twice on day {one.day}."))
        seen.add((one.unit_id, one.day))
        unit = units.get(one.unit_id)
        if unit is None:
            breaches.append(Breach("NO_SUCH_UNIT", one.unit_id, None, "Nobody of this name."))
        else:
            breaches.extend(_round(problem, unit, one))
    breaches.extend(_times(problem, plan))
    breaches.extend(_figures(problem, plan))
    return tuple(breaches)


def _round(problem: PatrolProblem, unit: PatrolUnit, one: Round) -> Iterator[Breach]:
    """Check one round by itself."""
    if one.day not in range(problem.days) or one.day not in (unit.on_days or range(problem.days)):
        yield Breach("NOT_WORKING", unit.unit_id, None, f"Does not work on day {one.day}.")
    if one.leave_post_s < unit.shift.start_s - TOLERANCE_S:
        yield Breach("SHIFT", unit.unit_id, None, f"Leaves at {one.leave_post_s} s, too soon.")
    if one.back_s > unit.shift.end_s + TOLERANCE_S:
        yield Breach("SHIFT", unit.unit_id, None, f"Is back at {one.back_s} s, too late.")
    yield from _legs(problem, unit, one)
    yield from _visits(problem, unit, one)
    yield from _breaks(unit, one)


def _legs(problem: PatrolProblem, unit: PatrolUnit, one: Round) -> Iterator[Breach]:
    """Follow a round from post to post."""
    place, clock_s = unit.start_place, one.leave_post_s
    for stop in one.stops:
        yield from _leg(problem, unit, place, clock_s, stop)
        place, clock_s = stop.exit, stop.leave_s
    back = float(problem.travel_s[place, unit.end_place])
    if not _same(back, one.drive_back_s) or not _same(clock_s + back, one.back_s):
        yield Breach("DRIVE", unit.unit_id, None, f"The way back takes {back} s.")


def _visits(problem: PatrolProblem, unit: PatrolUnit, one: Round) -> Iterator[Breach]:
    """Look each visit of a round up."""
    visits = {visit.visit_id: visit for visit in problem.visits}
    for stop in one.stops:
        if stop.visit_id is None:
            continue
        visit = visits.get(stop.visit_id)
        if visit is None:
            yield Breach("NO_SUCH_VISIT", unit.unit_id, stop.visit_id, "No such visit.")
        else:
            yield from _visit(unit, one.day, visit, stop)


def _leg(
    problem: PatrolProblem, unit: PatrolUnit, place: int, clock_s: float, stop: Stop
) -> Iterator[Breach]:
    """Check the drive to a stop and the order of its times."""
    drive = float(problem.travel_s[place, stop.entry])
    if not _same(drive, stop.drive_s) or not _same(clock_s + drive, stop.arrive_s):
        text = f"From place {place} to {stop.entry} takes {drive} s."
        yield Breach("DRIVE", unit.unit_id, stop.visit_id, text)
    if stop.start_s < stop.arrive_s - TOLERANCE_S or stop.leave_s < stop.start_s - TOLERANCE_S:
        yield Breach("CLOCK", unit.unit_id, stop.visit_id, "Its times run backwards.")


def _visit(unit: PatrolUnit, day: int, visit: PatrolVisit, stop: Stop) -> Iterator[Breach]:
    """Check one visit by itself."""
    name = visit.visit_id
    if not any(
        stop.entry in way.entries
        and stop.exit in way.exits
        and _same(stop.leave_s - stop.start_s, way.stay_s)
        for way in visit.ways
    ):
        yield Breach("WAY", unit.unit_id, name, "Not one of the ways to make this visit.")
    if not any(
        window.start_s - TOLERANCE_S <= stop.start_s <= window.end_s + TOLERANCE_S
        for window in visit.windows
    ):
        yield Breach("WINDOW", unit.unit_id, name, f"Begins at {stop.start_s} s.")
    if visit.on_days is not None and day not in visit.on_days:
        yield Breach("DAY", unit.unit_id, name, f"Not on day {day}.")
    missing = visit.needs - unit.capabilities
    if missing:
        yield Breach("NEEDS", unit.unit_id, name, f"Without {', '.join(sorted(missing))}.")


def _breaks(unit: PatrolUnit, one: Round) -> Iterator[Breach]:
    """Check that the breaks taken are those due, each once."""
    taken = [stop for stop in one.stops if stop.visit_id is None]
    if len(taken) != len(unit.breaks) or not _due(unit, list(unit.breaks), taken):
        yield Breach("BREAK", unit.unit_id, None, f"{len(taken)} breaks, not those due.")


def _due(unit: PatrolUnit, due: list[Break], taken: list[Stop]) -> bool:
    """Whether breaks can be paired with stops."""
    if not taken:
        return True
    stop, others = taken[0], taken[1:]
    return any(
        _is_break(unit, pause, stop) and _due(unit, due[:k] + due[k + 1 :], others)
        for k, pause in enumerate(due)
    )


def _is_break(unit: PatrolUnit, pause: Break, stop: Stop) -> bool:
    window = pause.window
    return (
        stop.entry == stop.exit
        and stop.entry in (pause.places or (unit.start_place,))
        and _same(stop.leave_s - stop.start_s, pause.length_s)
        and window.start_s - TOLERANCE_S <= stop.start_s <= window.end_s + TOLERANCE_S
    )


def _times(problem: PatrolProblem, plan: PatrolPlan) -> Iterator[Breach]:
    """Check how often each visit is made and left out, and how far apart."""
    days: dict[str, list[int]] = defaultdict(list)
    for one in plan.rounds:
        for stop in one.stops:
            if stop.visit_id is not None:
                days[stop.visit_id].append(one.day)
    left_out = Counter(left.visit_id for left in plan.left_out)
    for visit in problem.visits:
        made = sorted(days[visit.visit_id])
        yield from _repetition(visit, made, left_out[visit.visit_id])
        if plan.status is Status.FEASIBLE and visit.must and len(made) < visit.times:
            yield Breach("STATUS", None, visit.visit_id, "Called feasible without it.")


def _repetition(visit: PatrolVisit, made: list[int], left_out: int) -> Iterator[Breach]:
    """Check the days on which one visit is made."""
    name = visit.visit_id
    if len(made) > visit.times:
        yield Breach("TIMES", None, name, f"Made {len(made)} times of {visit.times}.")
    if any(then - day < visit.spacing_days for day, then in pairwise(made)):
        yield Breach("SPACING", None, name, f"Made on days {made}.")
    if len(made) + left_out != visit.times:
        yield Breach("LEFT_OUT", None, name, f"{left_out} times said to be left out.")


def _figures(problem: PatrolProblem, plan: PatrolPlan) -> Iterator[Breach]:
    """Check the sums a plan gives."""
    values = {visit.visit_id: visit.value or 0.0 for visit in problem.visits}
    value = sum(
        values.get(stop.visit_id, 0.0)
        for one in plan.rounds
        for stop in one.stops
        if stop.visit_id is not None
    )  # fmt: skip
    driven = sum(
        one.drive_back_s + sum(stop.drive_s for stop in one.stops) for one in plan.rounds
    )  # fmt: skip
    if not _same(value, plan.value) or not _same(driven, plan.drive_s):
        yield Breach("FIGURES", None, None, f"Value {value}, driven {driven} s.")
    if plan.value > plan.value_bound * (1 + 1e-9) + TOLERANCE_S:
        yield Breach("FIGURES", None, None, f"Value {value} above its bound {plan.value_bound}.")


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=TOLERANCE_S)
