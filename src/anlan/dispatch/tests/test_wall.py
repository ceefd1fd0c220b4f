"""The supervisor's wall: load against staffing, in exact counts."""

from datetime import timedelta

import pytest
from tests.people import EVERYTHING, make_desk

from anlan.dispatch.selectors import wall
from anlan.dispatch.tests.clockwork import START, after, incident, send
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
HOUR_S = 3600
WEEK_S = 7 * 24 * HOUR_S


def test_units_are_counted_by_kind_as_free_busy_and_out(room):
    room.send(room.call(), "P01", "P02")
    told = make_desk("SUPERVISOR").get("wall").json()
    (patrols,) = [one for one in told["staffing"] if one["kind"] == "PATROL_CAR"]
    assert patrols["busy"] == 2
    units = room.dispatcher.get("units").json()
    everybody = [unit for unit in units if unit["kind"] == "PATROL_CAR"]
    assert patrols["free"] + patrols["busy"] + patrols["out"] == len(everybody)
    assert [one["code"] for one in told["clocks"]] == ["answer", "dispatch", "arrival"]


def test_incidents_wait_until_somebody_goes_and_again_when_nobody_does_any_more():
    incident(priority=1, received=30)
    incident(priority=1, received=10)
    going, called_off, done = (incident(priority=2) for _ in range(3))
    send(going, state="EN_ROUTE", en_route=5)
    send(called_off, state="CANCELLED")
    send(done, on_scene=20)
    incident(priority=3, state="CLOSED")
    with scoped(EVERYTHING):
        found = {one.priority: (one.waiting, one.oldest_at) for one in wall.waiting()}
    assert found == {1: (2, after(10)), 2: (1, after(0)), 3: (0, None), 4: (0, None)}


def test_calls_of_an_hour_stand_beside_the_mean_of_that_hour_in_the_weeks_before():
    """Two weeks are on record: four and one calls of this hour; three so far today."""
    for received in (0, 60, 120):
        incident(received=received)
    for received in (-WEEK_S, -WEEK_S + 1, -WEEK_S + 2, -WEEK_S + 3, -2 * WEEK_S):
        incident(received=received)
    incident(received=-2 * WEEK_S - 12 * HOUR_S)
    incident(received=-HOUR_S)
    with scoped(EVERYTHING):
        shown = wall.hours(START + timedelta(minutes=30))
    assert len(shown) == 12
    now, before = shown[-1], shown[-2]
    assert (now.began_at, now.received, now.expected) == (START, 3, 2.5)
    assert (before.received, before.expected) == (1, 0.0)


def test_nothing_is_expected_without_a_week_on_record():
    incident()
    with scoped(EVERYTHING):
        assert [one.expected for one in wall.hours(START)] == [None] * 12
