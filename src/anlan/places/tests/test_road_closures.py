"""Closed roads: entered by a dispatcher, honoured in every travel time, ended, on the record."""

from datetime import timedelta

import numpy as np
import pytest
from tests.people import EVERYTHING, make_desk

from anlan.kernel.clock import now
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped
from anlan.places.models import RoadClosure, RoadClosureStep
from anlan.places.roads import roads_at

MIDDLE = {"lon": 24.942, "lat": 60.1712}
CIRCLE = {"reason": "Burst main", **MIDDLE, "radius_m": 60}
RING = [[24.941, 60.1708], [24.943, 60.1708], [24.943, 60.1716], [24.941, 60.1716]]
POLYGON = {"type": "Polygon", "coordinates": [[*RING, RING[0]]]}


@pytest.fixture
def dispatcher(db):
    return make_desk("DISPATCHER")


def enter(desk, **body) -> dict:
    reply = desk.post("road-closures", body)
    assert reply.status_code == 201, reply.content
    return reply.json()


def closed_arcs(at) -> int:
    return int(roads_at(at).times.network.shut.sum())


def rows() -> tuple[int, int, int]:
    with scoped(EVERYTHING):
        told = OutboxEntry.objects.filter(topic="closure.changed").count()
        return RoadClosure.objects.count(), RoadClosureStep.objects.count(), told


def test_a_circle_closes_roads_at_once(dispatcher):
    assert closed_arcs(now()) == 0
    shown = enter(dispatcher, **CIRCLE)
    assert (shown["reason"], shown["radius_m"], shown["polygon"]) == ("Burst main", 60.0, None)
    assert (shown["until_at"], shown["ended_at"]) == (None, None)
    assert closed_arcs(now()) > 0
    assert [one["id"] for one in dispatcher.get("road-closures").json()] == [shown["id"]]


def test_a_list_names_where_the_roads_are(dispatcher):
    shown = enter(dispatcher, **CIRCLE)
    place = dispatcher.get("places/at", lon=MIDDLE["lon"], lat=MIDDLE["lat"]).json()
    assert place["address"] != ""
    assert shown["address"] == place["address"]
    assert [one["address"] for one in dispatcher.get("road-closures").json()] == [shown["address"]]


def test_a_polygon_closes_the_roads_it_touches(dispatcher):
    shown = enter(dispatcher, reason="Market", polygon=POLYGON)
    assert shown["radius_m"] is None
    assert shown["polygon"]["coordinates"] == POLYGON["coordinates"]
    assert 24.941 < shown["lon"] < 24.943
    assert closed_arcs(now()) > 0


