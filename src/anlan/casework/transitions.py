"""The life of a case, as data: no Django, no clock, no database.

FILED, then ASSIGNED to an organisation, REPORTED by it as handled, VERIFIED by somebody else, then
CLOSED. A case that came from an incident may be RETURNED to dispatch instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from anlan.casework.errors import (
    MoveNotAllowedError,
    NotFromIncidentError,
    NotYourCaseError,
    OwnWorkError,
    ReopenedBeforeError,
    UnknownMoveError,
)
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import AnlanError, InvalidError
from anlan.kernel.texts import clean_text

FACT_LIMIT_CHARACTERS = 1_000


class CaseState(StrEnum):
    """Where a case is in its life."""

    FILED = "FILED"
    ASSIGNED = "ASSIGNED"
    REPORTED = "REPORTED"
    VERIFIED = "VERIFIED"
    CLOSED = "CLOSED"
    RETURNED = "RETURNED"


class CaseDisposition(StrEnum):
    """How a case ended."""

    RESOLVED = "RESOLVED"
    MADE_SAFE = "MADE_SAFE"
    NOTHING_FOUND = "NOTHING_FOUND"
    DUPLICATE = "DUPLICATE"
    REFERRED = "REFERRED"
    WITHDRAWN = "WITHDRAWN"


INITIAL = CaseState.FILED
ENDS = frozenset({CaseState.CLOSED, CaseState.RETURNED})
CODE_LISTS = {"disposition": tuple(code.value for code in CaseDisposition)}


@dataclass(frozen=True, slots=True)
class Right:
    """A permission that opens a move; `holder_only` to the organisation that handles the case."""

    permission: str
    holder_only: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One way from state to state: who may go it, and which facts it takes along.

    `by_another`: not by the account that reported the handling. `once`: at most once a case.
    `from_incident`: only for a case that came from an incident.
    """

    name: str
    sources: frozenset[CaseState]
    target: CaseState
    rights: tuple[Right, ...]
    needs: tuple[str, ...]
    by_another: bool = False
    once: bool = False
    from_incident: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What the table has to know of a case."""

    state: CaseState
    organisation_id: UUID | None = None
    reported_by: str | None = None
    reopened: bool = False
    came_from_incident: bool = False


_TABLE = (
    Move(
        "assign", frozenset({CaseState.FILED}), CaseState.ASSIGNED,
        rights=(Right("case.assign"),), needs=("organisation_id",),
    ),
    Move(
        "send_back", frozenset({CaseState.ASSIGNED}), CaseState.FILED,
        rights=(Right("case.send_back", holder_only=True),), needs=("reason",),
    ),
    Move(
        "report", frozenset({CaseState.ASSIGNED}), CaseState.REPORTED,
        rights=(Right("case.report", holder_only=True),), needs=("outcome",),
    ),
    Move(
        "rework", frozenset({CaseState.REPORTED}), CaseState.ASSIGNED,
        rights=(Right("case.rework"),), needs=("reason",),
    ),
    Move(
        "verify", frozenset({CaseState.REPORTED}), CaseState.VERIFIED,
        rights=(Right("case.verify"),), needs=("note",), by_another=True,
    ),
    Move(
        "close", frozenset({CaseState.VERIFIED}), CaseState.CLOSED,
        rights=(Right("case.close"),), needs=("disposition",),
    ),
    Move(
        "reopen", frozenset({CaseState.CLOSED}), CaseState.ASSIGNED,
        rights=(Right("case.reopen"), Right("report.follow")), needs=("reason",), once=True,
    ),
    Move(
        "return", frozenset({CaseState.FILED, CaseState.ASSIGNED}), CaseState.RETURNED,
        rights=(Right("case.return", holder_only=True), Right("incident.return")),
        needs=("reason",), from_incident=True,
    ),
)  # fmt: skip
MOVES = {move.name: move for move in _TABLE}
PAIRS = frozenset((source, move.target) for move in _TABLE for source in move.sources)

FILING_RIGHTS = (Right("case.file"), Right("report.public"))
# What a photo shows follows from the state in which it is taken; nothing is shown in the others.
PHOTO_RIGHTS = {
    CaseState.FILED: Right("case.file"),
    CaseState.ASSIGNED: Right("case.photo", holder_only=True),
}


def move_named(name: str) -> Move:
    """Return the move of this name, or raise `UnknownMoveError`."""
    move = MOVES.get(name)
    if move is None:
        raise UnknownMoveError(field="move", rule="known_move", moves=sorted(MOVES))
    return move


def require_one(actor: Actor, rights: tuple[Right, ...]) -> None:
    """Return if `actor` holds a permission of `rights`, else raise as `require` does."""
    if not any(right.permission in actor.permissions for right in rights):
        require(actor, rights[0].permission)


def holds(actor: Actor, right: Right, organisation_id: UUID | None) -> bool:
    """Return whether `right` is open to `actor` for a case of this organisation."""
    if right.permission not in actor.permissions:
        return False
    handles = organisation_id is not None and organisation_id == actor.organisation_id
    return handles or not right.holder_only


def refusal(move: Move, standing: Standing, actor: Actor) -> AnlanError | None:
    """Return why `actor` may not make `move` now; None if it may."""
    if not any(holds(actor, right, standing.organisation_id) for right in move.rights):
        return NotYourCaseError(move=move.name)
    if standing.state not in move.sources:
        return MoveNotAllowedError(move=move.name, state=standing.state)
    if move.once and standing.reopened:
        return ReopenedBeforeError(move=move.name)
    if move.from_incident and not standing.came_from_incident:
        return NotFromIncidentError(move=move.name)
    if move.by_another and actor.id == standing.reported_by:
        return OwnWorkError(move=move.name)
    return None


def check_move(move: Move, standing: Standing, actor: Actor) -> None:
    """Return if `actor` may make `move` now, else raise why not."""
    refused = refusal(move, standing, actor)
    if refused is not None:
        raise refused


def open_moves(standing: Standing, actor: Actor) -> list[str]:
    """Return the names of the moves that `actor` may make now, in the order of the table."""
    return [move.name for move in _TABLE if refusal(move, standing, actor) is None]


def check_facts(move: Move, facts: Mapping[str, str]) -> dict[str, str]:
    """Return the facts of `move`, cleaned; raise `InvalidError` naming the one that is wrong."""
    for name in facts:
        if name not in move.needs:
            raise InvalidError(field=name, rule="extra_forbidden")
    kept = {
        name: clean_text(
            facts.get(name, ""), field=name, limit_characters=FACT_LIMIT_CHARACTERS, required=True
        )
        for name in move.needs
    }
    for name in CODE_LISTS.keys() & kept.keys():
        if kept[name] not in CODE_LISTS[name]:
            raise InvalidError(field=name, rule="enum", expected=", ".join(CODE_LISTS[name]))
    return kept
