"""Against brute force on tiny questions, and against the checker on random ones."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlan_engine.patrol import (
    Break,
    Habit,
    Keep,
    PatrolProblem,
    PatrolUnit,
    PatrolVisit,
    Status,
    Way,
    Window,
    check_plan,
    plan_patrols,
)
from anlan_engine.patrol.tests.brute_force import least_cost

PLACES = 5
times = st.integers(0, 20)
windows = st.builds(
    lambda start, length: Window(float(start), float(start + length)), st.integers(0, 60), times
)
places = st.integers(0, PLACES - 1)
ways = st.builds(
    lambda entries, exits, stay: Way(tuple(entries), tuple(exits), float(stay)),
    st.lists(places, min_size=1, max_size=2),
    st.lists(places, min_size=1, max_size=2),
    times,
)
needs = st.sampled_from([frozenset[str](), frozenset({"BOAT"})])


@st.composite
def travels(draw: st.DrawFn) -> np.ndarray:
    """Any times at all, some ways missing, no triangle inequality."""
    numbers = draw(st.lists(st.integers(0, 30), min_size=PLACES**2, max_size=PLACES**2))
    travel = np.array(numbers, np.float64).reshape(PLACES, PLACES)
    travel[travel > 27] = np.inf
    np.fill_diagonal(travel, 0.0)
    return travel


def visits(most: int, *, times_most: int = 1) -> st.SearchStrategy[tuple[PatrolVisit, ...]]:
    """A few visits of every kind."""
    one = st.builds(
        PatrolVisit,
        visit_id=st.just(""),
        ways=st.lists(ways, min_size=1, max_size=2).map(tuple),
        windows=st.lists(windows, min_size=1, max_size=2).map(tuple),
        value=st.none() | st.integers(0, 60).map(float),
        needs=needs,
        times=st.integers(1, times_most),
        spacing_days=st.integers(1, 2),
    )
    return st.lists(one, max_size=most).map(_named)


def _named(some: list[PatrolVisit]) -> tuple[PatrolVisit, ...]:
    fields = ("ways", "windows", "value", "needs", "times", "spacing_days")
    return tuple(
        PatrolVisit(f"v{k}", **{name: getattr(visit, name) for name in fields})
        for k, visit in enumerate(some)
    )


def units(*, breaks: bool) -> st.SearchStrategy[tuple[PatrolUnit, ...]]:
    """One or two units."""
    pause = st.builds(Break, windows, times.map(float), st.lists(places, max_size=2).map(tuple))
    one = st.builds(
        PatrolUnit,
        unit_id=st.just(""),
        start_place=places,
        end_place=places,
        shift=st.builds(lambda start: Window(float(start), 100.0), times),
        capabilities=needs,
        breaks=st.lists(pause, max_size=1).map(tuple) if breaks else st.just(()),
    )
    return st.lists(one, min_size=1, max_size=2).map(
        lambda some: tuple(
            PatrolUnit(f"u{k}", unit.start_place, unit.end_place, unit.shift,
                       unit.capabilities, unit.breaks)
            for k, unit in enumerate(some)
        )
    )  # fmt: skip


def honest(
    travel: np.ndarray, some: tuple[PatrolVisit, ...]
) -> tuple[np.ndarray, tuple[PatrolVisit, ...]]:
    """Make travel times shortest ones, and no line or area a short cut, as in a city."""
    for via in range(PLACES):
        travel = np.minimum(travel, travel[:, [via]] + travel[[via], :])
    visits = []
    for visit in some:
        ways = []
        for way in visit.ways:
            across = float(travel[np.ix_(way.entries, way.exits)].max())
            exits = way.exits if across < np.inf else way.entries[:1]
            entries = way.entries if across < np.inf else way.entries[:1]
            ways.append(Way(entries, exits, way.stay_s + (across if across < np.inf else 0.0)))
        visits.append(replace(visit, ways=tuple(ways)))
    return travel, tuple(visits)


@settings(max_examples=40)
@given(travels(), units(breaks=False), visits(3))
def test_what_is_proved_impossible_is_impossible(
    travel: np.ndarray, crews: tuple[PatrolUnit, ...], some: tuple[PatrolVisit, ...]
) -> None:
    problem = PatrolProblem(travel, crews, some)
    plan = plan_patrols(problem, limit_s=60, iterations=10)
    assert (plan.status is Status.INFEASIBLE) == bool(plan.proofs)
    if plan.proofs:
        assert least_cost(problem) is None


@settings(max_examples=40)
@given(travels(), units(breaks=False), visits(3), st.sampled_from([0.0, 1.0]))
def test_tiny_plans_cost_what_brute_force_costs(
    travel: np.ndarray,
    crews: tuple[PatrolUnit, ...],
    some: tuple[PatrolVisit, ...],
    driving: float,
) -> None:
    travel, some = honest(travel, some)
    problem = PatrolProblem(travel, crews, some, driving=driving)
    plan = plan_patrols(problem, limit_s=60, iterations=6_000)
    cost = least_cost(problem)
    assert check_plan(problem, plan) == ()
    if cost is None:
        assert plan.status in (Status.INFEASIBLE, Status.NOT_FOUND)
    else:
        assert plan.status is Status.FEASIBLE
        assert plan.proofs == ()
        assert plan.cost == pytest.approx(cost)


@settings(max_examples=60)
@given(travels(), units(breaks=True), visits(6, times_most=3), st.integers(1, 3), st.booleans())
def test_every_plan_passes_the_checker(
    travel: np.ndarray,
    crews: tuple[PatrolUnit, ...],
    some: tuple[PatrolVisit, ...],
    days: int,
    kept: bool,
) -> None:
    habits = tuple(Habit(visit.visit_id, 0, "u0", 30.0) for visit in some[:3])
    keep = Keep(habits, 5.0, 5.0, 10.0) if kept else None
    problem = PatrolProblem(travel, crews, some, days=days, keep=keep)
    assert check_plan(problem, plan_patrols(problem, limit_s=60, iterations=60)) == ()
