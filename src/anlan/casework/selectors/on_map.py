"""Open cases where they are, for a map: every one counted, however many there are."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil, log2
from operator import itemgetter
from uuid import UUID

from django.db.models import Aggregate, Avg, Count, F, FloatField, Func, Q, QuerySet

from anlan.casework.models import LEADING_STATES, Case
from anlan.kernel.boxes import Box

SQUARES_ACROSS = 16
"""A box is cut into at most so many squares and one more each way: the bound of an answer."""

LISTED_LIMIT_ROWS = 200


class Floor(Func):
    """The greatest whole number that is not above a number."""

    function = "FLOOR"
    output_field = FloatField()


class AnyValue(Aggregate):
    """One value of a group, whichever."""

    function = "ANY_VALUE"


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """The open cases of one square: how many, how many past their promise, and their middle.

    `id` is the case where it is a single one.
    """

    lon: float
    lat: float
    count: int
    late: int
    id: UUID | None


@dataclass(frozen=True, slots=True)
class CasesOnMap:
    """All open cases in a box, grouped; and a list of some, those that are due first."""

    total: int
    late: int
    groups: list[CaseGroup]
    listed: list[Case]


def cases_on_map(box: Box, at: datetime) -> CasesOnMap:
    """Return the open cases in scope within a box.

    200,000 open cases are counted from the index `casework_case_on_map` without a look at their
    rows. `casework_case_due_on_map` has them as they are due, so that the list is read no further
    than it is long.
    """
    inside = Case.objects.filter(
        state__in=LEADING_STATES,
        lon__range=(box.west, box.east),
        lat__range=(box.south, box.north),
    )
    groups = _groups(inside, _square_degrees(box), at)
    due_first = (F("due_at").asc(nulls_last=True), "pk")
    listed = inside.order_by(*due_first).values("pk")[:LISTED_LIMIT_ROWS]
    return CasesOnMap(
        total=sum(group.count for group in groups),
        late=sum(group.late for group in groups),
        groups=groups,
        listed=list(Case.objects.filter(pk__in=listed).order_by(*due_first)),
    )


def _square_degrees(box: Box) -> float:
    """Return a power of two, so that squares stay where they are while the map moves."""
    widest = max(box.east - box.west, box.north - box.south)
    return float(2.0 ** ceil(log2(widest / SQUARES_ACROSS)))


def _groups(inside: QuerySet[Case], square: float, at: datetime) -> list[CaseGroup]:
    rows = inside.annotate(
        column=Floor(F("lon") / square), row=Floor(F("lat") / square)
    ).values("row", "column")  # fmt: skip
    counted = rows.annotate(
        count=Count("pk"),
        late=Count("pk", filter=Q(clock="RUNNING", due_at__lt=at)),
        middle_lon=Avg("lon"),
        middle_lat=Avg("lat"),
        one=AnyValue("pk"),
    )
    # Sorted here: PostgreSQL, which cannot know how few squares there are, would sort the cases.
    squares = sorted(counted, key=itemgetter("row", "column"))
    return [
        CaseGroup(
            lon=group["middle_lon"],
            lat=group["middle_lat"],
            count=group["count"],
            late=group["late"],
            id=group["one"] if group["count"] == 1 else None,
        )
        for group in squares
    ]
