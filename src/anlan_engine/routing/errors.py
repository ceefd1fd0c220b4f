"""What routing refuses."""

from typing import ClassVar

from anlan_engine.errors import EngineError


class RoutingError(EngineError):
    """A question about travel times that has no answer."""

    TEXTS: ClassVar[dict[str, str]] = {
        "NO_STREETS": "The road graph is empty: there is nothing to travel on.",
        "INVALID_POSITION": "Position {index} is not a longitude and latitude: {lon}, {lat}.",
        "OFF_NETWORK": "No street within {reach_m} m of {lon}, {lat}.",
        "NO_WAY": "No route from {lon1}, {lat1} to {lon2}, {lat2}.",
        "INVALID_LIMIT": "{limit_s} seconds are no limit: it is a number above 0.",
        "INVALID_SHAPE": "This closes nothing: {reason}.",
        "INVALID_SPEEDS": "These are no speeds: {reason}.",
        "NAIVE_TIME": "{at} names no time zone, so no instant.",
        "OTHER_GRAPH": "The conditions were made for another road graph.",
    }
