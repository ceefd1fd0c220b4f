"""Writes of the desk's log: a note, a promise with its time, that a promise was settled."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.dispatch.review import selectors
from anlan.dispatch.review.errors import NotPromisedError
from anlan.dispatch.review.models import TEXT_MAX_CHARACTERS, DeskNote
from anlan.dispatch.selectors import incident
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError
from anlan.kernel.outbox import publish
from anlan.kernel.texts import clean_text

PROMISE_LIMIT = timedelta(days=30)


@transaction.atomic
def add_note(
    text: str, *, incident_id: UUID | None, due_at: datetime | None, actor: Actor, at: datetime
) -> DeskNote:
    """Add an entry to the log of the actor's desk; one with `due_at` is a promise.

    Raises `InvalidError` for an empty or overlong text and a time that is past or too far off,
    `UnknownIncidentError`.
    """
    require(actor, "handover.write")
    said = clean_text(text, field="text", limit_characters=TEXT_MAX_CHARACTERS, required=True)
    if due_at is not None and not at < due_at <= at + PROMISE_LIMIT:
        raise InvalidError(field="due_at", rule="within_30_days")
    about = incident(incident_id) if incident_id else None
    kind = "PROMISE" if due_at else "NOTE"
    return _add(DeskNote(kind=kind, text=said, incident=about, due_at=due_at), actor, at)


@transaction.atomic
def settle(note_id: UUID, text: str, *, actor: Actor, at: datetime) -> DeskNote:
    """Say that a promise was kept, or why it lapsed. Raises `NotPromisedError` the second time."""
    require(actor, "handover.write")
    said = clean_text(text, field="text", limit_characters=TEXT_MAX_CHARACTERS, required=True)
    promise = selectors.desk_note(actor.area_low, note_id)
    if promise.kind != "PROMISE":
        raise NotPromisedError(rule="open_promise")
    done = DeskNote(kind="DONE", text=said, settles=promise, incident_id=promise.incident_id)
    try:
        with transaction.atomic():
            return _add(done, actor, at)
    except IntegrityError:
        raise NotPromisedError(rule="open_promise") from None


def _add(note: DeskNote, actor: Actor, at: datetime) -> DeskNote:
    note.area = actor.area_low
    note.made_by, note.made_by_name, note.made_at = actor.id, actor.name, at
    note.save(force_insert=True)
    publish("handover.changed", area=note.area, subject_id=note.id, body={}, at=at)
    return note
