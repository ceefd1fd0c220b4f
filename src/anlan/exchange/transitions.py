"""The lives of what leaves the system, as data."""

from enum import StrEnum

from anlan.kernel.moves import Move, MoveTable


class DeliveryState(StrEnum):
    """Whether a message has reached its endpoint."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    DEAD = "DEAD"


DELIVERY_MOVES = MoveTable(
    DeliveryState.PENDING.value,
    (
        Move("deliver", frozenset({"PENDING"}), "DELIVERED"),
        Move("give_up", frozenset({"PENDING"}), "DEAD"),
        Move("replay", frozenset({"DELIVERED", "DEAD"}), "PENDING"),
    ),
)
