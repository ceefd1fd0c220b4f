"""Reads of dispatch."""

from anlan.dispatch.selectors.attachments import attachment, attachments
from anlan.dispatch.selectors.clock_figures import ClockFigures, clock_figures, received_by
from anlan.dispatch.selectors.clock_samples import Selection
from anlan.dispatch.selectors.counts import (
    KindCount,
    SquareCount,
    counts_by_area,
    counts_by_kind,
    counts_by_square,
    dispatched_count,
)
from anlan.dispatch.selectors.incidents import (
    NearIncident,
    asked_about,
    assignment,
    assignments,
    children,
    followers_of,
    incident,
    incidents,
    leading,
    open_assignment,
    open_assignment_of_units,
    open_incidents_near,
    sent_by,
    steps,
    waiting_incidents,
)
from anlan.dispatch.selectors.shapes import (
    assignment_shape,
    incident_shape,
    link_shape,
    offered_moves,
)
from anlan.dispatch.selectors.ways import Way, way_to_incident
from anlan.dispatch.transitions import phase_of

__all__ = [
    "ClockFigures",
    "KindCount",
    "NearIncident",
    "Selection",
    "SquareCount",
    "Way",
    "asked_about",
    "assignment",
    "assignment_shape",
    "assignments",
    "attachment",
    "attachments",
    "children",
    "clock_figures",
    "counts_by_area",
    "counts_by_kind",
    "counts_by_square",
    "dispatched_count",
    "followers_of",
    "incident",
    "incident_shape",
    "incidents",
    "leading",
    "link_shape",
    "offered_moves",
    "open_assignment",
    "open_assignment_of_units",
    "open_incidents_near",
    "phase_of",
    "received_by",
    "sent_by",
    "steps",
    "waiting_incidents",
    "way_to_incident",
]
