"""The life of a case, as data: no Django, no clock, no database.

FILED, then ASSIGNED to an organisation, which handles it and reports; VERIFIED by somebody of
another organisation, then CLOSED, and evaluated. An organisation that is not responsible sends back
once; the second time an arbiter decides, and that holds. A case that came from an incident may be
RETURNED to dispatch instead, and one that turns out to be an incident is diverted there: both are
with dispatch then. One that is about the same matter as another is MERGED into it, and
shares whatever becomes of that. Wherever it is, it may be sealed, and unsealed again.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from anlan.casework.errors import (
    DecidedError,
    OwnWorkError,
    PartsOpenError,
    TaskClosedError,
)
from anlan.casework.guards import (
    FROM_INCIDENT,
    FROM_NONE,
    IS_SEALED,
    LEADS_NONE,
    NEVER_REOPENED,
    NEVER_SENT_BACK,
    NOT_BEGUN,
    NOT_CALLED_UP,
    NOT_DECIDED,
    NOT_EVALUATED,
    NOT_SEALED,
    SENT_BACK_ONCE,
)
from anlan.kernel.access import Actor
from anlan.kernel.moves import Guard, Move, MoveTable, NotHeldError, Right

FACT_LIMIT_CHARACTERS = 1_000


class CaseState(StrEnum):
    """Where a case is in its life."""

    FILED = "FILED"
    ASSIGNED = "ASSIGNED"
    DISPUTED = "DISPUTED"
    REPORTED = "REPORTED"
    VERIFIED = "VERIFIED"
    CLOSED = "CLOSED"
    RETURNED = "RETURNED"
    MERGED = "MERGED"


class CaseDisposition(StrEnum):
    """How a case ended."""

    RESOLVED = "RESOLVED"
    MADE_SAFE = "MADE_SAFE"
    NOTHING_FOUND = "NOTHING_FOUND"
    DUPLICATE = "DUPLICATE"
    REFERRED = "REFERRED"
    WITHDRAWN = "WITHDRAWN"


class Ground(StrEnum):
    """Why an organisation is not the one to handle a case."""

    NOT_OUR_DUTY = "NOT_OUR_DUTY"
    NOT_OUR_AREA = "NOT_OUR_AREA"
    NOT_OUR_PROPERTY = "NOT_OUR_PROPERTY"
    WRONG_ITEM = "WRONG_ITEM"


class Verdict(StrEnum):
    """What who reported says of a closed case, or the centre that asked them."""

    PUT_RIGHT = "PUT_RIGHT"
    PARTLY = "PARTLY"
    NOT_PUT_RIGHT = "NOT_PUT_RIGHT"


INITIAL = CaseState.FILED
ENDS = frozenset({CaseState.CLOSED, CaseState.RETURNED})
AT_REST = ENDS | {CaseState.MERGED}
"""States in which nothing is done for a case by itself."""
WORK_ENDS = frozenset({"send_back", "dispute", "rework", "reopen", "return", "divert", "merge"})
"""Moves after which whoever has the case next begins anew."""
CODE_LISTS = {
    "disposition": tuple(code.value for code in CaseDisposition),
    "ground": tuple(code.value for code in Ground),
    "verdict": tuple(code.value for code in Verdict),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the table has to know of a case."""

    state: CaseState
    organisation_id: UUID | None = None
    reported_by: str | None = None
    sent_back: int = 0
    reopened: int = 0
    evaluated: bool = False
    begun: bool = False
    came_from_incident: bool = False
    called_up: bool = False
    leads: bool = False
    sealed: bool = False


def _not_own_work(case: Standing, actor: Actor) -> bool:
    ours = case.organisation_id is not None and actor.organisation_id == case.organisation_id
    return actor.id != case.reported_by and not ours


NOT_OWN_WORK = Guard("not own work", _not_own_work, OwnWorkError)

_TO_DISPATCH = (Right("case.return", holder_only=True), Right("incident.return"))

_EVERY_STATE = frozenset(state.value for state in CaseState)
_REFUSAL_FACTS = ("ground", "proposed_id", "reason")

