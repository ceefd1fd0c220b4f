"""Days that can be worked out by hand, second by second."""

import numpy as np
import pytest

from anlan_engine.simulate import Calls, Fleet, Ground, Posture, Rules, play
from anlan_engine.simulate.playing import LOST, SERVED, UNSERVED
from anlan_engine.simulate.tests.towns import calls, posture, street

ANY = Rules(late_after_s=(480.0,))
TWO = Rules(late_after_s=(480.0, 480.0), diverts=np.array([[False, True], [False, False]]))


def test_nearest_unit_goes_and_turnout_counts_from_the_station() -> None:
    town = posture(street(10, stations=(0, 9)), (0, 1), ANY)
    done = play(town, calls((100.0, 7), turnout_s=30.0))
    assert done.unit.tolist() == [1]
    assert done.sent_s.tolist() == [100.0]
    assert done.arrived_s.tolist() == [100.0 + 30.0 + 120.0]
    assert done.cleared_s.tolist() == [850.0]
    assert done.response_s.tolist() == [150.0]


def test_unit_driving_home_is_sent_on_from_where_it_is() -> None:
    # Clear at place 8 at 480 + 600; four minutes later it has reached place 4 on its way to 0.
    town = posture(street(9), (0,), ANY)
    done = play(town, calls((0.0, 8), (1080.0 + 240.0, 5), turnout_s=0.0))
    assert done.arrived_s.tolist() == [480.0, 1320.0 + 60.0]


def test_unit_that_is_back_turns_out_anew() -> None:
    town = posture(street(9), (0,), ANY)
    done = play(town, calls((0.0, 8), (1100.0 + 480.0, 5), turnout_s=20.0))
    assert done.arrived_s.tolist() == [500.0, 1580.0 + 320.0]


def test_freed_unit_takes_the_most_urgent_then_the_oldest_call_from_where_it_stands() -> None:
    town = posture(street(9), (0,), TWO)
    given = calls((0.0, 2), (10.0, 1), (20.0, 1), (30.0, 4), priority=(0, 1, 1, 0))
    done = play(town, given)
    assert done.arrived_s[0] == 120.0
    assert done.arrived_s[3] == 720.0 + 120.0
    assert done.arrived_s[1] == 840.0 + 600.0 + 180.0
    assert done.arrived_s[2] == 1620.0 + 600.0
    assert done.most_waiting == 3


def test_unit_on_its_way_to_a_lesser_call_is_turned_round() -> None:
    # Sent to place 8; after 2 minutes, at place 2, the urgent call comes from place 3.
    town = posture(street(9), (0,), TWO)
    done = play(town, calls((0.0, 8), (120.0, 3), priority=(1, 0)))
    assert done.arrived_s[1] == 180.0
    assert done.arrived_s[0] == 180.0 + 600.0 + 300.0
    assert done.diverted == 1
    assert done.wasted_s.tolist() == [120.0]


def test_unit_that_has_arrived_is_not_turned_round() -> None:
    town = posture(street(9), (0,), TWO)
    done = play(town, calls((0.0, 2), (120.0, 3), priority=(1, 0)))
    assert done.arrived_s.tolist() == [120.0, 720.0 + 60.0]
    assert done.diverted == 0


def test_unit_is_not_turned_round_where_another_is_as_soon_there() -> None:
    town = posture(street(9, stations=(0, 8)), (0, 1), TWO)
    done = play(town, calls((0.0, 4), (60.0, 8), priority=(1, 0)))
    assert done.unit.tolist() == [0, 1]
    assert done.diverted == 0


def test_only_a_unit_that_has_all_capabilities_goes() -> None:
    town = posture(street(9, stations=(0, 8)), (0, 1), ANY, capabilities=np.array([1, 3]))
    done = play(town, calls((0.0, 0), (0.0, 1), needs=(3, 1)))
    assert done.unit.tolist() == [1, 0]


def test_call_that_nobody_can_serve_is_told_as_unserved() -> None:
    town = posture(street(3), (0,), ANY)
    done = play(town, calls((0.0, 1), needs=(2,)))
    assert done.outcome.tolist() == [UNSERVED]
    assert np.isnan(done.response_s).all()
    assert done.unit.tolist() == [-1]


def test_call_that_no_road_leads_to_is_told_as_unserved() -> None:
    travel_s = np.array([[0.0, np.inf], [np.inf, 0.0]])
    town = posture(Ground(travel_s, np.array([0])), (0,), ANY)
    done = play(town, calls((0.0, 1), (5.0, 0)))
    assert done.outcome.tolist() == [UNSERVED, SERVED]


def test_calls_that_may_not_wait_are_lost() -> None:
    town = posture(street(3), (0,), Rules(late_after_s=(480.0,), calls_wait=False))
    done = play(town, calls((0.0, 1), (30.0, 1), (660.0, 1)))
    assert done.outcome.tolist() == [SERVED, LOST, SERVED]


def test_hospital_comes_after_the_scene_and_the_unit_is_free_there() -> None:
    ground = Ground(street(9).travel_s, np.array([0]), np.array([6]))
    town = posture(ground, (0,), ANY)
    given = calls((0.0, 2), (10.0, 6), hospital=6, handover_s=300.0)
    done = play(town, given)
    assert done.cleared_s[0] == 120.0 + 600.0 + 240.0 + 300.0
    assert done.arrived_s[1] == 1260.0


def test_shift_that_ends_on_a_call_is_finished_and_the_next_begins_at_home() -> None:
    on_duty = np.zeros((1, 168), bool)
    on_duty[0, :1] = True
    on_duty[0, 2] = True
    town = posture(street(40), (0,), ANY, on_duty=on_duty)
    done = play(town, calls((3000.0, 30), (3700.0, 1), turnout_s=10.0))
    assert done.cleared_s[0] == 3010.0 + 1800.0 + 600.0
    assert done.sent_s[1] == 7200.0
    assert done.arrived_s[1] == 7200.0 + 10.0 + 60.0


def test_shift_that_begins_during_overtime_keeps_the_unit_on() -> None:
    on_duty = np.zeros((1, 168), bool)
    on_duty[0, [0, 2]] = True
    town = posture(street(90), (0,), ANY, on_duty=on_duty)
    done = play(town, calls((3000.0, 80), (3700.0, 80), scene_s=60.0))
    assert done.cleared_s.tolist() == [3000.0 + 4800.0 + 60.0, 7860.0 + 60.0]


def test_calls_are_answered_in_the_order_in_which_they_are_ready_not_given() -> None:
    town = posture(street(9), (0,), ANY)
    forward = play(town, calls((0.0, 1), (60.0, 3)))
    backward = play(town, calls((60.0, 3), (0.0, 1)))
    assert forward.arrived_s.tolist() == [60.0, 660.0 + 120.0]
    assert backward.arrived_s.tolist() == forward.arrived_s.tolist()[::-1]


def test_no_calls_at_all() -> None:
    empty = Calls(*(np.zeros(0, t) for t in "fiiifffif"))
    done = play(Posture("town", street(2), Fleet(np.array([0])), ANY), empty)
    assert len(done.outcome) == 0
    assert done.most_waiting == 0


@pytest.mark.parametrize("first_hour", [0, 167])
def test_week_begins_where_it_is_told_to(first_hour: int) -> None:
    on_duty = np.zeros((1, 168), bool)
    on_duty[0, 1] = True
    town = posture(street(9), (0,), ANY, on_duty=on_duty)
    done = play(town, calls((0.0, 1)), first_hour=first_hour)
    assert done.sent_s.tolist() == [3600.0 * ((1 - first_hour) % 168)]
