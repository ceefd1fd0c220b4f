"""The one service that moves cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from anlan.casework import catalogue
from anlan.casework.errors import (
    OrganisationElsewhereError,
    PhotoMissingError,
    ProposedItselfError,
    UnlistedItemError,
)
from anlan.casework.evaluation.accounts import CHANGE_AN_ACCOUNT, account_for
from anlan.casework.models import Case, CaseStep
from anlan.casework.move_facts import check_facts
from anlan.casework.selectors import handling_photographed, standing_of
from anlan.casework.services.clocks import follow_clock
from anlan.casework.services.listing import list_text_item
from anlan.casework.services.merging import check_leading, locked_with_leading, regroup
from anlan.casework.services.pauses import end_with_the_holder
from anlan.casework.services.routes import ROUTING, route_case
from anlan.casework.services.sealing import seal_for, tell_withdrawn
from anlan.casework.services.step_rows import write_step
from anlan.casework.shapes import listed
from anlan.casework.transitions import AT_REST, CASE_MOVES, INITIAL, Standing, after
from anlan.kernel.access import Actor
from anlan.kernel.errors import InvalidError
from anlan.kernel.moves import Move, require_one
from anlan.kernel.outbox import publish
from anlan.kernel.told_times import ToldTime
from anlan.orgs import selectors as orgs
from anlan.orgs.errors import UnknownOrganisationError


@dataclass(frozen=True, slots=True)
class Before:
    """A case before a move: what the table has to know, and its steps where they are at hand."""

    standing: Standing
    steps: Sequence[CaseStep] = ()


def make_move(
    *, case_id: UUID, name: str, facts: Mapping[str, str], actor: Actor, at: datetime,
    timed: ToldTime | None = None,
) -> Case:  # fmt: skip
    """Make the move called `name`; return the case after it.

    `timed` is when the actor's device says it was made: shown beside `at`, which counts.

    Raises `UnknownMoveError`, `DeniedError`, `UnknownCaseError`, `InvalidError` for a fact that is
    missing, wrong or not part of the move, or the refusal of the transition table.
    """
    move = CASE_MOVES.named(name)
    require_one(actor, move.rights)
    case = locked_with_leading(case_id, facts.get("leading_id"))
    standing = standing_of(case)
    refused = move.refusal(standing, actor)
    if refused is not None:
        raise refused
    told = check_facts(move, facts, *_evidence_in_words(case, move.name, at))
    given = _organisation_for(case, told) if "organisation_id" in told else None
    if given is not None:
        _check_listed(case, given, at)
    _check(case, move.name, told, at)
    _carry_out(case, Before(standing), move, told, given, actor=actor, at=at, timed=timed)
    if move.name == "reclassify" and case.state == INITIAL:
        routed = route_case(case, at)
        if routed is not None:
            send_where_routed(case, Before(standing_of(case)), routed, at)
    publish("case.changed", area=case.area, subject_id=case.id, body=listed(case), at=at)
    if move.name == "seal":
        tell_withdrawn(case, at)
    return case


def send_where_routed(case: Case, before: Before, organisation_id: UUID, at: datetime) -> None:
    """Assign a filed case to whom the routing table gives it; whoever calls tells of it."""
    told, move = {"organisation_id": str(organisation_id)}, CASE_MOVES.named("assign")
    _carry_out(case, before, move, told, organisation_id, actor=ROUTING, at=at)


def _carry_out(
    case: Case, before: Before, move: Move, told: dict[str, str], given: UUID | None, *,
    actor: Actor, at: datetime, timed: ToldTime | None = None,
) -> None:  # fmt: skip
    """Write a move that may be made, and all that follows from it."""
    source, standing = case.state, before.standing
    end_with_the_holder(case, move.after(source), actor=actor, at=at)
    stood = after(standing, move, actor, given)
    _stand(case, stood)
    if stood.sealed != standing.sealed:
        case.sealed_to = seal_for(case, actor) if stood.sealed else None
    _change(case, move.name, told, actor=actor, at=at)
    regroup(case, move.name, told, actor=actor, at=at)
    step = write_step(
        case, move=move.name, source=source, facts=told, actor=actor, at=at, timed=timed
    )
    follow_clock(case, at, [*before.steps, step] if before.steps else None)
    case.save()
    if case.sealed_to is not None:  # whom the move gave it to was added
        case.refresh_from_db(fields=["sealed_to"])
    if move.name in CHANGE_AN_ACCOUNT:
        account_for(case)


def _stand(case: Case, stood: Standing) -> None:
    """Write what the transition table says a case stands at."""
    case.state = stood.state.value
    case.organisation_id = stood.organisation_id
    case.reported_by = stood.reported_by
    case.sent_back_count, case.reopened_count = stood.sent_back, stood.reopened
    if not stood.begun:
        case.begun_by = case.begun_at = None
    if stood.state in AT_REST:
        case.escalation_level, case.listed_at = 0, None


def _check(case: Case, name: str, facts: Mapping[str, str], at: datetime) -> None:
    """Refuse what only other rows, or the catalogue, can tell."""
    match name:
        case "send_back" | "dispute":
            if _organisation_for(case, facts, "proposed_id") == case.organisation_id:
                raise ProposedItselfError(field="proposed_id", rule="another_organisation")
        case "report" | "close":
            _check_evidence(case, at)
        case "reclassify":
            list_text_item(catalogue.item(facts["item_code"], on=at.date()), case.area, at)
        case "merge":
            check_leading(case, facts["leading_id"])


def _change(case: Case, name: str, facts: dict[str, str], *, actor: Actor, at: datetime) -> None:
    """Change what a move changes beside what the table counts."""
    match name:
        case "start":
            case.begun_by, case.begun_at = actor.id, at
        case "verify":
            case.verified_by, case.verified_for_id = actor.id, actor.organisation_id
        case "close":
            case.disposition, case.closed_at = facts["disposition"], at
        case "divert":
            case.incident_id = UUID(facts["incident_id"])
        case "evaluate":
            case.verdict = facts["verdict"]
        case "reclassify":
            facts["item_before"], case.item_code = case.item_code, facts["item_code"]
        case "reopen":
            case.verified_by = case.verified_for_id = None
            case.disposition = case.verdict = case.closed_at = None


def _organisation_for(case: Case, facts: Mapping[str, str], field: str = "organisation_id") -> UUID:
    """Return the id of an organisation that is to handle `case`; it must serve the area.

    Whoever names it may work in a smaller area than it serves.
    """
    try:
        named = UUID(facts[field])
    except ValueError:
        raise InvalidError(field=field, rule="uuid_parsing") from None
    if orgs.serving_organisation(named, case.area) is not None:
        return named
    try:
        orgs.organisation(named)
    except UnknownOrganisationError:
        raise UnknownOrganisationError(field=field, rule="known_organisation") from None
    raise OrganisationElsewhereError(field=field, rule="serves_the_area")


def _check_listed(case: Case, organisation_id: UUID, at: datetime) -> None:
    """Refuse to give grid officers what the catalogue does not list on the day."""
    item = catalogue.was_known(case.item_code, on=at.date())
    grid = orgs.organisation(organisation_id).kind == "COMMUNITY_OFFICE"
    if grid and not item.holds_on(at.date()):
        raise UnlistedItemError(item_code=case.item_code)


def _evidence_in_words(case: Case, name: str, at: datetime) -> tuple[str, ...]:
    """Return what the item asks a report of the handling to tell: a reading, a document."""
    if name != "report":
        return ()
    return catalogue.was_known(case.item_code, on=at.date()).facts_to_report


def _check_evidence(case: Case, at: datetime) -> None:
    """Refuse a handling without the evidence that the item asks for."""
    item = catalogue.was_known(case.item_code, on=at.date())
    if item.needs_photo and not handling_photographed(case.id):
        raise PhotoMissingError(item_code=case.item_code)
