"""What holds for every posture and every day: nothing is lost, nobody is in two places."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlan_engine.coverage import cover_gain, no_cover, post_units, reach_of
from anlan_engine.simulate import (
    NEAREST,
    STAYS,
    Calls,
    Expected,
    Fleet,
    Ground,
    Played,
    Posture,
    Rules,
    play,
)
from anlan_engine.simulate.events.backing import post_unit
from anlan_engine.simulate.events.loop import run
from anlan_engine.simulate.playing import LOST, SERVED, UNSERVED
from anlan_engine.simulate.warming import warm_simulation

PLACES, STATIONS, DAY_S = 30, 5, 86_400.0


def town(rng: np.random.Generator, layers: int) -> Ground:
    at = rng.random((PLACES, 2)) * 3000.0
    away = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1))
    layer = np.zeros((168, 4), int)
    layer[rng.random(168) < 0.5] = layers - 1
    travel_s = np.stack([away * (1.0 + 0.4 * number) for number in range(layers)])
    return Ground(travel_s, np.arange(STATIONS), np.array([7, 8]), layer)


def day(rng: np.random.Generator, count: int, days: float) -> Calls:
    return Calls(
        at_s=rng.random(count) * days * DAY_S,
        place=rng.integers(PLACES, size=count),
        priority=rng.integers(3, size=count),
        needs=rng.choice([0, 1, 2, 3], count),
        decide_s=rng.choice([0.0, 60.0], count),
        turnout_s=rng.choice([0.0, 45.0], count),
        scene_s=rng.exponential(1200.0, count),
        hospital=rng.choice([NEAREST, STAYS, 9], count),
        handover_s=rng.exponential(600.0, count),
    )


def posture(rng: np.random.Generator, units: int, *, layers: int, wait: bool) -> Posture:
    ground = town(rng, layers)
    on_duty = rng.random((units, 168)) < 0.7
    on_duty[0] = True
    capabilities = rng.choice([1, 3], units)
    capabilities[0] = 3
    return Posture(
        "any",
        ground,
        Fleet(rng.integers(STATIONS, size=units), capabilities, on_duty),
        Rules(
            (480.0, 600.0, 1200.0),
            diverts=np.triu(np.ones((3, 3), bool), 1),
            guard_s=(0.0, 600.0, 900.0),
            guard_extra_s=300.0,
            moves_up=True,
            calls_wait=wait,
            expected=Expected(rng.random(PLACES), 900.0, 0.4),
        ),
    )


def check(calls: Calls, done: Played, *, wait: bool) -> None:
    """Every call ends once; every unit is with one call at a time; times follow each other."""
    served = done.outcome == SERVED
    assert (served | (done.outcome == (UNSERVED if wait else LOST))).all()
    assert (served == (done.unit >= 0)).all()
    assert (served == ~np.isnan(done.response_s)).all()
    ready_s = calls.at_s + calls.decide_s
    assert (done.sent_s >= ready_s)[served].all()
    assert (done.arrived_s >= done.sent_s)[served].all()
    spent_s = (done.cleared_s - done.arrived_s)[served]
    least_s = (calls.scene_s + np.where(calls.hospital == STAYS, 0.0, calls.handover_s))[served]
    assert (spent_s >= least_s - 0.01).all()
    for unit in np.unique(done.unit[served]):
        own = np.flatnonzero(done.unit == unit)
        own = own[np.argsort(done.sent_s[own])]
        assert (done.sent_s[own][1:] >= done.cleared_s[own][:-1]).all()


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 9), st.integers(1, 2), st.booleans())
def test_every_call_ends_once_and_no_unit_is_in_two_places(
    seed: int, units: int, layers: int, wait: bool
) -> None:
    rng = np.random.default_rng(seed)
    asked = posture(rng, units, layers=layers, wait=wait)
    calls = day(rng, 200, 2.0)
    check(calls, play(asked, calls, first_hour=int(rng.integers(168))), wait=wait)


def test_same_calls_give_the_same_result_and_order_does_not_matter() -> None:
    rng = np.random.default_rng(4)
    asked, calls = posture(rng, 6, layers=2, wait=True), day(rng, 500, 3.0)
    one, two = play(asked, calls), play(asked, calls)
    assert one.arrived_s.tobytes() == two.arrived_s.tobytes()
    mixed = rng.permutation(len(calls))
    shuffled = Calls(*(getattr(calls, name)[mixed] for name in Calls.__dataclass_fields__))
    assert play(asked, shuffled).arrived_s.tobytes() == one.arrived_s[mixed].tobytes()


def test_idle_units_are_counted_as_the_live_advice_counts_them() -> None:
    rng = np.random.default_rng(5)
    asked = posture(rng, 20, layers=1, wait=True)
    backing = asked.backing()
    expected = asked.rules.expected
    assert expected is not None
    share = expected.demand / expected.demand.sum()
    reach = reach_of(asked.ground.reach(expected.within_s), share)
    gain = cover_gain(expected.busy_share, 20)
    live = no_cover(reach, gain)
    standing = np.zeros(STATIONS, int)
    for _ in range(300):
        base = int(rng.integers(STATIONS))
        change = 1 if standing[base] == 0 or (rng.random() < 0.5 and standing.sum() < 20) else -1
        standing[base] += change
        post_units(reach, gain, live, base, change)
        post_unit(backing, base, change)
        assert backing.cover.worth == pytest.approx(live.worth, abs=1e-12)


def test_warming_leaves_nothing_to_compile() -> None:
    warm_simulation()
    before = set(run.signatures)  # type: ignore[attr-defined]
    rng = np.random.default_rng(6)
    for layers, units in ((1, 1), (2, 7)):
        play(posture(rng, units, layers=layers, wait=True), day(rng, 30, 1.0))
    assert set(run.signatures) == before  # type: ignore[attr-defined]
    assert len(before) == 1
