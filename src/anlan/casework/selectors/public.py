"""What everybody who knows its number may know of a case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from anlan.casework.errors import UnknownCaseError
from anlan.casework.models import Case
from anlan.casework.selectors.cases import case, standing_of, steps
from anlan.casework.transitions import CASE_MOVES
from anlan.kernel.identifiers import tidy_number
from anlan.orgs.sign_in import VISITOR


@dataclass(frozen=True, slots=True)
class PublicStep:
    """When a case came to a state, and by which move."""

    move: str
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
    verdict: str | None
    may_reopen: bool
    may_evaluate: bool
    steps: tuple[PublicStep, ...]


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
    standing = standing_of(found)
    return PublicCase(
        id=found.id,
        number=found.number,
        item_code=found.item_code,
        state=found.state,
        disposition=found.disposition,
        filed_at=found.filed_at,
        closed_at=found.closed_at,
        verdict=found.verdict,
        may_reopen=CASE_MOVES.moves["reopen"].refusal(standing, VISITOR) is None,
        may_evaluate=CASE_MOVES.moves["evaluate"].refusal(standing, VISITOR) is None,
        steps=tuple(PublicStep(step.move, step.target, step.made_at) for step in steps(found.id)),
    )
