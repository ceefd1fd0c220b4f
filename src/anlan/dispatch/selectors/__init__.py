"""Reads of dispatch."""

from anlan.dispatch.selectors.clock_figures import ClockFigures, clock_figures, received_by
from anlan.dispatch.selectors.clock_samples import Selection
from anlan.dispatch.selectors.counts import (
    KindCount,
    SquareCount,
    counts_by_kind,
    counts_by_square,
    dispatched_count,
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
    "ClockFigures",
    "KindCount",
    "Selection",
    "SquareCount",
    "assignment_shape",
    "assignments",
    "clock_figures",
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
    "received_by",
    "sent_by",
    "steps",
]
