"""Why a plan cannot exist, each reason by a question made by hand."""

import numpy as np
import pytest

from anlan_engine.patrol import (
    Limit,
    PatrolProblem,
    Status,
    Why,
    check_plan,
    plan_patrols,
    point,
)
from anlan_engine.patrol.tests.questions import HOUR_S, at, city, row_of_places, unit

STEPS = {"limit_s": 60.0, "iterations": 100}


def gates(count: int) -> tuple:
    """School gates ten minutes apart, all to be manned from 7:30 for half an hour."""
    return tuple(
        point(f"gate {k}", k, stay_s=1800, windows=(at(7.5),)) for k in range(1, count + 1)
    )


def test_peak_says_how_many_units_short_and_when() -> None:
    crews = tuple(unit(f"unit {k}", shift=at(7, 15)) for k in range(9))
    travel = np.minimum(row_of_places(13), 1200.0)
    plan = plan_patrols(PatrolProblem(travel, crews, gates(12)), **STEPS)
    (proof,) = (one for one in plan.proofs if one.limit is Limit.PEAK)
    assert plan.status is Status.INFEASIBLE
    assert (proof.start_s, proof.end_s, proof.units_short) == (7.5 * HOUR_S, 7.5 * HOUR_S, 3)
    assert (len(proof.visits), len(proof.units)) == (12, 9)
    assert proof.facts == {
        "visits": 12, "breaks": 0, "units": 9, "followed": 0, "least_between_s": 600.0,
    }  # fmt: skip
    assert proof.text == (
        "Between 07:30 and 07:30 12 visits must be begun; 9 units can come to one of them first"
        " and 0 of them can be left in time for another, with at least 600 s between two:"
        " at least 3 units short."
    )
    assert len(plan.left_out) == 3  # the plan still makes as many as can be


def test_peak_counts_only_units_that_get_there_and_are_able() -> None:
    boats = frozenset({"BOAT"})
    visits = tuple(
        point(f"pier {k}", k, stay_s=1800, windows=(at(9),), needs=boats) for k in (1, 2)
    )
    crews = (unit("boat", capabilities=boats), unit("a"), unit("b"))
    plan = plan_patrols(PatrolProblem(row_of_places(3), crews, visits), **STEPS)
    (proof,) = (one for one in plan.proofs if one.limit is Limit.PEAK)
    assert (proof.units, proof.units_short) == (("boat",), 1)
    late = (unit("boat", capabilities=boats), unit("c", 2, at(9.5, 12), capabilities=boats))
    plan = plan_patrols(PatrolProblem(row_of_places(3), late, visits), **STEPS)
    assert [one.units for one in plan.proofs if one.limit is Limit.PEAK] == [("boat",)]


def test_one_unit_can_follow_when_there_is_time_between() -> None:
    first, then = (
        point("first", 1, stay_s=600, windows=(at(9),)),
        point("then", 2, windows=(at(9.5),)),
    )
    problem = PatrolProblem(row_of_places(3), (unit(),), (first, then))
    plan = plan_patrols(problem, **STEPS)
    assert (plan.status, plan.proofs) == (Status.FEASIBLE, ())


@pytest.mark.parametrize(
    ("visit", "why"),
    [
        (point("x", 1, needs=frozenset({"BOAT"})), Why.NO_CAPABLE_UNIT),
        (point("x", 3), Why.UNREACHABLE),
        (point("x", 1, windows=(at(6, 7),)), Why.OUTSIDE_SHIFTS),
        (point("x", 1, stay_s=8 * HOUR_S), Why.OUTSIDE_SHIFTS),
    ],
)
def test_visit_that_nobody_can_make_is_named(visit, why: Why) -> None:
    travel = row_of_places(4)
    travel[3, :3] = np.inf
    plan = plan_patrols(PatrolProblem(travel, (unit(),), (visit, point("y", 1))), **STEPS)
    (proof,) = plan.proofs
    assert (plan.status, proof.limit, proof.visits) == (Status.INFEASIBLE, Limit.VISIT, ("x",))
    assert proof.facts["why"] == why
    assert [(left.visit_id, left.why) for left in plan.left_out] == [("x", why)]
    assert [stop.visit_id for stop in plan.rounds[0].stops] == ["y"]


