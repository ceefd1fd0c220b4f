"""Requests for help: asked, answered by the agency alone, on time or the desk is told."""

from datetime import datetime, timedelta

import pytest
from tests.people import EVERYTHING

from anlan.dispatch.agencies.models import HelpRequest
from anlan.dispatch.agencies.services.help_requests import ANSWER_DEADLINE
from anlan.dispatch.agencies.tests.linked import WATER, Linked
from anlan.dispatch.tests.room import done, kept
from anlan.kernel import deadlines
from anlan.kernel.models import Deadline
from anlan.kernel.scope import scoped
from anlan.project.deadlines import HANDLERS

ANSWERS = {ANSWER_DEADLINE: HANDLERS[ANSWER_DEADLINE]}  # without the incident's own clocks


@pytest.fixture
def asked(linked: Linked) -> tuple[Linked, str, str]:
    """Return the room, an incident, and a request for help with it."""
    linked.agree(WATER)
    incident = linked.call()
    return linked, incident, linked.ask(incident, WATER, note="Close the valve", unit_count=2)


def test_agency_sees_what_it_is_asked_for_and_the_incident_with_it(asked) -> None:
    linked, incident, request = asked
    (seen,) = done(linked.agency(WATER).get("help-requests", open="true"))["items"]
    assert (seen["id"], seen["capabilities"], seen["unit_count"], seen["note"]) == (
        request, ["UTILITY_CREW"], 2, "Close the valve",
    )  # fmt: skip
    assert seen["moves"] == ["accept", "refuse"]
    assert datetime.fromisoformat(seen["due_at"]) - datetime.fromisoformat(
        seen["asked_at"]
    ) == timedelta(seconds=300)
    assert [one["incident_id"] for one in linked.inbox(WATER)] == [incident]


def test_whole_way_stands_in_the_incidents_timeline(asked) -> None:
    linked, incident, request = asked
    agency = linked.agency(WATER)
    done(agency.post(f"help-requests/{request}/moves/accept", {"note": "Two vans"}))
    done(agency.post(f"help-requests/{request}/moves/fulfil"))
    assert linked.timeline(incident)[-3:] == [
        ("ask_help", "", "ASKED"),
        ("accept_help", "ASKED", "ACCEPTED"),
        ("fulfil_help", "ACCEPTED", "FULFILLED"),
    ]
    steps = linked.shown(incident)["timeline"]
    assert steps[-2]["facts"]["note"] == "Two vans"
    assert steps[-2]["made_by_name"] == agency.actor.name


def test_refusal_needs_a_reason(asked) -> None:
    linked, incident, request = asked
    agency, before = linked.agency(WATER), kept(incident)
    refused = agency.post(f"help-requests/{request}/moves/refuse", {})
    assert (refused.status_code, refused.json()["field"]) == (422, "reason")
    assert kept(incident) == before
    answer = done(agency.post(f"help-requests/{request}/moves/refuse", {"reason": "No van"}))
    assert (answer["state"], answer["reason"]) == ("REFUSED", "No van")


def test_desk_withdraws_and_the_agency_cannot(asked) -> None:
    linked, incident, request = asked
    before, why = kept(incident), {"reason": "Not needed"}
    path = f"help-requests/{request}/moves/withdraw"
    assert linked.agency(WATER).post(path, why).status_code == 403
    assert kept(incident) == before
    assert done(linked.dispatcher.post(path, why))["state"] == "WITHDRAWN"


@pytest.mark.parametrize("move", ["accept", "refuse"])
def test_nobody_answers_in_the_agencys_place(asked, move) -> None:
    linked, incident, request = asked
    before = kept(incident)
    reply = linked.dispatcher.post(f"help-requests/{request}/moves/{move}", {"reason": "x"})
    assert reply.status_code == 403
    assert kept(incident) == before


def test_agency_answers_once(asked) -> None:
    linked, incident, request = asked
    agency = linked.agency(WATER)
    done(agency.post(f"help-requests/{request}/moves/accept"))
    before = kept(incident)
    again = agency.post(f"help-requests/{request}/moves/refuse", {"reason": "No"})
    assert (again.status_code, again.json()["code"]) == (409, "move.not_allowed")
    assert kept(incident) == before


def test_one_unanswered_request_an_agency_at_a_time(asked) -> None:
    linked, incident, request = asked
    before = kept(incident)
    refused = linked.try_to_ask(incident, WATER)
    assert (refused.status_code, refused.json()["code"]) == (409, "help_request.asked_already")
    assert kept(incident) == before
    done(linked.agency(WATER).post(f"help-requests/{request}/moves/accept"))
    linked.ask(incident, WATER)


def due(request: str) -> datetime:
    """Return when a request must be answered."""
    with scoped(EVERYTHING):
        return HelpRequest.objects.get(pk=request).due_at


@pytest.mark.django_db(transaction=False)
def test_unanswered_in_time_the_desk_is_told_once(asked) -> None:
    linked, incident, request = asked
    early = due(request) - timedelta(seconds=1)
    assert deadlines.handle_due(ANSWERS, early) == 0
    assert deadlines.handle_due(ANSWERS, due(request)) == 1
    assert deadlines.handle_due(ANSWERS, due(request) + timedelta(hours=1)) == 0
    assert linked.timeline(incident).count(("help_overdue", "ASKED", "ASKED")) == 1
    shown = done(linked.dispatcher.get(f"incidents/{incident}/agencies"))["requests"][0]
    assert (shown["state"], shown["overdue_at"] is not None) == ("ASKED", True)
    done(linked.agency(WATER).post(f"help-requests/{request}/moves/accept"))


def test_answered_request_has_no_clock(asked) -> None:
    linked, _, request = asked
    done(linked.agency(WATER).post(f"help-requests/{request}/moves/accept"))
    with scoped(EVERYTHING):
        assert Deadline.objects.filter(subject_id=request).count() == 0
    assert deadlines.handle_due(ANSWERS, due(request)) == 0


def test_ending_the_share_withdraws_what_is_open(asked) -> None:
    linked, incident, request = asked
    (share,) = done(linked.dispatcher.get(f"incidents/{incident}/agencies"))["shares"]
    done(linked.dispatcher.post(f"shares/{share['id']}/end", {"reason": "Over"}))
    shown = done(linked.dispatcher.get(f"incidents/{incident}/agencies"))["requests"]
    assert [(one["id"], one["state"], one["reason"]) for one in shown] == [
        (request, "WITHDRAWN", "Over")
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"capabilities": []}, "capabilities"),
        ({"capabilities": [f"C{n}" for n in range(11)]}, "capabilities"),
        ({"unit_count": 0}, "unit_count"),
        ({"unit_count": 51}, "unit_count"),
        ({"answer_within_s": 0}, "answer_within_s"),
        ({"answer_within_s": 86_401}, "answer_within_s"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_senseless_request_is_refused(linked: Linked, wrong, field) -> None:
    linked.agree(WATER)
    incident = linked.call()
    before = kept(incident)
    refused = linked.try_to_ask(incident, WATER, **wrong)
    assert (refused.status_code, refused.json()["field"]) == (422, field)
    assert kept(incident) == before
