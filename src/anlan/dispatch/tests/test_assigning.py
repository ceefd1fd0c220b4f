"""Sending units: all or none, one job a unit, whoever comes second is told where the unit is."""

from functools import partial

import pytest
from tests.people import EVERYTHING, make_desk, unit_id
from tests.together import at_once, window_of

from anlan.dispatch.models import Assignment
from anlan.dispatch.tests.room import WAY, Room, done, kept
from anlan.kernel.identifiers import new_id
from anlan.kernel.scope import scoped
from anlan.orgs.models import Unit


def problem(reply) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


def test_units_are_sent_and_the_incident_tells_it(room):
    incident = room.call()
    room.send(incident, "P01", "P02")
    shown = room.shown(incident)
    assert {(a["call_sign"], a["state"]) for a in shown["assignments"]} == {
        ("P01", "ASSIGNED"),
        ("P02", "ASSIGNED"),
    }
    assert (shown["phase"], sorted(shown["units"])) == ("ASSIGNED", ["P01", "P02"])
    clocks = {one["code"]: one["ended_at"] for one in shown["clocks"]}
    assert (clocks["dispatch"] is not None, clocks["arrival"]) == (True, None)


def test_busy_unit_is_named_with_the_incident_that_has_it(room):
    first, second = room.call(), room.call()
    room.send(first, "P01")
    before = kept(second)
    refused = room.try_to_send(second, "P02", "P01")
    assert problem(refused) == (409, "unit.busy")
    sender = room.dispatcher.account.username
    facts = {"unit": "P01", "incident": room.shown(first)["number"], "by": sender}
    assert refused.json()["facts"] == facts
    assert kept(second) == before


@pytest.mark.parametrize("duty", ["OFF_DUTY", "OUT_OF_SERVICE"])
def test_unit_that_is_not_on_duty_is_not_sent(room, duty):
    incident = room.call()
    body = {"duty": duty, "reason": "Flat tyre"}
    done(room.dispatcher.put(f"units/{unit_id('P02')}/duty", body))
    before = kept(incident)
    refused = room.try_to_send(incident, "P01", "P02")
    assert problem(refused) == (409, "unit.off_duty")
    assert refused.json()["facts"] == {"unit": "P02"}
    assert kept(incident) == before


def test_unit_is_free_again_after_its_job(room):
    first, second = room.call(), room.call()
    (assignment,) = room.send(first, "P01")
    room.bring(assignment, room.dispatcher)
    room.send(second, "P01")
    assert room.shown(second)["units"] == ["P01"]
    assert room.shown(first)["units"] == []


def test_unknown_unit_is_not_sent_and_no_other_with_it(room):
    incident = room.call()
    before = kept(incident)
    body = {"unit_ids": [str(unit_id("P01")), str(new_id())]}
    refused = room.dispatcher.post(f"incidents/{incident}/assignments", body)
    assert problem(refused) == (404, "unit.unknown")
    assert kept(incident) == before


def test_unit_of_another_area_is_not_sent(room):
    incident = room.call()
    with scoped(EVERYTHING):
        Unit.objects.filter(call_sign="P02").update(area=990201000000000, street=990201000)
    before = kept(incident)
    refused = room.try_to_send(incident, "P01", "P02")
    assert problem(refused) == (404, "unit.unknown")
    assert kept(incident) == before


def test_cleared_unit_makes_no_further_move_on_that_job(room):
    incident = room.call()
    (job,) = room.send(incident, "P01")
    room.bring(job, room.dispatcher)
    before = kept(incident)
    for name, facts in (*WAY, ("cancel", {"reason": "Late."})):
        refused = room.move(job, name, room.dispatcher, **facts)
        assert problem(refused) == (409, "move.not_allowed")
    assert kept(incident) == before


@pytest.mark.parametrize("ids", [[], ["P01", "P01"]])
def test_units_are_one_or_more_and_different(room, ids):
    incident = room.call()
    before = kept(incident)
    refused = room.try_to_send(incident, *ids)
    assert (refused.status_code, refused.json()["field"]) == (422, "unit_ids")
    assert kept(incident) == before


def test_recommendation_of_another_incident_is_refused(room):
    first, second = room.call(), room.call()
    recommended = done(room.dispatcher.post(f"incidents/{first}/recommendations"))
    before = kept(second)
    body = {"unit_ids": [str(unit_id("P01"))], "recommendation_id": recommended["id"]}
    refused = room.dispatcher.post(f"incidents/{second}/assignments", body)
    assert problem(refused) == (404, "recommendation.unknown")
    assert kept(second) == before


def test_departure_from_the_recommendation_is_written_down_with_its_reason(room):
    incident = room.call()
    recommended = done(room.dispatcher.post(f"incidents/{incident}/recommendations"))
    last = recommended["units"][-1]
    body = {
        "unit_ids": [last["unit_id"]],
        "recommendation_id": recommended["id"],
        "departure_reason": "It passes there.",
    }
    (sent,) = done(room.dispatcher.post(f"incidents/{incident}/assignments", body))
    assert sent["expected_travel_s"] == last["travel_s"]
    step = room.shown(incident)["timeline"][-1]
    assert step["move"] == "assign"
    assert step["facts"]["departure_reason"] == "It passes there."
    assert step["facts"]["recommendation_id"] == recommended["id"]


def test_of_two_dispatchers_who_take_one_unit_exactly_one_wins(committing):
    room = Room()
    second = make_desk("DISPATCHER")
    for _ in range(4):
        incidents = [room.call(), room.call()]
        desks = [window_of(room.dispatcher), window_of(second)]
        answers = at_once(
            [
                partial(room.try_to_send, incident, "P01", desk=desk)
                for incident, desk in zip(incidents, desks, strict=True)
            ]
        )
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        winner = next(n for n, answer in enumerate(answers) if answer.status_code == 201)
        told = answers[1 - winner].json()
        assert (told["code"], told["facts"]["unit"]) == ("unit.busy", "P01")
        assert told["facts"]["incident"] == room.shown(incidents[winner])["number"]
        assert told["facts"]["by"] == desks[winner].account.username
        assert room.shown(incidents[1 - winner])["assignments"] == []
        room.bring(answers[winner].json()[0]["id"], room.dispatcher)


def test_units_asked_for_in_opposite_orders_do_not_block_each_other(committing):
    room = Room()
    incidents = [room.call(), room.call()]
    windows = [window_of(room.dispatcher), window_of(room.dispatcher)]
    answers = at_once(
        [
            partial(room.try_to_send, incidents[0], "P01", "P02", desk=windows[0]),
            partial(room.try_to_send, incidents[1], "P02", "P01", desk=windows[1]),
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    with scoped(EVERYTHING):
        assert Assignment.objects.count() == 2
        assert Assignment.objects.values("incident").distinct().count() == 1


def test_of_sending_a_unit_and_closing_the_incident_one_wins(committing):
    room = Room()
    for _ in range(4):
        incident = room.call()
        windows = [window_of(room.dispatcher), window_of(room.dispatcher)]
        sent, closed = at_once(
            [
                partial(room.try_to_send, incident, "P01", desk=windows[0]),
                partial(room.close, incident, desk=windows[1]),
            ]
        )
        shown = room.shown(incident)
        if sent.status_code == 201:
            assert problem(closed) == (409, "incident.crews_assigned")
            assert (shown["state"], shown["units"]) == ("OPEN", ["P01"])
            room.bring(sent.json()[0]["id"], room.dispatcher)
        else:
            assert problem(sent) == (409, "move.not_allowed")
            assert closed.status_code == 200
            assert (shown["state"], shown["assignments"]) == ("CLOSED", [])
