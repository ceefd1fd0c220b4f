"""The clocks measured: exact figures, and what cannot be measured is counted with its reason."""

from datetime import timedelta

import pytest
from tests.people import EVERYTHING

from anlan.dispatch.selectors import Selection, clock_figures, received_by
from anlan.dispatch.tests.clockwork import CELL, START, clock, incident, measured, rules, send
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
ANSWER = clock("rang_at", "answered_at", 60, rings_s=[10, 30])
DISPATCH = clock("received_at", "dispatched_at", 60)
THERE = clock("dispatched_at", "on_scene_at", 60)


def test_figures_of_ten_calls_are_exact():
    for answered in (2, 4, 6, 8, 10, 12, 30, 31, 60, 61):
        incident(rang=0, answered=answered)
    found = measured(ANSWER)
    assert (found.n, found.missing) == (10, {})
    assert (found.p50_s, found.p90_s) == (10.0, 60.0)  # the nearest rank, a time that was measured
    assert (found.within.in_time, found.within.compliance) == (9, 0.9)
    assert found.within.low == pytest.approx(0.5958499732047615, abs=1e-12)
    assert found.within.high == pytest.approx(0.9821237869049271, abs=1e-12)
    assert [(ring.seconds, ring.in_time) for ring in found.rings] == [(10, 5), (30, 7)]


def test_time_at_the_limit_is_in_time_and_a_millisecond_later_is_not():
    incident(rang=0, answered=60)
    incident(rang=0, answered=60.001)
    assert measured(ANSWER).within.in_time == 1


def test_each_incident_is_measured_against_the_limit_of_its_priority():
    limits = [
        {"seconds": 100, "priorities": [1, 2]},
        {"seconds": 300, "priorities": [3]},
        {"seconds": 50, "priorities": [1], "share": 0.5},
    ]
    for priority in (1, 2, 3, 4):
        incident(priority=priority, dispatched=200)
    incident(priority=1, dispatched=50)
    found = measured(DISPATCH | {"limits": limits})
    assert found.n == 4  # the clock does not concern priority 4
    assert found.within.in_time == 2
    shown = [(one.seconds, one.n, one.in_time, one.met) for one in found.limits]
    assert shown == [(100, 3, 1, None), (300, 1, 1, None), (50, 2, 1, True)]


def test_target_is_met_or_missed():
    for answered in (10, 10, 10, 90):
        incident(rang=0, answered=answered)
    limits = [{"seconds": 60, "share": 0.75}, {"seconds": 60, "share": 0.76}]
    assert [one.met for one in measured(ANSWER | {"limits": limits}).limits] == [True, False]


def test_what_lacks_a_stamp_is_counted_with_its_reason_and_never_measured():
    incident(rang=0, answered=10, state="CLOSED")
    incident(rang=0, state="CLOSED")
    incident(rang=0)
    incident(state="CLOSED")
    found = measured(ANSWER)
    assert (found.n, found.p90_s) == (1, 10.0)
    assert found.missing == {"NOT_ENDED": 1, "RUNNING": 1, "NOT_BEGUN": 1}
    assert found.lacking == 3


def test_stamps_out_of_order_are_missing_with_that_reason():
    """A clock that was set back between two stamps gives no time, and no negative one."""
    incident(dispatched=-5, state="CLOSED")
    incident(dispatched=20, state="CLOSED")
    found = measured(DISPATCH)
    assert (found.n, found.missing, found.p50_s) == (1, {"OUT_OF_ORDER": 1}, 20.0)


def test_nothing_measured_has_no_figures():
    found = measured(ANSWER)
    assert (found.n, found.missing, found.p50_s, found.p90_s) == (0, {}, None, None)
    assert (found.within.compliance, found.within.low, found.within.met) == (None, None, None)


def test_first_unit_of_a_kind_counts_and_incidents_without_one_are_not_concerned():
    both = incident(dispatched=0)
    send(both, unit_kind="AMBULANCE", on_scene=20)
    send(both, unit_kind="FIRE_ENGINE", on_scene=90)
    send(both, unit_kind="FIRE_ENGINE", on_scene=50)
    other = incident(dispatched=0)
    send(other, unit_kind="AMBULANCE", on_scene=10)
    found = measured(THERE | {"unit_kinds": ["FIRE_ENGINE"]})
    assert (found.n, found.p50_s, found.lacking) == (1, 50.0, 0)


def test_second_unit_and_full_force_are_rows_like_any_other():
    fire = incident(dispatched=0)
    for there in (90, 30, 60):
        send(fire, on_scene=there)
    send(fire, state="CANCELLED")
    assert measured(THERE | {"units": 2}).p50_s == 60.0
    assert measured(THERE | {"units": "ALL"}).p50_s == 90.0
    assert measured(THERE | {"units": 4}).missing == {"CALLED_OFF": 1}
    assert measured(THERE | {"units": 5}).lacking == 0


