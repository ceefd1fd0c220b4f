"""What the hierarchy refuses."""

from typing import ClassVar

from anlan_engine.errors import EngineError


class HierarchyError(EngineError):
    """Arrays or questions that the hierarchy cannot take."""

    TEXTS: ClassVar[dict[str, str]] = {
        "ARRAYS_DISAGREE": "{name} has {length} entries instead of {wanted}.",
        "INVALID_HEAD": "Arc {arc} leads to {head}, which is no vertex of {vertices}.",
        "INVALID_FIRST": "The rows of arcs do not begin at 0, rise and end at {arcs}.",
        "INVALID_COORDINATES": "Vertex {vertex} has no finite coordinates.",
        "INVALID_TWINS": "The twin of vertex {vertex} is not its twin in turn.",
        "INVALID_WEIGHT": "Weight {weight} of entry {arc} is not between 0 and {far}.",
        "INVALID_ARC": "There is no arc {arc} among {arcs}.",
        "INVALID_SEED": "Place {place} names vertex {vertex}, which is none of {vertices}.",
        "SEEDS_APART": "Place {place} names two vertices that are no twins: {vertex}, {other}.",
        "OTHER_METRIC": "The labels were made for another metric.",
        "WRONG_DIRECTION": "The labels lead {direction} their places.",
        "UNKNOWN_DTYPE": "Weights are int32 or int64, not {dtype}.",
    }
