"""What an administrator may do for an account, as data."""

from anlan.kernel.moves import Move, MoveTable

ACCOUNT_MOVES = MoveTable(
    "ACTIVE",
    (
        Move("end_sign_ins", frozenset({"ACTIVE"}), "", needs=("reason",)),
        Move("take_authenticator_off", frozenset({"ACTIVE", "CLOSED"}), "", needs=("reason",)),
        Move("close", frozenset({"ACTIVE"}), "CLOSED", needs=("reason",)),
        Move("unlink", frozenset({"ACTIVE", "CLOSED"}), "", needs=("reason",)),
        Move("reopen", frozenset({"CLOSED"}), "ACTIVE", needs=("reason",)),
    ),
)
