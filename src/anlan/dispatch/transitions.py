"""The lives of incidents and assignments, as data."""

from collections.abc import Iterable
from enum import StrEnum

from anlan.kernel.moves import Move, MoveTable


class IncidentState(StrEnum):
    """Where an incident is: at the desk, part of another one, with casework, or done."""

    OPEN = "OPEN"
    LINKED = "LINKED"
    DIVERTED = "DIVERTED"
    CLOSED = "CLOSED"


class AssignmentState(StrEnum):
    """How far a unit has come with one job."""

    ASSIGNED = "ASSIGNED"
    EN_ROUTE = "EN_ROUTE"
    ON_SCENE = "ON_SCENE"
    CLEARED = "CLEARED"
    CANCELLED = "CANCELLED"


_AT_DESK = frozenset({"OPEN"})

INCIDENT_MOVES = MoveTable(
    IncidentState.OPEN.value,
    (
        Move("attach", _AT_DESK, "OPEN"),
        Move("detach", _AT_DESK, "OPEN", needs=("reason",)),
        Move("link", _AT_DESK, "LINKED", needs=("reason",)),
        Move("unlink", frozenset({"LINKED"}), "OPEN", needs=("reason",)),
        Move("place_under", _AT_DESK, "OPEN", needs=("reason",)),
        Move("take_out", _AT_DESK, "OPEN", needs=("reason",)),
        Move("assign", _AT_DESK, "OPEN"),
        Move("reprioritise", _AT_DESK, "OPEN", needs=("priority",)),
        Move("raise", _AT_DESK, "OPEN"),
        Move("raise_alarm", _AT_DESK, "OPEN", needs=("reason",)),
        Move("divert", _AT_DESK, "DIVERTED", needs=("reason",)),
        Move("return", frozenset({"DIVERTED"}), "OPEN", needs=("reason",)),
        Move("close", _AT_DESK, "CLOSED", needs=("disposition",)),
        Move("reopen", frozenset({"CLOSED"}), "OPEN", needs=("reason",)),
    ),
)
ASSIGNMENT_MOVES = MoveTable(
    AssignmentState.ASSIGNED.value,
    (
        Move("en_route", frozenset({"ASSIGNED"}), "EN_ROUTE"),
        Move("on_scene", frozenset({"ASSIGNED", "EN_ROUTE"}), "ON_SCENE"),
        Move("clear", frozenset({"ON_SCENE"}), "CLEARED", needs=("outcome",)),
        Move("cancel", frozenset({"ASSIGNED", "EN_ROUTE"}), "CANCELLED", needs=("reason",)),
    ),
)
OPEN_ASSIGNMENT_STATES = ("ASSIGNED", "EN_ROUTE", "ON_SCENE")
DISPOSITIONS = ("RESOLVED", "NOTHING_FOUND", "HANDED_OVER", "CALLED_OFF", "FALSE_ALARM")


def phase_of(state: str, assignment_states: Iterable[str]) -> str:
    """Return how far an incident has come, read from the jobs of its present round."""
    if state != "OPEN":
        return state
    states = set(assignment_states)
    for reached in ("ON_SCENE", "EN_ROUTE", "ASSIGNED"):
        if reached in states:
            return reached
    return "REPORTED" if "CLEARED" in states else "WAITING"
