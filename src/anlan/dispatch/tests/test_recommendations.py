"""Recommendations: by road time, each with its reason, and the same again from what was kept."""

import json
from datetime import timedelta

from django.db import connection
from tests.people import EVERYTHING, make_desk, unit_id

from anlan.dispatch.choosing import DeskQuestion, choose
from anlan.dispatch.models import Recommendation
from anlan.dispatch.services import assignments, recommendations
from anlan.dispatch.services.recommendations import RANKED_LIMIT_UNITS, erase_old_questions
from anlan.dispatch.tests.room import PLACE, done, kept
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped
from anlan.orgs.services.positions import position_kept_for
from anlan.places.city_pack import city
from anlan.places.roads import roads_under
from anlan_engine.assign import Remark

SECOND = timedelta(seconds=1)
REPLAYED = {
    "rank", "call_sign", "travel_s", "distance_m", "straight_m", "straight_rank", "brings",
    "reasons",
}  # fmt: skip


def reason(remark: Remark) -> dict:
    return {"code": str(remark.code), "facts": dict(remark.facts)}


def recommend(room, incident: str) -> dict:
    return done(room.dispatcher.post(f"incidents/{incident}/recommendations"))


def test_units_stand_in_the_order_of_their_road_time(room):
    units = recommend(room, room.call())["units"]
    assert [unit["rank"] for unit in units] == list(range(1, len(units) + 1))
    assert 1 < len(units) <= RANKED_LIMIT_UNITS
    by_need: dict[tuple, list[float]] = {}
    for unit in units:
        by_need.setdefault(tuple(unit["brings"]), []).append(unit["travel_s"])
    for times in by_need.values():
        assert times == sorted(times)
    assert all(unit["reasons"] for unit in units)


def test_question_goes_when_the_positions_in_it_expire(room):
    shown = recommend(room, room.call())
    with scoped(EVERYTHING):
        before = Recommendation.objects.get(pk=shown["id"])
    assert before.asked["question"]
    expires = before.made_at + position_kept_for(now())
    assert [erase_old_questions(expires + later) for later in (0 * SECOND, SECOND, SECOND)] == [
        0, 1, 0,
    ]  # fmt: skip
    with scoped(EVERYTHING):
        after = Recommendation.objects.get(pk=shown["id"])
    assert (after.asked, after.ranking, after.answer) == (None, before.ranking, before.answer)


def test_only_advice_is_acknowledged_before_it_is_on_disk(room, monkeypatch):
    waits = {}

    def looking(name, done_by):
        def look(*args, **named):
            with connection.cursor() as cursor:
                cursor.execute("SELECT source FROM pg_settings WHERE name = 'synchronous_commit'")
                waits[name] = cursor.fetchone()[0] != "session"
            return done_by(*args, **named)

        return look

    incident = room.call()
    monkeypatch.setattr(recommendations, "recommend", looking("advice", recommendations.recommend))
    monkeypatch.setattr(assignments, "assign", looking("sending", assignments.assign))
    room.send(incident, "P01")  # before, since a test is one transaction
    recommend(room, incident)
    assert waits == {"sending": True, "advice": False}


def test_recommendation_replays_from_what_was_kept(room):
    incident = room.call()
    room.send(room.call(), "P01")
    circle = {"lon": 24.9497, "lat": 60.1747, "radius_m": 40}
    done(room.dispatcher.post("road-closures", {"reason": "Smoke", **circle}))
    shown = recommend(room, incident)
    with scoped(EVERYTHING):
        stored = Recommendation.objects.get(pk=shown["id"])
    assert stored.pack == shown["pack"] == city().checksum
    assert len(stored.closures) == 1
    asked = DeskQuestion.of_snapshot(stored.asked)
    assert json.loads(json.dumps(asked.snapshot())) == stored.asked
    again = choose(asked, roads_under(stored.closures).times)
    ranked = [one for one in again.ranking if one.rank is not None][:RANKED_LIMIT_UNITS]
    assert [
        {
            "rank": one.rank,
            "call_sign": one.unit_id,
            "travel_s": one.travel_s,
            "distance_m": one.distance_m,
            "straight_m": one.straight_m,
            "straight_rank": one.straight_rank,
            "brings": list(one.brings),
            "reasons": [reason(one) for one in one.reasons],
        }
        for one in ranked
    ] == [
        {key: entry[key] for key in entry if key in REPLAYED}
        for entry in stored.ranking[:RANKED_LIMIT_UNITS]
    ]
    assert [
        (place.need, place.unit_id, place.travel_s, reason(place.reason)) for place in again.places
    ] == [
        (one["capability"], one["call_sign"], one["travel_s"], one["reason"])
        for one in stored.answer["requirements"]
    ]
    assert shown["requirements"] == stored.answer["requirements"]


def test_busy_unit_is_left_out_with_its_reason_and_one_off_duty_is_not_considered(room):
    incident = room.call()
    before = recommend(room, incident)
    first, second = (unit["call_sign"] for unit in before["units"][:2])
    room.send(room.call(), first)
    done(room.dispatcher.put(f"units/{unit_id(second)}/duty", {"duty": "OFF_DUTY"}))
    after = recommend(room, incident)
    signs = {unit["call_sign"] for unit in after["units"]}
    assert not signs & {first, second}
    assert after["considered"] == before["considered"] - 1
    assert sum(after["left_out"].values()) == sum(before["left_out"].values()) + 1


def test_unit_counts_from_where_it_is_and_else_from_its_station(room):
    incident = room.call()
    placed = {u["call_sign"]: u for u in recommend(room, incident)["units"]}
    sign = next(iter(placed))
    fix = {"unit_id": str(unit_id(sign)), "lon": 24.9425, "lat": 60.169, "at": now().isoformat()}
    done(make_desk("GATEWAY").post("unit-positions", {"positions": [fix]}))
    moved = {u["call_sign"]: u for u in recommend(room, incident)["units"]}[sign]
    assert placed[sign]["positioned_at"] is None
    assert moved["positioned_at"] is not None
    assert (moved["travel_s"], moved["straight_m"]) < (
        placed[sign]["travel_s"],
        placed[sign]["straight_m"],
    )


def test_asking_for_a_recommendation_moves_nothing(room):
    incident = room.call()
    before = kept(incident)
    recommend(room, incident)
    assert kept(incident) == before


def test_place_without_a_street_gets_no_recommendation(room):
    incident = room.call(lon=24.935, lat=60.182)  # in Töölönlahti bay
    refused = room.dispatcher.post(f"incidents/{incident}/recommendations")
    assert (refused.status_code, refused.json()["code"]) == (409, "incident.off_network")
    with scoped(EVERYTHING):
        assert Recommendation.objects.count() == 0


def test_an_incident_cut_off_by_a_closure_is_reached_again_when_it_ends(room):
    incident = room.call()
    free = recommend(room, incident)
    around = {"lon": PLACE["lon"], "lat": PLACE["lat"], "radius_m": 200}
    closure = done(room.dispatcher.post("road-closures", {"reason": "Smoke", **around}))
    cut_off = recommend(room, incident)
    assert cut_off["units"] == []
    assert cut_off["left_out"]["UNREACHABLE"] >= len(free["units"])
    done(room.dispatcher.post(f"road-closures/{closure['id']}/moves/end"))
    assert recommend(room, incident)["units"] == free["units"]
