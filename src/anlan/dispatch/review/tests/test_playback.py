"""Looking back: an incident rebuilt from its steps, and replayed as far as is known."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.people import EVERYTHING, unit_id

from anlan.dispatch.models import Incident, IncidentStep
from anlan.dispatch.review import selectors
from anlan.dispatch.review.api import playback
from anlan.dispatch.tests.room import PLACE, Room, done
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped
from anlan.orgs.services.positions import position_kept_for


def history(room: Room, incident: str) -> dict[str, Any]:
    return dict(done(room.dispatcher.get(f"incidents/{incident}/history")))


def replay(room: Room, incident: str) -> dict[str, Any]:
    return dict(done(room.dispatcher.get(f"incidents/{incident}/playback")))


def finished(room: Room) -> str:
    incident = room.call()
    (job,) = room.send(incident, "P01")
    room.bring(job, room.crew("P01"))
    done(room.close(incident))
    return incident


def test_history_is_rebuilt_from_steps_and_agrees_with_the_rows(room):
    incident = finished(room)
    shown, told = room.shown(incident), history(room, incident)
    assert told["differs"] == []
    assert told["rounds"] == shown["rounds"]
    assert [one["state"] for one in told["jobs"]] == ["CLEARED"]
    assert [one["move"] for one in told["entries"]] == [s["move"] for s in shown["timeline"]]


def test_history_says_what_its_rows_tell_otherwise(room):
    incident = finished(room)
    with scoped(EVERYTHING):
        Incident.objects.filter(pk=incident).update(alarm_level=4)
    assert history(room, incident)["differs"] == ["alarm_level: stored 4, rebuilt 1"]


def test_entry_that_was_told_late_stands_when_it_was_done_with_both_times(room):
    incident = room.call()
    (job,) = room.send(incident, "P01")
    sent = datetime.fromisoformat(room.shown(incident)["assignments"][0]["assigned_at"])
    done(room.dispatcher.post(f"incidents/{incident}/moves/reprioritise", {"priority": 3}))
    done(room.move(job, "on_scene", room.crew("P01"), told_at=sent.isoformat()))
    moves = [one["move"] for one in history(room, incident)["entries"]]
    assert moves == ["open", "assign", "on_scene", "reprioritise"]
    arrival = history(room, incident)["entries"][2]
    assert datetime.fromisoformat(arrival["at"]) == sent
    assert arrival["heard_at"] > arrival["at"]


def test_replay_tells_phases_and_where_steps_put_units(room):
    told = replay(room, finished(room))
    (incident,) = told["incidents"]
    phases = [one["phase"] for one in incident["phases"]]
    assert phases == ["WAITING", "ASSIGNED", "EN_ROUTE", "ON_SCENE", "REPORTED", "CLOSED"]
    states = [(one["call_sign"], one["state"], one["lon"]) for one in told["units"]]
    assert states == [
        ("P01", "ASSIGNED", None),
        ("P01", "EN_ROUTE", None),
        ("P01", "ON_SCENE", PLACE["lon"]),
        ("P01", None, None),
    ]
    assert told["since"] <= incident["phases"][0]["at"]
    assert told["until"] >= told["entries"][-1]["at"]


def test_replay_shows_the_one_position_that_is_kept_and_no_other(room):
    incident = room.call()
    (job,) = room.send(incident, "P01")
    crew = room.crew("P01")
    for lon in (24.9511, 24.9522):
        fix = {"unit_id": str(unit_id("P01")), "lat": 60.17, "lon": lon, "at": f"{now()}"}
        done(crew.post("unit-positions", {"positions": [fix]}))
    room.bring(job, crew, steps=2)
    (seen,) = replay(room, incident)["last_seen"]
    assert (seen["call_sign"], seen["lon"]) == ("P01", 24.9522)
    assert replay(room, incident)["positions"] == "LAST_ONLY"


def test_replay_says_that_positions_have_expired(room):
    incident = finished(room)
    old = now() - position_kept_for(now()) - timedelta(hours=1)
    hour = {"since": (old - timedelta(minutes=30)).isoformat(), "until": old.isoformat()}
    told = done(room.dispatcher.get("playback", **hour))
    assert (told["positions"], told["last_seen"], told["incidents"]) == ("EXPIRED", [], [])
    assert replay(room, incident)["positions"] == "LAST_ONLY"


def test_an_hour_of_the_desk_has_every_incident_that_was_there(room):
    first, second = room.call(), finished(room)
    hour = {
        "since": (now() - timedelta(minutes=59)).isoformat(),
        "until": (now() + timedelta(seconds=1)).isoformat(),
    }
    told = done(room.dispatcher.get("playback", **hour))
    assert {one["id"] for one in told["incidents"]} == {first, second}
    assert told["left_off"] == 0
    moments = [one["at"] for one in told["entries"]]
    assert moments == sorted(moments)


@pytest.mark.parametrize("seconds", [-60, 0, 3_601])
def test_more_than_an_hour_of_the_desk_is_not_replayed(room, seconds):
    since = now() - timedelta(days=1)
    hour = {"since": since.isoformat(), "until": (since + timedelta(seconds=seconds)).isoformat()}
    refused = room.dispatcher.get("playback", **hour)
    assert (refused.status_code, refused.json()["rule"]) == (422, "at_most_an_hour")


def test_history_tells_its_latest_entries_and_how_many_are_left_off(room, monkeypatch):
    monkeypatch.setattr(playback, "HISTORY_LIMIT_ENTRIES", 2)
    told = history(room, finished(room))
    assert [one["move"] for one in told["entries"]] == ["clear", "close"]
    assert told["left_off"] == 4
    assert (told["state"], told["differs"]) == ("CLOSED", [])  # rebuilt from all of them


def last_hour() -> dict[str, str]:
    return {
        "since": (now() - timedelta(minutes=59)).isoformat(),
        "until": (now() + timedelta(seconds=1)).isoformat(),
    }


@pytest.mark.parametrize(("limit", "replayed", "left_off"), [(7, 2, 0), (6, 1, 1), (0, 0, 2)])
def test_replay_of_the_desk_has_no_more_steps_than_its_limit(
    room, monkeypatch, limit, replayed, left_off
):
    finished(room)
    room.call()
    monkeypatch.setattr(selectors, "REPLAYED_LIMIT_STEPS", limit)
    told = done(room.dispatcher.get("playback", **last_hour()))
    assert (len(told["incidents"]), told["left_off"]) == (replayed, left_off)


def test_replay_of_the_desk_has_no_more_incidents_than_its_limit(room, monkeypatch):
    latest = [room.call() for _ in range(3)][1:]
    monkeypatch.setattr(selectors, "REPLAYED_LIMIT_INCIDENTS", 2)
    told = done(room.dispatcher.get("playback", **last_hour()))
    assert {one["id"] for one in told["incidents"]} == set(latest)
    assert told["left_off"] == 1


def test_incident_with_more_steps_than_the_limit_is_not_replayed(room, monkeypatch):
    incident = finished(room)
    monkeypatch.setattr(selectors, "REPLAYED_LIMIT_STEPS", 5)
    refused = room.dispatcher.get(f"incidents/{incident}/playback")
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "history.too_long")
    assert problem["facts"] == {"steps": 6, "limit": 5}
    assert history(room, incident)["differs"] == []


def test_steps_that_cannot_be_followed_are_named_and_hold_up_no_other_incident(room):
    whole, broken = finished(room), room.call()
    with scoped(EVERYTHING):
        row = Incident.objects.get(pk=broken)
        IncidentStep.objects.create(
            area=row.area, subject_id=row.id, move="on_scene", source="EN_ROUTE",
            target="ON_SCENE", made_by="x", made_by_name="x", made_at=now(),
            facts={"assignment_id": "nobody"},
        )  # fmt: skip
    told = done(room.dispatcher.get("playback", **last_hour()))
    assert [one["id"] for one in told["incidents"]] == [whole]
    assert told["broken"] == [row.number]
    for path in ("history", "playback"):
        refused = room.dispatcher.get(f"incidents/{broken}/{path}")
        assert (refused.status_code, refused.json()["code"]) == (409, "history.broken")
        assert "on_scene at" in refused.json()["facts"]["step"]
