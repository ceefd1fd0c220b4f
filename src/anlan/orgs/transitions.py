"""The life of a shift, as data."""

from anlan.kernel.moves import Move, MoveTable

SHIFT_MOVES = MoveTable(
    "PLANNED",
    (
        Move("sign_on", frozenset({"PLANNED"}), "ON"),
        Move("sign_off", frozenset({"ON"}), "ENDED"),
        Move("cancel", frozenset({"PLANNED"}), "CANCELLED", needs=("reason",)),
    ),
)