CASE_MOVES = MoveTable(
    INITIAL,
    (
        Move(
            "assign", frozenset({"FILED"}), "ASSIGNED",
            needs=("organisation_id",), rights=(Right("case.assign"),),
        ),
        Move(
            "send_back", frozenset({"ASSIGNED"}), "FILED",
            needs=_REFUSAL_FACTS, rights=(Right("case.send_back", holder_only=True),),
            guards=(NOT_DECIDED, NEVER_SENT_BACK),
        ),
        Move(
            "dispute", frozenset({"ASSIGNED"}), "DISPUTED",
            needs=_REFUSAL_FACTS, rights=(Right("case.send_back", holder_only=True),),
            guards=(NOT_DECIDED, SENT_BACK_ONCE),
        ),
        Move(
            "arbitrate", frozenset({"DISPUTED"}), "ASSIGNED",
            needs=("organisation_id", "reason"), rights=(Right("case.arbitrate"),),
        ),
        Move(
            "start", frozenset({"ASSIGNED"}), "",
            rights=(Right("case.report", holder_only=True),), guards=(NOT_BEGUN,),
        ),
        Move(
            "report", frozenset({"ASSIGNED"}), "REPORTED",
            needs=("outcome",), rights=(Right("case.report", holder_only=True),),
        ),
        Move(
            "rework", frozenset({"REPORTED"}), "ASSIGNED",
            needs=("reason",), rights=(Right("case.rework"),),
        ),
        Move(
            "verify", frozenset({"REPORTED"}), "VERIFIED",
            needs=("note",), rights=(Right("case.verify"),), guards=(NOT_OWN_WORK,),
        ),
        Move(
            "close", frozenset({"VERIFIED"}), "CLOSED",
            needs=("disposition",), rights=(Right("case.close"),), guards=(NOT_CALLED_UP,),
        ),
        Move(
            "evaluate", frozenset({"CLOSED"}), "",
            needs=("verdict",), rights=(Right("case.evaluate"), Right("report.follow")),
            guards=(NOT_EVALUATED, NOT_OWN_WORK),
        ),
        Move(
            "reopen", frozenset({"CLOSED"}), "ASSIGNED",
            needs=("reason",), rights=(Right("case.reopen"), Right("report.follow")),
            guards=(NEVER_REOPENED,),
        ),
        Move(
            "reclassify", frozenset({"FILED", "ASSIGNED", "DISPUTED"}), "",
            needs=("item_code", "reason"), rights=(Right("case.assign"),),
        ),
        Move(
            "return", frozenset({"FILED", "ASSIGNED", "DISPUTED"}), "RETURNED",
            needs=("reason",), rights=_TO_DISPATCH,
            guards=(FROM_INCIDENT, NOT_CALLED_UP, LEADS_NONE),
        ),
        Move(
            "divert", frozenset({"FILED", "ASSIGNED", "DISPUTED"}), "RETURNED",
            needs=("incident_id", "kind", "reason"), rights=_TO_DISPATCH,
            guards=(FROM_NONE, NOT_CALLED_UP, LEADS_NONE),
        ),
        Move(
            "merge", frozenset({"FILED", "ASSIGNED"}), "MERGED",
            needs=("leading_id", "reason"), rights=(Right("case.merge"),),
            guards=(NOT_CALLED_UP, NOT_DECIDED, NOT_SEALED),
        ),
        Move(
            "unmerge", frozenset({"MERGED"}), "FILED",
            needs=("reason",), rights=(Right("case.merge"),),
        ),
        Move(
            "seal", _EVERY_STATE - {"MERGED"}, "",
            needs=("reason",), rights=(Right("case.seal"),), guards=(NOT_SEALED, LEADS_NONE),
        ),
        Move(
            "unseal", _EVERY_STATE, "",
            needs=("reason",), rights=(Right("case.seal"),), guards=(IS_SEALED,),
        ),
    ),
)  # fmt: skip

TEMPORARY_MOVES = MoveTable(
    "ASKED",
    (
        Move("approve", frozenset({"ASKED"}), "APPROVED", needs=("reason",)),
        Move("decline", frozenset({"ASKED"}), "DECLINED", needs=("reason",)),
        Move("end", frozenset({"APPROVED"}), "ENDED", needs=("reason",)),
    ),
)


# A table of routing. What was proposed is sent back to be changed; `drop` ends what nobody wants.
# Who wrote any of it does not publish it: the service asks, and the database too.
ROUTING_MOVES = MoveTable(
    "DRAFT",
    (
        Move("propose", frozenset({"DRAFT"}), "PROPOSED"),
        Move("revise", frozenset({"PROPOSED"}), "DRAFT", needs=("reason",)),
        Move("publish", frozenset({"PROPOSED"}), "PUBLISHED"),
        Move("drop", frozenset({"DRAFT", "PROPOSED"}), "DROPPED", needs=("reason",)),
    ),
)


def _not_own_pause(pause: Any, actor: Actor) -> bool:
    return bool(actor.id != pause.asked_by and actor.organisation_id != pause.organisation_id)


_PAUSE = (Right("case.pause"),)
_HOLDER = Right("case.report", holder_only=True)
NOT_OWN_PAUSE = Guard("not own pause", _not_own_pause, OwnWorkError)

PAUSE_MOVES = MoveTable(
    "ASKED",
    (
        Move("grant", frozenset({"ASKED"}), "GRANTED", rights=_PAUSE, guards=(NOT_OWN_PAUSE,)),
        Move(
            "refuse", frozenset({"ASKED"}), "REFUSED",
            needs=("reason",), rights=_PAUSE, guards=(NOT_OWN_PAUSE,),
        ),
        Move("lapse", frozenset({"ASKED"}), "LAPSED", rights=(_HOLDER,)),
        Move(
            "end", frozenset({"GRANTED"}), "ENDED",
            rights=(_HOLDER, *_PAUSE),
        ),
    ),
)  # fmt: skip


