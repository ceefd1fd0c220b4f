"""Reads of cases."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from anlan.casework.errors import UnknownCaseError, UnknownPhotoError
from anlan.casework.models import Case, CasePhoto, CaseStep
from anlan.casework.transitions import MOVES, CaseState, Standing
from anlan.kernel.identifiers import tidy_number
from anlan.kernel.paging import PageQuery, page_of


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases in scope were filed, and how many of them are closed now."""

    filed: int
    closed: int


@dataclass(frozen=True, slots=True)
class PublicStep:
    """When a case came to a state."""

    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PublicCase:
    """What everybody who knows its number may know of a case: no text, no name, no place."""

    id: UUID
    number: str
    item_code: str
    state: str
    disposition: str | None
    filed_at: datetime
    closed_at: datetime | None
    may_reopen: bool
    steps: tuple[PublicStep, ...]


def standing_of(case: Case) -> Standing:
    """Return what the transition table has to know of `case`."""
    return Standing(
        state=CaseState(case.state),
        organisation_id=case.organisation_id,
        reported_by=case.reported_by,
        reopened=case.reopened_count > 0,
        came_from_incident=case.incident_id is not None,
    )


def cases(
    asked: PageQuery, *, state: str | None = None, organisation_id: UUID | None = None
) -> tuple[list[Case], str | None]:
    """Return one page of the cases in scope, newest first, and the cursor of the next page."""
    rows = Case.objects.all()
    if state is not None:
        rows = rows.filter(state=state)
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    return page_of(rows, asked)


def case(case_id: UUID) -> Case:
    """Return one case in scope, or raise `UnknownCaseError`."""
    found = Case.objects.filter(pk=case_id).first()
    if found is None:
        raise UnknownCaseError
    return found


def steps(case_id: UUID) -> list[CaseStep]:
    """Return the moves of a case, the first one first."""
    return list(CaseStep.objects.filter(subject_id=case_id).order_by("made_at", "pk"))


def photos(case_id: UUID) -> list[CasePhoto]:
    """Return the photos of a case in their order, without their bytes."""
    return list(CasePhoto.objects.filter(case_id=case_id).order_by("ordinal").defer("jpeg"))


def photo(photo_id: UUID) -> CasePhoto:
    """Return one photo in scope, or raise `UnknownPhotoError`."""
    found = CasePhoto.objects.filter(pk=photo_id).first()
    if found is None:
        raise UnknownPhotoError
    return found


def handling_photographed(case_id: UUID) -> bool:
    """Return whether the handling was photographed since the case was last assigned."""
    assigned = CaseStep.objects.filter(subject_id=case_id, target="ASSIGNED").order_by("-made_at")
    since = assigned.values_list("made_at", flat=True).first()
    shots = CasePhoto.objects.filter(case_id=case_id, phase="HANDLED")
    return since is not None and shots.filter(added_at__gte=since).exists()


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


def public_case(case_id: UUID) -> PublicCase:
    """Return what may be told of a case to who follows it; raise `UnknownCaseError`."""
    return _public(case(case_id))


def public_case_by_number(number: str) -> PublicCase:
    """Return what may be told of the case with this number; raise `UnknownCaseError`."""
    found = Case.objects.filter(number=tidy_number(number)).first()
    if found is None:
        raise UnknownCaseError
    return _public(found)


def _public(found: Case) -> PublicCase:
    once = MOVES["reopen"]
    standing = standing_of(found)
    return PublicCase(
        id=found.id,
        number=found.number,
        item_code=found.item_code,
        state=found.state,
        disposition=found.disposition,
        filed_at=found.filed_at,
        closed_at=found.closed_at,
        may_reopen=standing.state in once.sources and not standing.reopened,
        steps=tuple(PublicStep(step.target, step.made_at) for step in steps(found.id)),
    )