def test_travel_times_are_longer_and_as_before_when_it_ends(dispatcher):
    here, there = np.array([[24.9380, 60.1712]]), (24.9500, 60.1725)
    free_s = roads_at(now()).times.times_to(*there, here).travel_s[0]
    way = roads_at(now()).times.path(*here[0], *there).coords
    lon, lat = way[len(way) // 2].tolist()
    shown = enter(dispatcher, reason="Burst main", lon=lon, lat=lat, radius_m=5)
    assert roads_at(now()).times.times_to(*there, here).travel_s[0] > free_s
    ended = dispatcher.post(f"road-closures/{shown['id']}/moves/end")
    assert ended.json()["ended_at"] is not None
    assert roads_at(now()).times.times_to(*there, here).travel_s[0] == free_s
    assert dispatcher.get("road-closures").json() == []


def test_a_planned_closure_counts_in_its_time(dispatcher):
    at = now()
    begin, end = at + timedelta(hours=1), at + timedelta(hours=2)
    enter(dispatcher, **CIRCLE, from_at=begin.isoformat(), until_at=end.isoformat())
    second = timedelta(seconds=1)
    found = [closed_arcs(moment) > 0 for moment in (at, begin - second, begin, end - second, end)]
    assert found == [False, False, True, True, False]
    assert len(dispatcher.get("road-closures").json()) == 1


def test_who_entered_and_ended_it_is_on_the_record(dispatcher):
    shown = enter(dispatcher, **CIRCLE)
    other = make_desk("SUPERVISOR", organisation="COORDINATION_CENTRE")
    other.post(f"road-closures/{shown['id']}/moves/end")
    with scoped(EVERYTHING):
        steps = list(RoadClosureStep.objects.filter(subject_id=shown["id"]).order_by("id"))
    assert [(one.move, one.source, one.target) for one in steps] == [
        ("enter", "", "OPEN"),
        ("end", "OPEN", "ENDED"),
    ]
    assert steps[0].facts == {"reason": "Burst main"}
    assert steps[0].made_by != steps[1].made_by
    assert rows() == (1, 2, 2)


def test_it_ends_once(dispatcher):
    shown = enter(dispatcher, **CIRCLE)
    assert dispatcher.post(f"road-closures/{shown['id']}/moves/end").status_code == 200
    again = dispatcher.post(f"road-closures/{shown['id']}/moves/end")
    assert (again.status_code, again.json()["code"]) == (409, "closure.ended")
    assert rows() == (1, 2, 2)


@pytest.mark.parametrize("role", ["CALL_TAKER", "CREW", "GRID_OFFICER", "ADMINISTRATOR"])
def test_only_dispatchers_and_supervisors_close_roads(db, role):
    more = {"unit": "P01"} if role == "CREW" else {}
    reply = make_desk(role, **more).post("road-closures", CIRCLE)
    assert reply.status_code == 403
    assert rows() == (0, 0, 0)


OUTER = POLYGON["coordinates"][0]
HOLE = [[24.9415, 60.1710], [24.9420, 60.1710], [24.9420, 60.1712], [24.9415, 60.1710]]
WITH_A_HOLE = {"type": "Polygon", "coordinates": [OUTER, HOLE]}


@pytest.mark.parametrize(
    ("body", "field", "rule"),
    [
        ({"reason": "x"}, "polygon", "circle_or_polygon"),
        ({"reason": "x", **MIDDLE}, "radius_m", "radius_1_to_2000_m"),
        ({"reason": "x", "radius_m": 9}, "polygon", "circle_or_polygon"),
        (CIRCLE | {"polygon": POLYGON}, "polygon", "circle_or_polygon"),
        (CIRCLE | {"reason": "   "}, "reason", "required"),
        (CIRCLE | {"until_at": "2001-01-01T00:00:00Z"}, "until_at", "in_the_future"),
        (
            CIRCLE | {"from_at": "2999-01-02T00:00:00Z", "until_at": "2999-01-01T00:00:00Z"},
            "until_at",
            "in_the_future",
        ),
        ({"reason": "x", "polygon": {"type": "Point"}}, "polygon", "geojson_polygon"),
        ({"reason": "x", "polygon": WITH_A_HOLE}, "polygon", "no_holes"),
    ],
)
def test_what_closes_nothing_is_refused(dispatcher, body, field, rule):
    reply = dispatcher.post("road-closures", body)
    assert reply.status_code == 422
    told = reply.json()
    assert told["field"] == field
    assert told["rule"] == rule
    assert rows() == (0, 0, 0)


def test_a_circle_without_a_street_is_refused(dispatcher):
    """In the middle of a block."""
    reply = dispatcher.post(
        "road-closures", CIRCLE | {"lon": 24.9421, "lat": 60.1670, "radius_m": 1}
    )
    assert reply.status_code == 422
    assert reply.json()["code"] in {"closure.no_street", "place.outside"}
    assert rows() == (0, 0, 0)


def test_a_closure_elsewhere_is_not_seen_but_honoured(dispatcher):
    enter(dispatcher, **CIRCLE)
    officer = make_desk("GRID_OFFICER", organisation="COMMUNITY_23")
    assert officer.get("road-closures").json() == []
    assert closed_arcs(now()) > 0
