"""Recommendations by card: who fills which place, what is sent already, why, by which rules."""

from datetime import timedelta

from tests.people import EVERYTHING

from anlan.dispatch.models import Assignment
from anlan.dispatch.tests.room import PLACE, Room, done, kept
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped
from anlan.orgs.models import Unit

PATROL = {"kind": "THEFT", "text": "A bicycle"}


def recommend(room: Room, incident: str) -> dict:
    return done(room.dispatcher.post(f"incidents/{incident}/recommendations"))


def send_suggested(room: Room, incident: str, made: dict) -> None:
    ids = [unit["unit_id"] for unit in made["units"] if unit["suggested"]]
    body = {"unit_ids": ids, "recommendation_id": made["id"]}
    done(room.dispatcher.post(f"incidents/{incident}/assignments", body))


def test_every_place_of_the_card_is_proposed_a_unit_of_its_own_that_brings_it(room):
    made = recommend(room, room.call())
    places = made["requirements"]
    assert [place["capability"] for place in places] == ["FIRE_ENGINE", "LADDER"]
    assert {place["state"] for place in places} == {"PROPOSED"}
    by_id = {unit["unit_id"]: unit for unit in made["units"]}
    for place in places:
        assert place["capability"] in by_id[place["unit_id"]]["capabilities"]
        assert by_id[place["unit_id"]]["travel_s"] == place["travel_s"]
    suggested = {unit["unit_id"] for unit in made["units"] if unit["suggested"]}
    assert suggested == {place["unit_id"] for place in places}
    assert made["complete_s"] == max(place["travel_s"] for place in places)


def test_recommendation_names_the_rules_that_decided_and_the_age_of_its_data(room):
    made = recommend(room, room.call())
    assert made["policy"] == {
        "cards": [{"id": "fire_and_rescue", "version": "2026.1", "code": "STRUCTURE_FIRE"}],
        "choice": {"id": "standard", "version": "2026.1"},
    }
    assert made["data_age"] == {
        "oldest_s": None, "stale": 0, "at_station": 2, "stale_after_s": 120.0,
    }  # fmt: skip


def test_what_is_sent_fills_its_place_and_only_the_rest_is_proposed(room):
    incident = room.call()
    first = recommend(room, incident)
    engine = first["requirements"][0]
    room.send(incident, engine["call_sign"])
    second = recommend(room, incident)
    assert [(p["state"], p["call_sign"]) for p in second["requirements"]] == [
        ("SENT", engine["call_sign"]),
        ("PROPOSED", first["requirements"][1]["call_sign"]),
    ]
    send_suggested(room, incident, second)
    third = recommend(room, incident)
    assert [p["state"] for p in third["requirements"]] == ["SENT", "SENT"]
    assert not any(unit["suggested"] for unit in third["units"])


def test_a_place_that_nobody_can_fill_stays_open_and_says_so(room):
    with scoped(EVERYTHING):
        ladders = Unit.objects.filter(capabilities__contains=["LADDER"])
        ladders.update(duty="OFF_DUTY", lon=None, lat=None, positioned_at=None)
    places = recommend(room, room.call())["requirements"]
    assert [(p["capability"], p["state"]) for p in places] == [
        ("FIRE_ENGINE", "PROPOSED"),
        ("LADDER", "OPEN"),
    ]
    assert places[1]["reason"] == {"code": "NOBODY_CAN", "facts": {"able": 0}}


def test_the_most_urgent_always_gets_the_fastest_and_the_rest_somebody_in_time(room):
    for priority in (1, 2, 3, 4):
        made = recommend(room, room.call(**PATROL, priority=priority))
        (place,) = made["requirements"]
        able = [u for u in made["units"] if "POLICE_PATROL" in u["capabilities"]]
        fastest = min(unit["travel_s"] for unit in able)
        if priority == 1:
            assert (place["travel_s"], place["reason"]["code"]) == (fastest, "URGENT_SO_FASTEST")
        else:
            limit = {2: 300, 3: 600, 4: 1800}[priority]
            assert place["travel_s"] <= max(fastest, min(limit, fastest + 120))
            assert place["reason"]["code"] in {
                "FASTEST",
                "IN_TIME_AND_COSTS_LEAST_COVER",
                "NOBODY_IN_TIME_SO_FASTEST",
            }


def test_a_departure_is_recorded_with_its_reason_and_never_without(room):
    incident = room.call()
    made = recommend(room, incident)
    other = next(unit for unit in made["units"] if not unit["suggested"])
    before = kept(incident)
    body = {"unit_ids": [other["unit_id"]], "recommendation_id": made["id"]}
    refused = room.dispatcher.post(f"incidents/{incident}/assignments", body)
    assert (refused.status_code, refused.json()["field"]) == (422, "departure_reason")
    assert kept(incident) == before
    body["departure_reason"] = "It passes there."
    done(room.dispatcher.post(f"incidents/{incident}/assignments", body))
    facts = room.shown(incident)["timeline"][-1]["facts"]
    assert facts["departure_reason"] == "It passes there."
    assert facts["recommended"] == [u["call_sign"] for u in made["units"] if u["suggested"]]


def all_patrols_busy(room: Room, priority: int) -> list[str]:
    """Send every patrol to an incident of its own; return the incidents."""
    with scoped(EVERYTHING):
        rows = Unit.objects.filter(capabilities__contains=["POLICE_PATROL"]).order_by("call_sign")
        signs = list(rows.values_list("call_sign", flat=True))
    incidents = [room.call(**PATROL, priority=priority) for _ in signs]
    for incident, sign in zip(incidents, signs, strict=True):
        room.send(incident, sign)
    return incidents


