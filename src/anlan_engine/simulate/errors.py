"""What the simulation refuses."""

from typing import ClassVar

from anlan_engine.errors import EngineError


class SimulationError(EngineError):
    """A simulation that cannot be run."""

    TEXTS: ClassVar[dict[str, str]] = {
        "NO_UNITS": "There is no unit to send.",
        "NO_STATIONS": "There is no station.",
        "WRONG_SHAPE": "{field} must have shape {expected}, not {got}.",
        "OUT_OF_RANGE": "{field} must lie between {low} and {high}; row {index} is {value}.",
        "NOT_A_TIME": "{field} must be seconds from 0 (or infinity where a way may not exist); "
        "row {index} is {value}.",
        "LAYERS_DISAGREE": "A way from place {origin} to place {goal} exists at some hours only.",
        "NO_HORIZON": "There is nothing to simulate: {field} is {value}.",
        "MOST_URGENT_GUARDED": "Calls of priority 0 always get the soonest unit.",
        "NOT_MORE_URGENT": "A call of priority {priority} cannot take a unit from priority {left}.",
        "NO_DEMAND": "Move-up and the guard need the expected demand and the time within reach.",
        "ANOTHER_GROUND": "{field} speaks of {got}, but the travel times of {expected}.",
        "NO_KINDS": "There is no kind of call with a share above 0.",
        "OTHER_PRIORITIES": "{name} has {got} priorities, not {expected}.",
        "RAY_ABSENT": "Ray is not installed: install anlan with the extra 'ray'.",
    }
