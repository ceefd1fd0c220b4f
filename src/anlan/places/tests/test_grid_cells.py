"""Grid cells: within their community, apart from their siblings, found by the point they hold."""

import json
from functools import partial

import pytest
from tests.people import EVERYTHING, make_desk, organisation_id
from tests.together import at_once, window_of

from anlan.kernel.scope import scoped
from anlan.places.models import CellHexagon, GridCell
from anlan.places.polygons import CORNERS_LIMIT
from anlan.places.services import add_jurisdiction

COMMUNITY = 990101001008000
FIRST, SECOND = COMMUNITY + 1, COMMUNITY + 2
WEST, SOUTH, EAST, NORTH = 24.80, 60.20, 24.84, 60.22
MIDDLE = (WEST + EAST) / 2


def ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


def body(area: int, shape: dict[str, object], name: str = "New") -> dict[str, object]:
    owner = str(organisation_id("COMMUNITY_11"))
    return {
        "area": area,
        "name_zh": "新网格",
        "name_en": name,
        "organisation_id": owner,
        "polygon": shape,
    }


def add_community() -> None:
    with scoped(EVERYTHING):
        boundary = polygon(ring(WEST, SOUTH, EAST, NORTH))
        names = {"name_zh": "试点社区", "name_en": "Trial"}
        add_jurisdiction(area=COMMUNITY, **names, boundary=boundary, actor=EVERYTHING)


@pytest.fixture
def administrator(desk):
    add_community()
    return desk("ADMINISTRATOR", organisation="COORDINATION_CENTRE")


def counts() -> tuple[int, int]:
    with scoped(EVERYTHING):
        return GridCell.objects.count(), CellHexagon.objects.count()


WEST_HALF = polygon(ring(WEST, SOUTH, MIDDLE, NORTH))
EAST_HALF = polygon(ring(MIDDLE, SOUTH, EAST, NORTH))


def add(desk, area: int, shape: dict[str, object], name: str = "New"):
    return desk.post("grid-cells", body(area, shape, name))


def test_cell_is_added_with_its_polygon_and_its_index(administrator):
    cells, hexagons = counts()
    reply = add(administrator, FIRST, WEST_HALF)
    assert (reply.status_code, reply.json()["properties"]["area"]) == (201, FIRST)
    assert counts()[0] == cells + 1
    assert counts()[1] > hexagons
    listed = {
        f["properties"]["area"]: f for f in administrator.get("grid-cells").json()["features"]
    }
    assert listed[FIRST]["geometry"]["type"] == "Polygon"


def test_neighbours_may_share_their_border(administrator):
    assert add(administrator, FIRST, WEST_HALF).status_code == 201
    assert add(administrator, SECOND, EAST_HALF).status_code == 201


def test_overlap_is_refused_and_names_the_pair(administrator):
    assert add(administrator, FIRST, WEST_HALF, "Harbour").status_code == 201
    before = counts()
    wide = polygon(ring(MIDDLE - 0.001, SOUTH, EAST, NORTH))
    refused = add(administrator, SECOND, wide)
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "cell.overlap")
    assert (problem["field"], problem["rule"]) == ("polygon", "no_overlap")
    facts = problem["facts"]
    assert (facts["cell"], facts["sibling"], facts["sibling_name"]) == (SECOND, FIRST, "Harbour")
    assert facts["square_metres"] == pytest.approx(0.001 * 0.02 * 111_195**2 * 0.49688, rel=1e-3)
    assert str(FIRST) in problem["title"]
    assert str(SECOND) in problem["title"]
    assert counts() == before


@pytest.mark.parametrize(
    "shape",
    [
        polygon(ring(WEST + 0.005, SOUTH + 0.005, MIDDLE - 0.005, NORTH - 0.005)),
        polygon(ring(WEST, SOUTH, EAST, NORTH)),
        WEST_HALF,
    ],
    ids=["within", "around", "the same"],
)
def test_every_way_of_overlapping_is_seen(administrator, shape):
    assert add(administrator, FIRST, WEST_HALF).status_code == 201
    assert add(administrator, SECOND, shape).json()["code"] == "cell.overlap"


def test_overlap_with_a_cell_of_another_community_is_seen(administrator):
    with scoped(EVERYTHING):
        names = {"name_zh": "邻社区", "name_en": "Next"}
        add_jurisdiction(area=COMMUNITY + 1000, **names, boundary=None, actor=EVERYTHING)
    assert add(administrator, FIRST, WEST_HALF).status_code == 201
    refused = add(administrator, COMMUNITY + 1001, WEST_HALF)
    assert refused.json()["code"] == "cell.overlap"