def test_full_force_is_missing_until_the_last_unit_is_there():
    fire = incident(dispatched=0)
    send(fire, on_scene=30)
    send(fire, state="EN_ROUTE", en_route=10)
    found = measured(THERE | {"units": "ALL"})
    assert (found.n, found.missing) == (0, {"RUNNING": 1})


def test_units_sent_later_do_not_belong_to_the_first_alarm():
    fire = incident(dispatched=0)
    send(fire, assigned=0, on_scene=100)
    send(fire, assigned=120, on_scene=400)
    send(fire, assigned=121, on_scene=900)
    assert measured(THERE | {"units": "ALL", "sent_within_s": 120}).p50_s == 400.0


def test_turnout_is_measured_for_each_unit():
    fire = incident(dispatched=0)
    send(fire, assigned=0, en_route=40, on_scene=100)
    send(fire, assigned=10, en_route=90, on_scene=300)
    send(fire, assigned=0, on_scene=120)
    send(fire, assigned=0, state="CANCELLED")
    turnout = clock("assigned_at", "en_route_at", 60, each="UNIT")
    found = measured(turnout)
    assert (found.n, found.p50_s, found.p90_s, found.within.in_time) == (2, 40.0, 80.0, 1)
    assert found.missing == {"NOT_ENDED": 1, "CALLED_OFF": 1}


def test_travel_of_the_first_unit_is_that_of_the_one_that_is_there_first():
    fire = incident(dispatched=0)
    send(fire, en_route=10, on_scene=210)  # under way first, longer on the road, there later
    send(fire, en_route=50, on_scene=200)
    travel = clock("en_route_at", "on_scene_at", 240, each="UNIT", units=1)
    assert measured(travel).p50_s == 150.0


def test_clock_concerns_its_kinds_sites_and_areas_only():
    incident(dispatched=10)
    incident(dispatched=20, site_kind="SCHOOL")
    incident(dispatched=30, kind="THEFT")
    incident(dispatched=40, area=990101002001001)
    assert measured(DISPATCH | {"site_kinds": ["SCHOOL"]}).p50_s == 20.0
    assert measured(DISPATCH | {"kinds": ["THEFT"]}).p50_s == 30.0
    assert measured(DISPATCH | {"areas": [990101002000000, 990101003000000]}).p50_s == 40.0
    assert measured(DISPATCH).n == 4


def test_groups_add_up_to_all():
    """By kind, priority, area, day and hour, in the time zone that was asked for."""
    for place, seconds in enumerate((10, 20, 30, 40, 50)):
        incident(
            priority=1 + place % 2,
            kind="THEFT" if place < 2 else "FIRE_STRUCTURE",
            area=CELL if place < 3 else 990101002001001,
            received=3600 * 5 * place,
            dispatched=3600 * 5 * place + seconds,
        )
    keys = {
        "kind": {"THEFT": 2, "FIRE_STRUCTURE": 3},
        "priority": {"1": 3, "2": 2},
        "sub_district": {"990101001": 3, "990101002": 2},
        "community": {"990101001001": 3, "990101002001": 2},
        "day": {"2026-11-21": 2, "2026-11-22": 3},
        "hour": {"16": 1, "21": 1, "02": 1, "07": 1, "12": 1},
    }
    with scoped(EVERYTHING):
        for by, expected in keys.items():
            selection = Selection(by=by, zone="Asia/Shanghai")
            found = clock_figures(rules(DISPATCH), selection)
            counts = {key: clocks["c"].n for key, clocks in found.items() if key is not None}
            assert counts == expected
            assert received_by(selection) == {None: 5, **expected}
            assert found[None]["c"].n == 5
        by_kind = clock_figures(rules(DISPATCH), Selection(by="kind"))
    assert by_kind["THEFT"]["c"].p50_s == 10.0
    assert by_kind["FIRE_STRUCTURE"]["c"].p90_s == 50.0


def test_only_what_was_received_in_the_period_counts():
    for hour in (0, 1, 2):
        incident(received=3600 * hour, dispatched=3600 * hour + 10 * (hour + 1))
    period = Selection(since=START + timedelta(hours=1), until=START + timedelta(hours=2))
    found = measured(DISPATCH, period)
    assert (found.n, found.p50_s) == (1, 20.0)
    assert measured(DISPATCH, Selection(priorities=(2,))).n == 0
    assert measured(DISPATCH, Selection(kinds=("THEFT",))).n == 0
