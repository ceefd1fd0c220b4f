"""Moves of assignments and incidents: in order, by the right people, each touching its own."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from tests.people import make_desk

from anlan.dispatch.tests.room import FIRE, WAY, done, kept

MOVES = ("en_route", "on_scene", "clear", "cancel")
FACTS = {"clear": {"outcome": "Out."}, "cancel": {"reason": "Not needed."}}
WAYS: dict[str, tuple[str, ...]] = {
    "ASSIGNED": (),
    "EN_ROUTE": ("en_route",),
    "ON_SCENE": ("en_route", "on_scene"),
    "CLEARED": ("en_route", "on_scene", "clear"),
    "CANCELLED": ("cancel",),
}
POSSIBLE = {
    ("ASSIGNED", "en_route"): "EN_ROUTE",
    ("ASSIGNED", "on_scene"): "ON_SCENE",
    ("EN_ROUTE", "on_scene"): "ON_SCENE",
    ("ON_SCENE", "clear"): "CLEARED",
    ("ASSIGNED", "cancel"): "CANCELLED",
    ("EN_ROUTE", "cancel"): "CANCELLED",
}


def test_every_assignment_move_is_possible_from_its_states_and_from_no_other(room):
    for state, name in product(WAYS, MOVES):
        incident = room.call()
        (assignment,) = room.send(incident, "P01")
        for step in WAYS[state]:
            done(room.move(assignment, step, room.dispatcher, **FACTS.get(step, {})))
        before = kept(incident)
        reply = room.move(assignment, name, room.dispatcher, **FACTS.get(name, {}))
        target = POSSIBLE.get((state, name))
        if target is None:
            assert (reply.status_code, reply.json()["code"]) == (409, "move.not_allowed")
            assert reply.json()["facts"] == {"move": name, "state": state}
            assert kept(incident) == before
        else:
            assert done(reply)["state"] == target
        if room.shown(incident)["units"]:
            finish(room, assignment)


def finish(room, assignment: str) -> None:
    """Bring a job to its end, so that the unit is free again."""
    for name, facts in WAY:
        room.move(assignment, name, room.dispatcher, **facts)


def test_move_stamps_its_own_time_once(room):
    incident = room.call()
    (assignment,) = room.send(incident, "P01")
    stamps = []
    for name, facts in WAY:
        moved = done(room.move(assignment, name, room.dispatcher, **facts))
        stamps.append([moved[at] is not None for at in ("en_route_at", "on_scene_at", "ended_at")])
    assert stamps == [[True, False, False], [True, True, False], [True, True, True]]
    assert [step["move"] for step in room.shown(incident)["timeline"]] == [
        "open", "assign", "en_route", "on_scene", "clear",
    ]  # fmt: skip


def test_move_of_one_unit_touches_no_other_assignment(room):
    incident, other = room.call(), room.call()
    first, second = room.send(incident, "P01", "P02")
    room.send(other, "F01")
    before = kept(other)[:3]
    done(room.move(first, "en_route", room.crew("P01")))
    states = {a["call_sign"]: a["state"] for a in room.shown(incident)["assignments"]}
    assert states == {"P01": "EN_ROUTE", "P02": "ASSIGNED"}
    done(room.move(second, "cancel", room.dispatcher, reason="One is enough."))
    states = {a["call_sign"]: a["state"] for a in room.shown(incident)["assignments"]}
    assert states == {"P01": "EN_ROUTE", "P02": "CANCELLED"}
    assert kept(other)[:3] == before


def test_crew_moves_its_own_job_only_and_cannot_call_it_off(room):
    incident = room.call()
    (assignment,) = room.send(incident, "P01")
    before = kept(incident)
    for name, crew in (("en_route", room.crew("P02")), ("cancel", room.crew("P01"))):
        refused = room.move(assignment, name, crew, **FACTS.get(name, {}))
        assert (refused.status_code, refused.json()["code"]) == (403, "denied")
        assert kept(incident) == before
    room.bring(assignment, room.crew("P01"))


@pytest.mark.parametrize(("state", "name", "field"), [
    ("ON_SCENE", "clear", "outcome"), ("ASSIGNED", "cancel", "reason"),
])  # fmt: skip
@pytest.mark.parametrize("given", [{}, {"outcome": " \n", "reason": "\t"}])
def test_move_without_its_fact_is_refused(room, state, name, field, given):
    incident = room.call()
    (assignment,) = room.send(incident, "P01")
    for step in WAYS[state]:
        done(room.move(assignment, step, room.dispatcher))
    before = kept(incident)
    refused = room.move(assignment, name, room.dispatcher, **given)
    problem = refused.json()
    assert (refused.status_code, problem["field"], problem["rule"]) == (422, field, "required")
    assert kept(incident) == before


def test_incident_does_not_close_while_a_crew_is_on_it(room):
    incident = room.call()
    (assignment,) = room.send(incident, "P01")
    for name, facts in WAY:
        before = kept(incident)
        refused = room.close(incident)
        assert (refused.status_code, refused.json()["code"]) == (409, "incident.crews_assigned")
        assert refused.json()["facts"] == {"units": ["P01"]}
        assert kept(incident) == before
        done(room.move(assignment, name, room.crew("P01"), **facts))
    assert done(room.close(incident))["state"] == "CLOSED"


def test_incident_is_not_diverted_while_a_crew_is_on_it(room):
    incident = room.call()
    room.send(incident, "P01")
    before = kept(incident)
    body = {"reason": "No danger.", "item_code": "0103"}
    refused = room.dispatcher.post(f"incidents/{incident}/moves/divert", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "incident.crews_assigned")
    assert kept(incident) == before


def test_whoever_reported_the_work_does_not_close_it(room):
    incident = room.call()
    (assignment,) = room.send(incident, "P01")
    room.bring(assignment, room.dispatcher)
    before = kept(incident)
    refused = room.close(incident)
    assert (refused.status_code, refused.json()["code"]) == (409, "incident.own_work")
    assert kept(incident) == before
    assert done(room.close(incident, make_desk("DISPATCHER")))["state"] == "CLOSED"


def test_crew_and_call_taker_may_not_close(room):
    incident = room.call()
    before = kept(incident)
    for desk in (room.crew("P01"), room.taker):
        refused = room.close(incident, desk)
        assert (refused.status_code, refused.json()["code"]) == (403, "denied")
    assert kept(incident) == before


@pytest.mark.parametrize(("name", "body", "status", "code"), [
    ("close", {"disposition": "RESOLVED"}, 409, "move.not_allowed"),
    ("divert", {"reason": "x", "item_code": "0103"}, 409, "move.not_allowed"),
    ("reprioritise", {"priority": 2}, 409, "move.not_allowed"),
])  # fmt: skip
def test_closed_incident_moves_no_more(room, name, body, status, code):
    incident = room.call()
    done(room.close(incident))
    before = kept(incident)
    refused = room.dispatcher.post(f"incidents/{incident}/moves/{name}", body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert kept(incident) == before
    refused = room.try_to_send(incident, "P01")
    assert (refused.status_code, refused.json()["code"]) == (409, "move.not_allowed")
    assert kept(incident) == before


@pytest.mark.parametrize(("body", "field", "rule"), [
    ({}, "disposition", "required"),
    ({"disposition": ""}, "disposition", "required"),
    ({"disposition": "FORGOTTEN"}, "disposition", "known_disposition"),
    ({"disposition": "RESOLVED", "reason": "x" * 501}, "reason", "string_too_long"),
])  # fmt: skip
def test_incident_closes_with_a_disposition_of_the_list(room, body, field, rule):
    incident = room.call()
    before = kept(incident)
    refused = room.dispatcher.post(f"incidents/{incident}/moves/close", body)
    problem = refused.json()
    assert (refused.status_code, problem["field"], problem["rule"]) == (422, field, rule)
    assert kept(incident) == before


def test_priority_changes_and_moves_the_due_time(room):
    incident = room.call(priority=4)
    room.send(incident, "P01")
    for priority, limit_s in ((4, 1800), (3, 600), (1, 300)):
        body = {"priority": priority}
        moved = done(room.dispatcher.post(f"incidents/{incident}/moves/reprioritise", body))
        (arrival,) = [one for one in moved["clocks"] if one["code"] == "arrival"]
        began, due = (datetime.fromisoformat(arrival[name]) for name in ("began_at", "due_at"))
        assert (moved["priority"], moved["state"]) == (priority, "OPEN")
        assert due - began == timedelta(seconds=limit_s)


def test_call_that_joins_counts_on_the_incident_it_joined(room):
    incident = room.call()
    joined = done(room.taker.post("reports", FIRE | {"attach_to": incident}))
    assert (joined["incident_id"], joined["attached"]) == (incident, True)
    shown = room.shown(incident)
    assert (shown["report_count"], shown["timeline"][-1]["move"]) == (2, "attach")
