"""Reads of reports. None of them joins what one reporter reported, and none can be made to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from anlan.intake.errors import UnknownCallError, UnknownPhotoError, UnknownReportError
from anlan.intake.models import Call, Contact, ProtocolAnswer, Report, ReportPhoto, ReportUpdate
from anlan.kernel.identifiers import tidy_number

REPORTS_LIMIT_ROWS = 200
REPORT_PLACES_LIMIT_ROWS = 2_000
CALLS_LIMIT_ROWS = 200
THREAD_LIMIT_ROWS = 500
PLACE_KEPT_WITHIN_M = 100.0


def report(report_id: UUID) -> Report:
    """Return one report in scope, or raise `UnknownReportError`."""
    found = Report.objects.filter(pk=report_id).first()
    if found is None:
        raise UnknownReportError
    return found


def report_by_number(typed: str) -> Report:
    """Return the report with a number as a person types it, or raise `UnknownReportError`."""
    found = Report.objects.filter(number=tidy_number(typed)).first()
    if found is None:
        raise UnknownReportError
    return found


def reports_of_incident(incident_id: UUID) -> list[Report]:
    """Return the reports behind an incident, first come first, at most `REPORTS_LIMIT_ROWS`."""
    return list(Report.objects.filter(incident_id=incident_id).order_by("pk")[:REPORTS_LIMIT_ROWS])


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """What, where and when a report behind an incident was; nothing that was said, nobody."""

    incident_id: UUID
    kind: str
    lon: float
    lat: float
    received_at: datetime


def report_places(incident_ids: Collection[UUID]) -> list[ReportPlace]:
    """Return the latest reports behind incidents, at most `REPORT_PLACES_LIMIT_ROWS`."""
    columns = ("incident_id", "kind", "lon", "lat", "received_at")
    rows = Report.objects.filter(incident_id__in=incident_ids).order_by("-pk")
    return [ReportPlace(*row) for row in rows.values_list(*columns)[:REPORT_PLACES_LIMIT_ROWS]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """To what a report led: an incident or a case."""

    id: UUID
    number: str
    area: int
    incident_id: UUID | None
    case_id: UUID | None


def outcomes(before: UUID | None, limit: int) -> list[Outcome]:
    """Return what reports led to, newest first, those before an id if it is given."""
    rows = Report.objects.order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    columns = ("id", "number", "area", "incident_id", "case_id")
    return [Outcome(*row) for row in rows.values_list(*columns)[:limit]]


def incidents_with_reports(incident_ids: Collection[UUID]) -> set[UUID]:
    """Return those of some incidents that a report stands behind."""
    found = Report.objects.filter(incident_id__in=incident_ids).values_list("incident_id")
    return {row[0] for row in found.distinct() if row[0]}


def direct_cases_by_month(zone: str, months: int, at: datetime) -> dict[date, int]:
    """Return how many reports led straight to casework, by month of a time zone, latest months."""
    month = TruncMonth("received_at", tzinfo=ZoneInfo(zone))
    rows = Report.objects.filter(case_id__isnull=False, received_at__lte=at)
    counted = rows.annotate(month=month).values("month").annotate(count=Count("pk"))
    latest = counted.order_by("-month").values_list("month", "count")[:months]
    return {found.date(): count for found, count in latest}


def reports_of_case(case_id: UUID) -> list[Report]:
    """Return the reports behind a case, first come first, at most `REPORTS_LIMIT_ROWS`."""
    return list(Report.objects.filter(case_id=case_id).order_by("pk")[:REPORTS_LIMIT_ROWS])


def contact_kept(report_id: UUID, at: datetime) -> bool:
    """Return whether a report's contact can still be looked at."""
    return Contact.objects.filter(report_id=report_id, expires_at__gt=at).exists()


def photo_ids(report_id: UUID) -> list[UUID]:
    """Return the ids of a report's photos, in the order in which they came."""
    photos = ReportPhoto.objects.filter(report_id=report_id).order_by("pk")
    return list(photos.values_list("pk", flat=True))


