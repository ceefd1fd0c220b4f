"""Cases as anybody may read them: single public matters, each at its place, without a word or name.

Which items may be published is the caller's to say; what of a case may be is said here alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from anlan.casework.duplicate_rules import case_duplicate_rules
from anlan.casework.models import Case, CaseStep
from anlan.casework.selectors.cases import leading
from anlan.casework.selectors.similar import LOOKED_AT_LIMIT_ROWS, leading_near
from anlan_engine.sphere import distance_m

PLACE_DECIMALS = 4  # some ten metres: the thing is found, a doorbell is not
ROUNDED_BY_LIMIT_M = 10.0
ENDED_STATES = ("CLOSED",)


@dataclass(frozen=True, slots=True)
class Published:
    """One case as it is published. `agency` is the organisation that has it.

    `due_at` is the public promise while its clock runs: it is None while that stands still, once
    the case has ended, and where the working days of a year are awaited.

    A case that is merged is published as far as the one that leads.
    """

    number: str
    item_code: str
    area: int
    state: str
    disposition: str | None
    agency: str | None
    channel: str
    lon: float
    lat: float
    filed_at: datetime
    changed_at: datetime
    due_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublishedStep:
    """One change of a published case."""

    id: str
    number: str
    state: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which published cases: filed between two times, or by number; newest first."""

    items: Collection[str]
    start: datetime | None = None
    end: datetime | None = None
    numbers: Collection[str] = ()
    closed: bool | None = None
    skip: int = 0
    limit: int = 1_000


def published(wanted: Wanted) -> list[Published]:
    """Return the cases that are wanted. What went back to dispatch is no case any more."""
    last = CaseStep.objects.filter(subject_id=OuterRef("pk")).values("subject_id")
    rows = _rows(wanted).annotate(changed_at=Subquery(last.annotate(m=Max("made_at")).values("m")))
    found = rows.order_by("-filed_at", "-id")[wanted.skip : wanted.skip + wanted.limit]
    return [_published(case) for case in found]


def published_near(
    items: Collection[str], item_code: str, lon: float, lat: float, *, at: datetime
) -> list[tuple[float, Published]]:
    """Return the open published cases that one of an item at a place may be about, nearest first.

    With how far off they are published, in metres. Near is what the rules of duplicates call near,
    measured from where each case is published: asking from many places tells no more than that.
    """
    rules = case_duplicate_rules(at.date())
    reach = rules.reach(item_code)
    alike = [code for code in rules.alike_with(item_code) if code in items]
    rows = leading_near(alike, lon, lat, reach.reach_m + ROUNDED_BY_LIMIT_M)
    rows = rows.filter(filed_at__range=(at - reach.window, at)).order_by("-filed_at", "-pk")
    found = [_published(case) for case in rows[:LOOKED_AT_LIMIT_ROWS]]
    near = [(float(distance_m(lon, lat, one.lon, one.lat)), one) for one in found]
    near = [pair for pair in near if pair[0] <= reach.reach_m]
    return sorted(near, key=lambda pair: (pair[0], pair[1].number))[: rules.offered]


def _rows(wanted: Wanted) -> "QuerySet[Case]":
    rows = Case.objects.filter(item_code__in=wanted.items).exclude(state="RETURNED")
    rows = rows.select_related("merged_into")
    if wanted.numbers:
        return rows.filter(number__in=wanted.numbers)
    if wanted.start is not None and wanted.end is not None:
        rows = rows.filter(filed_at__range=(wanted.start, wanted.end))
    if wanted.closed is not None:
        ended = Q(state__in=ENDED_STATES) | Q(
            merged_into__isnull=False, merged_into__state__in=ENDED_STATES
        )
        rows = rows.filter(ended if wanted.closed else ~ended)
    return rows


def _published(case: Case) -> Published:
    lead = leading(case)
    changed: datetime | None = getattr(case, "changed_at", None)
    return Published(
        number=case.number,
        item_code=case.item_code,
        area=case.area,
        state=lead.state,
        disposition=lead.disposition,
        agency=str(lead.organisation_id) if lead.organisation_id else None,
        channel=case.channel,
        lon=round(case.lon, PLACE_DECIMALS),
        lat=round(case.lat, PLACE_DECIMALS),
        filed_at=case.filed_at,
        changed_at=lead.closed_at or changed or case.filed_at,
        due_at=lead.due_at,
        closed_at=lead.closed_at,
    )


def published_steps(
    items: Collection[str], start: datetime, end: datetime, *, skip: int, limit: int
) -> list[PublishedStep]:
    """Return the changes of published cases between two times, oldest first."""
    rows = CaseStep.objects.filter(made_at__range=(start, end)).exclude(
        target__in=("RETURNED", "MERGED")
    )
    rows = rows.exclude(source=F("target"))  # what changed no state is the office's own
    public = Case.objects.filter(pk=OuterRef("subject_id"), item_code__in=items)
    rows = rows.annotate(number=Subquery(public.exclude(state="RETURNED").values("number")))
    found = rows.filter(number__isnull=False).order_by("made_at", "id")
    columns = ("id", "number", "target", "made_at")
    return [
        PublishedStep(str(step), number, state, at)
        for step, number, state, at in found.values_list(*columns)[skip : skip + limit]
    ]
