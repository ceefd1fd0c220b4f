"""Postures are kept version by version; a study plays two of them on the same past demand."""

from typing import Any

import pytest
from tests.people import EVERYTHING, make_desk
from tests.postures import POSTURE

from anlan.dispatch.postures.models import PostureVersion, Study
from anlan.dispatch.tests.room import Room, done
from anlan.kernel.scope import scoped

SHORT = {"zone": "Europe/Helsinki", "past_days": 1, "days": 2, "replications": 6, "scale": 8}
ONE_STAND = POSTURE | {"name": "One end", "stands": POSTURE["stands"][:1]}


def begun(planner: Any, a: str, b: str, **more: object) -> dict[str, Any]:
    return dict(done(planner.post("posture-studies", SHORT | {"a": a, "b": b} | more)))


def played(planner: Any, study: dict[str, Any]) -> dict[str, Any]:
    while study["state"] == "RUNNING":
        study = done(planner.post(f"posture-studies/{study['id']}/steps"))
    return study


@pytest.fixture
def jobs(room: Room) -> None:
    """Send an engine to a fire and bring it back."""
    (job,) = room.send(room.call(), "F01")
    room.bring(job, room.dispatcher)


@pytest.fixture
def other(planner: Any) -> str:
    """Return a posture with one stand only."""
    return str(done(planner.post("postures", ONE_STAND))["id"])


def test_a_save_is_a_further_version_and_the_earlier_one_stays(planner, posture):
    assert (posture["version"], posture["stands"][1]["name"] != "") == (1, True)
    changed = ONE_STAND | {"version": 1}
    assert done(planner.post(f"postures/{posture['id']}/versions", changed))["version"] == 2
    assert [one["name"] for one in done(planner.get("postures"))] == ["One end"]
    with scoped(EVERYTHING):
        kept = PostureVersion.objects.order_by("version").values_list("version", "name")
        assert list(kept) == [(1, "Two ends"), (2, "One end")]


def test_who_saw_an_older_version_is_refused_and_nothing_is_kept(planner, posture):
    path = f"postures/{posture['id']}/versions"
    done(planner.post(path, ONE_STAND | {"version": 1}))
    reply = planner.post(path, POSTURE | {"version": 1})
    assert (reply.status_code, reply.json()["code"]) == (409, "posture.changed")
    with scoped(EVERYTHING):
        assert PostureVersion.objects.count() == 2


def test_a_withdrawn_posture_is_listed_no_more(planner, posture):
    body = POSTURE | {"version": 1, "withdrawn": True}
    done(planner.post(f"postures/{posture['id']}/versions", body))
    assert done(planner.get("postures")) == []
    box = "west=24.93&south=60.16&east=24.95&north=60.175"
    assert planner.get(f"postures/{posture['id']}/coverage?{box}").status_code == 404


def test_more_units_than_a_city_has_are_refused(planner):
    stands = [POSTURE["stands"][0] | {"count": 300}] * 2
    reply = planner.post("postures", POSTURE | {"stands": stands})
    assert (reply.status_code, reply.json()["rule"]) == (422, "posture_of_so_many")


def test_coverage_grows_with_a_second_stand(planner, posture, other):
    box = "west=24.93&south=60.16&east=24.95&north=60.175"
    two, one = (
        done(planner.get(f"postures/{key}/coverage?{box}")) for key in (posture["id"], other)
    )
    assert (two["units"], one["units"]) == (4, 2)
    assert [band["within_s"] for band in two["bands"]] == [60, 180, 300]
    assert two["bands"][0]["reached_m"] > one["bands"][0]["reached_m"] > 0


def test_nobody_sees_the_postures_of_another_desk(posture):
    elsewhere = make_desk("SUPERVISOR", organisation="COMMUNITY_23")
    assert done(elsewhere.get("postures")) == []
    reply = elsewhere.post(f"postures/{posture['id']}/versions", POSTURE | {"version": 1})
    assert reply.status_code == 404


def test_without_past_demand_nothing_is_played(planner, posture):
    body = SHORT | {"a": posture["id"], "b": posture["id"]}
    reply = planner.post("posture-studies", body)
    assert (reply.status_code, reply.json()["code"]) == (409, "posture_study.no_past_demand")
    with scoped(EVERYTHING):
        assert Study.objects.count() == 0


@pytest.mark.usefixtures("jobs")
def test_a_posture_beside_itself_differs_in_nothing(planner, posture):
    study = begun(planner, posture["id"], posture["id"])
    assert (study["state"], study["done"], study["lines"]) == ("RUNNING", 0, [])
    assert (study["incidents"], study["calls_a_day"]) == (1, 1.0)
    first = done(planner.post(f"posture-studies/{study['id']}/steps"))
    assert (first["state"], first["done"]) == ("RUNNING", 4)
    last = played(planner, first)
    assert (last["state"], last["done"]) == ("DONE", 6)
    assert {one["difference"]["value"] for one in last["lines"]} == {0.0}
    assert not any(one["differs"] for one in last["lines"])
    assert last["lines"][0]["figure"] == "p50_s"
    assert last["lines"][0]["a"]["low"] < last["lines"][0]["a"]["value"]
    assert planner.post(f"posture-studies/{study['id']}/steps").status_code == 409


@pytest.mark.usefixtures("jobs")
def test_the_same_seed_gives_the_same_figures(planner, posture, other):
    both = [played(planner, begun(planner, posture["id"], other)) for _ in range(2)]
    assert both[0]["lines"] == both[1]["lines"]
    assert both[0]["areas"] == both[1]["areas"]
    third = played(planner, begun(planner, posture["id"], other, seed=2))
    assert third["lines"] != both[0]["lines"]


@pytest.mark.usefixtures("jobs")
def test_a_stopped_study_keeps_what_was_played(planner, posture, other):
    study = begun(planner, posture["id"], other)
    done(planner.post(f"posture-studies/{study['id']}/steps"))
    stopped = done(planner.post(f"posture-studies/{study['id']}/stop"))
    assert (stopped["state"], stopped["done"]) == ("STOPPED", 4)
    assert stopped == done(planner.get(f"posture-studies/{study['id']}"))
    assert stopped["lines"] != []
