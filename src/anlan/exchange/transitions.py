"""The lives of what leaves the system, as data."""

from enum import StrEnum

from anlan.kernel.moves import Move, MoveTable


class DeliveryState(StrEnum):
    """Whether a message has reached its endpoint."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    DEAD = "DEAD"


class WarningState(StrEnum):
    """How far a public warning has come; what was published is never unsaid, only ended."""

    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    PUBLISHED = "PUBLISHED"
    DISCARDED = "DISCARDED"
    CANCELLED = "CANCELLED"
    REPLACED = "REPLACED"


WARNING_MOVES = MoveTable(
    WarningState.DRAFT.value,
    (
        Move("approve", frozenset({"DRAFT"}), "APPROVED"),
        Move("publish", frozenset({"APPROVED"}), "PUBLISHED"),
        Move("discard", frozenset({"DRAFT", "APPROVED"}), "DISCARDED", needs=("reason",)),
        Move("cancel", frozenset({"PUBLISHED"}), "CANCELLED", needs=("reason",)),
        Move("replace", frozenset({"PUBLISHED"}), "REPLACED"),
    ),
)
DELIVERY_MOVES = MoveTable(
    DeliveryState.PENDING.value,
    (
        Move("deliver", frozenset({"PENDING"}), "DELIVERED"),
        Move("give_up", frozenset({"PENDING"}), "DEAD"),
        Move("replay", frozenset({"DELIVERED", "DEAD"}), "PENDING"),
    ),
)
