"""An open city pack."""

import json
from collections.abc import Mapping
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from anlan_engine.city.pack import Pack
from anlan_engine.city.search import Found, NameIndex
from anlan_engine.city.sites import Sites
from anlan_engine.city.texts import Texts
from anlan_engine.city.tiles import TileArchive
from anlan_engine.hierarchy import Hierarchy, Metric
from anlan_engine.roads import NO_NAME, RoadGraph
from anlan_engine.roads.snapping import NO_SEGMENT, snap
from anlan_engine.routing import RoadTimes

METRIC_ARRAYS = ("weights", "up", "down")
"""What is stored of the costs of free roads: see :class:`anlan_engine.hierarchy.Metric`."""

STREET_REACH_M = 250.0
"""A position further than this from every street has no address."""


class StreetName(NamedTuple):
    """A street's name; `zh` and `en` are empty where not mapped."""

    local: str
    zh: str
    en: str


def open_city(path: Path) -> "City":
    """Open a city pack: map it into memory, check its header, table and size.

    Raises
    ------
    CityError
        PACK_MISSING, PACK_EMPTY, PACK_FOREIGN, PACK_NEWER, PACK_OLDER, PACK_TRUNCATED or
        PACK_DAMAGED.
    """
    return City(Pack(path))


class City:
    """Everything known about a city. Nothing is loaded before it is used; safe for many threads.

    Attributes
    ----------
    checksum : str
        SHA-256 that stands for the whole pack, hexadecimal.
    meta : mapping
        `name`, `bounds` (west, south, east, north), `centre` (lon, lat), `zooms` (least, most),
        `attribution`, `source_sha256`, `streets_kept_share`, `counts`.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self.checksum = pack.checksum
        self.meta: Mapping[str, Any] = self._json("meta")
        self._tiles = TileArchive(pack.array("tiles"))

    @cached_property
    def graph(self) -> RoadGraph:
        """The road network."""
        return RoadGraph(**{f.name: self._pack.array(f"graph.{f.name}") for f in fields(RoadGraph)})

    @cached_property
    def road_times(self) -> RoadTimes:
        """Travel times on the free road network, with the hierarchy that is stored in the pack."""
        arrays = self._pack.arrays("hierarchy")
        hierarchy = Hierarchy(**{f.name: arrays[f.name] for f in fields(Hierarchy)})
        costs = (self._pack.array(f"metric.{name}") for name in METRIC_ARRAYS)
        return RoadTimes(self.graph, Metric(hierarchy, *costs))

    @cached_property
    def places(self) -> NameIndex:
        """Places, streets, sites and addresses by name."""
        return NameIndex(self._pack.arrays("search"))

    @cached_property
    def sites(self) -> Sites:
        """Stations, hospitals, schools, shops."""
        return Sites(self._pack.arrays("sites"))

    @cached_property
    def boundaries(self) -> Mapping[str, Any]:
        """Administrative areas: a GeoJSON feature collection with `level` and names."""
        return self._json("boundaries")

    @cached_property
    def street_names(self) -> tuple[Texts, Texts, Texts]:
        """Local, Chinese and English names by :attr:`RoadGraph.segment_name`."""
        arrays = self._pack.arrays("streets")
        local, zh, en = (
            Texts(arrays[f"{language}.letters"], arrays[f"{language}.first"])
            for language in ("local", "zh", "en")
        )
        return local, zh, en

    def search(self, query: str, limit: int = 10) -> list[Found]:
        """Find places, streets, sites and addresses: see :meth:`NameIndex.search`."""
        return self.places.search(query, limit)

    def address_at(self, lon: float, lat: float) -> str:
        """Name a position: the nearest house number within 50 m, else the nearest street.

        Empty where the nearest street has no name or is further than `STREET_REACH_M`.
        """
        address = self.places.address_at(lon, lat)
        if address:
            return address
        street = self.street_name_at(lon, lat)
        return street.local if street else ""

    def street_name_at(self, lon: float, lat: float) -> StreetName | None:
        """Name the nearest street; None where it has no name or is too far away."""
        segment = snap(self.graph, np.array([[lon, lat]]), STREET_REACH_M).segment[0]
        row = NO_NAME if segment == NO_SEGMENT else int(self.graph.segment_name[segment])
        if row == NO_NAME:
            return None
        local, zh, en = self.street_names
        return StreetName(local[row], zh[row], en[row])

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Give a vector tile: gzipped Mapbox vector tile, or None where there is none."""
        return self._tiles.tile(z, x, y)

    def verify(self) -> None:
        """Check every byte; CityError PACK_DAMAGED names the first damaged section."""
        self._pack.verify()

    def _json(self, section: str) -> Mapping[str, Any]:
        content: Mapping[str, Any] = json.loads(self._pack.array(section).tobytes())
        return content
