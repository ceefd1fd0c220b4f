"""Reads of cases, their histories and photos."""

from uuid import UUID

from anlan.casework.errors import UnknownCaseError, UnknownPhotoError
from anlan.casework.models import Case, CasePhoto, CaseStep
from anlan.casework.transitions import CaseState, Standing
from anlan.kernel.paging import PageQuery, page_of


def standing_of(case: Case) -> Standing:
    """Return what the transition table has to know of `case`."""
    return Standing(
        state=CaseState(case.state),
        organisation_id=case.organisation_id,
        reported_by=case.reported_by,
        sent_back=case.sent_back_count,
        reopened=case.reopened_count,
        evaluated=case.verdict is not None,
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
    came = CaseStep.objects.filter(subject_id=case_id, target="ASSIGNED").exclude(source="ASSIGNED")
    assigned = came.order_by("-made_at")
    since = assigned.values_list("made_at", flat=True).first()
    shots = CasePhoto.objects.filter(case_id=case_id, phase="HANDLED")
    return since is not None and shots.filter(added_at__gte=since).exists()