class TaskState(StrEnum):
    """Where a joint task is in its life."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class PartState(StrEnum):
    """Where a department's part of a joint task is in its life."""

    CALLED = "CALLED"
    REFUSED = "REFUSED"
    REPORTED_IN = "REPORTED_IN"
    DONE = "DONE"
    WAIVED = "WAIVED"


PART_ENDS = frozenset({PartState.DONE, PartState.WAIVED})


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """What the table has to know of a joint task: who called up, and where each part is."""

    state: TaskState
    organisation_id: UUID | None
    parts: tuple[PartState, ...]


@dataclass(frozen=True, slots=True)
class PartStanding:
    """What the table has to know of a part: who does it, who called them up, what was decided."""

    state: PartState
    organisation_id: UUID | None
    caller_id: UUID
    opened_by: str
    decided: bool = False
    task_open: bool = True


def _ended(task: TaskStanding, _: Actor) -> bool:
    return all(part in PART_ENDS for part in task.parts)


def _no_party(part: PartStanding, actor: Actor) -> bool:
    return actor.id != part.opened_by and actor.organisation_id != part.organisation_id


EVERY_PART_ENDED = Guard("every part done or waived", _ended, PartsOpenError)
PART_NOT_DECIDED = Guard("not decided", lambda p, _: not p.decided, DecidedError)
NO_PARTY = Guard("no party to it", _no_party, OwnWorkError)
OWN_TASK = Guard("who called up", lambda p, a: a.organisation_id == p.caller_id, NotHeldError)
TASK_IS_OPEN = Guard("task open", lambda p, _: p.task_open, TaskClosedError)

_CALLER = (Right("task.call_up"),)
_CALLED = (Right("task.answer", holder_only=True),)

TASK_MOVES = MoveTable(
    TaskState.OPEN,
    (
        Move(
            "close", frozenset({"OPEN"}), "CLOSED",
            needs=("outcome",), rights=(Right("task.call_up", holder_only=True),),
            guards=(EVERY_PART_ENDED,),
        ),
    ),
)  # fmt: skip

PART_MOVES = MoveTable(
    PartState.CALLED,
    (
        Move("report_in", frozenset({"CALLED"}), "REPORTED_IN", rights=_CALLED),
        Move(
            "refuse", frozenset({"CALLED"}), "REFUSED",
            needs=_REFUSAL_FACTS, rights=_CALLED, guards=(PART_NOT_DECIDED,),
        ),
        Move(
            "arbitrate", frozenset({"REFUSED"}), "CALLED",
            needs=("organisation_id", "reason"), rights=(Right("task.arbitrate"),),
            guards=(NO_PARTY,),
        ),
        Move("finish", frozenset({"REPORTED_IN"}), "DONE", needs=("outcome",), rights=_CALLED),
        Move(
            "rework", frozenset({"DONE"}), "REPORTED_IN",
            needs=("reason",), rights=_CALLER, guards=(OWN_TASK, TASK_IS_OPEN),
        ),
        Move(
            "waive", frozenset({"CALLED", "REFUSED", "REPORTED_IN"}), "WAIVED",
            needs=("reason",), rights=_CALLER, guards=(OWN_TASK,),
        ),
    ),
)  # fmt: skip


def part_after(part: PartStanding, move: Move, given: UUID | None = None) -> PartStanding:
    """Return what a part stands at after a move; `given`: to whom the arbiter gave it."""
    state = PartState(move.after(part.state))
    if move.name == "arbitrate":
        return replace(part, state=state, organisation_id=given, decided=True)
    return replace(part, state=state)


FILING_RIGHTS = (Right("case.file"), Right("report.public"))
# What a photo shows follows from the state in which it is taken; nothing is shown in the others.
PHOTO_RIGHTS = {
    CaseState.FILED: Right("case.file"),
    CaseState.ASSIGNED: Right("case.photo", holder_only=True),
}


def after(case: Standing, move: Move, actor: Actor, given: UUID | None = None) -> Standing:
    """Return what a case stands at after a move of `actor`; `given`: whom it was assigned to.

    The services write what this says, the model check walks along it: one place counts the limits.
    """
    begun = move.name not in WORK_ENDS and (case.begun or move.name == "start")
    changes: dict[str, Any] = {}
    sealed = move.name == "seal" or (case.sealed and move.name != "unseal")
    match move.name:
        case "assign" | "arbitrate":
            changes = {"organisation_id": given}
        case "send_back" | "dispute":
            changes = {"organisation_id": None, "sent_back": case.sent_back + 1}
        case "merge":  # those that were merged into it go along
            changes = {"organisation_id": None, "leads": False}
        case "report" | "rework":
            changes = {"reported_by": actor.id if move.name == "report" else None}
        case "evaluate":
            changes = {"evaluated": True}
        case "divert":
            changes = {"came_from_incident": True}
        case "reopen":
            changes = {"reported_by": None, "evaluated": False, "reopened": case.reopened + 1}
    return replace(
        case, state=CaseState(move.after(case.state)), begun=begun, sealed=sealed, **changes
    )
