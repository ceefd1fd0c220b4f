"""Two weeks of San Francisco's fire and ambulance calls: the figures are those of the real log."""

import csv
import gzip
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from tests.people import EVERYTHING
from tests.shared_data import shared

from anlan.dispatch.clock_rules import CLOCK_RULES
from anlan.dispatch.models import Assignment, Incident
from anlan.dispatch.selectors import Selection, clock_figures
from anlan.dispatch.tests.clockwork import CELL, clock, rules
from anlan.kernel.identifiers import new_id, new_number
from anlan.kernel.scope import scoped
from anlan.orgs.models import Unit
from anlan_engine.statistics import percentile

pytestmark = pytest.mark.django_db
LOG = ("a1_sf_fire_calls_2020-04", "sf_fire_unit_responses.csv.gz")
KINDS = {"ENGINE": "FIRE_ENGINE", "TRUCK": "LADDER_TRUCK", "MEDIC": "AMBULANCE"}
# The trigger lets an assignment go this way only, one step at a time.
WAY = (
    ("state = 'ON_SCENE'", "on_scene_at IS NOT NULL"),
    ("state = 'CLEARED', ended_at = assigned_at", "state = 'ON_SCENE'"),
    ("state = 'CANCELLED', ended_at = assigned_at", "state = 'ASSIGNED'"),
)


def when(text: str) -> datetime | None:
    """Return a moment of the log; its wall clock is taken for UTC, only differences count."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


@pytest.fixture
def log() -> list[dict[str, Any]]:
    """Keep every call and every unit of the log, and return its rows."""
    with gzip.open(shared(*LOG), "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    calls = defaultdict(list)
    for row in rows:
        calls[row["call_number"]].append(row)
    with scoped(EVERYTHING), connection.cursor() as cursor:
        incidents = {number: _incident(units) for number, units in calls.items()}
        Incident.objects.bulk_create(incidents.values(), batch_size=1_000)
        units = _units(len(rows))
        assignments = [
            _assignment(incidents[row["call_number"]], unit, row)
            for unit, row in zip(units, rows, strict=True)
        ]
        Assignment.objects.bulk_create(assignments, batch_size=1_000)
        for change, chosen in WAY:
            cursor.execute(f"UPDATE dispatch_assignment SET {change} WHERE {chosen}")  # noqa: S608
        # What one transaction holds has no statistics: the planner would take the tables for empty.
        cursor.execute("SET LOCAL enable_nestloop = off")
    return rows


def _first(units: list[dict[str, str]], name: str) -> datetime | None:
    return min((at for unit in units if (at := when(unit[name]))), default=None)


def _incident(units: list[dict[str, str]]) -> Incident:
    return Incident(
        number=new_number("I"),
        area=CELL,
        kind="MEDICAL_ILLNESS" if units[0]["call_type"] == "Medical Incident" else "FIRE_ALARM",
        priority=1 if units[0]["final_priority"] == "3" else 3,
        needs=[],
        channel="PHONE",
        lon=24.94,
        lat=60.17,
        received_at=when(units[0]["received_dttm"]),
        dispatched_at=_first(units, "dispatch_dttm"),
        arrived_at=_first(units, "on_scene_dttm"),
    )


def _units(count: int) -> list[Unit]:
    """Keep so many units on duty: each job of the log is one unit's, however the log overlaps."""
    like = Unit.objects.order_by("call_sign").filter(duty="ON_DUTY").values().first()
    made = [Unit(**like | {"id": new_id(), "call_sign": f"SF{n}"}) for n in range(count)]
    return Unit.objects.bulk_create(made, batch_size=1_000)


def _assignment(incident: Incident, unit: Unit, row: dict[str, str]) -> Assignment:
    return Assignment(
        area=CELL,
        incident=incident,
        unit_id=unit.id,
        call_sign=row["unit_id"],
        unit_kind=KINDS.get(row["unit_type"], "OTHER"),
        assigned_at=when(row["dispatch_dttm"]),
        en_route_at=when(row["response_dttm"]),
        on_scene_at=when(row["on_scene_dttm"]),
    )


