"""Shifts: who is on a unit when, signing on, handing over, signing off."""

from datetime import timedelta

import pytest
from tests.people import EVERYTHING, unit_id

from anlan.kernel.clock import now
from anlan.kernel.scope import scoped
from anlan.orgs.models import Account, Shift, UnitStep


def plan(desk, unit: str, crew, begins_min: int = -10, ends_min: int = 480):
    at = now()
    body = {
        "begins_at": (at + timedelta(minutes=begins_min)).isoformat(),
        "ends_at": (at + timedelta(minutes=ends_min)).isoformat(),
        "crew": [str(one.account.id) for one in crew],
    }
    return desk.post(f"units/{unit_id(unit)}/shifts", body)


def move(desk, shift: str, name: str, **facts):
    return desk.post(f"shifts/{shift}/moves/{name}", facts)


def page(desk, unit: str) -> dict:
    reply = desk.get(f"units/{unit_id(unit)}")
    assert reply.status_code == 200
    return reply.json()


def crew_names(desk, unit: str) -> set[str]:
    return {one["username"] for one in page(desk, unit)["crew"]}


def kept() -> tuple[object, ...]:
    with scoped(EVERYTHING):
        return (
            list(Shift.objects.order_by("pk").values()),
            list(Account.objects.order_by("pk").values("pk", "unit")),
            UnitStep.objects.count(),
        )


@pytest.fixture
def people(desk):
    """Return a dispatcher and three people without a unit who can be on a crew."""
    return desk("DISPATCHER"), [desk("CREW") for _ in range(3)]


def test_signing_on_puts_the_planned_crew_on_the_unit_and_on_duty(people):
    dispatcher, (one, two, _) = people
    dispatcher.put(f"units/{unit_id('P01')}/duty", {"duty": "OFF_DUTY"})
    planned = plan(dispatcher, "P01", [one, two]).json()
    assert (planned["state"], planned["moves"]) == ("PLANNED", ["sign_on", "cancel"])
    signed = move(one, planned["id"], "sign_on")
    assert (signed.status_code, signed.json()["state"]) == (200, "ON")
    shown = page(dispatcher, "P01")
    assert (shown["duty"], shown["shift_ends_at"]) == ("ON_DUTY", signed.json()["ends_at"])
    names = {one.account.username, two.account.username}
    assert {who["username"] for who in shown["crew"]} >= names
    assert one.get("session").json()["unit_id"] == str(unit_id("P01"))
    assert [step["move"] for step in shown["steps"]] == ["sign_on", "plan_shift", "duty"]


def test_handing_over_relieves_the_crew_before_and_keeps_the_unit_on_duty(people):
    dispatcher, (one, two, three) = people
    first = plan(dispatcher, "P01", [one, two], ends_min=5).json()["id"]
    second = plan(dispatcher, "P01", [two, three], begins_min=5).json()["id"]
    move(one, first, "sign_on")
    handed = move(three, second, "sign_on")
    assert handed.json()["state"] == "ON"
    shown = page(dispatcher, "P01")
    assert {s["id"]: s["state"] for s in shown["shifts"]} == {first: "ENDED", second: "ON"}
    assert shown["duty"] == "ON_DUTY"
    assert one.get("session").json()["unit_id"] is None
    assert two.get("session").json()["unit_id"] == str(unit_id("P01"))
    last = shown["steps"][0]
    assert (last["move"], last["facts"]["ended_shift"]) == ("hand_over", first)


def test_whoever_came_instead_is_on_the_unit(people):
    dispatcher, (one, two, three) = people
    planned = plan(dispatcher, "P01", [one, two]).json()["id"]
    crew = [str(three.account.id), str(one.account.id)]
    assert move(dispatcher, planned, "sign_on", crew=crew).status_code == 200
    assert two.account.username not in crew_names(dispatcher, "P01")
    assert three.account.username in crew_names(dispatcher, "P01")


