"""What a cordon cannot be asked for."""

from typing import ClassVar

from anlan_engine.errors import EngineError


class CordonError(EngineError):
    """A cordon that cannot be drawn."""

    TEXTS: ClassVar[dict[str, str]] = {
        "NO_STREETS": "The network is empty: there is nothing to hold.",
        "BAD_NETWORK": "The network's {what} does not fit: {reason}.",
        "BAD_ZONE": "The zone cannot be used: {reason}.",
        "BAD_LIMIT": "The limit must be a positive number of metres, not {metres}.",
        "BAD_COST": "The cost {cost} of {kind} {row} is neither 0 to {most} nor CANNOT_HOLD.",
        "NOTHING_INSIDE": "No street runs through the zone.",
        "NOTHING_OUTSIDE": "No junction lies more than {within_m} m from the zone.",
        "CANNOT_HOLD": "A way leads out over points that cannot be held, such as {kind} {row}.",
        "BAD_TIMES": "Travel times must be a table of {rows} units by {columns} points, >= 0.",
        "BAD_NEED": "Point {row} needs {units} units; 0 to {most} can be planned.",
        "FEW_GATES": "{gates} gates; at least 2 and at most {most} can be compared.",
    }
