"""Reports as they are taken: checked, kept once, and never changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import isfinite
from uuid import UUID

from anlan.intake.errors import BadTimesError, UnknownReportError
from anlan.intake.kinds import kind_of
from anlan.intake.models import CHANNELS, Report, ReportPhoto
from anlan.intake.protocols import Answer
from anlan.intake.reading import Reading, read_line
from anlan.intake.services.contacts import ContactGiven, checked_contact, keep_contact_of_report
from anlan.kernel.access import Actor, require
from anlan.kernel.areas import check_area
from anlan.kernel.errors import InvalidError
from anlan.kernel.identifiers import new_number
from anlan.kernel.moves import Right, require_one
from anlan.kernel.photos import clean_photo
from anlan.kernel.texts import clean_text
from anlan_engine.sphere import distance_m

CLOCK_TOLERANCE = timedelta(seconds=5)  # a telephone's clock may run this far ahead of ours
RANG_PAST_LIMIT = timedelta(hours=1)
TEXT_LIMIT_CHARACTERS = 2_000
PLACE_TEXT_LIMIT_CHARACTERS = 200
PHOTO_LIMIT_COUNT = 3
PRIORITIES = range(1, 5)
WITH_THE_CASE = (Right("case.return"), Right("incident.return"))
"""Whoever gives a case to dispatch gives its reports along."""


@dataclass(frozen=True, slots=True)
class ReportGiven:
    """What somebody reports; degrees WGS84, photos as they were uploaded.

    Without a priority it is that of its kind, raised by `answers` to key questions. With `call_id`
    the times are those of that call, which the centre's own clock has stamped.
    """

    channel: str
    kind: str
    priority: int | None
    lon: float
    lat: float
    place_text: str
    text: str
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    call_id: UUID | None = None
    contact: ContactGiven | None = None
    photos: Sequence[bytes] = ()
    answers: Sequence[tuple[str, Answer]] = ()


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
        contact=checked_contact(given.contact) if given.contact else None,
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
        priority=kept.priority or kind_of(kept.kind).priority,
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
        call_id=kept.call_id,
        **_suggested(kept, at),
    )
    keep_contact_of_report(report, kept.contact, at)
    ReportPhoto.objects.bulk_create(
        ReportPhoto(area=area, report=report, jpeg=jpeg) for jpeg in jpegs
    )
    return report


def give_to(report_id: UUID, incident_id: UUID, *, attached: bool, actor: Actor) -> None:
    """Give a report to another incident; the histories of both incidents tell of it."""
    require(actor, "incident.link")
    Report.objects.filter(pk=report_id).update(incident_id=incident_id, attached=attached)


def give_case_reports_to(case_id: UUID, incident_id: UUID, *, actor: Actor) -> None:
    """Give what was reported of a case to the incident that it became.

    A report never goes the other way: a diverted incident keeps its reports.
    """
    require_one(actor, WITH_THE_CASE)
    Report.objects.filter(case_id=case_id).update(incident_id=incident_id, case_id=None)


def report_locked(report_id: UUID) -> Report:
    """Return a report, locked until the transaction ends, or raise `UnknownReportError`."""
    found = Report.objects.select_for_update().filter(pk=report_id).first()
    if found is None:
        raise UnknownReportError
    return found


def _suggested(given: ReportGiven, at: datetime) -> dict[str, str | int | float | None]:
    """What the words alone would have proposed: kept beside what was chosen, to be measured."""
    if given.channel == "WEB":
        return {}
    reading = read_line(given.text, day=at.date())
    return {
        "suggested_kind": reading.kind.code if reading.kind else "",
        "suggested_priority": reading.priority,
        "suggested_place_off_m": _place_off_m(reading, given),
    }


def _place_off_m(reading: Reading, given: ReportGiven) -> float | None:
    if not reading.places:
        return None
    place = reading.places[0].place
    return float(distance_m(place.lon, place.lat, given.lon, given.lat))


def _check_kind_and_place(given: ReportGiven) -> None:
    if given.channel not in CHANNELS:
        raise InvalidError(field="channel", rule="known_channel")
    if not kind_of(given.kind).public and given.channel == "WEB":
        raise InvalidError(field="kind", rule="public_kind")
    if given.priority is not None and given.priority not in PRIORITIES:
        raise InvalidError(field="priority", rule="between_1_and_4")
    for field, degrees, limit in (("lon", given.lon, 180), ("lat", given.lat, 90)):
        if not isfinite(degrees) or abs(degrees) > limit:
            raise InvalidError(field=field, rule="on_earth")


def _times(given: ReportGiven, at: datetime) -> tuple[datetime | None, datetime | None]:
    """Return when it rang and when it was answered, in order and never after `at`."""
    if given.call_id is not None:
        return given.rang_at, given.answered_at
    for field, moment in (("rang_at", given.rang_at), ("answered_at", given.answered_at)):
        if moment and not at - RANG_PAST_LIMIT <= moment <= at + CLOCK_TOLERANCE:
            raise BadTimesError(field=field, rule="within_the_last_hour")
    if given.rang_at and given.answered_at and given.rang_at > given.answered_at:
        raise BadTimesError(field="answered_at", rule="not_before_rang_at")
    return (
        min(given.rang_at, at) if given.rang_at else None,
        min(given.answered_at, at) if given.answered_at else None,
    )
