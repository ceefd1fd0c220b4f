"""What patrol planning refuses."""

from typing import ClassVar

from anlan_engine.errors import EngineError


class PatrolError(EngineError):
    """A question about patrols that makes no sense, as opposed to one that has no plan."""

    TEXTS: ClassVar[dict[str, str]] = {
        "BAD_MATRIX": "Travel times must be a square matrix of places; this one is {shape}.",
        "BAD_TRAVEL_TIME": "Travel time from place {origin} to {destination} is {travel_s} s.",
        "NO_UNITS": "There is no unit to plan for.",
        "NO_DAYS": "A plan over {days} days cannot be made.",
        "SAME_ID_TWICE": "{kind} {id} stands twice in the question.",
        "NO_SUCH_PLACE": "{kind} {id} is at place {place}; there are {places} places.",
        "NO_WAY_TO_VISIT": "Visit {id} has no place at all.",
        "BAD_TIME": "{kind} {id} has the impossible time {time_s} s.",
        "BAD_WINDOW": "{kind} {id} has a window from {start_s} s to {end_s} s.",
        "BAD_VALUE": "Visit {id} has the value {value}; a value is finite and not negative.",
        "BAD_REPETITION": "Visit {id} is wanted {times} times, {spacing_days} days apart.",
        "BAD_WEIGHT": "Weight {name} is {weight}; a weight is finite and not negative.",
        "BAD_LIMIT": "A limit of {limit} cannot be kept.",
        "NOT_FOR_PYVRP": "PyVRP cannot plan {what}.",
        "TOO_LARGE": "{count} {kind}; at most {most} are planned at once.",
    }
