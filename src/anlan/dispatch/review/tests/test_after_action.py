"""After-action notes: structured, tied to the timeline, corrected and never rewritten."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.people import EVERYTHING, make_desk
from tests.together import at_once, window_of

from anlan.dispatch.review.models import ReviewNote
from anlan.dispatch.tests.room import Room, done
from anlan.kernel.scope import scoped

WELL = {"kind": "WENT_WELL", "text": "The second engine was early."}


def notes_path(incident: str) -> str:
    return f"incidents/{incident}/review-notes"


def staff(room: Room) -> dict[str, Any]:
    return dict(done(room.dispatcher.get("staff"))[0])


def follow_up(room: Room, **more: object) -> dict[str, object]:
    owner = staff(room)["id"]
    words = {"kind": "FOLLOW_UP", "text": "Get a key of the gate."}
    return words | {"owner_id": owner, "due_date": "2026-12-01"} | more


def rows() -> list[dict[str, Any]]:
    with scoped(EVERYTHING):
        return list(ReviewNote.objects.order_by("id").values())


def test_a_note_is_tied_to_an_entry_of_the_timeline(room):
    incident = room.call()
    entry = done(room.dispatcher.get(f"incidents/{incident}/history"))["entries"][0]
    body = WELL | {"step_id": entry["id"]}
    (note,) = done(room.dispatcher.post(notes_path(incident), body))
    assert (note["step_id"], note["version"], note["state"]) == (entry["id"], 1, "STANDS")
    assert done(room.dispatcher.get(notes_path(incident))) == [note]


def test_a_follow_up_has_an_owner_and_a_date_and_can_be_done(room):
    incident = room.call()
    (note,) = done(room.dispatcher.post(notes_path(incident), follow_up(room)))
    assert (note["owner"], note["due_date"]) == (staff(room), "2026-12-01")
    body = follow_up(room, version=1, state="DONE")
    (ended,) = done(room.dispatcher.post(f"review-notes/{note['id']}/versions", body))
    assert (ended["state"], ended["version"]) == ("DONE", 2)
    assert [one["state"] for one in ended["earlier"]] == ["STANDS"]


def test_a_correction_is_a_new_version_and_the_old_one_stays(room):
    incident = room.call()
    (note,) = done(room.dispatcher.post(notes_path(incident), WELL))
    before = rows()
    body = {"kind": "TO_CHANGE", "text": "It was late.", "version": 1}
    (changed,) = done(room.dispatcher.post(f"review-notes/{note['id']}/versions", body))
    assert (changed["text"], changed["earlier"][0]["text"]) == ("It was late.", WELL["text"])
    assert rows()[:1] == before


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (WELL | {"text": "Ring 040 123 4567 next time."}, "no_numbers_of_persons"),
        (WELL | {"text": "110101199003078515"}, "no_numbers_of_persons"),
        (WELL | {"text": " "}, "required"),
        (WELL | {"due_date": "2026-12-01"}, "date_of_follow_up"),
        ({"kind": "FOLLOW_UP", "text": "A key."}, "owner_of_follow_up"),
        (
            {"kind": "FOLLOW_UP", "text": "A key.", "due_date": "2026-12-01",
             "owner_id": "00000000-0000-7000-8000-000000000000"},
            "owner_of_follow_up",
        ),
        (WELL | {"step_id": "00000000-0000-7000-8000-000000000000"}, "step_of_this_incident"),
    ],
)  # fmt: skip
def test_a_note_that_breaks_a_rule_is_refused_and_nothing_is_kept(room, body, rule):
    refused = room.dispatcher.post(notes_path(room.call()), body)
    assert (refused.status_code, refused.json()["rule"]) == (422, rule)
    assert rows() == []


@pytest.mark.parametrize("text", ["See I-12345-67890.", "On 2026-11-22 10:30 it was dark."])
def test_dates_and_our_own_numbers_are_no_numbers_of_persons(room, text):
    assert done(room.dispatcher.post(notes_path(room.call()), WELL | {"text": text}))


@pytest.mark.parametrize("role", ["CALL_TAKER", "CREW", "DEPARTMENT_DESK", "GRID_OFFICER"])
def test_who_reads_notes_is_decided_by_role(room, role):
    incident = room.call()
    done(room.dispatcher.post(notes_path(incident), WELL))
    somebody = make_desk(role, unit="P01" if role == "CREW" else None)
    for path in (notes_path(incident), f"incidents/{incident}/history"):
        assert somebody.get(path).status_code == 403
    assert somebody.post(notes_path(incident), WELL).status_code == 403
    assert len(rows()) == 1


def test_of_two_who_correct_at_once_one_is_told(committing):
    room = Room()
    (note,) = done(room.dispatcher.post(notes_path(room.call()), WELL))
    path = f"review-notes/{note['id']}/versions"
    windows = [window_of(room.dispatcher) for _ in range(3)]
    bodies = [WELL | {"text": f"Version of {n}", "version": 1} for n in range(3)]
    pairs = zip(windows, bodies, strict=True)
    replies = at_once([lambda w=w, b=b: w.post(path, b) for w, b in pairs])
    assert sorted(reply.status_code for reply in replies) == [201, 409, 409]
    codes = {reply.json()["code"] for reply in replies if reply.status_code == 409}
    assert codes == {"review_note.changed"}
    assert [row["version"] for row in rows()] == [1, 2]


def test_the_database_keeps_versions_whole(room):
    incident = room.call()
    done(room.dispatcher.post(notes_path(incident), WELL))
    (row,) = rows()
    other = room.call()
    for change in ({"version": 3}, {"version": 2, "incident_id": other}, {"version": 1}):
        with scoped(EVERYTHING), pytest.raises(DatabaseError), transaction.atomic():
            ReviewNote.objects.create(**(row | {"id": None} | change) | {"id": other})
    with scoped(EVERYTHING), pytest.raises(DatabaseError), transaction.atomic():
        ReviewNote.objects.update(text="Nothing.")
    assert rows() == [row]
