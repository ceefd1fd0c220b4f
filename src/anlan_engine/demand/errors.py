"""What the demand model refuses."""

from typing import ClassVar

from anlan_engine.errors import EngineError


class DemandError(EngineError):
    """Counts or rates that no demand can be told from."""

    TEXTS: ClassVar[dict[str, str]] = {
        "WRONG_SHAPE": "{field} must have shape {expected}, not {got}.",
        "NOT_A_RATE": "{field} must be finite and not negative; row {index} is {value}.",
        "NO_HORIZON": "There is no time to draw calls for: {hours} hours.",
        "TOO_SHORT": "{hours} hours are too few to tell an hour of the week from another; "
        "at least {least} are needed.",
        "NO_CALLS": "There is not one call in the counts.",
        "NO_AREAS": "There is no area.",
    }
