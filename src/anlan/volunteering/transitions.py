"""Lives of a task for volunteers and of the hours offered for it, as data.

Hours count in the order in which they are offered: nobody chooses among those who offer, so that
there is nothing to judge them by.
"""

from enum import StrEnum

from anlan.kernel.moves import Move, MoveTable, Right

PUBLISHING = (Right("volunteering.publish", holder_only=True),)


class VolunteerTaskState(StrEnum):
    """Where a task is."""

    OPEN = "OPEN"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class OfferState(StrEnum):
    """Where an offer is."""

    OFFERED = "OFFERED"
    WITHDRAWN = "WITHDRAWN"
    RELEASED = "RELEASED"


class ReleaseGround(StrEnum):
    """Why hours are given free again: of the offer, never of who made it."""

    ASKED = "ASKED"  # who offered asked for it otherwise than on the page
    TWICE = "TWICE"  # the same hours were offered twice
    NOT_REACHED = "NOT_REACHED"


TASK_MOVES = MoveTable(
    VolunteerTaskState.OPEN,
    [
        Move("finish", frozenset({"OPEN"}), "DONE", needs=("hours_given",), rights=PUBLISHING),
        Move("cancel", frozenset({"OPEN"}), "CANCELLED", needs=("reason",), rights=PUBLISHING),
    ],
)
OFFER_MOVES = MoveTable(
    OfferState.OFFERED,
    [
        Move(
            "withdraw", frozenset({"OFFERED"}), "WITHDRAWN",
            rights=(Right("volunteering.offer"),),
        ),
        Move(
            "release", frozenset({"OFFERED"}), "RELEASED", needs=("ground",), rights=PUBLISHING
        ),
    ],
)  # fmt: skip
