"""What is read from an extract, thing by thing."""

from pathlib import Path

import pytest

from anlan_engine.city import CityError
from anlan_engine.city.making.extract import Address, Extract
from anlan_engine.city.making.map_tags import Names
from anlan_engine.city.making.reading import read_extract
from anlan_engine.city.making.tests.town import TownWriter, small_town
from anlan_engine.roads.build import TurnRule, WayRule


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Extract:
    return read_extract(small_town().write(tmp_path_factory.mktemp("town") / "town.osm.pbf"))


def speeds(extract: Extract) -> dict[int, tuple[float, float]]:
    return {
        way.way_id: (round(way.forward_kmh, 2), round(way.backward_kmh, 2))
        for way in extract.streets
    }


def test_streets_have_direction_and_speed(town: Extract) -> None:
    assert speeds(town) == {
        10: (48.0, 48.0),
        11: (48.0, 48.0),
        12: (25.0, 25.0),
        13: (0.0, 25.0),
        14: (38.62, 38.62),
        15: (40.0, 40.0),
        16: (35.0, 35.0),
    }


def test_names_are_kept_in_every_language(town: Extract) -> None:
    assert list(town.street_names) == [
        Names("长安街", "", "Chang'an Avenue", ()),
        Names("Rue de l'Église", "", "", ()),
    ]


def test_restrictions_over_a_node_and_over_ways_are_kept(town: Extract) -> None:
    assert town.rules == [TurnRule(10, 2, 15, only=False), WayRule(10, (11,), 16, only=False)]
    assert town.rules_left_out == 0


def test_a_house_with_a_courtyard_has_its_hole_and_height(town: Extract) -> None:
    houses = {
        feature.properties["height"]: feature.shape
        for feature in town.features
        if feature.layer == "buildings"
    }
    assert sorted(houses) == [9.0, 24.0]
    assert houses[24.0].area == pytest.approx(0.75 * (0.4e-3) ** 2, rel=1e-6)


def test_sites_and_addresses_are_listed(town: Extract) -> None:
    assert {(site.kind, site.names.local, site.address) for site in town.sites} == {
        ("FIRE_STATION", "", ""),
        ("SHOP", "Café Été", "Rue de l'Église 12"),
        ("SCHOOL", "第一小学", "长安街 5号"),
    }
    assert Address("Rue de l'Église", "12", 116.3015, 39.90105) in town.addresses
    school = next(site for site in town.sites if site.kind == "SCHOOL")
    assert 116.3012 < school.lon < 116.3016
    assert 39.9002 < school.lat < 39.9006


def test_a_whole_border_makes_an_area_and_its_ways_are_drawn(town: Extract) -> None:
    assert [(one.level, one.names.local) for one in town.boundaries] == [(6, "东城区")]
    assert town.boundaries[0].area.area == pytest.approx(1.44e-6, rel=1e-6)
    assert sum(feature.layer == "boundaries" for feature in town.features) == 2


def test_water_green_and_places_are_drawn(town: Extract) -> None:
    layers = [feature.layer for feature in town.features]
    assert (layers.count("water"), layers.count("green"), layers.count("places")) == (1, 1, 1)


def test_a_one_way_street_is_drawn_in_its_direction(town: Extract) -> None:
    drawn = [f for f in town.features if f.properties.get("name") == "Rue de l'Église"]
    oneway = next(feature for feature in drawn if "oneway" in feature.properties)
    assert list(oneway.shape.coords) == [(116.301, 39.901), (116.302, 39.901)]


def test_a_barrier_parts_a_street(tmp_path: Path) -> None:
    town = TownWriter()
    town.node(1, 0, 0)
    town.node(2, 1, 0, barrier="bollard")
    town.node(3, 2, 0, barrier="bollard", motor_vehicle="yes")
    town.node(4, 3, 0)
    town.way(1, 1, 2, 3, 4, highway="residential")
    town.way(2, 2, 1, highway="residential")
    extract = read_extract(town.write(tmp_path / "town.osm.pbf"))
    (first, second) = (way.nodes for way in extract.streets)
    assert first[0] == second[1] == 1
    assert first[2:] == [3, 4]
    assert len({1, 3, 4, first[1], second[0]}) == 5


def test_a_street_with_nodes_cut_away_falls_apart(tmp_path: Path) -> None:
    town = TownWriter()
    for number in (1, 2, 4, 5, 7):
        town.node(number, number, 0)
    town.way(1, 1, 2, 3, 4, 5, 6, 7, highway="residential")
    extract = read_extract(town.write(tmp_path / "town.osm.pbf"))
    assert [way.nodes for way in extract.streets] == [[1, 2], [4, 5]]


def test_an_area_that_does_not_close_is_left_out(tmp_path: Path) -> None:
    town = small_town()
    town.ways.pop(51)
    extract = read_extract(town.write(tmp_path / "town.osm.pbf"))
    assert extract.boundaries == []
    assert sum(feature.layer == "boundaries" for feature in extract.features) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "SOURCE_EMPTY"), (b"<osm></osm>" * 99, "SOURCE_FOREIGN"), (b"\0", "SOURCE_FOREIGN")],
)
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "some.osm.pbf"
    file.write_bytes(content)
    with pytest.raises(CityError) as refusal:
        read_extract(file)
    assert refusal.value.code == code
    assert refusal.value.facts["file"] == "some.osm.pbf"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CityError) as refusal:
        read_extract(tmp_path / "none.osm.pbf")
    assert refusal.value.code == "SOURCE_MISSING"


def test_a_file_cut_short_anywhere_inside_a_block_is_refused(tmp_path: Path) -> None:
    whole = small_town().write(tmp_path / "town.osm.pbf").read_bytes()
    cut = tmp_path / "cut.osm.pbf"
    for size in range(100, len(whole) - 1, 97):
        cut.write_bytes(whole[:size])
        with pytest.raises(CityError) as refusal:
            read_extract(cut)
        assert refusal.value.code == "SOURCE_DAMAGED", size