def test_figures_of_the_log_are_those_published_with_it(log):
    arrival = clock("received_at", "arrived_at", 300) | {"code": "arrival"}
    turnout = clock("assigned_at", "en_route_at", 60, each="UNIT") | {"code": "turnout"}
    travel = clock("en_route_at", "on_scene_at", 240, each="UNIT") | {"code": "travel"}
    with scoped(EVERYTHING):
        found = clock_figures(rules(arrival, turnout, travel), Selection())[None]
        urgent = clock_figures(rules(arrival), Selection(priorities=(1,)))[None]["arrival"]
    told = {code: (one.n, one.p50_s, one.p90_s) for code, one in found.items()}
    assert told == {
        "arrival": (5_118, 420.0, 1_027.0),
        "turnout": (10_207, 38.0, 123.0),
        "travel": (8_694, 244.0, 788.0),
    }
    assert found["arrival"].n + found["arrival"].lacking == 5_292
    assert found["turnout"].n + found["turnout"].lacking == 10_410
    assert found["travel"].n + found["travel"].lacking == 10_410
    assert (urgent.n, urgent.p50_s, urgent.p90_s) == (2_953, 338.0, 542.0)
    assert round(urgent.within.compliance, 3) == 0.357


def test_nfpa_1710_over_the_log_agrees_with_a_reckoning_by_hand(log):
    with scoped(EVERYTHING):
        nfpa = CLOCK_RULES.version("nfpa_1710", "2026.1")
        found = clock_figures(nfpa, Selection())[None]
    for code, kinds, limit_s in (
        ("turnout_medical", {"MEDIC"}, 60),
        ("turnout_fire", {"ENGINE", "TRUCK"}, 80),
    ):
        rows = [row for row in log if row["unit_type"] in kinds]
        expected = seconds((r["dispatch_dttm"], r["response_dttm"]) for r in rows)
        check(found[code], expected, len(rows), limit_s)
    calls = defaultdict(list)
    for row in log:
        calls[row["call_number"]].append(row)
    firsts = [
        min(
            (r for r in units if r["on_scene_dttm"]), key=lambda r: r["on_scene_dttm"], default=None
        )
        for units in calls.values()
    ]
    travelled = seconds((r["response_dttm"], r["on_scene_dttm"]) for r in firsts if r)
    assert found["travel_first"].n == pytest.approx(len(travelled), abs=20)  # ties at one second
    assert found["travel_first"].n + found["travel_first"].lacking == len(calls)
    forces = [force for units in calls.values() if (force := full_force(units)) is not None]
    check(found["full_force"], forces, None, 480)


def full_force(units: list[dict[str, str]]) -> float | None:
    """Return how long the first alarm took from its first unit under way to its last there."""
    sent_at = _first(units, "dispatch_dttm")
    first = [u for u in units if (when(u["dispatch_dttm"]) - sent_at).total_seconds() <= 120]
    begun = _first(first, "response_dttm")
    there = [at for u in first if (at := when(u["on_scene_dttm"]))]  # others were called off
    return (max(there) - begun).total_seconds() if there and begun else None


def seconds(pairs) -> list[float]:
    """Return the seconds between the stamps of each pair that has both."""
    return [(when(b) - when(a)).total_seconds() for a, b in pairs if a and b]


def check(figures, expected: list[float], total: int | None, limit_s: int) -> None:
    """Compare figures of the database with the same reckoned here."""
    assert figures.n == len(expected)
    assert figures.p50_s == percentile(expected, 50)
    assert figures.p90_s == percentile(expected, 90)
    assert figures.limits[0].in_time == sum(one <= limit_s for one in expected)
    assert total is None or figures.n + figures.lacking == total
