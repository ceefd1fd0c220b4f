"""Reads of cases, their histories and photos."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from anlan.casework.errors import UnknownCaseError, UnknownPhotoError
from anlan.casework.models import Case, CasePause, CasePhoto, CaseStep, JointTask
from anlan.casework.service_clock.marks import Told
from anlan.casework.service_clock.reading import CaseClock, clock_of
from anlan.casework.transitions import CaseState, Standing
from anlan.kernel.identifiers import tidy_number
from anlan.kernel.paging import PageQuery, page_by_time, page_of
from anlan.kernel.riding import ask_together
from anlan.kernel.rows import StepRow

_OTHERS = """
    SELECT EXISTS (SELECT 1 FROM casework_joint_task WHERE case_id = %(id)s AND state = 'OPEN'),
        EXISTS (SELECT 1 FROM casework_case WHERE merged_into_id = %(id)s)
"""
"""Asked with every move: Django takes as long to write it as PostgreSQL to answer it."""


def standing_of(case: Case) -> Standing:
    """Return what the transition table has to know of `case`."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, {"id": case.pk})
        is_called_up, leads = cursor.fetchall()[0]
    return _standing(case, is_called_up=is_called_up, leads=leads)


def _standing(case: Case, *, is_called_up: bool, leads: bool) -> Standing:
    return Standing(
        state=CaseState(case.state),
        organisation_id=case.organisation_id,
        reported_by=case.reported_by,
        sent_back=case.sent_back_count,
        reopened=case.reopened_count,
        evaluated=case.verdict is not None,
        begun=case.begun_at is not None,
        came_from_incident=case.incident_id is not None,
        called_up=is_called_up,
        leads=leads,
        sealed=case.sealed_to is not None,
    )


def cases(
    asked: PageQuery,
    *,
    state: str | None = None,
    organisation_id: UUID | None = None,
    late_at: datetime | None = None,
    listed: bool = False,
    number: str = "",
) -> tuple[list[Case], str | None]:
    """Return one page of the cases in scope, newest first, and the cursor of the next page.

    With `late_at` those that are past their promise at that time, the longest first; `listed` for
    supervision; `number` as somebody typed it.
    """
    rows = Case.objects.all()
    if state is not None:
        rows = rows.filter(state=state)
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    if number:
        rows = rows.filter(number=tidy_number(number))
    if listed:
        rows = rows.filter(listed_at__isnull=False)
    if late_at is not None:
        return page_by_time(rows.filter(clock="RUNNING", due_at__lt=late_at), asked, "due_at")
    return page_of(rows, asked)


def case(case_id: UUID) -> Case:
    """Return one case in scope, or raise `UnknownCaseError`."""
    found = Case.objects.filter(pk=case_id).first()
    if found is None:
        raise UnknownCaseError
    return found


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a case on its page; steps, photos and merged cases the first one first."""

    standing: Standing
    merged: list[Case]
    steps: list[CaseStep]
    photos: list[CasePhoto]


def around(case: Case) -> Around:
    """Return what the page of a case shows beside its own row, by one question."""
    called_up, merged, steps, photos = ask_together(_around, case.pk)
    standing = _standing(case, is_called_up=bool(called_up), leads=bool(merged))
    return Around(standing, merged, steps, photos)


def _around(case_id: UUID) -> tuple[QuerySet[Any, Any], ...]:
    open_tasks = JointTask.objects.filter(case_id=case_id, state="OPEN").values_list("pk")
    return open_tasks, _merged_into(case_id), _steps(case_id), _photos(case_id)


def steps(case_id: UUID) -> list[CaseStep]:
    """Return the moves of a case, the first one first."""
    return list(_steps(case_id))


def _steps(case_id: UUID) -> QuerySet[CaseStep]:
    return CaseStep.objects.filter(subject_id=case_id).order_by("made_at", "pk")


def history(case_id: UUID) -> list[Told]:
    """Return the moves of a case as its clock reads them."""
    return as_told(CaseStep.objects.filter(subject_id=case_id).order_by("pk"))


def as_told(steps: Iterable[StepRow]) -> list[Told]:
    """Return moves as a clock reads them.

    In the order in which they were written, and never earlier than the one before: two servers may
    disagree by a moment about the time.
    """
    told: list[Told] = []
    for step in steps:
        at = max(step.made_at, told[-1].at) if told else step.made_at
        told.append(Told(step.move, step.source, step.target, at, step.facts))
    return told


def clock(found: Case, steps: Iterable[CaseStep] | None = None) -> CaseClock:
    """Return the clock of a case, from its history: from `steps` where they are known already."""
    told = history(found.id) if steps is None else as_told(steps)
    changes = [step.facts["item_before"] for step in told if step.move == "reclassify"]
    return clock_of(told, changes[0] if changes else found.item_code, found.area)


def pauses(case_id: UUID) -> list[CasePause]:
    """Return the pauses of a case, the first one first."""
    return list(CasePause.objects.filter(case_id=case_id).order_by("asked_at", "pk"))


def photos(case_id: UUID) -> list[CasePhoto]:
    """Return the photos of a case in their order, without their bytes."""
    return list(_photos(case_id))


def _photos(case_id: UUID) -> QuerySet[CasePhoto]:
    return CasePhoto.objects.filter(case_id=case_id).order_by("ordinal").defer("jpeg")


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


def merged_into(case_id: UUID) -> list[Case]:
    """Return the cases that are merged into one, the first one first."""
    return list(_merged_into(case_id))


def _merged_into(case_id: UUID) -> QuerySet[Case]:
    return Case.objects.filter(merged_into_id=case_id).order_by("filed_at", "pk")


def leading(found: Case) -> Case:
    """Return the case that leads: the one that a case is merged into, or itself.

    Itself too for who may not see the one that leads, because it lies in another area.
    """
    if found.merged_into_id is None:
        return found
    if Case.merged_into.is_cached(found):
        return found.merged_into or found
    return Case.objects.filter(pk=found.merged_into_id).first() or found
