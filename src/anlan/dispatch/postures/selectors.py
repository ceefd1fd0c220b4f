"""Reads of postures and studies, and of the past demand that a study plays."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Max, Min, OuterRef, Subquery
from django.db.models.functions import ExtractHour

from anlan.dispatch.models import Incident
from anlan.dispatch.postures.errors import UnknownPostureError, UnknownStudyError
from anlan.dispatch.postures.models import PostureVersion, Study

POSTURES_LIMIT = 100
DAY_HOURS = 24
_JOBS = """
    SELECT i.priority, a.unit_kind, count(*)::int,
        avg(least(extract(epoch FROM a.assigned_at - coalesce(i.reopened_at, i.received_at)),
            %(longest_s)s)) FILTER (WHERE a.assigned_at >= i.received_at)::float8,
        avg(extract(epoch FROM a.en_route_at - a.assigned_at))::float8,
        avg(extract(epoch FROM a.ended_at - a.on_scene_at))::float8,
        stddev_samp(extract(epoch FROM a.ended_at - a.on_scene_at))::float8
    FROM dispatch_assignment AS a JOIN dispatch_incident AS i ON i.id = a.incident_id
    WHERE i.received_at >= %(since)s AND i.received_at < %(until)s AND a.state <> 'CANCELLED'
    GROUP BY 1, 2 ORDER BY 1, 2
"""
DECIDED_LATEST_S = 900.0
"""An incident may wait for a unit for long: what the desk needs to decide is at most so much."""


class Job(NamedTuple):
    """How often units of one kind went to incidents of one priority, and how long each step took.

    None where no such job told it.
    """

    priority: int
    unit_kind: str
    jobs: int
    decide_s: float | None
    turnout_s: float | None
    scene_s: float | None
    scene_deviation_s: float | None


@dataclass(frozen=True, slots=True)
class PastDemand:
    """What was asked of the desk between two times: counts by hour of the day and by job."""

    first_at: datetime | None
    incidents: int
    by_hour: list[int]
    jobs: list[Job]


def postures(desk: int) -> list[PostureVersion]:
    """Return the latest version of each posture of a desk that stands, by name."""
    latest = PostureVersion.objects.filter(posture_id=OuterRef("posture_id")).order_by("-version")
    rows = PostureVersion.objects.filter(area=desk, pk=Subquery(latest.values("pk")[:1]))
    return list(rows.filter(withdrawn=False).order_by("name", "id")[:POSTURES_LIMIT])


def posture_count(desk: int) -> int:
    """Return how many postures of a desk stand."""
    return len(postures(desk))


def posture(desk: int, posture_id: UUID) -> PostureVersion:
    """Return a posture of a desk as it stands, or raise `UnknownPostureError`."""
    rows = PostureVersion.objects.filter(area=desk, posture_id=posture_id)
    found = rows.order_by("-version").first()
    if found is None or found.withdrawn:
        raise UnknownPostureError
    return found


def study(desk: int, study_id: UUID) -> Study:
    """Return a study of a desk, or raise `UnknownStudyError`."""
    found = Study.objects.filter(area=desk, pk=study_id).select_related("a", "b").first()
    if found is None:
        raise UnknownStudyError
    return found


def unfinished_studies(desk: int, limit_rows: int) -> list[Study]:
    """Return the studies of a desk that are not played to their end, the latest begun first."""
    rows = Study.objects.filter(area=desk, state="RUNNING").select_related("a", "b")
    return list(rows.defer("question", "samples", "sums").order_by("-made_at", "-id")[:limit_rows])


def study_locked(desk: int, study_id: UUID) -> Study:
    """Return a study of a desk, locked until the transaction ends, or raise."""
    rows = Study.objects.select_for_update(of=("self",)).select_related("a", "b")
    found = rows.filter(area=desk, pk=study_id).first()
    if found is None:
        raise UnknownStudyError
    return found


def past_demand(since: datetime, until: datetime, zone: str) -> PastDemand:
    """Count what was asked of the desk from `since` until before `until`, hours in a time zone."""
    rows = Incident.objects.filter(received_at__gte=since, received_at__lt=until).order_by()
    told = rows.aggregate(first=Min("received_at"), last=Max("received_at"), count=Count("id"))
    hour = ExtractHour("received_at", tzinfo=ZoneInfo(zone))
    counted = dict(rows.annotate(hour=hour).values_list("hour").annotate(count=Count("id")))
    with connection.cursor() as cursor:
        cursor.execute(_JOBS, {"since": since, "until": until, "longest_s": DECIDED_LATEST_S})
        jobs = [Job(*row) for row in cursor.fetchall()]
    by_hour = [counted.get(one, 0) for one in range(DAY_HOURS)]
    return PastDemand(told["first"], told["count"], by_hour, jobs)
