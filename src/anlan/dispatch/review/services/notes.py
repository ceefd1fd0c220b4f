"""Writes of after-action notes: a first version, and a further one for each correction."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from anlan.dispatch.models import IncidentStep
from anlan.dispatch.review import selectors
from anlan.dispatch.review.errors import NoteChangedError, TooManyNotesError
from anlan.dispatch.review.models import (
    REVIEW_KINDS,
    REVIEW_STATES,
    TEXT_MAX_CHARACTERS,
    VERSIONS_LIMIT,
    ReviewNote,
)
from anlan.dispatch.services.incidents import locked_incident
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError
from anlan.kernel.identifiers import new_id
from anlan.kernel.outbox import publish
from anlan.kernel.texts import clean_text
from anlan.orgs.selectors import known_staff

# Seven digits and more, as telephones and papers have them; dates and our own numbers are none.
_NUMBER = re.compile(r"(?:\d[ .-]?){6,}\d")
_OURS = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b[A-Z]-[0-9A-Z]{5}-[0-9A-Z]{5}\b")


@dataclass(frozen=True, slots=True)
class NoteGiven:
    """What a note says: `step_id` is the entry of the timeline that it is about, if it is one.

    A follow-up has an owner among the staff and a date by which it is done; no other note has.
    """

    kind: str
    text: str
    step_id: UUID | None = None
    owner_id: UUID | None = None
    due_date: date | None = None
    state: str = "STANDS"


@transaction.atomic
def add_note(incident_id: UUID, given: NoteGiven, *, actor: Actor, at: datetime) -> ReviewNote:
    """Add a note to an incident. Raises `InvalidError`, `UnknownIncidentError`,
    `TooManyNotesError`.
    """
    require(actor, "review.write")
    incident = locked_incident(incident_id)
    if selectors.review_note_count(incident_id) >= selectors.REVIEW_NOTES_LIMIT:
        raise TooManyNotesError(limit=selectors.REVIEW_NOTES_LIMIT)
    note = ReviewNote(area=incident.area, incident=incident, note_id=new_id(), version=1)
    return _save(note, given, actor, at)


@transaction.atomic
def correct_note(
    note_id: UUID, given: NoteGiven, *, seen_version: int, actor: Actor, at: datetime
) -> ReviewNote:
    """Add a version to a note: a correction, that a follow-up was done, a withdrawal.

    Raises as `add_note`, and `NoteChangedError` where `seen_version` is no longer the latest one.
    """
    require(actor, "review.write")
    incident = locked_incident(selectors.last_version(note_id).incident_id)
    before = selectors.last_version(note_id)  # nobody adds one while the incident is locked
    if before.version != seen_version:
        raise NoteChangedError(version=before.version)
    if before.version >= VERSIONS_LIMIT:
        raise TooManyNotesError(limit=VERSIONS_LIMIT)
    version = before.version + 1
    note = ReviewNote(area=incident.area, incident=incident, note_id=note_id, version=version)
    return _save(note, given, actor, at)


def _save(note: ReviewNote, given: NoteGiven, actor: Actor, at: datetime) -> ReviewNote:
    _check(given, note.incident_id)
    note.kind, note.state, note.text = given.kind, given.state, checked_text(given.text)
    note.step_id, note.owner_id, note.due_date = given.step_id, given.owner_id, given.due_date
    note.made_by, note.made_by_name, note.made_at = actor.id, actor.name, at
    note.save(force_insert=True)
    publish("review.changed", area=note.area, subject_id=note.incident_id, body={}, at=at)
    return note


def checked_text(text: str) -> str:
    """Return the text trimmed; raise `InvalidError` if it is empty or holds a person's number.

    A note is about how the work went. A telephone or identity number is about somebody.
    """
    said = clean_text(text, field="text", limit_characters=TEXT_MAX_CHARACTERS, required=True)
    if _NUMBER.search(_OURS.sub("", said)):
        raise InvalidError(field="text", rule="no_numbers_of_persons")
    return said


def _check(given: NoteGiven, incident_id: UUID) -> None:
    follows = given.kind == "FOLLOW_UP"
    if given.kind not in REVIEW_KINDS:
        raise InvalidError(field="kind", rule="known_review_kind")
    if given.state not in REVIEW_STATES or (given.state == "DONE" and not follows):
        raise InvalidError(field="state", rule="known_review_state")
    if follows != (given.owner_id is not None) or (given.owner_id and not _staff(given.owner_id)):
        raise InvalidError(field="owner_id", rule="owner_of_follow_up")
    if follows != (given.due_date is not None):
        raise InvalidError(field="due_date", rule="date_of_follow_up")
    if given.step_id is not None and not _is_step(given.step_id, incident_id):
        raise InvalidError(field="step_id", rule="step_of_this_incident")


def _is_step(step_id: UUID, incident_id: UUID) -> bool:
    return IncidentStep.objects.filter(pk=step_id, subject_id=incident_id).exists()


def _staff(owner_id: UUID) -> bool:
    return any(one.id == owner_id for one in known_staff())
