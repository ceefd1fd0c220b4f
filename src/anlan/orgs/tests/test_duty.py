"""Duty: who may change it, and that a position is kept only while it lasts."""

from datetime import timedelta

import pytest
from tests.people import EVERYTHING, unit_id

from anlan.kernel.clock import now
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped
from anlan.orgs.models import Unit
from anlan.orgs.services.positions import erase_old_positions, position_kept_for


def kept(call_sign: str) -> tuple[object, ...]:
    with scoped(EVERYTHING):
        unit = Unit.objects.get(call_sign=call_sign)
        return unit.duty, unit.lon, unit.lat, unit.positioned_at


def set_duty(desk, call_sign: str, duty: str):
    return desk.put(f"units/{unit_id(call_sign)}/duty", {"duty": duty, "reason": "Flat tyre"})


@pytest.fixture
def positioned(desk) -> str:
    """Return the call sign of a unit whose position is known."""
    fix = {"unit_id": str(unit_id("P01")), "lon": 24.94, "lat": 60.17, "at": now().isoformat()}
    reply = desk("GATEWAY").post("unit-positions", {"positions": [fix]})
    assert reply.json() == {"accepted": 1, "ignored": 0}
    return "P01"


@pytest.mark.parametrize("duty", ["OFF_DUTY", "OUT_OF_SERVICE"])
def test_leaving_duty_forgets_the_position(desk, positioned, duty):
    dispatcher = desk("DISPATCHER")
    assert set_duty(dispatcher, positioned, duty).json()["duty"] == duty
    assert kept(positioned) == (duty, None, None, None)
    assert set_duty(dispatcher, positioned, "ON_DUTY").json()["duty"] == "ON_DUTY"
    assert kept(positioned) == ("ON_DUTY", None, None, None)


def test_staying_on_duty_keeps_the_position(desk, positioned):
    before = kept(positioned)
    assert set_duty(desk("DISPATCHER"), positioned, "ON_DUTY").status_code == 200
    assert kept(positioned) == before


def test_crew_changes_its_own_duty_and_no_other(desk):
    crew = desk("CREW", unit="P01")
    assert set_duty(crew, "P01", "OFF_DUTY").status_code == 200
    refused = set_duty(crew, "P02", "OFF_DUTY")
    assert (refused.status_code, refused.json()["code"]) == (403, "denied")
    assert (kept("P01")[0], kept("P02")[0]) == ("OFF_DUTY", "ON_DUTY")


@pytest.mark.parametrize("role", ["CALL_TAKER", "DEPARTMENT_DESK", "GRID_OFFICER", "ADMINISTRATOR"])
def test_who_does_not_dispatch_does_not_change_duty(desk, role):
    assert set_duty(desk(role), "P01", "OFF_DUTY").status_code == 403
    assert kept("P01")[0] == "ON_DUTY"


def test_screens_are_told_of_a_change(desk):
    set_duty(desk("DISPATCHER"), "P01", "OFF_DUTY")
    with scoped(EVERYTHING):
        told = OutboxEntry.objects.get(topic="unit.changed")
    assert (told.subject_id, told.body["duty"]) == (unit_id("P01"), "OFF_DUTY")


def test_position_that_nobody_renewed_is_forgotten(desk, positioned):
    assert erase_old_positions(now() + position_kept_for(now()) - timedelta(minutes=1)) == 0
    assert kept(positioned)[1:3] == (24.94, 60.17)
    assert erase_old_positions(now() + position_kept_for(now()) + timedelta(minutes=1)) == 1
    assert kept(positioned) == ("ON_DUTY", None, None, None)
