"""Calls: who answers, who is owed a call back, and one report from one call."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.people import EVERYTHING

from anlan.intake.models import Call, CallStep, Contact, Report
from anlan.intake.services.calls import CALL_BACK_DEADLINE
from anlan.kernel.clock import now
from anlan.kernel.deadlines import handle_due
from anlan.kernel.models import Deadline, OutboxEntry
from anlan.kernel.scope import scoped
from anlan.project.deadlines import HANDLERS

pytestmark = pytest.mark.django_db

CALLER = {"name": "Caller", "telephone": "+358 40 765 4321"}
FIRE = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "lon": 24.9425, "lat": 60.1690}


def call_of(taker, **body):
    reply = taker.post("calls", body)
    assert reply.status_code == 201, reply.content
    return reply.json()


def moved(taker, call, move, **facts):
    return taker.post(f"calls/{call['id']}/moves/{move}", facts)


def kept():
    """Return all that the database holds of calls: compared before and after a refusal."""
    with scoped(EVERYTHING):
        calls, steps = Call.objects.order_by("id").values(), CallStep.objects.count()
        return list(calls), steps, OutboxEntry.objects.count(), Deadline.objects.count()


def test_ringing_call_is_answered_by_one_and_the_second_is_told_who(desk):
    first, second = desk("CALL_TAKER"), desk("CALL_TAKER")
    call = call_of(first)
    assert (call["state"], call["moves"]) == ("RINGING", ["answer", "abandon"])
    answered = moved(first, call, "answer").json()
    assert (answered["state"], answered["answered_by"]) == ("ANSWERED", first.account.username)
    before = kept()
    refused = moved(second, call, "answer")
    assert (refused.status_code, refused.json()["code"]) == (409, "call.taken")
    assert refused.json()["facts"] == {"by": first.account.username}
    assert kept() == before


def test_call_taken_by_hand_begins_answered(desk):
    call = call_of(desk("CALL_TAKER"), answered=True)
    assert (call["state"], call["moves"]) == ("ANSWERED", ["silent", "abandon", "end"])
    assert call["rang_at"] == call["answered_at"]


@pytest.mark.parametrize(("move", "wait_s"), [("silent", 30), ("abandon", 60)])
def test_silent_and_abandoned_calls_are_owed_a_call_back(desk, move, wait_s):
    taker = desk("CALL_TAKER")
    call = call_of(taker, answered=True)
    owed = moved(taker, call, move).json()
    with scoped(EVERYTHING):
        step = CallStep.objects.get(subject_id=call["id"], move=move)
        due = Deadline.objects.get(subject_id=call["id"], name=CALL_BACK_DEADLINE)
        assert due.due_at - step.made_at == timedelta(seconds=wait_s)
    assert owed["moves"] == ["no_answer", "reach", "give_up"]
    assert [one["id"] for one in taker.get("calls").json()] == [call["id"]]


def test_nobody_answers_the_call_back_and_it_is_owed_again_later(desk):
    taker = desk("CALL_TAKER")
    call = call_of(taker, answered=True)
    owed = moved(taker, call, "silent").json()
    again = moved(taker, call, "no_answer").json()
    assert (again["state"], again["call_back_tries"]) == ("SILENT", 1)
    assert again["call_back_due_at"] > owed["call_back_due_at"]


def test_reached_call_runs_again_and_owes_nothing(desk):
    taker = desk("CALL_TAKER")
    call = call_of(taker, answered=True)
    moved(taker, call, "abandon")
    reached = moved(taker, call, "reach").json()
    assert (reached["state"], reached["call_back_due_at"]) == ("ANSWERED", None)
    with scoped(EVERYTHING):
        assert not Deadline.objects.filter(subject_id=call["id"]).exists()


def test_giving_up_needs_a_reason(desk):
    taker = desk("CALL_TAKER")
    call = call_of(taker, answered=True)
    moved(taker, call, "silent")
    before = kept()
    refused = moved(taker, call, "give_up")
    assert (refused.status_code, refused.json()["field"]) == (422, "reason")
    assert kept() == before
    assert moved(taker, call, "give_up", reason="Three tries.").json()["state"] == "ENDED"
    assert taker.get("calls").json() == []


def test_call_still_owed_when_due_is_told_to_every_call_taker(desk):
    taker = desk("CALL_TAKER")
    call = call_of(taker, answered=True)
    moved(taker, call, "silent")
    assert handle_due(HANDLERS, now()) == 0
    assert handle_due(HANDLERS, now() + timedelta(seconds=31)) == 1
    with scoped(EVERYTHING):
        told = OutboxEntry.objects.get(topic="call.overdue")
        assert (str(told.subject_id), told.body["state"]) == (call["id"], "SILENT")


def test_report_is_taken_before_the_call_ends_and_one_clock_runs_from_ringing(desk):
    taker = desk("CALL_TAKER")
    rang_at = (now() - timedelta(seconds=20)).isoformat()
    call = call_of(taker, rang_at=rang_at)
    moved(taker, call, "answer")
    taken = taker.post("reports", FIRE | {"call_id": call["id"]})
    assert taken.status_code == 201, taken.content
    incident = taker.get(f"incidents/{taken.json()['incident_id']}").json()
    shown = taker.get(f"calls/{call['id']}").json()
    assert shown["state"] == "ANSWERED"
    assert incident["rang_at"] == shown["rang_at"]
    assert incident["answered_at"] == shown["answered_at"]
    assert incident["text"] == ""
    assert moved(taker, call, "end").json()["state"] == "ENDED"


def test_call_sends_help_once(desk):
    taker = desk("CALL_TAKER")
    call = call_of(taker, answered=True)
    assert taker.post("reports", FIRE | {"call_id": call["id"]}).status_code == 201
    before = kept()
    refused = taker.post("reports", FIRE | {"call_id": call["id"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "call.reported")
    assert kept() == before
    with scoped(EVERYTHING):
        report = Report.objects.get(call_id=call["id"])
        report.pk, report.number = uuid4(), "R-00000-00000"
        with pytest.raises(IntegrityError), transaction.atomic():
            report.save(force_insert=True)


def test_help_sent_to_a_silent_call_settles_what_is_owed(desk):
    taker = desk("CALL_TAKER")
    call = call_of(taker, answered=True)
    moved(taker, call, "silent")
    taker.post("reports", FIRE | {"call_id": call["id"]})
    assert taker.get(f"calls/{call['id']}").json()["state"] == "ENDED"
    with scoped(EVERYTHING):
        assert not Deadline.objects.filter(subject_id=call["id"]).exists()


def test_nothing_is_reported_from_a_call_that_nobody_answered(desk):
    taker = desk("CALL_TAKER")
    call = call_of(taker)
    refused = taker.post("reports", FIRE | {"call_id": call["id"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "call.ringing")
    with scoped(EVERYTHING):
        assert Report.objects.count() == 0


def test_contact_of_a_call_is_looked_at_for_a_purpose_and_goes_on_to_its_report(desk):
    taker = desk("CALL_TAKER")
    call = call_of(taker, answered=True, contact=CALLER)
    moved(taker, call, "abandon")
    look = {"purpose": "call back"}
    assert taker.post(f"calls/{call['id']}/contact-views", look).json() == CALLER | {"email": ""}
    assert taker.post(f"calls/{call['id']}/contact-views", {"purpose": ""}).status_code == 422
    taken = taker.post("reports", FIRE | {"call_id": call["id"]}).json()
    assert taker.post(f"reports/{taken['id']}/contact-views", look).json() == CALLER | {"email": ""}
    with scoped(EVERYTHING):
        assert Contact.objects.count() == 2
        told = " ".join(str(entry.body) for entry in OutboxEntry.objects.all())
    assert "765 4321" not in told


@pytest.mark.parametrize("offset", [timedelta(hours=-2), timedelta(minutes=1)])
def test_call_cannot_ring_long_ago_or_later(desk, offset):
    before = kept()
    refused = desk("CALL_TAKER").post("calls", {"rang_at": (now() + offset).isoformat()})
    assert (refused.status_code, refused.json()["field"]) == (422, "rang_at")
    assert kept() == before


@pytest.mark.parametrize(
    ("states", "wrong"),
    [(["RINGING"], "SILENT"), (["RINGING"], "ENDED"), (["ENDED"], "ANSWERED")],
)
def test_database_refuses_what_no_move_makes(states, wrong):
    with scoped(EVERYTHING):
        at = now()
        call = Call.objects.create(area=990101000000000, state="RINGING", rang_at=at)
        if states == ["ENDED"]:
            Call.objects.filter(pk=call.pk).update(state="ANSWERED", answered_at=at)
            Call.objects.filter(pk=call.pk).update(state="ENDED", ended_at=at)
        due = at if wrong == "SILENT" else None
        ended = at if wrong == "ENDED" else None
        change = {"state": wrong, "call_back_due_at": due, "ended_at": ended}
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**change)


def test_database_owes_a_call_back_exactly_to_silent_and_abandoned_calls():
    with scoped(EVERYTHING):
        call = Call.objects.create(area=990101000000000, state="RINGING", rang_at=now())
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(state="ABANDONED")


def test_crew_takes_no_calls(desk):
    assert desk("CREW", unit="P01").get("calls").status_code == 403
    assert desk("CREW", unit="P01").post("calls").status_code == 403
