"""Tags of things on the map: heights, names, kinds."""

import pytest

from anlan_engine.city.making.map_tags import (
    Names,
    area_layer,
    building_height_m,
    names_of,
    road_class,
    site_kind,
)


@pytest.mark.parametrize(
    ("tags", "height_m"),
    [
        ({"height": "12"}, 12.0),
        ({"height": "12.5 m"}, 12.5),
        ({"height": "12,5"}, 12.5),
        ({"height": "40 ft"}, 12.2),
        ({"height": "40'"}, 12.2),
        ({"building:levels": "4"}, 12.0),
        ({"building:levels": "4", "roof:levels": "1"}, 15.0),
        ({"height": "12", "building:levels": "9"}, 12.0),
        ({"height": "tall", "building:levels": "2"}, 6.0),
        ({"height": "0"}, 8.0),
        ({}, 8.0),
        ({"height": "99999"}, 1000.0),
    ],
)
def test_heights(tags: dict[str, str], height_m: float) -> None:
    assert building_height_m(tags) == height_m


def test_names_keep_every_language_once() -> None:
    tags = {
        "name": "Etelä-Haaga",
        "name:fi": "Etelä-Haaga",
        "name:sv": "Södra Haga",
        "name:en": "South Haaga",
        "name:zh-Hans": "南哈加",
        "alt_name": "Etelis;Södra Haga",
        "name:etymology:wikidata": "Q1",
        "old_name": "Haga",
    }
    names = names_of(tags)
    assert names == Names("Etelä-Haaga", "南哈加", "South Haaga", ("Etelis", "Södra Haga"))
    assert names.every() == ("Etelä-Haaga", "南哈加", "South Haaga", "Etelis", "Södra Haga")


def test_simplified_characters_come_before_those_of_no_stated_script() -> None:
    tags = {"name": "Helsinki", "name:zh": "赫爾辛基", "name:zh-Hans": "赫尔辛基"}
    assert names_of(tags).zh == "赫尔辛基"
    assert names_of(tags | {"name:zh-Hans": ""}).zh == "赫爾辛基"


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"amenity": "fire_station"}, "FIRE_STATION"),
        ({"emergency": "ambulance_station"}, "AMBULANCE_STATION"),
        ({"amenity": "hospital", "emergency": "yes"}, "HOSPITAL"),
        ({"healthcare": "hospital"}, "HOSPITAL"),
        ({"amenity": "school"}, "SCHOOL"),
        ({"shop": "bakery", "name": "Oma"}, "SHOP"),
        ({"shop": "bakery"}, None),
        ({"shop": "vacant", "name": "Oma"}, None),
        ({"amenity": "cafe", "shop": "books", "name": "Oma"}, "FOOD"),
        ({"amenity": "bench"}, None),
    ],
)
def test_kinds_of_sites(tags: dict[str, str], kind: str | None) -> None:
    assert site_kind(tags) == kind


def test_layers_and_classes() -> None:
    assert area_layer({"building": "yes"}) == ("buildings", "building")
    assert area_layer({"building": "no", "leisure": "park"}) == ("green", "park")
    assert area_layer({"natural": "water"}) == ("water", "water")
    assert area_layer({"landuse": "residential"}) is None
    assert road_class({"highway": "primary_link"}) == "primary"
    assert road_class({"railway": "tram"}) == "tram"
    assert road_class({"highway": "proposed"}) is None
