"""Cases counted, and held against the incidents that they stand for."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from anlan.casework.models import Case, CaseStep


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


def incidents_from_cases(incident_ids: Collection[UUID]) -> set[UUID]:
    """Return those of some incidents that began as a case."""
    cases = Case.objects.filter(incident_id__in=incident_ids, state="RETURNED")
    diverted = CaseStep.objects.filter(subject_id=OuterRef("pk"), move="divert")
    began = cases.filter(Exists(diverted)).values_list("incident_id", flat=True)
    return {found for found in began if found}


@dataclass(frozen=True, slots=True)
class CaseAndIncident:
    """A case that stands for an incident, or (`with_dispatch`) was given to dispatch as one."""

    id: UUID
    number: str
    area: int
    incident_id: UUID
    with_dispatch: bool


def cases_and_incidents(before: UUID | None, limit: int) -> list[CaseAndIncident]:
    """Return cases of incidents, newest first, those before an id if it is given."""
    rows = Case.objects.filter(incident_id__isnull=False)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    columns = ("id", "number", "area", "incident_id", "state")
    found = rows.order_by("-pk").values_list(*columns)[:limit]
    return [
        CaseAndIncident(case_id, number, area, incident_id, with_dispatch=state == "RETURNED")
        for case_id, number, area, incident_id, state in found
        if incident_id is not None
    ]


def case_of_incident(incident_id: UUID) -> Case | None:
    """Return the case that stands for an incident now; None if there is none or it went back."""
    return Case.objects.filter(incident_id=incident_id).exclude(state="RETURNED").first()