def test_nobody_is_on_two_units(people):
    dispatcher, (one, two, _) = people
    first = plan(dispatcher, "P01", [one]).json()["id"]
    second = plan(dispatcher, "P02", [one, two]).json()["id"]
    move(one, first, "sign_on")
    before = kept()
    refused = move(dispatcher, second, "sign_on")
    assert (refused.status_code, refused.json()["code"]) == (409, "shift.crew_elsewhere")
    assert refused.json()["facts"] == {"unit": "P01"}
    assert kept() == before


def test_signing_off_takes_the_unit_off_duty_and_its_people_off_the_unit(people):
    dispatcher, (one, _, _) = people
    planned = plan(dispatcher, "P01", [one]).json()["id"]
    move(one, planned, "sign_on")
    assert move(one, planned, "sign_off").json()["state"] == "ENDED"
    shown = page(dispatcher, "P01")
    assert (shown["duty"], shown["shift_ends_at"]) == ("OFF_DUTY", None)
    assert one.get("session").json()["unit_id"] is None
    fix = {"unit_id": str(unit_id("P01")), "lon": 24.94, "lat": 60.17, "at": now().isoformat()}
    assert one.post("unit-positions", {"positions": [fix]}).status_code == 403


def test_two_shifts_of_a_unit_do_not_overlap(people):
    dispatcher, (one, two, _) = people
    plan(dispatcher, "P01", [one], ends_min=60)
    before = kept()
    refused = plan(dispatcher, "P01", [two], begins_min=59)
    assert (refused.status_code, refused.json()["code"]) == (409, "shift.overlap")
    assert kept() == before
    assert plan(dispatcher, "P01", [two], begins_min=61).status_code == 201


def test_nobody_signs_on_before_the_hour_or_after_the_end(people):
    dispatcher, (one, _, _) = people
    early = plan(dispatcher, "P01", [one], begins_min=90).json()["id"]
    before = kept()
    refused = move(one, early, "sign_on")
    assert (refused.status_code, refused.json()["code"]) == (409, "shift.not_now")
    assert kept() == before


def test_a_cancelled_shift_says_why_and_is_not_signed_on(people):
    dispatcher, (one, _, _) = people
    planned = plan(dispatcher, "P01", [one]).json()["id"]
    assert move(dispatcher, planned, "cancel").json()["code"] == "move.missing_fact"
    assert move(dispatcher, planned, "cancel", reason="Ill").json()["state"] == "CANCELLED"
    assert move(one, planned, "sign_on").json()["code"] == "move.not_allowed"


@pytest.mark.parametrize("crew", ["nobody", "twice", "dispatcher"])
def test_a_crew_is_one_to_twelve_different_crew_members(people, crew):
    dispatcher, (one, _, _) = people
    chosen = {"nobody": [], "twice": [one, one], "dispatcher": [dispatcher]}[crew]
    before = kept()
    refused = plan(dispatcher, "P01", chosen)
    assert (refused.status_code, refused.json()["field"]) == (422, "crew")
    assert kept() == before


def test_a_crew_does_not_plan_shifts_and_signs_on_no_other_shift(people):
    dispatcher, (one, two, _) = people
    planned = plan(dispatcher, "P01", [one]).json()["id"]
    before = kept()
    assert plan(one, "P02", [one]).status_code == 403
    assert move(two, planned, "sign_on").status_code == 403
    assert kept() == before


def test_out_of_service_needs_a_reason_and_says_who_and_when(desk):
    dispatcher = desk("DISPATCHER")
    where = f"units/{unit_id('P01')}/duty"
    before = kept()
    refused = dispatcher.put(where, {"duty": "OUT_OF_SERVICE"})
    assert (refused.status_code, refused.json()["field"]) == (422, "reason")
    assert kept() == before
    shown = dispatcher.put(where, {"duty": "OUT_OF_SERVICE", "reason": "Flat tyre"}).json()
    assert (shown["status"], shown["duty_reason"]) == ("OUT_OF_SERVICE", "Flat tyre")
    step = shown["steps"][0]
    assert (step["made_by_name"], step["facts"]) == (
        dispatcher.account.username,
        {"reason": "Flat tyre"},
    )
    assert step["made_at"] == shown["duty_since_at"]
    back = dispatcher.put(where, {"duty": "ON_DUTY"}).json()
    assert (back["status"], back["duty_reason"]) == ("AVAILABLE", "")
