"""Many reports of one event come together, and unrelated ones stay apart."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import cos, radians
from typing import Any

import numpy as np
import pytest
from tests.people import EVERYTHING, Desk

from anlan.flows.duplicate_rules import duplicate_rules
from anlan.flows.selectors import found_similar
from anlan.flows.services.reports import take_report
from anlan.intake.kinds import kinds
from anlan.intake.models import Report
from anlan.intake.services.reports import ReportGiven
from anlan.kernel.scope import scoped
from anlan.places.selectors import cell_at
from anlan_engine.attribution import Earlier, attribute
from anlan_engine.sphere import METRES_PER_DEGREE

pytestmark = pytest.mark.django_db
LON, LAT = 24.9425, 60.1690
FIRE = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "text": "Smoke", "lon": LON, "lat": LAT}
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
SEED = 4
FLOOD, PAIRS = 200, 1_000
CALLERS_M, CALLERS = (40.0, 200.0, 500.0), (0.6, 0.3, 0.1)
"""How far off callers place one fire: at its address, where they stand, a street they know."""
FIRE_AS = {
    "FIRE_STRUCTURE": 0.65,
    "SMOKE_SMELL": 0.2,
    "FIRE_OUTDOOR": 0.1,
    "SUBSTANCE_RELEASE": 0.05,
}
"""As what callers tell it; the last sort is mistaken."""


def away(east_m: float, north_m: float) -> tuple[float, float]:
    """Return degrees so far from the middle of the test city."""
    per_degree = float(METRES_PER_DEGREE)
    return LON + east_m / per_degree / cos(radians(LAT)), LAT + north_m / per_degree


def told_place(rng: np.random.Generator) -> tuple[float, float]:
    """Return where a caller places the fire; a place outside the city is asked about again."""
    while True:
        off_m = rng.choice(CALLERS_M, p=CALLERS) * rng.standard_normal(2)
        lon, lat = away(*off_m)
        if cell_at(float(lon), float(lat)) is not None:
            return float(lon), float(lat)


def flood(rng: np.random.Generator) -> Iterator[tuple[datetime, ReportGiven]]:
    """Yield reports of one fire as they come in over the better part of an hour."""
    seconds = np.sort(rng.gamma(1.5, 600.0, FLOOD))
    told = rng.choice(list(FIRE_AS), FLOOD, p=list(FIRE_AS.values()))
    for second, kind in zip(seconds, told, strict=True):
        lon, lat = told_place(rng)
        yield (
            AT + timedelta(seconds=float(second)),
            ReportGiven("API", str(kind), 1, lon, lat, "", "Smoke over the roofs"),
        )


def test_flood_of_one_fire_comes_together(db: None, capsys: Any) -> None:
    rng = np.random.default_rng(SEED)
    with scoped(EVERYTHING):
        taken = [
            take_report(given, attach_to=None, actor=EVERYTHING, at=at) for at, given in flood(rng)
        ]
    fire = taken[0].led_to.incident_id
    joined = sum(one.led_to.incident_id == fire for one in taken[1:]) / (FLOOD - 1)
    opened = len({one.led_to.incident_id for one in taken})
    with capsys.disabled():
        print(f"\nflood of {FLOOD}: {joined:.1%} joined, {opened} incidents")
    assert joined >= 0.95
    with scoped(EVERYTHING):
        assert Report.objects.count() == FLOOD


def test_unrelated_pairs_stay_apart(capsys: Any) -> None:
    """Pairs of unrelated incidents within five kilometres and two hours of each other."""
    rules, rng = duplicate_rules(AT.date()), np.random.default_rng(SEED)
    codes = [kind.code for kind in kinds().values() if kind.needs_unit]
    merged = {"any two kinds": 0, "the same kind": 0}
    for name in merged:
        for _ in range(PAIRS):
            one, other = (str(code) for code in rng.choice(codes, 2))
            other = one if name == "the same kind" else other
            (lon1, lat1), (lon2, lat2) = (away(*rng.uniform(-2_500, 2_500, 2)) for _ in range(2))
            agrees = np.array([rules.agreement(other, one)])
            age_s = np.array([rng.uniform(0.0, rules.window_s)])
            earlier = Earlier(np.array([lon1]), np.array([lat1]), age_s, np.zeros(1, int), agrees)
            told = attribute(lon2, lat2, earlier, 1, rules.of(other).law)
            merged[name] += bool(told.sum() >= rules.join_from)
    with capsys.disabled():
        print(f"\nunrelated pairs of {PAIRS} that would join: {merged}")
    assert merged["any two kinds"] <= PAIRS // 100
    assert merged["the same kind"] <= PAIRS // 100


def test_second_caller_is_offered_the_incident_and_asked(desk: Any) -> None:
    taker = desk("CALL_TAKER")
    first = taker.post("reports", FIRE).json()
    place = {"kind": "SMOKE_SMELL", "lon": LON + 0.0005, "lat": LAT}
    (offered,) = taker.get("reports/similar", **place).json()
    assert (offered["incident_id"], offered["suggested"]) == (first["incident_id"], True)
    assert offered["probability"] > 0.9
    second = taker.post("reports", FIRE | place).json()
    assert (second["attached"], second["incident_id"] != first["incident_id"]) == (False, True)


def test_report_of_another_sort_of_event_is_not_offered(desk: Any) -> None:
    taker = desk("CALL_TAKER")
    taker.post("reports", FIRE)
    asked = {"kind": "THEFT", "lon": LON + 0.002, "lat": LAT}
    assert taker.get("reports/similar", **asked).json() == []


def test_report_by_web_joins_the_fire_that_is_known(desk: Any) -> None:
    taker, visitor = desk("CALL_TAKER"), Desk(None)
    first = taker.post("reports", FIRE).json()
    web = {key: value for key, value in FIRE.items() if key != "channel"}
    reply = visitor.post("public/reports", web)
    assert reply.status_code == 201, reply.content
    shown = taker.get(f"incidents/{first['incident_id']}").json()
    assert shown["report_count"] == 2
    facts = shown["timeline"][-1]["facts"]
    assert (shown["timeline"][-1]["move"], facts["rules"]) == ("attach", "usual 2026.1")
    assert facts["probability"] > 0.9


def test_report_that_is_more_urgent_than_the_incident_is_never_joined_unasked(desk: Any) -> None:
    taker = desk("CALL_TAKER")
    first = taker.post("reports", FIRE | {"kind": "FIRE_OUTDOOR", "priority": 3}).json()
    other = taker.post("reports", FIRE | {"channel": "API", "priority": 1}).json()
    assert other["incident_id"] != first["incident_id"]


def test_report_is_taken_out_and_opens_an_incident_of_its_own(desk: Any) -> None:
    taker = desk("CALL_TAKER")
    first = taker.post("reports", FIRE).json()
    joined = taker.post("reports", FIRE | {"attach_to": first["incident_id"]}).json()
    why = {"reason": "The other side of the river"}
    moved = taker.post(f"reports/{joined['id']}/detach", why)
    assert moved.status_code == 200, moved.content
    assert moved.json()["attached"] is False
    incident = taker.get(f"incidents/{moved.json()['incident_id']}").json()
    assert (incident["number"] != first["led_to"], incident["report_count"]) == (True, 1)
    assert incident["received_at"] == joined["received_at"]
    left = taker.get(f"incidents/{first['incident_id']}").json()
    assert (left["report_count"], left["timeline"][-1]["move"]) == (1, "detach")
    assert taker.get("tallies").json()["total"]["conserved"] is True


def test_report_is_given_to_another_incident(desk: Any) -> None:
    taker = desk("CALL_TAKER")
    first, second = (taker.post("reports", FIRE).json() for _ in range(2))
    joined = taker.post("reports", FIRE | {"attach_to": first["incident_id"]}).json()
    body = {"reason": "Heard wrongly", "attach_to": second["incident_id"]}
    moved = taker.post(f"reports/{joined['id']}/detach", body).json()
    assert moved["incident_id"] == second["incident_id"]
    counts = [
        taker.get(f"incidents/{one['incident_id']}").json()["report_count"]
        for one in (first, second)
    ]
    assert counts == [1, 2]


def test_only_report_of_an_incident_stays(desk: Any) -> None:
    taker = desk("CALL_TAKER")
    first = taker.post("reports", FIRE).json()
    refused = taker.post(f"reports/{first['id']}/detach", {"reason": "Heard wrongly"})
    assert (refused.status_code, refused.json()["code"]) == (409, "incident.last_report")
    assert taker.get(f"reports/{first['id']}").json()["incident_id"] == first["incident_id"]


def test_follower_of_a_linked_incident_sees_what_becomes_of_its_parent(desk: Any) -> None:
    taker, dispatcher = desk("CALL_TAKER"), desk("DISPATCHER")
    first, second = (taker.post("reports", FIRE).json() for _ in range(2))
    body = {"parent_id": first["incident_id"], "relation": "SAME", "reason": "One fire"}
    assert dispatcher.put(f"incidents/{second['incident_id']}/parent", body).status_code == 200
    dispatcher.post(f"incidents/{first['incident_id']}/moves/close", {"disposition": "RESOLVED"})
    followed = Desk(None).get(f"public/reports/{second['number']}").json()
    assert (followed["stage"], followed["ended"]) == ("DONE", "RESOLVED")


def test_linked_incident_s_reports_speak_for_its_parent(desk: Any) -> None:
    taker, dispatcher = desk("CALL_TAKER"), desk("DISPATCHER")
    first = taker.post("reports", FIRE).json()
    second = taker.post("reports", FIRE | {"lon": LON + 0.02}).json()
    body = {"parent_id": first["incident_id"], "relation": "SAME", "reason": "One long fire"}
    dispatcher.put(f"incidents/{second['incident_id']}/parent", body)
    (offered,) = taker.get("reports/similar", kind="FIRE_STRUCTURE", lon=LON + 0.02, lat=LAT).json()
    assert offered["incident_id"] == first["incident_id"]
    assert offered["probability"] > 0.9


def test_similar_is_empty_where_nothing_is_open(db: None) -> None:
    with scoped(EVERYTHING):
        found = found_similar("FIRE_STRUCTURE", LON, LAT, AT)
    assert (found.incidents, found.known) == ([], 0.0)
