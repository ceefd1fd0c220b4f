"""What a plan does with points, lines, areas, windows, shifts, breaks and values."""

import numpy as np
import pytest

from anlan_engine.patrol import (
    Break,
    PatrolProblem,
    Status,
    Why,
    Window,
    area,
    area_points,
    check_plan,
    line,
    plan_patrols,
    point,
)
from anlan_engine.patrol.tests.questions import HOUR_S, at, row_of_places, unit

STEPS = {"limit_s": 60.0, "iterations": 200}


def test_unit_waits_at_its_post_until_the_window_opens() -> None:
    gate = point("gate", 2, stay_s=1800, windows=(at(9, 9.5),))
    plan = plan_patrols(PatrolProblem(row_of_places(3), (unit(),), (gate,)), **STEPS)
    (one,) = plan.rounds
    assert plan.status is Status.FEASIBLE
    assert one.leave_post_s == 9 * HOUR_S - 1200
    assert [(stop.visit_id, stop.start_s, stop.wait_s) for stop in one.stops] == [
        ("gate", 9 * HOUR_S, 0.0)
    ]
    assert (one.back_s, plan.drive_s) == (9 * HOUR_S + 1800 + 1200, 2400.0)


def test_second_window_is_used_when_the_first_is_taken() -> None:
    early = point("early", 1, stay_s=3600, windows=(at(9),))
    either = point("either", 2, stay_s=3600, windows=(at(9, 9.2), at(12, 13)))
    problem = PatrolProblem(row_of_places(3), (unit(),), (early, either))
    plan = plan_patrols(problem, **STEPS)
    starts = {stop.visit_id: stop.start_s for stop in plan.rounds[0].stops}
    assert starts == {"early": 9 * HOUR_S, "either": 12 * HOUR_S}


def test_line_is_driven_in_the_direction_that_is_shorter() -> None:
    street = line("street", (3, 1), along_s=900)
    problem = PatrolProblem(row_of_places(5), (unit(place=0),), (street, point("end", 4)))
    plan = plan_patrols(problem, **STEPS)
    found = {stop.visit_id: (stop.entry, stop.exit) for stop in plan.rounds[0].stops}
    assert found["street"] in {(1, 3), (3, 1)}
    assert plan.drive_s == 600 + 600 + 4 * 600
    one_way = line("street", (3, 1), along_s=900, back_s=np.inf)
    problem = PatrolProblem(row_of_places(5), (unit(place=0),), (one_way,))
    (stop,) = plan_patrols(problem, **STEPS).rounds[0].stops
    assert (stop.entry, stop.exit) == (3, 1)


def test_area_is_entered_and_left_where_it_is_nearest() -> None:
    park = area("park", (1, 3), stay_s=1200)
    after = point("after", 4)
    problem = PatrolProblem(row_of_places(5), (unit(place=0),), (park, after))
    plan = plan_patrols(problem, **STEPS)
    assert check_plan(problem, plan) == ()
    assert plan.drive_s == 600 + 600 + 2400
    stop = next(stop for stop in plan.rounds[0].stops if stop.visit_id == "park")
    assert {stop.entry, stop.exit} == {1, 3}
    assert stop.leave_s - stop.start_s == 1200


def test_area_as_a_set_of_points_is_visited_point_by_point() -> None:
    points = area_points("yard", (1, 2, 3), stay_s=60)
    plan = plan_patrols(PatrolProblem(row_of_places(4), (unit(),), points), **STEPS)
    assert {stop.visit_id for stop in plan.rounds[0].stops} == {"yard/1", "yard/2", "yard/3"}


def test_break_is_taken_in_its_window_at_the_post() -> None:
    visits = [point(f"p{number}", 3, stay_s=HOUR_S) for number in range(4)]
    crew = unit(shift=at(8, 15), breaks=(Break(at(10.5, 11.5), 1800.0),))
    problem = PatrolProblem(row_of_places(4), (crew,), tuple(visits))
    plan = plan_patrols(problem, **STEPS)
    (pause,) = (stop for stop in plan.rounds[0].stops if stop.visit_id is None)
    assert plan.status is Status.FEASIBLE
    assert (pause.entry, pause.leave_s - pause.start_s) == (0, 1800.0)
    assert 10.5 * HOUR_S <= pause.start_s <= 11.5 * HOUR_S


