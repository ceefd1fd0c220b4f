"""The elements of a CAP 1.2 alert in their order, with what each may hold.

Source: OASIS Common Alerting Protocol Version 1.2, sections 3.2 and 3.4.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SIGNATURES = "http://www.w3.org/2000/09/xmldsig#"
MANY = 1_000
STATUSES = ("Actual", "Exercise", "System", "Test", "Draft")
MESSAGE_TYPES = ("Alert", "Update", "Cancel", "Ack", "Error")
SCOPES = ("Public", "Restricted", "Private")
CATEGORIES = (
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra",
    "CBRNE", "Other",
)  # fmt: skip
RESPONSES = (
    "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None",
)  # fmt: skip
URGENCIES = ("Immediate", "Expected", "Future", "Past", "Unknown")
SEVERITIES = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")
CERTAINTIES = ("Observed", "Likely", "Possible", "Unlikely", "Unknown")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
_WHOLE = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One element: how often it may stand, and the name of the rule that its text must keep."""

    name: str
    least: int = 0
    most: int = 1
    rule: str = ""
    keeps: Callable[[str], bool] | None = None
    parts: "tuple[Part, ...]" = ()


def _one_of(name: str, values: tuple[str, ...], least: int = 0, most: int = 1) -> Part:
    return Part(name, least, most, "listed_value", frozenset(values).__contains__)


def _time(name: str, least: int = 0) -> Part:
    return Part(name, least, 1, "time_with_offset", lambda text: bool(_TIME.fullmatch(text)))


def _number(name: str, form: re.Pattern[str]) -> Part:
    return Part(name, 0, 1, "number", lambda text: bool(form.fullmatch(text.strip())))


def _pair(text: str) -> bool:
    latitude, _, longitude = text.partition(",")
    if not (_DECIMAL.fullmatch(latitude) and _DECIMAL.fullmatch(longitude)):
        return False
    return -90 <= float(latitude) <= 90 and -180 <= float(longitude) <= 180


def is_polygon(text: str) -> bool:
    """Return whether a text is a closed ring of at least four `latitude,longitude` pairs."""
    pairs = text.split()
    return len(pairs) >= 4 and all(map(_pair, pairs)) and pairs[0] == pairs[-1]


def is_circle(text: str) -> bool:
    """Return whether a text is a `latitude,longitude` pair and a radius in kilometres."""
    centre, _, radius = text.strip().partition(" ")
    return _pair(centre) and bool(_DECIMAL.fullmatch(radius.strip())) and float(radius) >= 0


def is_name(text: str) -> bool:
    """Return whether a text may stand in a list of references: no space, comma, < or &."""
    return bool(text.strip()) and not set(text.strip()) & set(" ,<&")


_VALUED = (Part("valueName", 1), Part("value", 1))
_RESOURCE = (
    Part("resourceDesc", 1), Part("mimeType", 1), _number("size", _WHOLE), Part("uri"),
    Part("derefUri"), Part("digest"),
)  # fmt: skip
_AREA = (
    Part("areaDesc", 1),
    Part("polygon", 0, MANY, "closed_ring", is_polygon),
    Part("circle", 0, MANY, "point_and_radius", is_circle),
    Part("geocode", 0, MANY, parts=_VALUED),
    _number("altitude", _DECIMAL),
    _number("ceiling", _DECIMAL),
)
_INFO = (
    Part("language"),
    _one_of("category", CATEGORIES, 1, MANY),
    Part("event", 1),
    _one_of("responseType", RESPONSES, 0, MANY),
    _one_of("urgency", URGENCIES, 1),
    _one_of("severity", SEVERITIES, 1),
    _one_of("certainty", CERTAINTIES, 1),
    Part("audience"),
    Part("eventCode", 0, MANY, parts=_VALUED),
    _time("effective"),
    _time("onset"),
    _time("expires"),
    Part("senderName"),
    Part("headline"),
    Part("description"),
    Part("instruction"),
    Part("web"),
    Part("contact"),
    Part("parameter", 0, MANY, parts=_VALUED),
    Part("resource", 0, MANY, parts=_RESOURCE),
    Part("area", 0, MANY, parts=_AREA),
)
ALERT = Part(
    "alert",
    1,
    parts=(
        Part("identifier", 1, 1, "plain_name", is_name),
        Part("sender", 1, 1, "plain_name", is_name),
        _time("sent", 1),
        _one_of("status", STATUSES, 1),
        _one_of("msgType", MESSAGE_TYPES, 1),
        Part("source"),
        _one_of("scope", SCOPES, 1),
        Part("restriction"),
        Part("addresses"),
        Part("code", 0, MANY),
        Part("note"),
        Part("references"),
        Part("incidents"),
        Part("info", 0, MANY, parts=_INFO),
    ),
)
LISTS: Mapping[str, tuple[str, ...]] = {
    "status": STATUSES,
    "category": CATEGORIES,
    "response": RESPONSES,
    "urgency": URGENCIES,
    "severity": SEVERITIES,
    "certainty": CERTAINTIES,
}