def test_overlap_with_a_cell_that_the_actor_does_not_see_is_refused(administrator, desk):
    assert add(administrator, FIRST, WEST_HALF).status_code == 201
    with scoped(EVERYTHING):
        boundless = {"name_zh": "无界社区", "name_en": "Boundless", "boundary": None}
        add_jurisdiction(area=990101001001000, **boundless, actor=EVERYTHING)
    local = desk("ADMINISTRATOR", organisation="COMMUNITY_11")
    before = counts()
    assert add(local, 990101001001009, WEST_HALF).json()["code"] == "cell.overlap"
    assert counts() == before


def test_cell_reaching_out_of_its_community_is_refused_and_names_it(administrator):
    before = counts()
    refused = add(administrator, FIRST, polygon(ring(WEST - 0.01, SOUTH, MIDDLE, NORTH)))
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "cell.outside_parent")
    assert (problem["field"], problem["rule"]) == ("polygon", "within_parent")
    assert (problem["facts"]["cell"], problem["facts"]["parent"]) == (FIRST, COMMUNITY)
    assert problem["facts"]["parent_name"] == "Trial"
    assert counts() == before


def test_code_in_use_is_refused(administrator):
    assert add(administrator, FIRST, WEST_HALF).status_code == 201
    before = counts()
    refused = add(administrator, FIRST, EAST_HALF)
    assert (refused.status_code, refused.json()["code"]) == (409, "cell.code_taken")
    assert counts() == before


@pytest.mark.parametrize(
    ("area", "status", "rule"),
    [
        (COMMUNITY, 422, "a_cell_code"),
        (990101001007001, 404, "known_community"),
        (17, 422, "area_has_15_digits"),
    ],
)
def test_code_that_is_none_of_a_cell_is_refused(administrator, area, status, rule):
    before = counts()
    refused = add(administrator, area, WEST_HALF)
    problem = refused.json()
    assert (refused.status_code, problem["field"], problem["rule"]) == (status, "area", rule)
    assert counts() == before


BOW_TIE = [[24.80, 60.20], [24.84, 60.22], [24.84, 60.20], [24.80, 60.22], [24.80, 60.20]]
CIRCLE = [[24.80 + n * 1e-6, 60.20 + (n % 2) * 1e-6] for n in range(CORNERS_LIMIT + 1)]
FAR = [[181.0, 60.0], [182.0, 60.0], [182.0, 61.0], [181.0, 60.0]]
HUGE = ring(24.0, 60.0, 25.0, 61.0)
NESTED_WRONGLY = [ring(WEST, SOUTH, MIDDLE, NORTH), ring(MIDDLE + 0.01, SOUTH, EAST, NORTH)]


@pytest.mark.parametrize(
    ("shape", "rule"),
    [
        ({}, "geojson_polygon"),
        ({"type": "Point", "coordinates": [24.8, 60.2]}, "geojson_polygon"),
        ({"type": "MultiPolygon", "coordinates": [[BOW_TIE]]}, "geojson_polygon"),
        ({"type": "Polygon"}, "geojson_polygon"),
        (polygon(), "geojson_polygon"),
        (polygon([]), "geojson_polygon"),
        (polygon([[24.8, 60.2]]), "geojson_polygon"),
        (polygon([[24.8, 60.2], [24.9, 60.2]]), "geojson_polygon"),
        (polygon([["a", "b"], ["c", "d"], ["e", "f"], ["a", "b"]]), "geojson_polygon"),
        (polygon("ring"), "geojson_polygon"),
        (polygon(None), "geojson_polygon"),
        ({"type": "Polygon", "coordinates": {"a": 1}}, "geojson_polygon"),
        (polygon(BOW_TIE), "simple_ring"),
        (polygon(*NESTED_WRONGLY), "simple_ring"),
        (polygon([[24.8, 60.2]] * 4), "simple_ring"),
        (polygon(FAR), "on_earth"),
        (polygon([*CIRCLE, CIRCLE[0]]), "at_most_2000_corners"),
        (polygon(HUGE), "at_most_300_square_km"),
    ],
)
def test_polygon_that_is_none_is_refused_by_its_rule(administrator, shape, rule):
    before = counts()
    refused = add(administrator, FIRST, shape)
    problem = refused.json()
    assert (refused.status_code, problem["field"], problem["rule"]) == (422, "polygon", rule)
    assert counts() == before