def test_unit_without_room_for_its_break_stays_at_its_post() -> None:
    crew = unit("tired", shift=at(8, 14), breaks=(Break(at(15, 16), 1800.0),))
    optional = point("x", 1, value=1e6)
    problem = PatrolProblem(row_of_places(2), (crew,), (optional,))
    plan = plan_patrols(problem, **STEPS)
    assert (plan.status, plan.rounds) == (Status.FEASIBLE, ())
    assert plan.left_out[0].why is Why.NO_CAPABLE_UNIT


def test_without_any_unit_that_can_go_out_everything_is_left_out() -> None:
    crew = unit(breaks=(Break(at(20, 21), 60.0),))
    plan = plan_patrols(PatrolProblem(row_of_places(2), (crew,), (point("x", 1),)), **STEPS)
    assert (plan.status, plan.rounds, len(plan.left_out)) == (Status.INFEASIBLE, (), 1)


def test_break_comes_before_visits_that_leave_no_room_for_it() -> None:
    crew = unit(shift=at(8, 10), breaks=(Break(at(8.5, 9), 1800.0),))
    visits = (point("long", 0, stay_s=6000, windows=(at(8),)), point("short", 0, stay_s=60))
    problem = PatrolProblem(row_of_places(1), (crew,), visits)
    plan = plan_patrols(problem, **STEPS)
    assert check_plan(problem, plan) == ()
    assert [left.visit_id for left in plan.left_out] == ["long"]


def test_capability_decides_who_comes() -> None:
    tank = point("tank", 1, needs=frozenset({"CHEMICAL"}))
    near, far = unit("near", 1), unit("far", 3, capabilities=frozenset({"CHEMICAL", "BOAT"}))
    plan = plan_patrols(PatrolProblem(row_of_places(4), (near, far), (tank,)), **STEPS)
    assert [one.unit_id for one in plan.rounds] == ["far"]


def test_optional_visit_is_left_out_when_the_way_costs_more() -> None:
    visits = (point("worth it", 1, value=1300.0), point("not", 2, value=1100.0))
    plan = plan_patrols(PatrolProblem(row_of_places(3), (unit(),), visits), **STEPS)
    assert [stop.visit_id for stop in plan.rounds[0].stops] == ["worth it"]
    (left,) = plan.left_out
    assert (left.visit_id, left.must, left.why) == ("not", False, Why.NOT_WORTH_THE_WAY)
    assert left.facts == {"costs": 1200.0}
    assert (plan.value, plan.cost) == (1300.0, 1100.0 + 1200.0)


def test_left_out_visits_say_why() -> None:
    travel = row_of_places(5)
    travel[:, 4] = np.inf
    visits = (
        point("full", 1, stay_s=8 * HOUR_S - 1200, value=1e6),
        point("no time", 1, stay_s=60, value=1.0),
        point("no way", 4, value=1.0),
        point("too early", 1, windows=(at(7),), value=1.0),
        point("no boat", 1, needs=frozenset({"BOAT"}), value=1.0),
    )
    plan = plan_patrols(PatrolProblem(travel, (unit(),), visits, driving=0.0), **STEPS)
    assert {left.visit_id: left.why for left in plan.left_out} == {
        "no time": Why.NO_TIME_LEFT,
        "no way": Why.UNREACHABLE,
        "too early": Why.OUTSIDE_SHIFTS,
        "no boat": Why.NO_CAPABLE_UNIT,
    }


def test_same_seed_and_iterations_give_the_same_plan() -> None:
    draw = np.random.default_rng(5)
    where = draw.uniform(0, 3000, (40, 2))
    travel = np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1))
    visits = tuple(point(f"p{k}", k, stay_s=300, value=float(k)) for k in range(1, 40))
    crews = (unit("a", shift=at(8, 9)), unit("b", shift=at(8, 9)))
    problem = PatrolProblem(travel, crews, visits, driving=0.0)
    plans = [plan_patrols(problem, limit_s=60, seed=7, iterations=300) for _ in range(2)]
    assert plans[0].rounds == plans[1].rounds
    assert plans[0].iterations == 300


def test_no_visits_make_an_empty_plan() -> None:
    plan = plan_patrols(PatrolProblem(row_of_places(1), (unit(),), ()), **STEPS)
    assert (plan.status, plan.rounds, plan.value, plan.gap) == (Status.FEASIBLE, (), 0.0, 0.0)


@pytest.mark.parametrize("until", [0.0, 1.0])
def test_time_limit_ends_the_search(until: float) -> None:
    problem = PatrolProblem(
        row_of_places(3), (unit(),), (point("a", 1, windows=(Window(0, 9e4),)),)
    )
    plan = plan_patrols(problem, limit_s=0.05 + until / 10)
    assert plan.iterations > 0
    assert plan.status is Status.FEASIBLE
