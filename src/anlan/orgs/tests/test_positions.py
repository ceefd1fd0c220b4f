"""Where units are: the latest fix of those on duty, a batch whole or not at all."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.people import EVERYTHING, unit_id

from anlan.kernel.clock import now
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped
from anlan.orgs.models import Unit
from anlan.orgs.services.positions import (
    POSITION_BATCH_LIMIT,
    POSITION_STALE_AFTER_S,
    is_stale,
)
from anlan.orgs.services.positions import age_s as age_of

Fix = Callable[..., dict[str, object]]


@pytest.fixture
def fix() -> Fix:
    """Return a maker of fixes at so many seconds from the beginning of the test."""
    began = now()

    def make(unit: UUID, lon: float, lat: float, *, seconds: float = 0) -> dict[str, object]:
        at = began + timedelta(seconds=seconds)
        return {"unit_id": str(unit), "lon": lon, "lat": lat, "at": at.isoformat()}

    return make


def place(call_sign: str) -> tuple[float | None, float | None]:
    with scoped(EVERYTHING):
        unit = Unit.objects.get(call_sign=call_sign)
    return unit.lon, unit.lat


def queued() -> int:
    """How many events wait for screens: positions never are among them."""
    with scoped(EVERYTHING):
        return OutboxEntry.objects.filter(topic__contains="moved").count()


def test_a_batch_moves_each_unit_to_its_latest_fix_and_queues_nothing(desk, fix):
    p01, p02 = unit_id("P01"), unit_id("P02")
    batch = [
        fix(p01, 24.94, 60.17, seconds=-5),
        fix(p01, 24.93, 60.16, seconds=-9),
        fix(p02, 24.95, 60.18, seconds=-5),
    ]
    reply = desk("GATEWAY").post("unit-positions", {"positions": batch})
    assert reply.json() == {"accepted": 2, "ignored": 1}
    assert (place("P01"), place("P02")) == ((24.94, 60.17), (24.95, 60.18))
    assert queued() == 0


def test_an_older_fix_and_a_unit_off_duty_are_ignored(desk, fix):
    p01, p02 = unit_id("P01"), unit_id("P02")
    gateway = desk("GATEWAY")
    gateway.post("unit-positions", {"positions": [fix(p01, 24.94, 60.17, seconds=-5)]})
    desk("DISPATCHER").put(f"units/{p02}/duty", {"duty": "OFF_DUTY"})
    late = [fix(p01, 24.9, 60.1, seconds=-6), fix(p02, 24.9, 60.1, seconds=-5)]
    reply = gateway.post("unit-positions", {"positions": late})
    assert reply.json() == {"accepted": 0, "ignored": 2}
    assert (place("P01"), place("P02")) == ((24.94, 60.17), (None, None))


def test_a_batch_with_an_unknown_unit_moves_nobody(desk, fix):
    batch = [fix(unit_id("P01"), 24.94, 60.17), fix(uuid4(), 24.94, 60.17)]
    reply = desk("GATEWAY").post("unit-positions", {"positions": batch})
    assert (reply.status_code, reply.json()["rule"]) == (404, "known_unit")
    assert place("P01") == (None, None)


@pytest.mark.parametrize(
    ("lon", "lat", "seconds", "rule"),
    [
        (0, 0, 0, "on_earth"),
        (24.94, 60.17, 900, "near_present"),
        (24.94, 60.17, -7_200, "near_present"),
    ],
)
def test_an_impossible_fix_is_refused_with_the_whole_batch(desk, fix, lon, lat, seconds, rule):
    batch = [fix(unit_id("P01"), 24.94, 60.17), fix(unit_id("P02"), lon, lat, seconds=seconds)]
    reply = desk("GATEWAY").post("unit-positions", {"positions": batch})
    assert (reply.status_code, reply.json()["rule"]) == (422, rule)
    assert place("P01") == (None, None)


def test_a_crew_tells_its_own_position_only(desk, fix):
    crew = desk("CREW", unit="P01")
    own = crew.post("unit-positions", {"positions": [fix(unit_id("P01"), 24.94, 60.17)]})
    other = crew.post("unit-positions", {"positions": [fix(unit_id("P02"), 24.94, 60.17)]})
    assert (own.json(), other.status_code) == ({"accepted": 1, "ignored": 0}, 403)
    assert (place("P01"), place("P02")) == ((24.94, 60.17), (None, None))


def test_a_batch_has_a_limit(desk, fix):
    batch = [fix(unit_id("P01"), 24.94, 60.17)] * (POSITION_BATCH_LIMIT + 1)
    reply = desk("GATEWAY").post("unit-positions", {"positions": batch})
    assert reply.status_code == 422
    assert place("P01") == (None, None)


@pytest.mark.parametrize(
    ("age_s", "stale"), [(0, False), (POSITION_STALE_AFTER_S, False), (121, True)]
)
def test_position_is_shown_with_its_age_and_never_as_fresh_once_it_is_old(desk, age_s, stale):
    at = now()
    told_at = at - timedelta(seconds=age_s)
    assert (age_of(told_at, at), is_stale(told_at, at)) == (age_s, stale)


def test_position_of_a_clock_that_went_back_has_no_negative_age():
    at = now()
    assert age_of(at + timedelta(seconds=5), at) == 0


def test_board_tells_the_age_of_a_position_and_none_without_one(desk):
    fix = {"unit_id": str(unit_id("P01")), "lon": 24.94, "lat": 60.17}
    told_at = now() - timedelta(seconds=130)
    body = {"positions": [fix | {"at": told_at.isoformat()}]}
    assert desk("GATEWAY").post("unit-positions", body).json()["accepted"] == 1
    board = {u["call_sign"]: u for u in desk("DISPATCHER").get("units").json()}
    told, silent = board["P01"], board["P02"]
    assert told["position_stale"] is True
    assert 130 <= told["position_age_s"] < 300
    assert told["position_stale_after_s"] == POSITION_STALE_AFTER_S
    assert (silent["position_stale"], silent["position_age_s"]) == (False, None)
