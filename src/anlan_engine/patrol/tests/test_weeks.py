"""Visits repeated over days, and plans that stay near last week's."""

import numpy as np

from anlan_engine.patrol import Keep, PatrolProblem, Status, check_plan, plan_patrols, point
from anlan_engine.patrol.tests.questions import HOUR_S, at, row_of_places, unit

STEPS = {"limit_s": 60.0, "iterations": 300}


def test_repeated_visits_keep_their_spacing() -> None:
    visits = (
        point("mill", 1, times=3, spacing_days=2),
        point("weir", 2, times=2, spacing_days=3),
        point("yard", 1, times=5),
    )
    problem = PatrolProblem(row_of_places(3), (unit(),), visits, days=5)
    plan = plan_patrols(problem, **STEPS)
    days = {
        name: [one.day for one in plan.rounds for stop in one.stops if stop.visit_id == name]
        for name in ("mill", "weir", "yard")
    }
    assert (plan.status, check_plan(problem, plan)) == (Status.FEASIBLE, ())
    assert (days["mill"], days["yard"]) == ([0, 2, 4], [0, 1, 2, 3, 4])
    assert days["weir"][1] - days["weir"][0] >= 3


def test_days_are_left_to_the_visits_still_to_come() -> None:
    visits = tuple(
        point(f"p{k}", k, stay_s=600, times=3, spacing_days=2) for k in range(1, 20)
    )  # fmt: skip
    travel = row_of_places(20, 60.0)
    problem = PatrolProblem(travel, (unit(), unit("B", 19)), visits, days=5)
    plan = plan_patrols(problem, limit_s=60, iterations=1)
    assert (plan.status, check_plan(problem, plan)) == (Status.FEASIBLE, ())
    assert {one.day for one in plan.rounds} == {0, 2, 4}


def test_units_work_only_on_their_days() -> None:
    crews = (unit("weekday", on_days=(0, 1)), unit("weekend", on_days=(2,)))
    visits = (point("daily", 1, times=3),)
    plan = plan_patrols(PatrolProblem(row_of_places(2), crews, visits, days=3), **STEPS)
    assert [(one.day, one.unit_id) for one in plan.rounds] == [
        (0, "weekday"), (1, "weekday"), (2, "weekend"),
    ]  # fmt: skip


def week(seed: int, keep: Keep | None, without: int | None = None) -> PatrolProblem:
    """Give forty visits for four units; `without` leaves one visit of last week out."""
    draw = np.random.default_rng(seed)
    where = draw.uniform(0, 2000, (41, 2))
    travel = np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1))
    crews = tuple(unit(f"unit {k}", shift=at(8, 12)) for k in range(4))
    visits = tuple(point(f"v{k}", k, stay_s=600) for k in range(1, 41) if k != without)
    return PatrolProblem(travel, crews, visits, keep=keep)


def test_kept_plan_changes_less_than_one_made_anew() -> None:
    last = plan_patrols(week(3, None), **STEPS)
    only_watched = Keep(last.habits(), other_unit=0.0, other_time=0.0, near_s=1800)
    kept = Keep(last.habits(), other_unit=2000.0, other_time=2000.0, near_s=1800)
    anew = plan_patrols(week(3, only_watched, 7), limit_s=60, iterations=300, seed=9)
    near = plan_patrols(week(3, kept, 7), limit_s=60, iterations=300, seed=9)
    assert near.status is Status.FEASIBLE
    assert near.other_unit + near.other_time < (anew.other_unit + anew.other_time) / 4
    assert near.cost < anew.drive_s + 2000 * (anew.other_unit + anew.other_time)


def test_last_week_is_left_where_it_cannot_be_kept() -> None:
    last = plan_patrols(
        PatrolProblem(row_of_places(2), (unit("a"),), (point("x", 1),)), **STEPS
    )  # fmt: skip
    keep = Keep(last.habits(), other_unit=50.0, other_time=70.0, near_s=60.0)
    problem = PatrolProblem(
        row_of_places(2), (unit("b", shift=at(12, 16)),), (point("x", 1),), keep=keep
    )
    plan = plan_patrols(problem, **STEPS)
    assert last.rounds[0].stops[0].start_s == 8 * HOUR_S + 600
    assert (plan.status, plan.other_unit, plan.other_time) == (Status.FEASIBLE, 1, 1)
    assert plan.cost == 1200 + 50 + 70
