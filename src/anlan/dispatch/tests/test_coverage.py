"""How far the free units get: which units count, what is drawn, and how often it is worked out."""

from datetime import timedelta

import pytest
from tests.people import make_desk, unit_id

from anlan.dispatch.selectors import coverage
from anlan.kernel.clock import now
from anlan.orgs.models import Unit

pytestmark = pytest.mark.django_db
CITY = {"west": 24.9, "south": 60.1, "east": 25.0, "north": 60.2}
CORNER = {"west": 24.9425, "south": 60.1685, "east": 24.9430, "north": 60.1690}


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    """No answer of another test is at hand."""
    monkeypatch.setattr(coverage, "_answers", {})


def lines(told):
    return sum(len(band["lines"]) for band in told["bands"])


def test_streets_are_told_by_how_soon_a_free_unit_is_there(room):
    told = room.dispatcher.get("unit-coverage", **CITY).json()
    units = room.dispatcher.get("units").json()
    free = [unit for unit in units if unit["status"] == "AVAILABLE"]
    assert (told["units"], told["closures"], told["left_off"]) == (len(free), 0, 0)
    assert told["at_station"] == sum(unit["lon"] is None for unit in free)
    assert [band["within_s"] for band in told["bands"]] == [60, 180, 300]
    reached = [band["reached_m"] for band in told["bands"]]
    assert 0 < reached[0] <= reached[1] <= reached[2] <= told["street_m"]
    assert all(len(line) >= 2 for band in told["bands"] for line in band["lines"])


def test_unit_with_a_job_covers_nothing_and_kinds_are_told_apart(room):
    patrols = room.dispatcher.get("unit-coverage", **CITY, kind="PATROL_CAR").json()
    room.send(room.call(), "P01", "P02")
    after = room.dispatcher.get("unit-coverage", **CITY, kind="PATROL_CAR").json()
    assert after["units"] == patrols["units"] - 2
    nobody = room.dispatcher.get("unit-coverage", **CITY, kind="AIRSHIP").json()
    assert (nobody["units"], lines(nobody), nobody["bands"][2]["reached_m"]) == (0, 0, 0)


def test_only_the_box_is_drawn_and_the_whole_city_counted(room):
    city = room.dispatcher.get("unit-coverage", **CITY).json()
    corner = room.dispatcher.get("unit-coverage", **CORNER).json()
    assert 0 < lines(corner) < lines(city)
    assert [one["reached_m"] for one in corner["bands"]] == [
        one["reached_m"] for one in city["bands"]
    ]


def test_too_many_stretches_leave_off_the_smallest_roads_and_say_so(room, monkeypatch):
    whole = lines(room.dispatcher.get("unit-coverage", **CITY).json())
    monkeypatch.setattr(coverage, "DRAWN_LIMIT_STRETCHES", 10)
    told = room.dispatcher.get("unit-coverage", **CITY).json()
    assert (lines(told), told["left_off"]) == (10, whole - 10)


def test_same_units_are_worked_out_again_only_after_a_while(room, monkeypatch):
    at, asked = now(), []
    drive = coverage.driven_within
    monkeypatch.setattr(coverage, "driven_within", lambda *more: asked.append(1) or drive(*more))
    for passed_s in (0, 1, 2.9, 3, 3.1):
        moment = at + timedelta(seconds=passed_s)
        monkeypatch.setattr("anlan.dispatch.api.coverage.clock.now", lambda moment=moment: moment)
        room.dispatcher.get("unit-coverage", **CITY)
    assert len(asked) == 2


def test_unit_that_moved_is_counted_where_it_is(room):
    """Alone in the city, at two ends of it."""
    with_nobody = {"duty": "OFF_DUTY"}
    Unit.objects.exclude(pk=unit_id("P01")).update(**with_nobody)
    found = []
    for lon, lat in ((24.9360, 60.1650), (24.9525, 60.1785)):
        coverage._answers.clear()
        Unit.objects.filter(pk=unit_id("P01")).update(lon=lon, lat=lat, positioned_at=now())
        told = room.dispatcher.get("unit-coverage", **CITY).json()
        assert (told["units"], told["stale"], told["at_station"]) == (1, 0, 0)
        found.append(told["bands"][0]["lines"])
    assert found[0] != found[1]


def test_unit_of_another_area_covers_nothing_that_is_told(room):
    elsewhere = make_desk("DISPATCHER", organisation="COMMUNITY_11")
    told = elsewhere.get("unit-coverage", **CITY).json()
    seen = elsewhere.get("units").json()
    assert told["units"] == sum(unit["status"] == "AVAILABLE" for unit in seen)
    assert told["units"] < room.dispatcher.get("unit-coverage", **CITY).json()["units"]


@pytest.mark.parametrize(
    ("wrong", "field", "rule"),
    [
        ({"west": 25.0}, "east", "east_of_west"),
        ({"south": 60.2}, "north", "north_of_south"),
        ({"north": 91}, "north", "less_than_equal"),
        ({"kind": "X" * 33}, "kind", "string_too_long"),
    ],
)
def test_box_that_holds_nothing_is_refused(room, wrong, field, rule):
    reply = room.dispatcher.get("unit-coverage", **CITY | wrong)
    assert (reply.status_code, reply.json()["field"], reply.json()["rule"]) == (422, field, rule)
