"""What the supervisor's wall shows: load against staffing, in counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef

from anlan.dispatch.models import Assignment, Incident
from anlan.dispatch.selectors.incidents import open_assignment_of_units
from anlan.dispatch.transitions import OPEN_ASSIGNMENT_STATES
from anlan.orgs.selectors import UnitRow

HOURS_SHOWN = 12
WEEKS_COMPARED = 4
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
_BY_HOUR = """
    SELECT date_bin('1 hour', received_at, %(start)s) AS hour, count(*)::int
    FROM dispatch_incident WHERE received_at >= %(start)s AND received_at < %(end)s GROUP BY hour
"""


@dataclass(frozen=True, slots=True)
class Staffing:
    """The units of one kind: free, with a job, and off duty or out of service."""

    kind: str
    free: int
    busy: int
    out: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Open incidents of one priority to which nobody goes, and since when the first waits."""

    priority: int
    waiting: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Hour:
    """Incidents received in one hour; `expected` is the mean of that hour in the weeks before.

    None where no week before is on record. The last hour is not over yet.
    """

    began_at: datetime
    received: int
    expected: float | None


def staffing(units: Sequence[UnitRow]) -> list[Staffing]:
    """Return how many units of each kind are free, busy and out, by kind."""
    jobs = open_assignment_of_units()
    counted: Counter[tuple[str, str]] = Counter()
    for unit in units:
        free = "free" if unit.duty == "ON_DUTY" else "out"
        counted[unit.kind, "busy" if unit.id in jobs else free] += 1
    return [
        Staffing(kind, counted[kind, "free"], counted[kind, "busy"], counted[kind, "out"])
        for kind in sorted({unit.kind for unit in units})
    ]


def waiting() -> list[Waiting]:
    """Return the open incidents to which no unit goes or has come, for each priority."""
    gone = Assignment.objects.filter(
        incident_id=OuterRef("pk"), state__in=[*OPEN_ASSIGNMENT_STATES, "CLEARED"]
    )
    rows = Incident.objects.filter(~Exists(gone), state="OPEN").values("priority")
    found = {
        row["priority"]: (row["count"], row["oldest"])
        for row in rows.annotate(count=Count("id"), oldest=Min("received_at"))
    }
    return [Waiting(priority, *found.get(priority, (0, None))) for priority in (1, 2, 3, 4)]


def open_count() -> int:
    """Return how many incidents in scope are open."""
    return Incident.objects.filter(state="OPEN").count()


def hours(at: datetime) -> list[Hour]:
    """Return the last `HOURS_SHOWN` hours up to `at`, each beside the same hour of weeks before."""
    start = at.replace(minute=0, second=0, microsecond=0) - (HOURS_SHOWN - 1) * HOUR
    first = Incident.objects.aggregate(first=Min("received_at"))["first"]
    weeks = [
        week
        for week in range(1, WEEKS_COMPARED + 1)
        if first is not None and first <= start - week * WEEK
    ]
    counted = {week: _by_hour(start - week * WEEK) for week in [0, *weeks]}
    shown = []
    for hour in range(HOURS_SHOWN):
        began_at = start + hour * HOUR
        before = [counted[week].get(began_at - week * WEEK, 0) for week in weeks]
        expected = sum(before) / len(before) if before else None
        shown.append(Hour(began_at, counted[0].get(began_at, 0), expected))
    return shown


def _by_hour(start: datetime) -> dict[datetime, int]:
    with connection.cursor() as cursor:
        cursor.execute(_BY_HOUR, {"start": start, "end": start + HOURS_SHOWN * HOUR})
        return dict(cursor.fetchall())
