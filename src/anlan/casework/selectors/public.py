"""What everybody who knows its number may know of a case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from anlan.casework.errors import UnknownCaseError
from anlan.casework.models import Case
from anlan.casework.selectors.cases import case, clock, leading, standing_of, steps
from anlan.casework.transitions import CASE_MOVES
from anlan.kernel.identifiers import tidy_number
from anlan.orgs.sign_in import VISITOR
from anlan_engine.clock import ClockState


@dataclass(frozen=True, slots=True)
class PublicStep:
    """When a case came to a state, and by which move."""

    move: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """By when a case is to be closed, and how that stands.

    `due_at` is None where nothing runs any more, and where the working days of a year are awaited.
    """

    standing: Literal["DUE", "OVERDUE", "PAUSED", "KEPT", "MISSED", "AWAITED"]
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PublicCase:
    """What everybody who knows its number may know of a case: no text, no name, no place.

    A case that is merged is as far as the one that leads, `leading_id`: that is the one to reopen.
    """

    id: UUID
    leading_id: UUID
    merged: bool
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


def cases_given_to_dispatch(incident_id: UUID) -> list[PublicCase]:
    """Return what may be told of the cases of an incident that are with dispatch, oldest first."""
    given = Case.objects.filter(incident_id=incident_id, state="RETURNED")
    return [_public(found) for found in given.order_by("pk")]


def promise(case_id: UUID, at: datetime) -> Promise:
    """Return what was promised of a case, as everybody may know it; raise `UnknownCaseError`."""
    reading = clock(case(case_id)).reading(at)
    if reading is None:
        return Promise("AWAITED")
    if reading.state is ClockState.STOPPED:
        return Promise("MISSED" if reading.late else "KEPT")
    if reading.late:
        return Promise("OVERDUE", reading.due_at)
    if reading.state is ClockState.PAUSED:
        return Promise("PAUSED")
    return Promise("DUE", reading.due_at)


def _public(found: Case) -> PublicCase:
    lead = leading(found)
    standing = standing_of(lead)
    return PublicCase(
        id=found.id,
        leading_id=lead.id,
        merged=lead is not found,
        number=found.number,
        item_code=found.item_code,
        state=lead.state,
        disposition=lead.disposition,
        filed_at=found.filed_at,
        closed_at=lead.closed_at,
        verdict=lead.verdict,
        may_reopen=CASE_MOVES.moves["reopen"].refusal(standing, VISITOR) is None,
        may_evaluate=CASE_MOVES.moves["evaluate"].refusal(standing, VISITOR) is None,
        steps=_steps(found, lead),
    )


def _steps(found: Case, lead: Case) -> tuple[PublicStep, ...]:
    """Return the steps of a case; once it is merged, those of the one that leads instead.

    Where that had come to when this one was merged, is reached with the merging.
    """
    own = [PublicStep(one.move, one.target, one.made_at) for one in steps(found.id)]
    if lead is found:
        return tuple(own)
    merged_at = max(one.at for one in own if one.state == "MERGED" and one.move == "merge")
    theirs = [PublicStep(one.move, one.target, one.made_at) for one in steps(lead.id)]
    before = [one for one in theirs if one.at <= merged_at]
    kept = [one for one in own if one.at < merged_at and one.state != "MERGED"]
    met = [PublicStep("merge", before[-1].state, merged_at)] if before else []
    return (*kept, *met, *(one for one in theirs if one.at > merged_at))
