"""Plans under pressure: all that waits at once, sent in one transaction or not at all."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from tests.people import EVERYTHING
from tests.together import at_once, window_of

from anlan.dispatch.errors import OldPlanError
from anlan.dispatch.models import Assignment, BatchPlan
from anlan.dispatch.services.plans import GOOD_FOR, commit
from anlan.dispatch.tests.room import Room, done, kept
from anlan.kernel.scope import scoped
from anlan.orgs.models import Unit
from anlan_engine.assign import Batch, assign_batch


def pressure(room: Room) -> list[str]:
    """Take calls of every urgency."""
    kinds = (
        "THEFT",
        "ROBBERY",
        "FIRE_STRUCTURE",
        "MEDICAL_BIRTH",
        "TRAFFIC_INJURY",
        "QUARREL_HELP",
    )
    return [room.call(kind=kind, lon=24.9425 + number / 1000) for number, kind in enumerate(kinds)]


def propose(room: Room) -> dict:
    return done(room.dispatcher.post("batch-plans"))


def proposed(plan: dict) -> set[tuple[str, str]]:
    return {
        (one["incident_id"], place["call_sign"])
        for one in plan["incidents"]
        for place in one["places"]
        if place["state"] == "PROPOSED"
    }


def test_plan_has_every_waiting_incident_and_no_unit_twice(room):
    incidents = pressure(room)
    manned = room.call()
    room.send(manned, "P01")
    plan = propose(room)
    assert {one["incident_id"] for one in plan["incidents"]} == set(incidents)
    signs = [sign for _, sign in proposed(plan)]
    assert len(signs) == len(set(signs)) == 8
    assert "P01" not in signs


def test_commit_sends_all_that_was_planned(room):
    incidents = pressure(room)
    plan = propose(room)
    sent = done(room.dispatcher.post(f"batch-plans/{plan['id']}/commit"))
    assert {(job["incident_id"], job["call_sign"]) for job in sent} == proposed(plan)
    assert {room.shown(incident)["phase"] for incident in incidents} == {"ASSIGNED"}
    facts = room.shown(incidents[0])["timeline"][-1]["facts"]
    assert facts["batch_plan_id"] == plan["id"]
    assert propose(room)["incidents"] == []


def test_commit_of_some_incidents_leaves_the_others_waiting(room):
    first, *others = pressure(room)
    plan = propose(room)
    body = {"incident_ids": [first]}
    sent = done(room.dispatcher.post(f"batch-plans/{plan['id']}/commit", body))
    assert {job["incident_id"] for job in sent} == {first}
    assert {room.shown(other)["phase"] for other in others} == {"WAITING"}


def test_when_units_are_short_the_most_urgent_goes_first(room):
    with scoped(EVERYTHING):
        patrols = Unit.objects.filter(capabilities=["POLICE_PATROL"])
        patrols.exclude(call_sign="P01").update(duty="OFF_DUTY")
    later, urgent = room.call(kind="THEFT"), room.call(kind="ROBBERY")
    plan = propose(room)
    assert proposed(plan) == {(urgent, "P01")}
    (other,) = (one for one in plan["incidents"] if one["incident_id"] == later)
    assert other["places"][0]["reason"]["code"] == "NOBODY_LEFT"


def test_if_one_unit_is_gone_nothing_of_the_plan_is_sent(room):
    incidents = pressure(room)
    plan = propose(room)
    taken = sorted(sign for _, sign in proposed(plan))[-1]
    elsewhere = room.call()
    room.send(elsewhere, taken)
    before = [kept(incident)[:3] for incident in incidents]
    refused = room.dispatcher.post(f"batch-plans/{plan['id']}/commit")
    assert (refused.status_code, refused.json()["code"]) == (409, "unit.busy")
    assert refused.json()["facts"]["unit"] == taken
    assert [kept(incident)[:3] for incident in incidents] == before


def test_plan_replays_from_what_was_kept(room):
    pressure(room)
    plan = propose(room)
    with scoped(EVERYTHING):
        stored = BatchPlan.objects.get(pk=plan["id"])
    again = assign_batch(Batch.of_snapshot(stored.asked))
    numbers = {one["number"]: one["incident_id"] for one in plan["incidents"]}
    replayed = {(numbers[one.call.split("/")[0]], one.unit) for one in again if one.unit}
    assert replayed == proposed(plan)


def test_an_old_plan_is_not_committed(room):
    pressure(room)
    plan = propose(room)
    with scoped(EVERYTHING):
        made_at = BatchPlan.objects.get(pk=plan["id"]).made_at
        with pytest.raises(OldPlanError):
            commit(
                UUID(plan["id"]), incident_ids=None, actor=EVERYTHING,
                at=made_at + GOOD_FOR + timedelta(seconds=1),
            )  # fmt: skip
        assert Assignment.objects.count() == 0


def test_a_call_taker_neither_plans_nor_commits(room):
    pressure(room)
    plan = propose(room)
    assert room.taker.post("batch-plans").status_code == 403
    assert room.taker.post(f"batch-plans/{plan['id']}/commit").status_code == 403
    with scoped(EVERYTHING):
        assert Assignment.objects.count() == 0


def test_of_two_who_commit_overlapping_plans_one_wins_whole(committing):
    room = Room()
    incidents = pressure(room)
    plans = [propose(room), propose(room)]
    windows = [window_of(room.dispatcher), window_of(room.dispatcher)]
    answers = at_once(
        [
            partial(window.post, f"batch-plans/{plan['id']}/commit")
            for window, plan in zip(windows, plans, strict=True)
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    with scoped(EVERYTHING):
        jobs = list(Assignment.objects.values_list("incident_id", "call_sign"))
    assert {(str(incident), sign) for incident, sign in jobs} == proposed(plans[0])
    assert len(jobs) == len(proposed(plans[0]))
    assert {str(incident) for incident, _ in jobs} == set(incidents)
