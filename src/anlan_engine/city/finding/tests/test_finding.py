"""Finding places by what people type and say; the town is made here, with Chinese names."""

import pytest

from anlan_engine.city import City, open_city
from anlan_engine.city.finding import PlaceFinder, Spotter
from anlan_engine.city.making import build_city
from anlan_engine.city.making.tests.town import SOUTH, WEST, TownWriter


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Two streets that cross, a third that runs beside one of them, houses, a school, a hospital.

    中山路 runs along row 0 from west to east, 解放路 along column 1 from south to north; the
    residential 钟楼巷 lies three rows north and meets only 解放路.
    """
    town = TownWriter()
    for number, (column, row) in enumerate([(0, 0), (1, 0), (2, 0), (1, 3), (0, 3), (2, 3)], 1):
        town.node(number, column, row)
    zhongshan = {"name": "中山路", "name__en": "Zhongshan Road", "highway": "primary"}
    town.way(10, 1, 2, **zhongshan)
    town.way(11, 2, 3, **zhongshan)
    jiefang = {"name": "解放路", "name__en": "Jiefang Road", "highway": "secondary"}
    town.way(12, 2, 4, **jiefang)
    town.way(13, 4, 5, highway="residential", name="钟楼巷")
    town.way(14, 4, 6, highway="residential", name="钟楼巷")
    for number, house in enumerate(("5号", "15号")):
        at = {"addr__street": "中山路", "addr__housenumber": house}
        town.node(30 + number, 0.2 + number, 0.1, **at)
    town.node(40, 0.5, 1.0, amenity="hospital", name="第一人民医院")
    town.node(41, 1.5, 3.1, amenity="hospital", name="第二人民医院")
    town.node(42, 1.5, 1.0, place="suburb", name="东华门")
    folder = tmp_path_factory.mktemp("town")
    build_city(town.write(folder / "town.osm.pbf"), folder / "town.city", name="中山")
    return open_city(folder / "town.city")


@pytest.fixture(scope="module")
def finder(city: City) -> PlaceFinder:
    return PlaceFinder(city)


@pytest.fixture(scope="module")
def spotter(finder: PlaceFinder) -> Spotter:
    return Spotter(finder)


def first(finder: PlaceFinder, text: str) -> tuple[str, str]:
    hit = finder.find(text)[0]
    return hit.name, hit.fit


@pytest.mark.parametrize(
    ("text", "name", "fit"),
    [
        ("中山路", "中山路", "EXACT"),
        ("中山", "中山路", "BEGINNING"),
        ("zhongshanlu", "中山路", "WORDS"),
        ("zhongshan road", "中山路", "EXACT"),
        ("zsl", "中山路", "WORDS"),
        ("人民医院", "第一人民医院", "WORDS"),
        ("中山路15号", "中山路15号", "EXACT"),
        ("中山路十五号", "中山路15号", "EXACT"),
        ("中山路１５号", "中山路15号", "EXACT"),
    ],
)
def test_names_are_found_in_characters_in_pinyin_and_by_initials(
    finder: PlaceFinder, text: str, name: str, fit: str
) -> None:
    assert first(finder, text) == (name, fit)


@pytest.mark.parametrize("text", ["钟山路", "中三路", "忠山路"])
def test_characters_of_the_same_sound_are_understood(finder: PlaceFinder, text: str) -> None:
    assert first(finder, text) in {("中山路", "SOUND"), ("中山路", "SPELLING")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("zhonshanlu", "中山路"),  # a letter is missing
        ("zhongshhanlu", "中山路"),  # one too many
        ("zhongsahnlu", "中山路"),  # two are swapped
        ("zhomgshan raod", "中山路"),  # one in each word
        ("jeifang road", "解放路"),
        ("解放陆路", "解放路"),
    ],
)
def test_typing_errors_are_forgiven(finder: PlaceFinder, text: str, name: str) -> None:
    assert first(finder, text) == (name, "SPELLING")


def test_what_is_not_typed_to_its_end_may_be_misspelt_too(finder: PlaceFinder) -> None:
    assert first(finder, "zhomgsha") == ("中山路", "SPELLING")


def test_without_errors_nothing_misspelt_comes_first(finder: PlaceFinder) -> None:
    fits = [hit.fit for hit in finder.find("zhongshan", limit=10)]
    assert fits == sorted(fits, key=["EXACT", "BEGINNING", "WORDS", "SOUND", "SPELLING"].index)


def test_unknown_house_number_gives_its_street(finder: PlaceFinder) -> None:
    assert first(finder, "zhongshan road 99") == ("中山路", "STREET_ONLY")


@pytest.mark.parametrize(
    "text",
    ["中山路 / 解放路", "解放路与中山路", "解放路和中山路交叉口", "zhongshan road & jiefang road",
     "corner of Jiefang Road and Zhongshan Road", "zhonshanlu/jiefanglu"],
)  # fmt: skip
def test_crossing_is_found_by_both_its_streets(finder: PlaceFinder, text: str) -> None:
    hit = finder.find(text)[0]
    assert (hit.kind, round(hit.lon, 7), round(hit.lat, 7)) == ("CROSSING", WEST + 0.001, SOUTH)


def test_streets_that_stay_apart_have_no_crossing(finder: PlaceFinder) -> None:
    assert [hit.kind for hit in finder.find("中山路 / 钟楼巷")] == []


def test_nearer_one_of_two_alike_comes_first(finder: PlaceFinder) -> None:
    for place, name in (((0.5, 1.0), "第一人民医院"), ((1.5, 3.1), "第二人民医院")):
        near = (WEST + place[0] / 1000, SOUTH + place[1] / 1000)
        assert finder.find("人民医院", near=near)[0].name == name


@pytest.mark.parametrize("text", ["", "  ", "?!", "'; drop table", "\0", "/", "与", "zzzzqqqq"])
def test_nothing_is_found_for_nothing(finder: PlaceFinder, text: str) -> None:
    assert finder.find(text) == []


def test_results_are_bounded(finder: PlaceFinder) -> None:
    assert len(finder.find("路", limit=1)) == 1
    assert finder.find("路", limit=0) == []
    assert len(finder.find("路" * 100_000)) <= 10
    assert finder.find("a / b / c / " * 10_000) == []


@pytest.mark.parametrize(
    ("line", "name", "words"),
    [
        ("中山路5号着火了，冒黑烟", "中山路5号", "中山路5号"),
        ("在解放路上两车相撞", "解放路", "解放路"),
        ("中山路与解放路路口有人晕倒", "中山路 / 解放路", "中山路与解放路"),
        ("第一人民医院门口", "第一人民医院", "第一人民医院"),
        ("钟山路上有人晕倒", "中山路", "钟山路"),
        ("Smoke on Jiefang Road, third floor", "解放路", "Jiefang Road"),
        ("crash at zhonshan road", "中山路", "zhonshan road"),
    ],
)
def test_place_is_spotted_in_a_line_with_the_words_it_stands_on(
    spotter: Spotter, line: str, name: str, words: str
) -> None:
    spotted = spotter.spot(line)[0]
    assert (spotted.place.name, line[spotted.start : spotted.end]) == (name, words)


@pytest.mark.parametrize("line", ["", "着火了", "my house is on fire", "12345", "\0\0", "，。！"])
def test_line_without_a_place_has_none(spotter: Spotter, line: str) -> None:
    assert spotter.spot(line) == []


def test_long_line_is_read_to_its_bound(spotter: Spotter) -> None:
    assert len(spotter.spot("中山路" * 5_000)) == 5
    assert spotter.spot("x" * 600 + "中山路") == []


def test_sample_city_forgives_errors_in_both_its_languages(helsinki: City) -> None:
    finder = PlaceFinder(helsinki)
    for text in ("Aleksanterinkattu", "alexandersgaten", "aleksantrinkatu"):
        assert first(finder, text) == ("Aleksanterinkatu", "SPELLING")
