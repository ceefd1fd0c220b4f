"""What is taken from an OpenStreetMap extract, as plain rows."""

from dataclasses import dataclass, field
from typing import NamedTuple

from shapely import Geometry

from anlan_engine.city.making.map_tags import Names
from anlan_engine.city.making.streets import Streets

Property = str | int | float


class Site(NamedTuple):
    """A place people know and units go to.

    Attributes
    ----------
    kind : str
        One of :data:`anlan_engine.city.making.map_tags.SITE_KINDS`.
    names : Names
    lon, lat : float
        Degrees; for an area a point inside it.
    address : str
        Street and house number; empty where not mapped.
    """

    kind: str
    names: Names
    lon: float
    lat: float
    address: str


class Place(NamedTuple):
    """A named part of the city: `kind` is the value of its `place` tag."""

    kind: str
    names: Names
    lon: float
    lat: float


class Address(NamedTuple):
    """A house number on a street."""

    street: str
    number: str
    lon: float
    lat: float


class Boundary(NamedTuple):
    """An administrative area whose whole border is in the extract."""

    level: int
    names: Names
    area: Geometry


class MapFeature(NamedTuple):
    """Something drawn: the layer, its shape in degrees, from which zoom on, and what is told."""

    layer: str
    shape: Geometry
    zoom: int
    properties: dict[str, Property]


@dataclass(slots=True)
class Extract(Streets):
    """Everything the pack is made of, in the order of the source; see `Streets` for the streets.

    Attributes
    ----------
    box : (float, float, float, float) or None
        West, south, east, north as the source states them.
    """

    box: tuple[float, float, float, float] | None = None
    sites: list[Site] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    boundaries: list[Boundary] = field(default_factory=list)
    coastlines: list[Geometry] = field(default_factory=list)
    features: list[MapFeature] = field(default_factory=list)
