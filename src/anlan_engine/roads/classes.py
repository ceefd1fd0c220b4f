"""Classes of roads, as small numbers."""

ROAD_CLASSES = (
    "other",
    "motorway",
    "motorway_link",
    "trunk",
    "trunk_link",
    "primary",
    "primary_link",
    "secondary",
    "secondary_link",
    "tertiary",
    "tertiary_link",
    "unclassified",
    "residential",
    "living_street",
    "pedestrian",
    "service",
    "road",
)
"""Values of OpenStreetMap's `highway` tag; a class's code is its place here.

`other` stands for everything else that may be driven: tracks, and paths meant for emergency
vehicles. The order is part of the pack's format: new classes go to the end.
"""

_CODES = {name: code for code, name in enumerate(ROAD_CLASSES)}


def class_code(highway: str) -> int:
    """Give the code of a `highway` value; that of `other` where it is not listed."""
    return _CODES.get(highway, 0)
