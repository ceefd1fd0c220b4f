"""Cases counted, and held against the incidents that they stand for."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from anlan.casework.models import Case


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases in scope were filed, and how many of them are closed now."""

    filed: int
    closed: int


def counts() -> CaseCounts:
    """Return how many cases in scope were filed and how many are closed."""
    found = Case.objects.aggregate(filed=Count("pk"), closed=Count("pk", filter=Q(state="CLOSED")))
    return CaseCounts(**found)


def existing(case_ids: Collection[UUID]) -> set[UUID]:
    """Return those of some cases that are there."""
    return set(Case.objects.filter(pk__in=case_ids).values_list("pk", flat=True))


def incidents_with_cases(incident_ids: Collection[UUID]) -> set[UUID]:
    """Return those of some incidents for which a case stands now."""
    standing = Case.objects.filter(incident_id__in=incident_ids).exclude(state="RETURNED")
    return {found for found in standing.values_list("incident_id", flat=True) if found}


@dataclass(frozen=True, slots=True)
class CameOver:
    """A case that stands for an incident."""

    id: UUID
    number: str
    area: int
    incident_id: UUID


def came_over(before: UUID | None, limit: int) -> list[CameOver]:
    """Return cases that stand for incidents, newest first, those before an id if it is given."""
    rows = Case.objects.filter(incident_id__isnull=False).exclude(state="RETURNED")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    columns = ("id", "number", "area", "incident_id")
    return [CameOver(*row) for row in rows.order_by("-pk").values_list(*columns)[:limit]]


def case_of_incident(incident_id: UUID) -> Case | None:
    """Return the case that stands for an incident now; None if there is none or it went back."""
    return Case.objects.filter(incident_id=incident_id).exclude(state="RETURNED").first()
