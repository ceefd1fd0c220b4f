"""Reads of dispatch."""

from anlan.dispatch.selectors.counts import (
    KindCount,
    SquareCount,
    Stamps,
    counts_by_kind,
    counts_by_square,
    dispatched_count,
    stamps,
)
from anlan.dispatch.selectors.incidents import (
    assignments,
    incident,
    incidents,
    open_assignment,
    open_assignment_of_units,
    open_incidents_since,
    sent_by,
    steps,
)
from anlan.dispatch.selectors.shapes import assignment_shape, incident_shape, phase_of

__all__ = [
    "KindCount",
    "SquareCount",
    "Stamps",
    "assignment_shape",
    "assignments",
    "counts_by_kind",
    "counts_by_square",
    "dispatched_count",
    "incident",
    "incident_shape",
    "incidents",
    "open_assignment",
    "open_assignment_of_units",
    "open_incidents_since",
    "phase_of",
    "sent_by",
    "stamps",
    "steps",
]
