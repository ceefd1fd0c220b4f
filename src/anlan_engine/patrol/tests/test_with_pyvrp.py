"""A second solver answers the same questions, and its plans pass the same checker."""

from dataclasses import replace

import numpy as np
import pytest

from anlan_engine.patrol import (
    PatrolError,
    PatrolProblem,
    Status,
    area,
    check_plan,
    line,
    plan_patrols,
    point,
)
from anlan_engine.patrol.tests.questions import at, city, row_of_places, unit
from anlan_engine.patrol.with_pyvrp import plan_with_pyvrp

STEPS = {"limit_s": 60.0, "iterations": 200}


def test_both_solvers_agree_on_a_small_day() -> None:
    boats = frozenset({"BOAT"})
    visits = (
        point("gate", 2, stay_s=1800, windows=(at(9, 9.5), at(14, 15))),
        line("street", (3, 1), along_s=900),
        area("park", (2, 4), stay_s=1200),
        point("pier", 4, needs=boats),
        point("worth it", 1, value=900.0),
        point("not", 5, value=10.0),
    )
    crews = (unit("a"), unit("b", 3, capabilities=boats))
    problem = PatrolProblem(row_of_places(6), crews, visits)
    ours, theirs = plan_patrols(problem, **STEPS), plan_with_pyvrp(problem, **STEPS)
    assert check_plan(problem, theirs) == ()
    assert (theirs.status, theirs.value) == (Status.FEASIBLE, 900.0)
    assert ours.cost == theirs.cost == 1210.0


def test_city_without_breaks_is_planned_by_both() -> None:
    asked = city(units=40, schools=6)
    without = tuple(replace(one, breaks=()) for one in asked.units)
    problem = replace(asked, units=without, visits=asked.visits[:150])
    plans = [plan_patrols(problem, **STEPS), plan_with_pyvrp(problem, limit_s=60, iterations=20)]
    assert [check_plan(problem, plan) for plan in plans] == [(), ()]
    assert {plan.status for plan in plans} == {Status.FEASIBLE}


@pytest.mark.parametrize(
    ("problem", "what"),
    [
        (PatrolProblem(np.zeros((1, 1)), (unit(),), (), days=2), "more days than one"),
        (PatrolProblem(np.zeros((2, 2)), (unit(),), (point("x", 1, times=2),)), "repeated visits"),
    ],
)
def test_what_pyvrp_cannot_say_is_refused(problem: PatrolProblem, what: str) -> None:
    with pytest.raises(PatrolError) as refused:
        plan_with_pyvrp(problem)
    assert (refused.value.code, refused.value.facts) == ("NOT_FOR_PYVRP", {"what": what})
