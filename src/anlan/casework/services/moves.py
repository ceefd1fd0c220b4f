"""The one service that moves cases."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from anlan.casework import catalogue
from anlan.casework.errors import OrganisationElsewhereError, PhotoMissingError
from anlan.casework.models import Case
from anlan.casework.selectors import handling_photographed, standing_of
from anlan.casework.services.step_rows import locked_case, write_step
from anlan.casework.shapes import listed
from anlan.casework.transitions import check_facts, check_move, move_named, require_one
from anlan.kernel.access import Actor
from anlan.kernel.areas import area_range
from anlan.kernel.errors import InvalidError
from anlan.kernel.outbox import publish
from anlan.orgs import selectors as orgs
from anlan.orgs.errors import UnknownOrganisationError


def make_move(
    *, case_id: UUID, name: str, facts: Mapping[str, str], actor: Actor, at: datetime
) -> Case:
    """Make the move called `name`; return the case after it.

    Raises `UnknownMoveError`, `DeniedError`, `UnknownCaseError`, `InvalidError` for a fact that is
    missing, wrong or not part of the move, or the refusal of the transition table.
    """
    move = move_named(name)
    require_one(actor, move.rights)
    case = locked_case(case_id)
    check_move(move, standing_of(case), actor)
    told = check_facts(move, facts)
    source = case.state
    case.state = move.target.value
    _change(case, move.name, told, actor=actor, at=at)
    case.save()
    write_step(case, move=move.name, source=source, facts=told, actor=actor, at=at)
    publish("case.changed", area=case.area, subject_id=case.id, body=listed(case), at=at)
    return case


def _change(case: Case, name: str, facts: Mapping[str, str], *, actor: Actor, at: datetime) -> None:
    """Change what a move changes beside the state; refuse what only other rows can tell."""
    match name:
        case "assign":
            case.organisation_id = _organisation_for(case, facts["organisation_id"])
        case "send_back":
            case.organisation_id = None
        case "report":
            _check_photographed(case, at)
            case.reported_by = actor.id
        case "rework":
            case.reported_by = None
        case "verify":
            case.verified_by = actor.id
        case "close":
            case.disposition, case.closed_at = facts["disposition"], at
        case "reopen":
            case.reopened_count += 1
            case.reported_by = case.verified_by = case.disposition = case.closed_at = None


def _organisation_for(case: Case, wanted: str) -> UUID:
    """Return the id of the organisation that is to handle `case`; it must serve the area."""
    try:
        organisation = orgs.organisation(UUID(wanted))
    except ValueError:
        raise InvalidError(field="organisation_id", rule="uuid_parsing") from None
    except UnknownOrganisationError:
        raise UnknownOrganisationError(field="organisation_id", rule="known_organisation") from None
    low, high = area_range(organisation.area)
    if not low <= case.area <= high:
        raise OrganisationElsewhereError(field="organisation_id", rule="serves_the_area")
    return organisation.id


def _check_photographed(case: Case, at: datetime) -> None:
    item = catalogue.was_known(case.item_code, on=at.date())
    if item.needs_photo and not handling_photographed(case.id):
        raise PhotoMissingError(item_code=case.item_code)
