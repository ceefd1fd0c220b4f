"""What street tags mean for a vehicle of the emergency services.

Sources: the OpenStreetMap wiki pages *Key:access*, *Key:oneway*, *Key:maxspeed* and *Speed limits*
for the meaning of tags; the class speeds and the share of a limit that is really driven follow the
car profile of OSRM (`speed_reduction` 0.8).
"""

import re
from collections.abc import Mapping
from functools import lru_cache

Tags = Mapping[str, str]

CLASS_KMH: Mapping[str, float] = {
    "motorway": 90,
    "motorway_link": 45,
    "trunk": 75,
    "trunk_link": 40,
    "primary": 50,
    "primary_link": 30,
    "secondary": 45,
    "secondary_link": 25,
    "tertiary": 35,
    "tertiary_link": 20,
    "unclassified": 25,
    "residential": 25,
    "living_street": 10,
    "pedestrian": 10,
    "service": 15,
    "road": 25,
}
"""Mean speed driven where no limit is posted."""

EMERGENCY_KMH = 10.0
"""Speed on paths that only emergency vehicles may use."""

LIMIT_SHARE = 0.8
"""Mean speed driven as a share of the posted limit."""

SLOWEST_KMH, FASTEST_KMH = 5.0, 130.0

KMH_PER_UNIT: Mapping[str, float] = {
    "": 1.0,
    "km/h": 1.0,
    "kmh": 1.0,
    "kph": 1.0,
    "mph": 1.609344,
    "knots": 1.852,
}

IMPLIED_KMH: Mapping[str, float] = {
    "walk": 7,
    "none": 130,
    "living_street": 10,
    "bicycle_road": 30,
    "urban": 50,
    "rural": 80,
    "trunk": 100,
    "motorway": 120,
    "nsl_restricted": 30 * 1.609344,
    "nsl_single": 60 * 1.609344,
    "nsl_dual": 70 * 1.609344,
}
"""Limits that are given by a word, or by a word after a country code (`FI:urban`)."""

COUNTRY_KMH: Mapping[str, float] = {
    "ru:urban": 60,
    "ru:rural": 90,
    "ru:motorway": 110,
    "fr:motorway": 130,
    "it:motorway": 130,
    "pt:rural": 90,
    "es:rural": 90,
    "cn:rural": 70,
    "br:urban": 60,
}
"""Where a country's rule differs from the word's usual meaning."""

_NUMBER = re.compile(r"^(\d+(?:\.\d+)?)\s*([a-z/]*)$")
_ZONE = re.compile(r"^(?:zone:?)?(\d+)$")

GATED = frozenset({"private", "agricultural", "forestry"})
SHUT = GATED | {"no"}
OPEN = frozenset({"yes", "designated", "official", "permissive", "destination"})

MOTOR_KEYS = ("motorcar", "motor_vehicle", "psv", "bus", "taxi", "goods")
"""Vehicles that need as much room as ours."""

LIMIT_KEYS = ("maxspeed", "maxspeed:type", "source:maxspeed", "zone:maxspeed")

SPEED_KEYS = (
    *("highway", "area", "emergency", "access", "vehicle", "junction"),
    *("oneway", "oneway:emergency", "oneway:motor_vehicle"),
    *("maxspeed:forward", "maxspeed:backward", *LIMIT_KEYS, *MOTOR_KEYS),
)
"""Everything that speeds are told by."""

SOLID_BARRIERS = frozenset(
    {"block", "bollard", "chain", "cycle_barrier", "debris", "fence", "jersey_barrier"}
    | {"log", "planter", "stile", "turnstile", "wall"}
)


def speeds(tags: Tags) -> tuple[float, float]:
    """Tell how fast a way is driven along and against its node order, in km/h.

    Returns
    -------
    (float, float)
        0 where that direction (or the whole way) is closed to emergency vehicles.
    """
    return _speeds(tuple(map(tags.get, SPEED_KEYS)))


@lru_cache(maxsize=1 << 14)
def _speeds(values: tuple[str | None, ...]) -> tuple[float, float]:
    """Tell the speeds by the values of `SPEED_KEYS`: the ways of a city share few of them."""
    pairs = zip(SPEED_KEYS, values, strict=True)
    tags = {key: value for key, value in pairs if value is not None}
    kind = tags.get("highway", "")
    if tags.get("area") == "yes" or not _may_enter(tags, kind):
        return 0.0, 0.0
    forward_open, backward_open = _directions(tags, kind)
    return (
        _kmh(tags, kind, "maxspeed:forward") if forward_open else 0.0,
        _kmh(tags, kind, "maxspeed:backward") if backward_open else 0.0,
    )


def _may_enter(tags: Tags, kind: str) -> bool:
    """Whether emergency vehicles drive here: a ban on traffic does not bind them, a gate does.

    They use bus lanes and pedestrian streets, but nothing private or closed to all, and no footway
    unless it is meant for them or for motor vehicles.
    """
    own = tags.get("emergency")
    if own in SHUT | OPEN:
        return own in OPEN
    let_in = any(tags.get(key) in OPEN for key in MOTOR_KEYS)
    gated = any(tags.get(key) in GATED for key in ("motor_vehicle", "vehicle"))
    if gated or tags.get("access") in SHUT:
        return let_in
    return kind in CLASS_KMH or let_in


def _directions(tags: Tags, kind: str) -> tuple[bool, bool]:
    """Which directions may be driven: (along, against) the node order."""
    value = tags.get("oneway:emergency", tags.get("oneway:motor_vehicle", tags.get("oneway")))
    if value in {"yes", "1", "true"}:
        return True, False
    if value in {"-1", "reverse"}:
        return False, True
    if value is None and (
        tags.get("junction") in {"roundabout", "circular"} or kind in {"motorway", "motorway_link"}
    ):
        return True, False
    return True, True


def _kmh(tags: Tags, kind: str, own_key: str) -> float:
    """Speed driven in one direction."""
    for key in (own_key, *LIMIT_KEYS):
        limit = limit_kmh(tags[key]) if key in tags else None
        if limit is not None:
            return min(max(limit * LIMIT_SHARE, SLOWEST_KMH), FASTEST_KMH)
    return float(CLASS_KMH.get(kind, EMERGENCY_KMH))


@lru_cache(maxsize=1024)
def limit_kmh(text: str) -> float | None:
    """Read a speed limit: `50`, `30 mph`, `FI:urban`, `DE:zone:30`, `none`, `walk`.

    Returns
    -------
    float or None
        km/h; None for what is no limit (`signals`, `variable`, garbage, 0).
    """
    word = text.split(";")[0].strip().lower()
    if number := _NUMBER.match(word):
        unit = KMH_PER_UNIT.get(number[2])
        return float(number[1]) * unit if unit and float(number[1]) > 0 else None
    if word in COUNTRY_KMH:
        return COUNTRY_KMH[word]
    rule = word.split(":", 1)[-1]
    if zone := _ZONE.match(rule):
        return float(zone[1])
    return IMPLIED_KMH.get(rule)


def is_solid_barrier(tags: Tags) -> bool:
    """Whether a node on a way stops vehicles."""
    return tags.get("barrier") in SOLID_BARRIERS and not any(
        tags.get(key) in OPEN for key in ("emergency", "motor_vehicle", "vehicle", "access")
    )