@pytest.mark.parametrize(
    ("number", "status", "field"),
    [("NaN", 400, "body"), ("Infinity", 400, "body"), ("1e999", 422, "polygon")],
)
def test_coordinate_that_is_no_number_is_refused(administrator, number, status, field):
    raw = json.dumps(body(FIRST, WEST_HALF)).replace(str(WEST), number)
    headers = {"Idempotency-Key": "0f6a5f0e-4c3e-4d39-9d0f-5d1f3c6f7a11"}
    before = counts()
    refused = administrator.client.post(
        "/api/v1/grid-cells", raw, content_type="application/json", headers=headers
    )
    assert (refused.status_code, refused.json()["field"]) == (status, field)
    assert counts() == before


def at(desk, lon: float, lat: float):
    return desk.get("places/at", lon=lon, lat=lat)


def test_point_belongs_to_the_cell_that_holds_it(administrator):
    add(administrator, FIRST, WEST_HALF)
    add(administrator, SECOND, EAST_HALF)
    middle = (SOUTH + NORTH) / 2
    for lon, area in ((MIDDLE - 1e-6, FIRST), (MIDDLE + 1e-6, SECOND)):
        assert at(administrator, lon, middle).json()["area"] == area


def test_point_on_a_shared_border_belongs_to_the_lower_code(administrator):
    add(administrator, SECOND, EAST_HALF)
    add(administrator, FIRST, WEST_HALF)
    assert at(administrator, MIDDLE, (SOUTH + NORTH) / 2).json()["area"] == FIRST


def test_border_and_corner_belong_to_their_cell(administrator):
    add(administrator, FIRST, WEST_HALF)
    for lon, lat in ((WEST, SOUTH), (WEST, NORTH), (WEST, (SOUTH + NORTH) / 2)):
        assert at(administrator, lon, lat).json()["area"] == FIRST


def test_point_in_no_cell_is_outside_the_jurisdiction(administrator):
    for lon, lat in ((0.0, 0.0), (WEST - 0.01, SOUTH), (2.35, 48.85), (180.0, 90.0)):
        refused = at(administrator, lon, lat)
        problem = refused.json()
        assert (refused.status_code, problem["code"]) == (422, "place.outside")
        assert (problem["field"], problem["rule"]) == ("lon,lat", "within_jurisdiction")


def test_hole_of_a_polygon_is_outside_of_it(administrator):
    hole = ring(WEST + 0.005, SOUTH + 0.005, WEST + 0.010, SOUTH + 0.010)
    assert add(administrator, FIRST, polygon(WEST_HALF["coordinates"][0], hole)).status_code == 201
    assert at(administrator, WEST + 0.0075, SOUTH + 0.0075).status_code == 422
    assert at(administrator, WEST + 0.004, SOUTH + 0.004).json()["area"] == FIRST


def test_of_two_who_add_overlapping_cells_at_once_exactly_one_wins(committing):
    add_community()
    person = make_desk("ADMINISTRATOR", organisation="COORDINATION_CENTRE")
    answers = at_once(
        [partial(add, window_of(person), area, WEST_HALF) for area in (FIRST, SECOND)]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    refused = next(answer.json() for answer in answers if answer.status_code == 409)
    assert refused["code"] == "cell.overlap"
    assert {refused["facts"]["cell"], refused["facts"]["sibling"]} == {FIRST, SECOND}
    with scoped(EVERYTHING):
        assert GridCell.objects.filter(area__in=(FIRST, SECOND)).count() == 1


def test_of_two_who_overlap_from_two_communities_exactly_one_wins(committing):
    add_community()
    with scoped(EVERYTHING):
        names = {"name_zh": "邻社区", "name_en": "Next"}
        add_jurisdiction(area=COMMUNITY + 1000, **names, boundary=None, actor=EVERYTHING)
    person = make_desk("ADMINISTRATOR", organisation="COORDINATION_CENTRE")
    for turn in range(3):
        shape = polygon(ring(WEST + turn * 0.01, SOUTH, WEST + turn * 0.01 + 0.008, NORTH))
        areas = (FIRST + turn, COMMUNITY + 1001 + turn)
        answers = at_once([partial(add, window_of(person), area, shape) for area in areas])
        assert sorted(answer.status_code for answer in answers) == [201, 409]
