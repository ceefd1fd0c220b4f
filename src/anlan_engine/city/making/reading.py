"""Read an OpenStreetMap extract (.osm.pbf): first the streets, then borders, then all else."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import osmium
import shapely
from osmium.osm import RELATION, Area, Node, Relation, Way

from anlan_engine.city.errors import CityError
from anlan_engine.city.making.extract import (
    Address,
    Boundary,
    Extract,
    MapFeature,
    Place,
    Property,
    Site,
)
from anlan_engine.city.making.map_tags import (
    PLACE_RANKS,
    WATERWAYS,
    Names,
    area_layer,
    building_height_m,
    names_of,
    road_class,
    site_kind,
)
from anlan_engine.city.making.street_tags import Tags, speeds
from anlan_engine.city.making.streets import Streets, read_streets
from anlan_engine.roads import DEGREE_UNITS

ZOOM_BY_ROAD = {
    "motorway": 8,
    "trunk": 8,
    "primary": 9,
    "secondary": 10,
    "tertiary": 11,
    "street": 12,
    "rail": 10,
    "tram": 13,
    "service": 13,
    "pedestrian": 13,
    "path": 14,
}
ZOOM_BY_LAYER = {"water": 8, "green": 10, "buildings": 13}
ZOOM_BY_RANK = {1: 8, 2: 9, 3: 11, 4: 12, 5: 13, 6: 14, 7: 14}
STATION_KINDS = frozenset({"FIRE_STATION", "POLICE_STATION", "AMBULANCE_STATION", "HOSPITAL"})

Point = tuple[float, float]
"""Longitude and latitude in degrees."""


def read_extract(source: Path) -> Extract:
    """Read everything a city pack needs from a file.

    Raises
    ------
    CityError
        SOURCE_MISSING, SOURCE_EMPTY, SOURCE_FOREIGN or SOURCE_DAMAGED. A file cut exactly between
        two blocks cannot be told from a smaller extract: the format has no end mark.
    """
    reader = _Reader(read_streets(source))
    try:
        reader.read(osmium.io.File(str(source), "pbf"))
    except (RuntimeError, OSError) as error:
        raise CityError(code="SOURCE_DAMAGED", file=source.name, reason=str(error)) from error
    return reader.extract


class _Reader:
    """Sorts objects into an `Extract` as they come by."""

    def __init__(self, streets: Streets) -> None:
        self.extract = Extract(
            **{part.name: getattr(streets, part.name) for part in fields(streets)}
        )
        self.border_level: dict[int, int] = {}
        self.wkb = osmium.geom.WKBFactory()

    def read(self, file: osmium.io.File) -> None:
        """Read the whole file."""
        for relation in osmium.FileProcessor(file, RELATION):
            if isinstance(relation, Relation):
                self.relation(relation)
        tagged = osmium.filter.EmptyTagFilter()
        tagged.enable_for(osmium.osm.NODE | osmium.osm.AREA)
        everything = osmium.FileProcessor(file).with_areas().with_filter(tagged)
        box = everything.header.box()
        if box.valid():
            low, high = box.bottom_left, box.top_right
            self.extract.box = (low.lon, low.lat, high.lon, high.lat)
        for thing in everything:
            match thing:
                case Node():
                    self.node(thing)
                case Way():
                    self.way(thing)
                case Area():
                    self.area(thing)

    def relation(self, relation: Relation) -> None:
        """Keep the levels of the borders that ways are part of."""
        tags = _tags(relation)
        if tags.get("boundary") == "administrative" and (level := _level(tags)):
            for member in relation.members:
                if member.type == "w":
                    known = self.border_level.get(member.ref, level)
                    self.border_level[member.ref] = min(known, level)

    def node(self, node: Node) -> None:
        """Keep places, sites and house numbers."""
        tags = _tags(node)
        lon, lat = node.location.lon, node.location.lat
        kind = tags.get("place", "")
        if kind in PLACE_RANKS and tags.get("name"):
            self.place(kind, names_of(tags), lon, lat)
        self.site_and_address(tags, lon, lat)

    def way(self, way: Way) -> None:
        """Keep what is drawn as a line."""
        tags = _tags(way)
        drawn = road_class(tags)
        level = self.border_level.get(way.id)
        river = tags.get("waterway") in WATERWAYS
        coast = tags.get("natural") == "coastline"
        if not (drawn or level or river or coast):
            return
        kmh = speeds(tags) if "highway" in tags else (0.0, 0.0)
        for run in _runs(way):
            line = shapely.LineString(run)
            if drawn:
                self.road(drawn, tags, kmh, line)
            if level:
                self.draw("boundaries", line, 8 if level <= 8 else 11, {"level": level})
            if river:
                self.draw("water", line, 10, {"class": "waterway"})
            if coast:
                self.extract.coastlines.append(line)

    def road(
        self, drawn: str, tags: Tags, kmh: tuple[float, float], line: shapely.LineString
    ) -> None:
        """Draw a road; a one-way arrow follows the line."""
        told: dict[str, Property] = {"class": drawn, **_told_names(names_of(tags))}
        if any(kmh) and not all(kmh):
            told["oneway"] = 1
            line = line if kmh[0] else line.reverse()
        for structure in ("bridge", "tunnel"):
            if tags.get(structure, "no") != "no":
                told[structure] = 1
        self.draw("roads", line, ZOOM_BY_ROAD[drawn], told)

    def area(self, area: Area) -> None:
        """Keep what is drawn as an area, boundaries, sites and house numbers on buildings."""
        tags = _tags(area)
        layer = area_layer(tags)
        level = _level(tags) if tags.get("boundary") == "administrative" else None
        listed = site_kind(tags) or "addr:housenumber" in tags
        if not (layer or level or listed):
            return
        if not area.num_rings()[0]:  # its rings could not be closed
            return
        shape = shapely.from_wkb(self.wkb.create_multipolygon(area))
        if layer:
            told: dict[str, Property] = {"class": layer[1]}
            if layer[0] == "buildings":
                told = {"height": building_height_m(tags)}
            self.draw(layer[0], shape, ZOOM_BY_LAYER[layer[0]], told)
        if level and tags.get("name"):
            self.extract.boundaries.append(Boundary(level, names_of(tags), shape))
        if listed:
            inside = shape.point_on_surface()
            self.site_and_address(tags, round(inside.x, 7), round(inside.y, 7))

    def site_and_address(self, tags: Tags, lon: float, lat: float) -> None:
        """Keep a site and a house number, where the tags tell of them."""
        street, number = tags.get("addr:street", ""), tags.get("addr:housenumber", "")
        if street and number:
            self.extract.addresses.append(Address(street, number, lon, lat))
        kind = site_kind(tags)
        if kind:
            names = names_of(tags)
            self.extract.sites.append(Site(kind, names, lon, lat, f"{street} {number}".strip()))
            told: dict[str, Property] = {"kind": kind, **_told_names(names)}
            zoom = 12 if kind in STATION_KINDS else 15
            self.draw("sites", shapely.Point(lon, lat), zoom, told)

    def place(self, kind: str, names: Names, lon: float, lat: float) -> None:
        """Keep a named part of the city and draw its label."""
        self.extract.places.append(Place(kind, names, lon, lat))
        rank = PLACE_RANKS[kind]
        told: dict[str, Property] = {"kind": kind, "rank": rank, **_told_names(names)}
        self.draw("places", shapely.Point(lon, lat), ZOOM_BY_RANK[rank], told)

    def draw(
        self, layer: str, shape: shapely.Geometry, zoom: int, told: dict[str, Property]
    ) -> None:
        """Put a shape on the map."""
        self.extract.features.append(MapFeature(layer, shape, zoom, told))


def _tags(thing: Node | Way | Relation | Area) -> dict[str, str]:
    return {tag.k: tag.v for tag in thing.tags}


def _level(tags: Tags) -> int | None:
    """The administrative level, 2 (country) to 11; None for anything else."""
    text = tags.get("admin_level", "")
    return int(text) if text.isdecimal() and 2 <= int(text) <= 11 else None


def _runs(way: Way) -> Iterator[list[Point]]:
    """Points of a way, parted where the extract has cut nodes away; runs of two points or more."""
    run: list[Point] = []
    for node in way.nodes:
        if node.location.valid():
            run.append((node.x / DEGREE_UNITS, node.y / DEGREE_UNITS))
        else:
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run


def _told_names(names: Names) -> dict[str, Property]:
    """The names a label may use."""
    told = {"name": names.local, "name_zh": names.zh, "name_en": names.en}
    return {key: name for key, name in told.items() if name}
