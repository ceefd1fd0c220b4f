"""What is measured, and the lives of an evaluation and of an appeal, as data: no Django."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from anlan.casework.evaluation.errors import OwnAppealError, SettledError
from anlan.kernel.access import Actor
from anlan.kernel.moves import Guard, Move, MoveTable, Right


class Measure(StrEnum):
    """What a share is taken of; `lower()` is the column of an outcome that says it of a case."""

    IN_TIME = "IN_TIME"
    PROMISE_KEPT = "PROMISE_KEPT"
    FIRST_CHECK = "FIRST_CHECK"
    REWORKED = "REWORKED"
    CONFIRMED = "CONFIRMED"
    RETURNED = "RETURNED"
    REFUSED_IN_VAIN = "REFUSED_IN_VAIN"


class FigureStanding(StrEnum):
    """How a figure stands to what is usual for such cases; of one item (PART) nothing is said."""

    USUAL = "USUAL"
    BETTER = "BETTER"
    WORSE = "WORSE"
    UNUSUAL = "UNUSUAL"
    TOO_FEW = "TOO_FEW"
    ALONE = "ALONE"
    SET_ASIDE = "SET_ASIDE"
    PART = "PART"


class AppealState(StrEnum):
    """Where an appeal is in its life."""

    FILED = "FILED"
    GRANTED = "GRANTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class AppealGround(StrEnum):
    """Why an organisation asks that something be not counted."""

    WRONGLY_RECORDED = "WRONGLY_RECORDED"
    NOT_OUR_CASE = "NOT_OUR_CASE"
    WRONG_ITEM = "WRONG_ITEM"
    BEYOND_OUR_POWER = "BEYOND_OUR_POWER"


@dataclass(frozen=True, slots=True)
class AppealStanding:
    """What the table has to know of an appeal; `organisation_id` is whose it is."""

    state: AppealState
    organisation_id: UUID | None
    filed_by: str
    settled: bool = False


def _no_party(appeal: AppealStanding, actor: Actor) -> bool:
    return actor.id != appeal.filed_by and actor.organisation_id != appeal.organisation_id


NO_PARTY = Guard("no party to it", _no_party, OwnAppealError)
NOT_SETTLED = Guard("not final", lambda appeal, _: not appeal.settled, SettledError)

_JUDGE = (Right("evaluation.judge"),)

# An evaluation is counted anew every night until it is final; then nothing of it changes.
EVALUATION_MOVES = MoveTable(
    "PROVISIONAL", (Move("settle", frozenset({"PROVISIONAL"}), "FINAL"),)
)  # fmt: skip

APPEAL_MOVES = MoveTable(
    AppealState.FILED,
    (
        Move(
            "grant", frozenset({"FILED"}), "GRANTED",
            needs=("reason",), rights=_JUDGE, guards=(NO_PARTY, NOT_SETTLED),
        ),
        Move(
            "decline", frozenset({"FILED"}), "DECLINED",
            needs=("reason",), rights=_JUDGE, guards=(NO_PARTY, NOT_SETTLED),
        ),
        Move(
            "withdraw", frozenset({"FILED"}), "WITHDRAWN",
            rights=(Right("evaluation.appeal", holder_only=True),),
        ),
    ),
)  # fmt: skip


def appeal_after(appeal: AppealStanding, move: Move) -> AppealStanding:
    """Return what an appeal stands at after a move."""
    return replace(appeal, state=AppealState(move.after(appeal.state)))
