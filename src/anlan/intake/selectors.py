"""Reads of reports. None of them joins what one reporter reported, and none can be made to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from anlan.intake.errors import UnknownPhotoError, UnknownReportError
from anlan.intake.models import Contact, Report, ReportPhoto
from anlan.kernel.identifiers import tidy_number

REPORTS_LIMIT_ROWS = 200
REPORT_PLACES_LIMIT_ROWS = 2_000


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