def test_more_work_than_shifts_is_proved_by_the_hours() -> None:
    visits = tuple(point(f"v{k}", 1, stay_s=HOUR_S) for k in range(10))
    plan = plan_patrols(PatrolProblem(row_of_places(2), (unit(),), visits), **STEPS)
    (proof,) = plan.proofs
    assert (proof.limit, proof.units_short) == (Limit.WORK, 1)
    assert proof.facts["work_s"] == 10 * HOUR_S
    assert proof.facts["time_s"] == 8 * HOUR_S - 2 * 600


def test_more_work_than_a_week_of_shifts_is_proved_by_the_hours() -> None:
    visits = tuple(point(f"v{k}", 1, stay_s=HOUR_S) for k in range(24))
    plan = plan_patrols(PatrolProblem(row_of_places(2), (unit(),), visits, days=3), **STEPS)
    (proof,) = plan.proofs
    assert (proof.limit, proof.units_short) == (Limit.WORK, 1)
    assert proof.text == (
        "On 3 days between 08:10 and 15:50 there are 24.0 h of work on 24 visits, of them 0.0 h of"
        " drives, but only 23.0 h of 1 unit on shift: at least 1 unit short."
    )


def test_work_in_a_period_counts_what_windows_force_into_it() -> None:
    windows = (at(9, 9.5),)
    visits = tuple(point(f"v{k}", 1, stay_s=HOUR_S, windows=windows) for k in range(5))
    crews = (unit("a"), unit("b"))
    plan = plan_patrols(PatrolProblem(row_of_places(2), crews, visits), **STEPS)
    assert plan.status is Status.INFEASIBLE
    assert {proof.limit for proof in plan.proofs} >= {Limit.PEAK}


def test_wanted_more_often_than_days_allow() -> None:
    visit = point("x", 1, times=3, spacing_days=2)
    plan = plan_patrols(PatrolProblem(row_of_places(2), (unit(),), (visit,), days=4), **STEPS)
    (proof,) = plan.proofs
    assert proof.facts == {"why": "TOO_FEW_DAYS", "times": 3, "most": 2}
    assert [left.why for left in plan.left_out] == [Why.TOO_FEW_DAYS]


def test_detour_by_another_place_is_no_proof() -> None:
    travel = np.array([[0.0, 600.0, np.inf], [600.0, 0.0, 600.0], [np.inf, 600.0, 0.0]])
    visits = (point("on the way", 1), point("behind", 2), point("back", 1, windows=(at(9, 16),)))
    problem = PatrolProblem(travel, (unit(),), visits)
    plan = plan_patrols(problem, **STEPS)
    assert check_plan(problem, plan) == ()
    assert (plan.status, plan.proofs) == (Status.FEASIBLE, ())


def test_what_is_neither_found_nor_proved_is_said_so() -> None:
    # Two visits a unit must choose between through an order that no proof here looks at.
    visits = (
        point("a", 1, stay_s=2 * HOUR_S, windows=(at(8, 12),)),
        point("b", 2, stay_s=2 * HOUR_S, windows=(at(8, 12),)),
        point("c", 3, stay_s=2 * HOUR_S, windows=(at(8, 12),)),
    )
    plan = plan_patrols(
        PatrolProblem(row_of_places(4, 1500.0), (unit(shift=at(8, 15.5)),), visits), **STEPS
    )
    assert plan.status is not Status.FEASIBLE
    assert [left.why for left in plan.left_out] == [Why.NO_TIME_LEFT]


def test_city_with_too_few_units_is_told_its_peak() -> None:
    problem = city(schools=80)
    plan = plan_patrols(problem, limit_s=60, iterations=1)
    peak = next(proof for proof in plan.proofs if proof.limit is Limit.PEAK)
    assert plan.status is Status.INFEASIBLE
    assert peak.units_short > 0
    assert all("school" in name for name in peak.visits)
