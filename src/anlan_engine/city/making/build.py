"""Build a city pack from an OpenStreetMap extract."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from anlan_engine.city.errors import CityError
from anlan_engine.city.making.coast import sea_within
from anlan_engine.city.making.entries import list_entries
from anlan_engine.city.making.extract import Extract, MapFeature
from anlan_engine.city.making.listing import index_arrays, site_arrays
from anlan_engine.city.making.map_tags import PLACE_RANKS
from anlan_engine.city.making.reading import read_extract
from anlan_engine.city.making.tiling import LEAST_ZOOM, MOST_ZOOM, make_tiles
from anlan_engine.city.opened import METRIC_ARRAYS
from anlan_engine.city.pack import Pack, write_pack
from anlan_engine.city.texts import Texts
from anlan_engine.hierarchy import Hierarchy
from anlan_engine.roads import DEGREE_UNITS, RoadGraph
from anlan_engine.roads.build import RoadParts, build_graph
from anlan_engine.routing.network import free_metric, road_hierarchy

ATTRIBUTION = "© OpenStreetMap contributors (ODbL)"
STAGES = ("read", "streets", "names", "tiles", "write")

TOWN_RANK = PLACE_RANKS["town"]

Array = npt.NDArray[Any]
Box = tuple[float, float, float, float]
Progress = Callable[[str, int, int], None]
"""Called with the stage that begins, how many stages are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class CitySummary:
    """What was built.

    Attributes
    ----------
    checksum : str
        SHA-256 that stands for the whole pack, hexadecimal.
    size_bytes : int
    meta : mapping
        As :attr:`anlan_engine.city.City.meta`.
    """

    checksum: str
    size_bytes: int
    meta: Mapping[str, Any]


def build_city(
    source: Path, target: Path, *, name: str | None = None, progress: Progress | None = None
) -> CitySummary:
    """Build a city pack; the same source and name give the same bytes.

    Parameters
    ----------
    source : Path
        An OpenStreetMap extract in PBF.
    target : Path
        The pack to write; untouched unless the whole build succeeds.
    name : str, optional
        The city's name; by default that of its city or town, else that of the file.
    progress : callable, optional
        See `Progress`.

    Returns
    -------
    CitySummary

    Raises
    ------
    CityError
        For a source that is missing, empty, foreign or damaged; NO_STREETS for one without a
        network of drivable streets (there is no city without: nothing could be sent anywhere);
        TILES_FAILED; TARGET_UNWRITABLE.
    """
    tell = _teller(progress)
    tell("read")
    extract = read_extract(source)
    tell("streets")
    roads = build_graph(extract.streets, extract.node_at, extract.rules)
    if not roads.graph.arcs:
        raise CityError(code="NO_STREETS", file=source.name)
    tell("names")
    entries = list_entries(extract, roads.graph)
    box = extract.box or _box_of(roads.graph)
    meta = _meta(extract, roads, box, _name_of(extract, name or "", source))
    meta["source_sha256"] = _sha256(source)
    sections: dict[str, Array] = {"meta": _json(meta)}
    sections |= _named("graph", {f.name: getattr(roads.graph, f.name) for f in fields(RoadGraph)})
    sections |= _hierarchy(roads.graph)
    sections |= _street_names(extract)
    sections |= _named("search", index_arrays(entries))
    sections |= _named("sites", site_arrays(extract.sites))
    sections["boundaries"] = _boundaries(extract)
    tell("tiles")
    features = [*extract.features, *_sea(extract, box)]
    sections["tiles"] = np.frombuffer(make_tiles(features, box, ATTRIBUTION), np.uint8)
    tell("write")
    write_pack(target, sections)
    return CitySummary(Pack(target).checksum, target.stat().st_size, meta)


def _teller(progress: Progress | None) -> Callable[[str], None]:
    def tell(stage: str) -> None:
        if progress is not None:
            progress(stage, STAGES.index(stage), len(STAGES))

    return tell


def _box_of(graph: RoadGraph) -> Box:
    """The box around the street network, for sources that state none."""
    low, high = graph.shape.min(axis=0) / DEGREE_UNITS, graph.shape.max(axis=0) / DEGREE_UNITS
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _name_of(extract: Extract, given: str, source: Path) -> str:
    towns = [place for place in extract.places if PLACE_RANKS[place.kind] <= TOWN_RANK]
    greatest = min(towns, key=lambda place: PLACE_RANKS[place.kind], default=None)
    return given or (greatest.names.local if greatest else source.name.split(".")[0])


def _meta(extract: Extract, roads: RoadParts, box: Box, name: str) -> dict[str, Any]:
    graph = roads.graph
    return {
        "name": name,
        "bounds": box,
        "centre": (round((box[0] + box[2]) / 2, 7), round((box[1] + box[3]) / 2, 7)),
        "zooms": (LEAST_ZOOM, MOST_ZOOM),
        "attribution": ATTRIBUTION,
        "streets_kept_share": round(roads.kept_share, 4),
        "counts": {
            "nodes": graph.nodes,
            "segments": graph.segments,
            "arcs": graph.arcs,
            "turns": graph.turns,
            "street_names": len(extract.street_names),
            "sites": len(extract.sites),
            "places": len(extract.places),
            "addresses": len(extract.addresses),
            "boundaries": len(extract.boundaries),
            "buildings": sum(feature.layer == "buildings" for feature in extract.features),
            "turn_rules": len(extract.rules) - roads.rules_unused,
            "turn_rules_unused": roads.rules_unused,
            "turn_rules_left_out": extract.rules_left_out,
        },
    }


def _street_names(extract: Extract) -> dict[str, Array]:
    arrays: dict[str, Array] = {}
    for language in ("local", "zh", "en"):
        texts = Texts.of(getattr(names, language) for names in extract.street_names)
        arrays[f"streets.{language}.letters"] = texts.letters
        arrays[f"streets.{language}.first"] = texts.first
    return arrays


def _hierarchy(graph: RoadGraph) -> dict[str, Array]:
    """The hierarchy over the road graph, and the costs of free roads on it."""
    hierarchy = road_hierarchy(graph)
    metric = free_metric(graph, hierarchy)
    arrays = _named("hierarchy", {f.name: getattr(hierarchy, f.name) for f in fields(Hierarchy)})
    return arrays | _named("metric", {name: getattr(metric, name) for name in METRIC_ARRAYS})


def _boundaries(extract: Extract) -> Array:
    """Administrative areas as a GeoJSON feature collection, outer levels first."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "level": boundary.level,
                "name": boundary.names.local,
                "name_zh": boundary.names.zh,
                "name_en": boundary.names.en,
            },
            "geometry": json.loads(shapely.to_geojson(boundary.area)),
        }
        for boundary in sorted(extract.boundaries, key=lambda boundary: boundary.level)
    ]
    return _json({"type": "FeatureCollection", "features": features})


def _sea(extract: Extract, box: Box) -> list[MapFeature]:
    sea = sea_within(extract.coastlines, box)
    return [] if sea is None else [MapFeature("water", sea, LEAST_ZOOM, {"class": "sea"})]


def _named(prefix: str, arrays: Mapping[str, Array]) -> dict[str, Array]:
    return {f"{prefix}.{name}": array for name, array in arrays.items()}


def _json(content: object) -> Array:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return np.frombuffer(text.encode(), np.uint8)


def _sha256(source: Path) -> str:
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
