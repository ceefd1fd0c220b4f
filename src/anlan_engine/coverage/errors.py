"""What coverage refuses."""

from typing import ClassVar

from anlan_engine.errors import EngineError


class CoverageError(EngineError):
    """A question about posts that has no answer, or makes no sense."""

    TEXTS: ClassVar[dict[str, str]] = {
        "NO_SITES": "There is no site to choose from.",
        "NO_DEMAND": "There is no demand to serve: no place, or all weights are zero.",
        "WRONG_SHAPE": "{name} has the shape {shape}; needed is {needed}.",
        "INVALID_TIME": "Travel time {value} s at row {row}, column {column}: no time is negative.",
        "INVALID_WEIGHT": "Weight {value} of demand {index} is not a number of at least 0.",
        "INVALID_SETTING": "{name} is {value}; needed is {needed}.",
        "NO_SUCH_SITE": "Site {site} does not exist: there are {sites}.",
        "FIXED_AND_FORBIDDEN": "Site {site} is both fixed and forbidden.",
        "TOO_FEW_UNITS": "{fixed} fixed posts cannot be held by {units}.",
        "TOO_MANY_UNITS": "{units} do not fit into the {room} places of the allowed sites.",
        "TOO_LARGE": "{pairs} pairs of site and demand; at most {most} are handled.",
        "OCCUPIED_BEYOND_ROOM": "Post {post} holds {units} units and has room for {room}.",
        "NOT_ENOUGH_PLACES": "{units} units and {places} places: each unit needs one.",
        "NO_MATCHING": "No assignment reaches every unit's place: some cannot be driven to.",
    }
