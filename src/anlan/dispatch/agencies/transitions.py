"""The lives of agreements and of requests for help, as data, and what may be shared at all."""

from enum import StrEnum

from anlan.kernel.moves import Move, MoveTable


class AgreementState(StrEnum):
    """Whether both sides consent: offered by one, accepted by the other, ended by either."""

    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    ENDED = "ENDED"


class HelpState(StrEnum):
    """How far a request for help has come."""

    ASKED = "ASKED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    FULFILLED = "FULFILLED"


AGREEMENT_MOVES = MoveTable(
    AgreementState.OFFERED.value,
    (
        Move("accept", frozenset({"OFFERED"}), "ACCEPTED"),
        Move("refuse", frozenset({"OFFERED"}), "REFUSED", needs=("reason",)),
        Move("withdraw", frozenset({"OFFERED"}), "WITHDRAWN", needs=("reason",)),
        Move("end", frozenset({"ACCEPTED"}), "ENDED", needs=("reason",)),
    ),
)
HELP_MOVES = MoveTable(
    HelpState.ASKED.value,
    (
        Move("accept", frozenset({"ASKED"}), "ACCEPTED"),
        Move("refuse", frozenset({"ASKED"}), "REFUSED", needs=("reason",)),
        Move("withdraw", frozenset({"ASKED", "ACCEPTED"}), "WITHDRAWN", needs=("reason",)),
        Move("fulfil", frozenset({"ACCEPTED"}), "FULFILLED"),
    ),
)
AGENCY_AGREES = frozenset({"accept", "refuse"})
"""Moves of an agreement that only the agency makes; `end` is for either side."""
AGENCY_HELPS = frozenset({"accept", "refuse"})
"""Moves of a request that only the agency makes; `fulfil` is for either side."""
OPEN_HELP_STATES = ("ASKED", "ACCEPTED")
AGENCY_KINDS = (
    "FIRE_SERVICE", "AMBULANCE_SERVICE", "POLICE", "TRAFFIC_AUTHORITY", "UTILITY", "HOSPITAL",
    "NEIGHBOUR_CENTRE",
)  # fmt: skip
FIELDS = ("kind", "priority", "place", "text", "needs", "phase", "units", "times")
"""What an agreement can name. The incident's number and state always go with a share; nothing of a
caller ever does."""
