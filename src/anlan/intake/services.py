"""Every write of intake."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from math import isfinite
from uuid import UUID

import orjson

from anlan.intake import selectors
from anlan.intake.errors import BadTimesError, NoContactError, UnknownReportError
from anlan.intake.kinds import kind_of
from anlan.intake.models import CHANNELS, Contact, Report, ReportPhoto
from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.areas import check_area
from anlan.kernel.errors import InvalidError
from anlan.kernel.identifiers import new_number
from anlan.kernel.looks import record_look
from anlan.kernel.photos import clean_photo
from anlan.kernel.scope import scoped
from anlan.kernel.texts import clean_text
from anlan.kernel.vault import open_sealed, seal

CONTACT_KEPT_FOR = timedelta(days=30)  # outlasts the longest deadline of the catalogue
ERASE_BATCH_ROWS = 1_000
CLOCK_TOLERANCE = timedelta(seconds=5)  # a telephone's clock may run this far ahead of ours
RANG_PAST_LIMIT = timedelta(hours=1)
TEXT_LIMIT_CHARACTERS = 2_000
PLACE_TEXT_LIMIT_CHARACTERS = 200
NAME_LIMIT_CHARACTERS = 80
PHOTO_LIMIT_COUNT = 3
TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]{3,30}[0-9]")
PRIORITIES = range(1, 5)
ERASER = system_actor("contact-expiry")


@dataclass(frozen=True, slots=True)
class ContactGiven:
    """How a reporter may be called back."""

    name: str
    telephone: str


@dataclass(frozen=True, slots=True)
class ReportGiven:
    """What somebody reports; degrees WGS84, photos as they were uploaded."""

    channel: str
    kind: str
    priority: int
    lon: float
    lat: float
    place_text: str
    text: str
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    contact: ContactGiven | None = None
    photos: Sequence[bytes] = ()


def checked_report(given: ReportGiven, *, actor: Actor, at: datetime) -> ReportGiven:
    """Return `given` as it may be kept: texts clean, times in order and never after `at`.

    Whoever writes more than the report calls this first, so that nothing else meets bad input.
    A visitor reports on the web only. Photos are checked where they are kept.

    Raises
    ------
    UnknownKindError, BadTimesError, InvalidError
        Naming the field and the rule.
    """
    require(actor, "report.public" if given.channel == "WEB" else "report.take")
    _check_kind_and_place(given)
    rang_at, answered_at = _times(given, at)
    if len(given.photos) > PHOTO_LIMIT_COUNT:
        raise InvalidError(field="photo", rule="at_most_3_photos")
    return replace(
        given,
        place_text=clean_text(
            given.place_text, field="place_text", limit_characters=PLACE_TEXT_LIMIT_CHARACTERS
        ),
        text=clean_text(
            given.text,
            field="text",
            limit_characters=TEXT_LIMIT_CHARACTERS,
            required=given.channel != "PHONE",
        ),
        rang_at=rang_at,
        answered_at=answered_at,
        contact=_checked_contact(given.contact) if given.contact else None,
    )


def take_report(
    given: ReportGiven, *, area: int, incident_id: UUID | None, case_id: UUID | None,
    attached: bool, actor: Actor, at: datetime,
) -> Report:  # fmt: skip
    """Keep a report with its outcome, exactly one incident or one case; return it.

    `attached` says that the incident was there before: a later caller joined to it. The contact is
    sealed and kept apart, the photos lose their metadata. Raises what `checked_report` raises, and
    `TooLargeError` or `InvalidError` for a photo; then nothing is kept.
    """
    kept = checked_report(given, actor=actor, at=at)
    jpegs = [clean_photo(uploaded) for uploaded in kept.photos]
    report = Report.objects.create(
        area=check_area(area),
        number=new_number("R"),
        channel=kept.channel,
        kind=kept.kind,
        priority=kept.priority,
        lon=kept.lon,
        lat=kept.lat,
        place_text=kept.place_text,
        text=kept.text,
        rang_at=kept.rang_at,
        answered_at=kept.answered_at,
        received_at=at,
        taken_by=actor.id,
        incident_id=incident_id,
        case_id=case_id,
        attached=attached,
    )
    if kept.contact:
        sealed = seal(orjson.dumps(asdict(kept.contact)).decode())
        Contact.objects.create(
            area=area, report=report, sealed=sealed, expires_at=at + CONTACT_KEPT_FOR
        )
    ReportPhoto.objects.bulk_create(
        ReportPhoto(area=area, report=report, jpeg=jpeg) for jpeg in jpegs
    )
    return report


def give_to(report_id: UUID, incident_id: UUID, *, attached: bool, actor: Actor) -> None:
    """Give a report to another incident; the histories of both incidents tell of it."""
    require(actor, "incident.link")
    Report.objects.filter(pk=report_id).update(incident_id=incident_id, attached=attached)


def report_locked(report_id: UUID) -> Report:
    """Return a report, locked until the transaction ends, or raise `UnknownReportError`."""
    found = Report.objects.select_for_update().filter(pk=report_id).first()
    if found is None:
        raise UnknownReportError
    return found


def _check_kind_and_place(given: ReportGiven) -> None:
    if given.channel not in CHANNELS:
        raise InvalidError(field="channel", rule="known_channel")
    if not kind_of(given.kind).public and given.channel == "WEB":
        raise InvalidError(field="kind", rule="public_kind")
    if given.priority not in PRIORITIES:
        raise InvalidError(field="priority", rule="between_1_and_4")
    for field, degrees, limit in (("lon", given.lon, 180), ("lat", given.lat, 90)):
        if not isfinite(degrees) or abs(degrees) > limit:
            raise InvalidError(field=field, rule="on_earth")


def _times(given: ReportGiven, at: datetime) -> tuple[datetime | None, datetime | None]:
    """Return when it rang and when it was answered, in order and never after `at`."""
    for field, moment in (("rang_at", given.rang_at), ("answered_at", given.answered_at)):
        if moment and not at - RANG_PAST_LIMIT <= moment <= at + CLOCK_TOLERANCE:
            raise BadTimesError(field=field, rule="within_the_last_hour")
    if given.rang_at and given.answered_at and given.rang_at > given.answered_at:
        raise BadTimesError(field="answered_at", rule="not_before_rang_at")
    return (
        min(given.rang_at, at) if given.rang_at else None,
        min(given.answered_at, at) if given.answered_at else None,
    )


def _checked_contact(given: ContactGiven) -> ContactGiven:
    name = clean_text(given.name, field="contact.name", limit_characters=NAME_LIMIT_CHARACTERS)
    telephone = unicodedata.normalize("NFKC", given.telephone).strip()
    if not TELEPHONE.fullmatch(telephone):
        raise InvalidError(field="contact.telephone", rule="telephone")
    return ContactGiven(name=name, telephone=telephone)


def look_at_contact(*, report_id: UUID, purpose: str, actor: Actor, at: datetime) -> ContactGiven:
    """Return how to call the reporter back; the look and its purpose stay on the record.

    Raises `UnknownReportError`, `NoContactError`, or `InvalidError` without a purpose; then
    nothing is shown and nothing is recorded.
    """
    require(actor, "contact.look")
    report = selectors.report(report_id)
    contact = Contact.objects.filter(report=report, expires_at__gt=at).first()
    if contact is None:
        raise NoContactError
    record_look(
        actor,
        field="report.contact",
        subject_id=report.id,
        area=report.area,
        purpose=purpose,
        at=at,
    )
    return ContactGiven(**orjson.loads(open_sealed(bytes(contact.sealed))))


def erase_expired_contacts(at: datetime) -> int:
    """Delete up to `ERASE_BATCH_ROWS` contacts whose time is over; return how many."""
    with scoped(ERASER):
        expired = Contact.objects.filter(expires_at__lte=at).order_by("expires_at")
        count, _ = Contact.objects.filter(
            pk__in=list(expired.values_list("pk", flat=True)[:ERASE_BATCH_ROWS])
        ).delete()
        return count
