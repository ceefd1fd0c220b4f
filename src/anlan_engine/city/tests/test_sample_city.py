"""The committed sample city."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from anlan_engine.city import City, Found, open_city
from anlan_engine.city.making import build_city

ROOT = Path(__file__).resolve().parents[4]


def test_the_sample_is_whole_and_what_its_note_says(helsinki: City) -> None:
    helsinki.verify()
    note = (ROOT / "data" / "cities" / "SOURCE.md").read_text(encoding="utf-8")
    assert helsinki.meta["source_sha256"] in note
    assert helsinki.meta["name"] == "Helsinki"
    assert helsinki.meta["bounds"] == [24.9351762, 60.164155, 24.9534145, 60.179113]
    assert helsinki.meta["attribution"] == "© OpenStreetMap contributors (ODbL)"


def test_the_sample_fits_its_repository() -> None:
    assert (ROOT / "data" / "cities" / "helsinki.city").stat().st_size < 3_000_000


def test_streets_are_found_in_both_languages(helsinki: City) -> None:
    for query in ("Aleksanterinkatu", "aleksanterinkatu", "alexandersgatan", "ALEKSANTERI"):
        hit = helsinki.search(query)[0]
        assert (hit.name, hit.kind) == ("Aleksanterinkatu", "STREET"), query


def test_house_numbers_are_found_by_either_name_of_the_street(helsinki: City) -> None:
    for query in ("Unioninkatu 39", "unionsgatan 39"):
        hit = helsinki.search(query)[0]
        assert (hit.name, hit.kind) == ("Unioninkatu 39", "ADDRESS"), query
    assert helsinki.address_at(hit.lon, hit.lat) == "Unioninkatu 39"


def test_words_are_found_in_any_order(helsinki: City) -> None:
    names = [hit.name for hit in helsinki.search("39 unioninkatu")]
    assert names[0] == "Unioninkatu 39"


def test_every_result_has_all_words(helsinki: City) -> None:
    hits = helsinki.search("hotel", 50)
    assert hits
    assert all("hotel" in f"{hit.name} {hit.detail}".casefold() for hit in hits)


@pytest.mark.parametrize("query", ["", "   ", "?!", "zzzzqqq", "'; drop table", "\0", "%"])
def test_nothing_is_found_for_nothing(helsinki: City, query: str) -> None:
    assert helsinki.search(query) == []


def test_results_are_bounded(helsinki: City) -> None:
    assert len(helsinki.search("a", 3)) == 3
    assert len(helsinki.search("a", 10_000)) == 50
    assert helsinki.search("a", 0) == []
    assert helsinki.search("a" * 100_000) == []
    assert helsinki.search("a " * 100_000) == helsinki.search("a " * 8)


def test_results_come_once_and_in_the_same_order(helsinki: City) -> None:
    hits = helsinki.search("katu", 50)
    assert len(set(hits)) == len(hits)
    assert hits == helsinki.search("katu", 50)
    assert all(isinstance(hit, Found) for hit in hits)


def test_the_fire_station_of_the_extract_is_listed(helsinki: City) -> None:
    (station,) = helsinki.sites.of_kind("FIRE_STATION")
    assert (round(station.lon, 4), round(station.lat, 4)) == (24.9452, 60.1651)


def test_every_zoom_has_tiles_at_the_centre(helsinki: City) -> None:
    least, most = helsinki.meta["zooms"]
    assert (least, most) == (8, 15)
    for z in range(least, most + 1):
        tile = helsinki.tile(z, *_tile_at(z, *helsinki.meta["centre"]))
        assert tile is not None, z
        assert tile[:2] == b"\x1f\x8b", z


def test_no_machine_path_stands_in_the_pack() -> None:
    content = (ROOT / "data" / "cities" / "helsinki.city").read_bytes()
    for folder in (b"tmp", b"home", b"root"):
        assert b"/%s/" % folder not in content


def test_opening_loads_nothing_that_only_building_needs() -> None:
    program = (
        "import json, sys; import anlan_engine.city, anlan_engine.routing;"
        "print(json.dumps([m for m in ('osmium', 'shapely', 'pypinyin') if m in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert json.loads(done.stdout) == []


def _tile_at(z: int, lon: float, lat: float) -> tuple[int, int]:
    """Column and row of the tile that holds a position (Web Mercator)."""
    north = math.asinh(math.tan(math.radians(lat)))
    return int((lon + 180) / 360 * 2**z), int((1 - north / math.pi) / 2 * 2**z)


EXTRACTS = ROOT.parent / "shared" / "data"


@pytest.mark.parametrize(
    ("extract", "arcs"),
    [
        ("c1_osm_monaco/monaco.osm.pbf", 970),
        ("c1_osm_moscow_centre/moscow_centre.osm.pbf", 1186),
        ("c1_osm_andorra/andorra.osm.pbf", 3027),
        ("c1_osm_porto_alegre/porto_alegre.osm.pbf", 31314),
        ("c1_osm_porto_portugal/porto_portugal.osm.pbf", 140915),
    ],
)
def test_other_cities_build_without_a_change(tmp_path: Path, extract: str, arcs: int) -> None:
    source = EXTRACTS / extract
    if not source.is_file():
        pytest.skip(f"{extract} is not beside the project (../shared/data)")
    summary = build_city(source, tmp_path / "some.city")
    city = open_city(tmp_path / "some.city")
    city.verify()
    assert city.checksum == summary.checksum
    assert city.graph.arcs == arcs
    lon, lat = city.graph.shape[0] / 1e7
    assert city.tile(15, *_tile_at(15, lon, lat)) is not None