def preempt(room: Room, incident: str, made: dict, reason: str = "Life in danger."):
    body = {"recommendation_id": made["id"], "reason": reason}
    return room.dispatcher.post(f"incidents/{incident}/preemptions", body)


def test_with_nobody_free_a_unit_of_a_less_urgent_incident_is_offered_with_what_it_costs(room):
    less_urgent = all_patrols_busy(room, 3)
    urgent = room.call(kind="ROBBERY", text="")
    made = recommend(room, urgent)
    offer = made["offer"]
    assert made["requirements"][0]["state"] == "OPEN"
    assert offer["incident_id"] in less_urgent
    assert (offer["incident_priority"], offer["gain_s"], offer["takes_over"]) == (3, None, None)
    made_jobs = done(preempt(room, urgent, made))
    assert [(job["incident_id"], job["call_sign"]) for job in made_jobs] == [
        (urgent, offer["call_sign"])
    ]
    left = room.shown(offer["incident_id"])
    assert (left["state"], left["phase"], left["units"]) == ("OPEN", "WAITING", [])
    step = left["timeline"][-1]
    assert (step["move"], step["facts"]["preempted_for"]) == (
        "preempt",
        room.shown(urgent)["number"],
    )
    came = room.shown(urgent)["timeline"][-1]["facts"]
    assert (came["preempted_from"], came["reason"]) == (left["number"], "Life in danger.")


def test_the_incident_that_is_left_gets_another_unit_in_the_same_transaction(room):
    near = room.call(**PATROL, priority=4)
    signs = [unit["call_sign"] for unit in recommend(room, near)["units"]]
    with scoped(EVERYTHING):
        far = {"lon": 24.9497, "lat": 60.1747, "positioned_at": now()}
        Unit.objects.filter(capabilities=["POLICE_PATROL"]).exclude(
            call_sign__in=[signs[0], signs[-1]]
        ).update(duty="OFF_DUTY", lon=None, lat=None, positioned_at=None)
        Unit.objects.filter(call_sign=signs[-1]).update(**far)
        Unit.objects.filter(call_sign=signs[0]).update(**PLACE, positioned_at=now())
    room.send(near, signs[0])
    urgent = room.call(kind="ROBBERY", text="")
    made = recommend(room, urgent)
    offer = made["offer"]
    assert (offer["call_sign"], offer["takes_over"]["call_sign"]) == (signs[0], signs[-1])
    assert offer["gain_s"] >= 60
    jobs = done(preempt(room, urgent, made))
    assert {(job["incident_id"], job["call_sign"]) for job in jobs} == {
        (urgent, signs[0]),
        (near, signs[-1]),
    }
    assert (room.shown(near)["units"], room.shown(urgent)["units"]) == ([signs[-1]], [signs[0]])


def test_nobody_is_taken_from_an_incident_as_urgent_or_already_on_scene(room):
    all_patrols_busy(room, 2)
    assert recommend(room, room.call(**PATROL, priority=2))["offer"] is None
    with scoped(EVERYTHING):
        jobs = [str(pk) for pk in Assignment.objects.values_list("pk", flat=True)]
    for job in jobs:
        room.bring(job, room.dispatcher, steps=2)
    assert recommend(room, room.call(kind="ROBBERY"))["offer"] is None


def test_an_offer_that_no_longer_holds_is_refused_and_nothing_changes(room):
    all_patrols_busy(room, 3)
    urgent = room.call(kind="ROBBERY")
    made = recommend(room, urgent)
    with scoped(EVERYTHING):
        job = Assignment.objects.get(unit_id=made["offer"]["unit_id"])
    room.bring(str(job.pk), room.dispatcher, steps=2)
    before = kept(urgent), kept(made["offer"]["incident_id"])
    refused = preempt(room, urgent, made)
    assert (refused.status_code, refused.json()["code"]) == (409, "preemption.gone")
    assert (kept(urgent), kept(made["offer"]["incident_id"])) == before


def test_nobody_is_taken_without_a_reason_or_by_a_call_taker(room):
    all_patrols_busy(room, 3)
    urgent = room.call(kind="ROBBERY")
    made = recommend(room, urgent)
    before = kept(urgent), kept(made["offer"]["incident_id"])
    assert preempt(room, urgent, made, " ").json()["code"] == "move.missing_fact"
    body = {"recommendation_id": made["id"], "reason": "Quick"}
    assert room.taker.post(f"incidents/{urgent}/preemptions", body).status_code == 403
    assert (kept(urgent), kept(made["offer"]["incident_id"])) == before


def test_the_age_of_the_position_that_was_used_is_told(room):
    incident = room.call(kind="MEDICAL_BIRTH")
    (place,) = recommend(room, incident)["requirements"]
    told = {"lon": PLACE["lon"], "lat": PLACE["lat"], "positioned_at": now() - timedelta(hours=1)}
    with scoped(EVERYTHING):
        Unit.objects.filter(pk=place["unit_id"]).update(**told)
    made = recommend(room, incident)
    assert made["requirements"][0]["unit_id"] == place["unit_id"]
    age = made["data_age"]
    assert (age["stale"], age["at_station"]) == (1, 0)
    assert 3600 <= age["oldest_s"] < 3700
