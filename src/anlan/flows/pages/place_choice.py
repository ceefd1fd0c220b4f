"""Where it is, on a page that works without a map and without a script.

The place is a choice among places that were found by name, or the visitor's own position. A choice
carries its position in its value, so the server keeps nothing between two steps of a form.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from anlan.kernel.errors import UnavailableError
from anlan.places.city_pack import city
from anlan.places.place_names import find_places

CHOICES_LIMIT = 6
LABEL_LIMIT_CHARACTERS = 200
VALUE = re.compile(r"(-?\d{1,3}(?:\.\d{1,8})?),(-?\d{1,2}(?:\.\d{1,8})?),(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place that may be chosen; without a name it is the visitor's own position."""

    lon: float
    lat: float
    name: str
    detail: str = ""

    @property
    def value(self) -> str:
        """Return what a form sends for this choice."""
        return f"{self.lon:.6f},{self.lat:.6f},{self.place_text}"

    @property
    def place_text(self) -> str:
        """Return the place in words."""
        words = f"{self.name} ({self.detail})" if self.detail else self.name
        return words[:LABEL_LIMIT_CHARACTERS]


def chosen_place(value: str) -> PlaceChoice | None:
    """Return the choice that a form sent; None where it is none."""
    sent = VALUE.fullmatch(value)
    if sent is None:
        return None
    lon, lat = float(sent[1]), float(sent[2])
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        return None
    return PlaceChoice(lon, lat, sent[3].strip()[:LABEL_LIMIT_CHARACTERS] or _address(lon, lat))


def _address(lon: float, lat: float) -> str:
    try:
        return city().address_at(lon, lat)
    except UnavailableError:
        return ""


def places_named(address: str, chosen: PlaceChoice | None) -> Sequence[PlaceChoice]:
    """Return what may be chosen: what was chosen before, then places of this name, best first.

    Raises `CityMissingError` when there are no names to search.
    """
    before = [chosen] if chosen else []
    if not address:
        return before
    hits = find_places(address, limit=CHOICES_LIMIT)
    found = [PlaceChoice(hit.lon, hit.lat, hit.name, hit.detail) for hit in hits]
    kept = {choice.value for choice in before}
    return before + [choice for choice in found if choice.value not in kept]
