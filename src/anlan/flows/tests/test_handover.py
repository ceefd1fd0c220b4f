"""Shift change: what is open, due, promised and out of service, handed on and taken once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.people import EVERYTHING, Desk, make_desk, organisation_id, unit_id
from tests.together import at_once, window_of

from anlan.dispatch.review.models import DeskNote, Handover, Takeover
from anlan.dispatch.tests.room import Room, done
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped


@pytest.fixture
def room(db: None) -> Room:
    return Room()


def draft(desk: Desk) -> dict[str, Any]:
    return dict(done(desk.get("handover")))


def promise(room: Room, text: str = "Ring the school.", **more: object) -> dict[str, Any]:
    body = {"text": text, "due_at": (now() + timedelta(hours=1)).isoformat()} | more
    return dict(done(room.dispatcher.post("desk-log", body)))


def handed(room: Room) -> dict[str, Any]:
    return dict(done(room.dispatcher.post("handovers", {"text": "All quiet."})))


def counts() -> tuple[int, int, int]:
    with scoped(EVERYTHING):
        return (DeskNote.objects.count(), Handover.objects.count(), Takeover.objects.count())


def test_draft_has_what_is_open_due_promised_and_out_of_service(room):
    incident = room.call()
    room.send(incident, "P01")
    done(room.dispatcher.put(f"units/{unit_id('P02')}/duty",
                             {"duty": "OUT_OF_SERVICE", "reason": "Flat tyre."}))  # fmt: skip
    done(room.taker.post("calls", {"rang_at": now().isoformat(), "answered": False}))
    made = promise(room, incident_id=incident)
    picture = draft(room.dispatcher)["picture"]
    number = room.shown(incident)["number"]
    assert [(r["number"], r["units"]) for r in picture["open"]["rows"]] == [(number, ["P01"])]
    assert "CLOCK" in {row["what"] for row in picture["due"]["rows"]}
    (promised,) = picture["promised"]["rows"]
    assert (promised["what"], promised["text"], promised["incident_number"]) == (
        "PROMISE", "Ring the school.", number,
    )  # fmt: skip
    assert promised["due_at"] == made["due_at"]
    out = picture["out_of_service"]["rows"]
    assert [(row["call_sign"], row["reason"]) for row in out] == [("P02", "Flat tyre.")]


def test_help_that_an_agency_owes_is_handed_on(room):
    incident = room.call()
    water = str(organisation_id("WATER_WORKS"))
    terms = {"agency_id": water, "fields": ["kind", "place"], "kinds": [],
             "begins_at": f"{now()}", "ends_at": f"{now() + timedelta(days=9)}"}  # fmt: skip
    agency = make_desk("AGENCY_DESK", organisation="WATER_WORKS")
    agreed = done(make_desk("ADMINISTRATOR").post("agreements", terms))["id"]
    done(agency.post(f"agreements/{agreed}/moves/accept"))
    asking = {"agency_id": water, "capabilities": ["UTILITY_CREW"]}
    asked = done(room.dispatcher.post(f"incidents/{incident}/help-requests", asking))
    due = draft(room.dispatcher)["picture"]["due"]["rows"]
    assert [row["name"] for row in due if row["what"] == "ANSWER"] == [water]
    done(agency.post(f"help-requests/{asked['id']}/moves/accept"))
    promised = draft(room.dispatcher)["picture"]["promised"]["rows"]
    assert [(row["what"], row["name"]) for row in promised] == [("HELP", water)]


def test_what_was_handed_over_stays_as_it_was(room):
    incident = room.call()
    before = handed(room)
    room.send(incident, "P01")
    done(room.dispatcher.post("desk-log", {"text": "After it."}))
    again = done(room.dispatcher.get(f"handovers/{before['id']}"))
    assert again == before
    assert [row["units"] for row in again["picture"]["open"]["rows"]] == [[]]


def test_log_of_a_hand_over_reaches_back_to_the_one_before(room):
    done(room.dispatcher.post("desk-log", {"text": "First shift."}))
    first = handed(room)
    done(room.dispatcher.post("desk-log", {"text": "Second shift."}))
    assert [note["text"] for note in draft(room.taker)["log"]] == ["Second shift."]
    second = handed(room)
    assert [note["text"] for note in first["log"]] == ["First shift."]
    assert [note["text"] for note in second["log"]] == ["Second shift."]
    assert draft(room.taker)["log"] == []


def test_another_person_takes_over_once(room):
    made = handed(room)
    body = {"remark": "Seen."}
    own = room.dispatcher.post(f"handovers/{made['id']}/takeover", body)
    assert (own.status_code, own.json()["code"]) == (409, "handover.own")
    taken = done(room.taker.post(f"handovers/{made['id']}/takeover", body))
    assert (taken["takeover"]["remark"], taken["mine"]) == ("Seen.", False)
    again = make_desk("DISPATCHER").post(f"handovers/{made['id']}/takeover", body)
    assert (again.status_code, again.json()["code"]) == (409, "handover.taken_over")
    assert counts() == (0, 1, 1)


def test_of_many_who_take_over_at_once_one_does(committing):
    room = Room()
    made = handed(room)
    windows = [window_of(room.taker), *(window_of(make_desk("DISPATCHER")) for _ in range(3))]
    path = f"handovers/{made['id']}/takeover"
    replies = at_once([lambda w=w: w.post(path, {}) for w in windows])
    assert sorted(reply.status_code for reply in replies) == [201, 409, 409, 409]
    assert counts() == (0, 1, 1)


def test_a_promise_is_settled_once_and_leaves_the_list(room):
    made = promise(room)
    done(room.taker.post(f"desk-log/{made['id']}/settlement", {"text": "Rang them."}))
    again = room.dispatcher.post(f"desk-log/{made['id']}/settlement", {"text": "Again."})
    assert (again.status_code, again.json()["code"]) == (409, "desk_note.not_promised")
    assert draft(room.dispatcher)["picture"]["promised"] == {"count": 0, "rows": []}
    settled = {note["kind"]: note["settled"] for note in draft(room.dispatcher)["log"]}
    assert settled == {"DONE": False, "PROMISE": True}


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ({"text": "  "}, "required"),
        ({"text": "Late.", "due_at": "2020-01-01T00:00:00Z"}, "within_30_days"),
        ({"text": "Far.", "due_at": "2099-01-01T00:00:00Z"}, "within_30_days"),
    ],
)
def test_an_entry_that_breaks_a_rule_is_refused_and_nothing_is_kept(room, body, rule):
    refused = room.dispatcher.post("desk-log", body)
    assert (refused.status_code, refused.json()["rule"]) == (422, rule)
    assert counts() == (0, 0, 0)


def test_nothing_of_a_caller_is_handed_over(room):
    contact = {"name": "Aino Aalto", "telephone": "+358 40 7654321"}
    room.call(contact=contact)
    text = str(handed(room))
    assert "Aino" not in text
    assert "7654321" not in text


def test_the_database_lets_nobody_take_over_from_themselves_or_rewrite(room):
    made = handed(room)
    with scoped(EVERYTHING):
        row = Handover.objects.get(pk=made["id"])
        taken = {"area": row.area, "handover": row, "taken_by": row.made_by, "taken_at": now()}
        with pytest.raises(DatabaseError), transaction.atomic():
            Takeover.objects.create(**taken)
        with pytest.raises(DatabaseError), transaction.atomic():
            Handover.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            Handover.objects.update(text="Nothing.")


def test_another_area_has_a_log_of_its_own(room):
    handed(room)
    elsewhere = make_desk("DISPATCHER", organisation="COMMUNITY_23")
    assert done(elsewhere.get("handovers")) == []
    assert draft(elsewhere)["last"] is None
