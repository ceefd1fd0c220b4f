"""Why a unit stands where it does, or was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from anlan_engine.errors import Fact


class Reason(StrEnum):
    """Why a unit stands where it does in a ranking.

    The first group holds the main reasons, of which every unit has one; the last two are remarks.
    """

    FASTEST = "FASTEST"
    NEXT = "NEXT"
    BUSY = "BUSY"
    NOT_CAPABLE = "NOT_CAPABLE"
    UNREACHABLE = "UNREACHABLE"
    NO_POSITION = "NO_POSITION"

    STRAIGHT_LINE_WOULD_MISLEAD = "STRAIGHT_LINE_WOULD_MISLEAD"
    STALE_POSITION = "STALE_POSITION"


class ChoiceReason(StrEnum):
    """Why a unit was chosen for a job, or none was."""

    FASTEST = "FASTEST"
    URGENT_SO_FASTEST = "URGENT_SO_FASTEST"
    NOBODY_IN_TIME_SO_FASTEST = "NOBODY_IN_TIME_SO_FASTEST"
    IN_TIME_AND_COSTS_LEAST_COVER = "IN_TIME_AND_COSTS_LEAST_COVER"
    FASTEST_SERVES_ANOTHER = "FASTEST_SERVES_ANOTHER"
    DIVERTED_FROM_LESS_URGENT = "DIVERTED_FROM_LESS_URGENT"
    DIVERTING_GAINS_TOO_LITTLE = "DIVERTING_GAINS_TOO_LITTLE"
    TAKES_OVER = "TAKES_OVER"
    QUEUED = "QUEUED"
    NOBODY_LEFT = "NOBODY_LEFT"
    NOBODY_CAN = "NOBODY_CAN"


@dataclass(frozen=True, slots=True)
class Remark:
    """A reason and the facts that go with it (seconds, ranks, codes)."""

    code: Reason | ChoiceReason
    facts: Mapping[str, Fact] = field(default_factory=dict)
