"""The one place where casework adds to a history, and where it takes the lock of a case."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from anlan.casework.errors import UnknownCaseError
from anlan.casework.models import Case, CaseStep
from anlan.kernel.access import Actor
from anlan.kernel.riding import ride_rows
from anlan.kernel.told_times import ToldTime


def locked_case(case_id: UUID) -> Case:
    """Return a case in scope, locked until the transaction ends; raise `UnknownCaseError`."""
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        raise UnknownCaseError
    return case


def write_step(
    case: Case, *, move: str, source: str, facts: Mapping[str, str], actor: Actor, at: datetime,
    timed: ToldTime | None = None,
) -> CaseStep:  # fmt: skip
    """Add one step to the history of a case; `timed`: when the actor's device says it was."""
    step = CaseStep(
        area=case.area,
        subject_id=case.id,
        move=move,
        source=source,
        target=case.state,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts={**facts, **(timed.facts if timed else {})},
        told_at=timed.at if timed else None,
    )
    ride_rows([step])
    return step
