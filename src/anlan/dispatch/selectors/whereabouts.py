"""Where incidents are, for those who check that none is lost."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth

from anlan.dispatch.models import Incident, IncidentStep

FALSE_ALARMS = ("FALSE_ALARM",)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """An incident and where it is."""

    id: UUID
    number: str
    area: int
    state: str


def whereabouts(before: UUID | None, limit: int) -> list[Whereabouts]:
    """Return where incidents are, newest first, those before an id if it is given."""
    rows = Incident.objects.order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    columns = ("id", "number", "area", "state")
    return [Whereabouts(*row) for row in rows.values_list(*columns)[:limit]]


def states_of(incident_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the state of those of some incidents that are there."""
    return dict(Incident.objects.filter(pk__in=incident_ids).values_list("pk", "state"))


@dataclass(frozen=True, slots=True)
class MonthAtDesk:
    """The reports behind incidents received in a month, and what these turned out to be.

    `diverted` are with casework now, `false_alarms` were none; `sent_over` and `came_back` count
    moves made in the month, whenever the incident was received.
    """

    month: date
    reports: int
    diverted: int
    false_alarms: int
    sent_over: int
    came_back: int


def months_at_desk(zone: str, months: int, at: datetime) -> list[MonthAtDesk]:
    """Return the latest `months` months of a time zone, the latest first.

    The reports of what was linked as the same event count with its parent.
    """
    clock = ZoneInfo(zone)
    diverted, false_alarm = Q(state="DIVERTED"), Q(disposition__in=FALSE_ALARMS)
    counted = (
        Incident.objects.filter(received_at__lte=at)
        .exclude(state="LINKED")
        .annotate(month=TruncMonth("received_at", tzinfo=clock))
        .values("month")
        .annotate(
            reports=Sum("report_count"),
            diverted=Sum("report_count", filter=diverted, default=0),
            false_alarms=Sum("report_count", filter=false_alarm, default=0),
        )
        .order_by("-month")[:months]
    )
    moves = _moves_by_month(clock, at)
    return [
        MonthAtDesk(
            month=row["month"].date(),
            reports=row["reports"],
            diverted=row["diverted"],
            false_alarms=row["false_alarms"],
            sent_over=moves.get(("divert", row["month"].date()), 0),
            came_back=moves.get(("return", row["month"].date()), 0),
        )
        for row in counted
    ]


def _moves_by_month(clock: ZoneInfo, at: datetime) -> dict[tuple[str, date], int]:
    counted = (
        IncidentStep.objects.filter(move__in=("divert", "return"), made_at__lte=at)
        .annotate(month=TruncMonth("made_at", tzinfo=clock))
        .values("move", "month")
        .annotate(count=Count("pk"))
        .order_by(F("month").desc())
    )
    return {(row["move"], row["month"].date()): row["count"] for row in counted}
