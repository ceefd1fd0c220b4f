"""The response clock: exact figures, and what lacks a stamp is counted as missing."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from anlan.dispatch.clock_rules import ClockRules, Phase, rules
from anlan.dispatch.response_clock import PhaseFigures, Ring, figures
from anlan.dispatch.selectors import Stamps

RANG = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
LIMITS = MappingProxyType({1: 60, 2: 60, 3: 120, 4: 300})
RULES = ClockRules(
    "test", "1", "", "", "", "",
    phases={
        "answer": Phase("answer", "", "", "rang_at", "answered_at", LIMITS, (10, 30)),
        "dispatch": Phase("dispatch", "", "", "received_at", "dispatched_at", LIMITS, ()),
    },
)  # fmt: skip


def stamps(priority: int = 1, **seconds: float | None) -> Stamps:
    """Return stamps at so many seconds after the telephone rang."""
    names = ("rang_at", "answered_at", "received_at", "dispatched_at", "arrived_at")
    after = {name: seconds.get(name.removesuffix("_at")) for name in names}
    told = {n: RANG + timedelta(seconds=s) if s is not None else None for n, s in after.items()}
    return Stamps(priority=priority, **told)


def test_figures_of_ten_calls_are_exact():
    answered = [2, 4, 6, 8, 10, 12, 30, 31, 60, 61]
    found = figures([stamps(rang=0, answered=s) for s in answered], RULES)["answer"]
    assert (found.n, found.missing) == (10, 0)
    assert (found.p50_s, found.p90_s) == (10.0, 60.0)  # the nearest rank, a time that was measured
    assert found.compliance == 0.9
    assert found.compliance_low == pytest.approx(0.5958499732047615, abs=1e-12)
    assert found.compliance_high == pytest.approx(0.9821237869049271, abs=1e-12)
    assert found.rings == [Ring(10, 0.5), Ring(30, 0.7)]


def test_call_at_the_limit_is_in_time_and_a_millisecond_later_is_not():
    found = figures([stamps(rang=0, answered=60), stamps(rang=0, answered=60.001)], RULES)
    assert found["answer"].compliance == 0.5


def test_each_call_is_measured_against_the_limit_of_its_priority():
    calls = [stamps(priority, received=0, dispatched=200) for priority in (1, 2, 3, 4)]
    assert figures(calls, RULES)["dispatch"].compliance == 0.25


def test_missing_stamps_are_counted_and_never_measured():
    calls = [
        stamps(rang=0, answered=10),
        stamps(rang=0),
        stamps(answered=10),
        stamps(),
    ]
    found = figures(calls, RULES)
    assert (found["answer"].n, found["answer"].missing) == (1, 3)
    assert found["answer"].p50_s == found["answer"].p90_s == 10.0
    assert (found["dispatch"].n, found["dispatch"].missing) == (0, 4)


def test_nothing_measured_has_no_figures():
    nothing = PhaseFigures(0, 0, None, None, None, None, None, [])
    assert figures([], RULES) == {"answer": nothing, "dispatch": nothing}


def test_rules_in_force_have_a_limit_for_every_priority():
    in_force = rules()
    assert list(in_force.phases) == ["answer", "dispatch", "arrival"]
    for phase in in_force.phases.values():
        assert sorted(phase.limit_s) == [1, 2, 3, 4]
        assert min(phase.limit_s.values()) > 0
        for stamp in (phase.begins, phase.ends):
            assert stamp in Stamps.__dataclass_fields__


def test_due_time_is_the_limit_after_the_beginning():
    phase = RULES.phases["answer"]
    assert phase.due_at(RANG, 3) == RANG + timedelta(seconds=120)
    assert phase.due_at(None, 3) is None


@pytest.mark.django_db
def test_clock_of_the_day_is_measured_from_what_happened(room):
    for _ in range(2):
        incident = room.call()
        (assignment,) = room.send(incident, "P01")
        room.bring(assignment, room.dispatcher)
    room.call()
    told = room.dispatcher.get("tallies").json()["response_clock"]
    counted = {phase: (figure["n"], figure["missing"]) for phase, figure in told.items()}
    assert counted == {"answer": (0, 3), "dispatch": (2, 1), "arrival": (2, 1)}
    assert told["dispatch"]["compliance"] == 1.0
