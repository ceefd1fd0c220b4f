"""Counts of incidents: nothing of a single one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, F
from django.db.models.functions import Floor

from anlan.dispatch.models import Incident

SQUARES_LIMIT_ROWS = 200_000
_COUNTS = """
    SELECT kind, sum(received)::int, sum(open)::int, sum(linked)::int, sum(diverted)::int,
        sum(closed)::int
    FROM (
        SELECT facts->>'kind' AS kind, 1 AS received, 0 AS open, 0 AS linked, 0 AS diverted,
            0 AS closed
        FROM dispatch_incident_step WHERE move = 'open'
        UNION ALL
        SELECT kind, 0, (state = 'OPEN')::int, (state = 'LINKED')::int,
            (state = 'DIVERTED')::int, (state = 'CLOSED')::int
        FROM dispatch_incident
    ) AS counted
    GROUP BY kind ORDER BY kind
"""


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many incidents of one kind were received, and where they are now."""

    kind: str
    received: int
    open: int
    linked: int
    diverted: int
    closed: int


def counts_by_kind() -> list[KindCount]:
    """Return the counts of every kind in scope.

    `received` is counted in the append-only steps and the rest in the incidents themselves, in one
    statement: that they agree is a fact about the data, not about the query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        return [KindCount(*row) for row in cursor.fetchall()]


def dispatched_count() -> int:
    """Return how many incidents have had a unit sent."""
    return Incident.objects.filter(dispatched_at__isnull=False).count()


def counts_by_area(since: datetime, until: datetime) -> dict[int, int]:
    """Count the incidents in scope received from `since` until before `until`, by grid cell."""
    rows = Incident.objects.filter(received_at__gte=since, received_at__lt=until)
    counted = rows.order_by().values_list("area").annotate(received=Count("id"))
    return dict(counted)


@dataclass(frozen=True, slots=True)
class SquareCount:
    """How many incidents were received in one square of the map; its middle in degrees."""

    lon: float
    lat: float
    received: int


def counts_by_square(
    since: datetime, until: datetime, side: tuple[float, float], kinds: Collection[str]
) -> list[SquareCount]:
    """Count the incidents in scope received from `since` until before `until`, by place.

    Parameters
    ----------
    since, until : datetime
    side : (float, float)
        Width and height of a square, degrees; squares are counted from (0, 0).
    kinds : collection of str
        Only these; all where empty.

    Returns
    -------
    list of SquareCount
        Squares with an incident, from the south-west, at most `SQUARES_LIMIT_ROWS`. Counts alone:
        nothing of a single incident but that it was received somewhere in the square.
    """
    rows = Incident.objects.filter(received_at__gte=since, received_at__lt=until)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    width, height = side
    counted = (
        rows.annotate(column=Floor(F("lon") / width), row=Floor(F("lat") / height))
        .values("column", "row")
        .annotate(received=Count("id"))
        .order_by("row", "column")[:SQUARES_LIMIT_ROWS]
    )
    return [
        SquareCount((one["column"] + 0.5) * width, (one["row"] + 0.5) * height, one["received"])
        for one in counted
    ]
