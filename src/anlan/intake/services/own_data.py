"""What is kept about one report, shown to whoever reported it, and erased when they ask.

PIPL 44-47, GDPR 15-17. Who asks has the report's number and proves that the contact left with it is
theirs. Nothing here leads from a person to a report, so nothing joins two reports of one.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from anlan.intake import selectors
from anlan.intake.errors import NoContactError, TooManyProofsError
from anlan.intake.models import ERASED, Contact, Report
from anlan.intake.services.contacts import (
    ContactGiven,
    checked_contact,
    opened_contact,
    replace_contact,
)
from anlan.intake.services.erasing import erase_contact_of, erase_words_of
from anlan.intake.services.reports import report_locked
from anlan.intake.services.thread import tell_update
from anlan.kernel.access import Actor, require
from anlan.kernel.looks import looks_since, record_look
from anlan.kernel.retention import kept_for

PROOFS_LIMIT = 5
PROOFS_WITHIN = timedelta(hours=1)
TRIED = "report.own.tried"
SEEN = "report.own"
DIGITS_LEAST = 7
NOT_A_DIGIT = re.compile(r"[^0-9]")


@dataclass(frozen=True, slots=True)
class OwnData:
    """What is kept about one report, and until when."""

    contact: ContactGiven
    contact_until: datetime
    text: str
    place_text: str
    further: list[str]
    photos: int
    words_until: datetime
    words_erased: bool


@dataclass(frozen=True, slots=True)
class Proven:
    """A report that somebody proved to be theirs: what it said, and to what it led."""

    report_id: UUID
    text: str
    incident_id: UUID | None
    case_id: UUID | None


def prove(number: str, proof: str, what: str, *, actor: Actor, at: datetime) -> Proven | None:
    """Return a report, locked, to whoever proves with its telephone or e-mail that it is theirs.

    None where the proof does not fit, or nothing is kept to compare with. Either is on the record
    with `what` was asked, in the caller's transaction: it has to be committed, since failures
    count. Raises `UnknownReportError`, `TooManyProofsError`.
    """
    require(actor, "report.follow")
    report = report_locked(selectors.report_by_number(number).id)
    if looks_since(TRIED, report.id, at - PROOFS_WITHIN) >= PROOFS_LIMIT:
        raise TooManyProofsError(most=PROOFS_LIMIT)
    contact = _kept(report, at)
    proven = contact is not None and _fits(opened_contact(contact), proof)
    field = SEEN if proven else TRIED
    record_look(actor, field=field, subject_id=report.id, area=report.area, purpose=what, at=at)
    found = Proven(report.id, report.text, report.incident_id, report.case_id)
    return found if proven else None


def own_data(proven: Proven, at: datetime) -> OwnData:
    """Return what is kept about a report whose contact was proven; raise `NoContactError`."""
    report = selectors.report(proven.report_id)
    contact = _kept(report, at)
    if contact is None:
        raise NoContactError
    return OwnData(
        contact=opened_contact(contact),
        contact_until=contact.expires_at,
        text=report.text,
        place_text=report.place_text,
        further=[update.text for update in selectors.updates_of(report.id)],
        photos=len(selectors.photo_ids(report.id)),
        words_until=report.received_at + kept_for("reporter_words", report.received_at),
        words_erased=report.text == ERASED,
    )


def correct_own_contact(proven: Proven, given: ContactGiven, at: datetime) -> None:
    """Put another contact in place of the one that is kept; its time stays. Raises `InvalidError`.

    Raises `NoContactError` where none is kept.
    """
    checked = checked_contact(given)
    contact = _kept(selectors.report(proven.report_id), at)
    if contact is None:
        raise NoContactError
    replace_contact(contact, checked)


def erase_own_contact(proven: Proven) -> None:
    """Erase the contact of a report now."""
    erase_contact_of(selectors.report(proven.report_id))


def erase_own_words(proven: Proven, at: datetime) -> None:
    """Erase the words and photos of a report now; screens that show it are told."""
    erase_words_of([proven.report_id])
    tell_update(selectors.report(proven.report_id), "erased", at)


def _kept(report: Report, at: datetime) -> Contact | None:
    return Contact.objects.filter(report=report, expires_at__gt=at).first()


def _fits(contact: ContactGiven, proof: str) -> bool:
    typed = unicodedata.normalize("NFKC", proof).strip()
    if "@" in typed:
        return compare_digest(typed.casefold().encode(), contact.email.casefold().encode())
    digits, kept = _digits(typed), _digits(contact.telephone)
    if min(len(digits), len(kept)) < DIGITS_LEAST:
        return False
    length = min(len(digits), len(kept))  # with the country's code or without
    return compare_digest(digits[-length:], kept[-length:])


def _digits(typed: str) -> str:
    return NOT_A_DIGIT.sub("", unicodedata.normalize("NFKC", typed)).lstrip("0")