def photo_jpeg(report_id: UUID, photo_id: UUID) -> bytes:
    """Return one photo of a report, or raise `UnknownPhotoError`."""
    found = ReportPhoto.objects.filter(pk=photo_id, report_id=report_id).first()
    if found is None:
        raise UnknownPhotoError
    return bytes(found.jpeg)


def counts_by_kind() -> dict[str, int]:
    """Return how many reports in scope came for each kind."""
    counted = Report.objects.values_list("kind").annotate(count=Count("pk")).order_by("kind")
    return dict(counted)


def call(call_id: UUID) -> Call:
    """Return one call in scope, or raise `UnknownCallError`."""
    found = Call.objects.filter(pk=call_id).first()
    if found is None:
        raise UnknownCallError
    return found


def open_calls() -> list[Call]:
    """Return the calls that somebody still has to do something about, at most `CALLS_LIMIT_ROWS`.

    Owed calls first, the soonest due first; then those that ring or run, the oldest first.
    """
    rows = Call.objects.exclude(state="ENDED")
    return list(rows.order_by(F("call_back_due_at").asc(nulls_last=True), "id")[:CALLS_LIMIT_ROWS])


def call_shape(one: Call) -> dict[str, Any]:
    """Return a call as lists and the stream show it: no contact, nothing of what was said."""
    return {
        "id": str(one.id),
        "area": one.area,
        "state": one.state,
        "rang_at": one.rang_at.isoformat(),
        "answered_at": one.answered_at.isoformat() if one.answered_at else None,
        "answered_by": one.answered_by_name,
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
        "call_back_due_at": one.call_back_due_at.isoformat() if one.call_back_due_at else None,
        "call_back_tries": one.call_back_tries,
    }


def contact_kept_of_call(call_id: UUID, at: datetime) -> bool:
    """Return whether a call's contact can still be looked at."""
    return Contact.objects.filter(call_id=call_id, expires_at__gt=at).exists()


def updates_of(report_id: UUID) -> list[ReportUpdate]:
    """Return what was added to a report, oldest first, at most `THREAD_LIMIT_ROWS`."""
    rows = ReportUpdate.objects.filter(report_id=report_id).order_by("id")
    return list(rows[:THREAD_LIMIT_ROWS])


def answer_rows_of(report_id: UUID) -> list[ProtocolAnswer]:
    """Return every answer to key questions of a report, oldest first."""
    rows = ProtocolAnswer.objects.filter(report_id=report_id).order_by("id")
    return list(rows[:THREAD_LIMIT_ROWS])


def answers_of(report_id: UUID) -> dict[str, Any]:
    """Return the last answer of each question of a report."""
    return {row.question: row.answer for row in answer_rows_of(report_id)}


@dataclass(frozen=True, slots=True)
class SuggestionCounts:
    """How often what the words suggested was kept by whoever took the report."""

    reports: int
    kind_suggested: int
    kind_kept: int
    priority_kept: int
    place_suggested: int
    place_kept: int


def suggestion_counts(since: datetime) -> SuggestionCounts:
    """Count the reports by telephone or API in scope received since a time.

    A place is kept when the chosen one lies within `PLACE_KEPT_WITHIN_M` of the suggested one.
    """
    rows = Report.objects.filter(received_at__gte=since).exclude(channel="WEB")
    counted = rows.aggregate(
        reports=Count("pk"),
        kind_suggested=Count("pk", filter=~Q(suggested_kind="")),
        kind_kept=Count("pk", filter=Q(suggested_kind=F("kind"))),
        priority_kept=Count("pk", filter=Q(suggested_priority=F("priority"))),
        place_suggested=Count("pk", filter=Q(suggested_place_off_m__isnull=False)),
        place_kept=Count("pk", filter=Q(suggested_place_off_m__lte=PLACE_KEPT_WITHIN_M)),
    )
    return SuggestionCounts(**counted)
