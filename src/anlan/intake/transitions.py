"""The life of a call, as data."""

from enum import StrEnum

from anlan.kernel.moves import Move, MoveTable


class CallState(StrEnum):
    """How far a call has come. Silent and abandoned ones are called back, or sent help."""

    RINGING = "RINGING"
    ANSWERED = "ANSWERED"
    SILENT = "SILENT"
    ABANDONED = "ABANDONED"
    ENDED = "ENDED"


OWED = frozenset({"SILENT", "ABANDONED"})

CALL_MOVES = MoveTable(
    CallState.RINGING.value,
    (
        Move("answer", frozenset({"RINGING"}), "ANSWERED"),
        Move("silent", frozenset({"ANSWERED"}), "SILENT"),
        Move("abandon", frozenset({"RINGING", "ANSWERED"}), "ABANDONED"),
        Move("reach", OWED, "ANSWERED"),
        Move("send", OWED, "ENDED"),
        Move("give_up", OWED, "ENDED", needs=("reason",)),
        Move("end", frozenset({"ANSWERED"}), "ENDED"),
    ),
)
TRY_BACK = "no_answer"
"""Calling back without being answered: not a change of state, one more try."""
