"""What tags mean on the map and in the lists: layers, classes, kinds, heights, names.

Sources: the OpenStreetMap wiki pages *Map features*, *Simple 3D Buildings* (metres per level) and
*Multilingual names*.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from anlan_engine.city.kinds import SITE_KINDS

Tags = Mapping[str, str]

LEVEL_M = 3.0
"""Height of a storey where only storeys are mapped."""

HEIGHT_UNKNOWN_M = 8.0
"""Drawn where nothing is mapped: two storeys and a roof."""

HEIGHT_MAX_M = 1000.0

_METRES = re.compile(r"^(\d+(?:\.\d+)?)\s*(m|ft|')?$")
_LANGUAGE = re.compile(r"^name:([a-z]{2,3}(?:[-_][A-Za-z]+)?)$")

ROAD_CLASSES: Mapping[str, str] = {
    "motorway": "motorway",
    "trunk": "trunk",
    "primary": "primary",
    "secondary": "secondary",
    "tertiary": "tertiary",
    "unclassified": "street",
    "residential": "street",
    "living_street": "street",
    "road": "street",
    "service": "service",
    "busway": "service",
    "track": "path",
    "pedestrian": "pedestrian",
    "footway": "path",
    "cycleway": "path",
    "path": "path",
    "steps": "path",
    "bridleway": "path",
}
RAIL_CLASSES: Mapping[str, str] = {
    "rail": "rail",
    "light_rail": "rail",
    "narrow_gauge": "rail",
    "tram": "tram",
}
WATERWAYS = frozenset({"river", "canal", "stream", "ditch", "drain"})

WATER: Mapping[str, frozenset[str]] = {
    "natural": frozenset({"water", "bay", "strait"}),
    "waterway": frozenset({"riverbank", "dock", "basin"}),
    "landuse": frozenset({"reservoir", "basin"}),
    "leisure": frozenset({"swimming_pool"}),
}
GREEN: Mapping[str, Mapping[str, str]] = {
    "leisure": {
        "park": "park",
        "garden": "park",
        "playground": "park",
        "dog_park": "park",
        "golf_course": "park",
        "nature_reserve": "park",
        "pitch": "pitch",
    },
    "landuse": {
        "grass": "grass",
        "meadow": "grass",
        "village_green": "grass",
        "recreation_ground": "park",
        "cemetery": "park",
        "allotments": "park",
        "orchard": "wood",
        "vineyard": "wood",
        "forest": "wood",
    },
    "natural": {"wood": "wood", "scrub": "wood", "grassland": "grass", "heath": "grass"},
}

PLACE_RANKS: Mapping[str, int] = {
    "city": 1,
    "town": 2,
    "borough": 3,
    "suburb": 3,
    "village": 3,
    "quarter": 4,
    "island": 4,
    "neighbourhood": 5,
    "hamlet": 5,
    "islet": 6,
    "square": 6,
    "locality": 6,
    "isolated_dwelling": 7,
}

_SITE_VALUES: Mapping[str, Mapping[str, str]] = {
    "amenity": {
        "fire_station": "FIRE_STATION",
        "police": "POLICE_STATION",
        "hospital": "HOSPITAL",
        "clinic": "CLINIC",
        "doctors": "CLINIC",
        "pharmacy": "PHARMACY",
        "school": "SCHOOL",
        "kindergarten": "KINDERGARTEN",
        "childcare": "KINDERGARTEN",
        "university": "UNIVERSITY",
        "college": "UNIVERSITY",
        "townhall": "PUBLIC_OFFICE",
        "courthouse": "PUBLIC_OFFICE",
        "post_office": "PUBLIC_OFFICE",
        "social_facility": "SOCIAL_SERVICE",
        "nursing_home": "SOCIAL_SERVICE",
        "community_centre": "SOCIAL_SERVICE",
        "library": "CULTURE",
        "theatre": "CULTURE",
        "cinema": "CULTURE",
        "arts_centre": "CULTURE",
        "bus_station": "TRANSPORT",
        "ferry_terminal": "TRANSPORT",
        "fuel": "FUEL",
        "marketplace": "MARKET",
        "restaurant": "FOOD",
        "cafe": "FOOD",
        "bar": "FOOD",
        "pub": "FOOD",
        "fast_food": "FOOD",
        "nightclub": "FOOD",
        "bank": "BANK",
    },
    "emergency": {"ambulance_station": "AMBULANCE_STATION"},
    "healthcare": {"hospital": "HOSPITAL", "clinic": "CLINIC", "doctor": "CLINIC"},
    "railway": {"station": "TRANSPORT", "halt": "TRANSPORT"},
    "public_transport": {"station": "TRANSPORT"},
    "tourism": {
        "hotel": "HOTEL",
        "hostel": "HOTEL",
        "museum": "CULTURE",
        "gallery": "CULTURE",
    },
    "leisure": {"sports_centre": "SPORTS", "stadium": "SPORTS", "ice_rink": "SPORTS"},
}
_KEPT_UNNAMED = frozenset(SITE_KINDS[:9])
"""Stations, hospitals and schools matter even where nobody mapped a name."""


class Names(NamedTuple):
    """What a thing is called.

    Attributes
    ----------
    local : str
        The name on its sign; empty where it has none.
    zh, en : str
        Empty where not mapped.
    others : tuple of str
        Further names and names in further languages, without repetition.
    """

    local: str
    zh: str
    en: str
    others: tuple[str, ...]

    def every(self) -> tuple[str, ...]:
        """All of them, once each, the local one first."""
        return tuple(dict.fromkeys(name for name in (*self[:3], *self.others) if name))


def names_of(tags: Tags) -> Names:
    """Read the names of a tagged thing."""
    local = tags.get("name", "").strip()
    others: dict[str, None] = {}
    for key, value in sorted(tags.items()):
        if key in {"alt_name", "short_name", "official_name", "loc_name"} or _LANGUAGE.match(key):
            others |= dict.fromkeys(part.strip() for part in value.split(";"))
    # Which script `name:zh` is written in is not said: the screens are in simplified characters.
    zh = tags.get("name:zh-Hans") or tags.get("name:zh") or tags.get("name:zh-Hant") or ""
    en = tags.get("name:en", "")
    for known in ("", local, zh, en):
        others.pop(known, None)
    return Names(local, zh.strip(), en.strip(), tuple(others))


def road_class(tags: Tags) -> str | None:
    """The class under which a way is drawn; None where it is no road, path or rail."""
    kind = tags.get("highway", "").removesuffix("_link")
    return ROAD_CLASSES.get(kind) or RAIL_CLASSES.get(tags.get("railway", ""))


def area_layer(tags: Tags) -> tuple[str, str] | None:
    """The layer and the class of an area on the map; None where it is not drawn."""
    if tags.get("building", "no") != "no":
        return "buildings", "building"
    if any(tags.get(key) in values for key, values in WATER.items()):
        return "water", "water"
    for key, classes in GREEN.items():
        if found := classes.get(tags.get(key, "")):
            return "green", found
    return None


def site_kind(tags: Tags) -> str | None:
    """The kind of a site, one of `SITE_KINDS`; None for what is not listed."""
    kind = None
    for key, values in _SITE_VALUES.items():
        kind = kind or values.get(tags.get(key, ""))
    if kind is None and tags.get("shop", "no") not in {"no", "vacant"}:
        kind = "SHOP"
    return kind if kind in _KEPT_UNNAMED or tags.get("name") else None


def building_height_m(tags: Tags) -> float:
    """Height of a building above the ground, in metres, from its height or its storeys."""
    height = _metres(tags.get("height", "")) or _metres(tags.get("building:height", ""))
    if height is None:
        storeys = _metres(tags.get("building:levels", ""))
        roof = _metres(tags.get("roof:levels", "")) or 0.0
        height = (storeys + roof) * LEVEL_M if storeys else HEIGHT_UNKNOWN_M
    return round(min(height, HEIGHT_MAX_M), 1)


def _metres(text: str) -> float | None:
    """Read a length; None for nothing, zero or garbage."""
    match = _METRES.match(text.strip().lower().replace(",", "."))
    if match is None or float(match[1]) == 0:
        return None
    return float(match[1]) * (0.3048 if match[2] in {"ft", "'"} else 1.0)
