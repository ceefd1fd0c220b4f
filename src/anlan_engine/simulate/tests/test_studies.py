"""Studies: common calls, intervals, sweeps, and what is refused."""

import importlib.util
import math
import sys
import types
from collections.abc import Callable

import numpy as np
import pytest

from anlan_engine.simulate import (
    CallKind,
    CallPattern,
    Calls,
    Duration,
    Estimate,
    Expected,
    Fleet,
    Ground,
    Posture,
    Rules,
    SimulationError,
    Study,
    compare,
    simulate,
    sweep,
)
from anlan_engine.simulate.tests.towns import street

KINDS = (
    CallKind("urgent", 0.3, 0, scene=Duration(1200.0, 0.6), transported=0.5),
    CallKind("other", 0.7, 1, decide=Duration(60.0), scene=Duration(900.0, 1.0)),
)
PATTERN = CallPattern(np.full(9, 0.12), KINDS, dispersion=0.05)
GROUND = Ground(street(9).travel_s, np.array([0, 8]), np.array([4]))
RULES = Rules((240.0, 480.0))
STUDY = Study(PATTERN, days=4.0, replications=6, seed=3)


def units(*home: int) -> Posture:
    return Posture(f"{len(home)} units", GROUND, Fleet(np.array(home)), RULES)


def test_comparison_holds_both_alone_and_their_paired_difference() -> None:
    told = compare(units(0), units(0, 1), STUDY)
    assert told.a == simulate(units(0), STUDY)
    assert told.b == simulate(units(0, 1), STUDY)
    late_a, late_b = told.a.figures.calls.late_share, told.b.figures.calls.late_share
    assert told.difference.calls.late_share.value == pytest.approx(late_b.value - late_a.value)
    assert told.difference.calls.late_share.high < 0
    assert told.difference.calls.late_share.excludes_zero
    assert told.difference.calls.calls_per_day == Estimate(0.0, 0.0, 0.0)


def test_posture_does_not_differ_from_itself() -> None:
    told = compare(units(0, 1), units(0, 1), STUDY)
    assert told.difference.calls.response_s_mean == Estimate(0.0, 0.0, 0.0)
    assert not told.difference.calls.late_share.excludes_zero


def test_seed_decides_the_calls() -> None:
    other = Study(PATTERN, days=4.0, replications=6, seed=4)
    assert simulate(units(0), STUDY) == simulate(units(0), STUDY)
    assert simulate(units(0), STUDY) != simulate(units(0), other)


def test_interval_is_that_of_student() -> None:
    told = Estimate.of(np.array([1.0, 2.0, 3.0, 4.0, np.nan]), 0.95)
    assert told.value == 2.5
    half = 3.182446305284263 * math.sqrt(5 / 3) / 2
    assert (told.low, told.high) == (pytest.approx(2.5 - half), pytest.approx(2.5 + half))
    assert Estimate.of(np.array([7.0]), 0.95) == Estimate(7.0, -math.inf, math.inf)
    assert math.isnan(Estimate.of(np.array([np.nan]), 0.95).value)


def test_busy_share_and_calls_are_what_was_asked_for() -> None:
    told = simulate(units(0, 1, 1), Study(PATTERN, days=50.0, replications=8, seed=1))
    assert told.figures.calls.calls_per_day.value == pytest.approx(9 * 0.12 * 24, rel=0.05)
    urgent, other = told.figures.by_priority
    assert urgent.calls_per_day.value / told.figures.calls.calls_per_day.value == pytest.approx(
        0.3, abs=0.02
    )
    assert other.response_s_mean.value > 60.0
    assert urgent.response_s_p50.value <= urgent.response_s_p90.value


def test_sweep_is_equal_on_one_core_and_on_two() -> None:
    postures = [units(0), units(0, 1), units(1, 1)]
    heard: list[tuple[int, int]] = []
    alone = [simulate(posture, STUDY) for posture in postures]
    here = sweep(postures, STUDY, workers=1, progress=lambda done, of: heard.append((done, of)))
    assert here == alone
    assert heard == [(done, 6) for done in range(1, 7)]
    assert sweep(postures, STUDY, workers=2) == alone


def test_sweep_on_ray_is_equal_and_says_when_ray_is_absent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    postures = [units(0), units(0, 1)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(SimulationError) as refused:
        sweep(postures, STUDY, cluster=True)
    assert refused.value.code == "RAY_ABSENT"
    monkeypatch.undo()
    if importlib.util.find_spec("ray") is None:
        monkeypatch.setitem(sys.modules, "ray", a_ray_of_one_core())
        monkeypatch.setattr(importlib.util, "find_spec", lambda _name: object())
    assert sweep(postures, STUDY, cluster=True) == [simulate(one, STUDY) for one in postures]


def a_ray_of_one_core() -> types.ModuleType:
    """Ray's four calls that the sweep uses, at once and in this process."""
    ray = types.ModuleType("ray")

    def remote(function: Callable[..., object]) -> object:
        return types.SimpleNamespace(remote=function)

    vars(ray).update(
        is_initialized=lambda: True, put=lambda it: it, get=lambda it: it, remote=remote
    )
    return ray


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Fleet(np.array([], int)), "NO_UNITS"),
        (lambda: Ground(np.zeros((2, 2)), np.array([], int)), "NO_STATIONS"),
        (lambda: Ground(np.zeros((2, 3)), np.array([0])), "WRONG_SHAPE"),
        (lambda: Ground(np.full((2, 2), np.nan), np.array([0])), "NOT_A_TIME"),
        (lambda: Ground(np.full((2, 2), -1.0), np.array([0])), "NOT_A_TIME"),
        (lambda: Ground(np.zeros((2, 2)), np.array([2])), "OUT_OF_RANGE"),
        (
            lambda: Ground(np.array([np.zeros((2, 2)), np.full((2, 2), np.inf)]), np.array([0])),
            "LAYERS_DISAGREE",
        ),
        (lambda: Posture("far", GROUND, Fleet(np.array([2])), RULES), "OUT_OF_RANGE"),
        (lambda: Study(PATTERN, days=0.0), "NO_HORIZON"),
        (lambda: Study(PATTERN, days=math.nan), "NO_HORIZON"),
        (lambda: Study(PATTERN, replications=0), "NO_HORIZON"),
        (lambda: Study(PATTERN, seed=-1), "OUT_OF_RANGE"),
        (lambda: Study(PATTERN, first_hour=168), "OUT_OF_RANGE"),
        (lambda: Rules((480.0,), moves_up=True), "NO_DEMAND"),
        (lambda: Rules((480.0, 480.0), guard_s=(1.0, 1.0)), "MOST_URGENT_GUARDED"),
        (lambda: Rules((480.0, 480.0), diverts=np.ones((2, 2), bool)), "NOT_MORE_URGENT"),
        (lambda: Rules((math.nan,)), "NOT_A_TIME"),
        (lambda: Expected(np.zeros(3), 480.0, 0.5), "NO_DEMAND"),
        (lambda: Expected(np.ones(3), 480.0, 1.0), "OUT_OF_RANGE"),
        (lambda: CallPattern(np.full(3, np.nan), KINDS), "NOT_A_TIME"),
        (lambda: CallPattern(np.ones(3), ()), "NO_KINDS"),
        (
            lambda: CallPattern(np.ones(3), (CallKind("x", 1.0, 0, transported=2.0),)),
            "OUT_OF_RANGE",
        ),
        (lambda: Calls(*(np.full(1, np.nan) for _ in range(9))), "NOT_A_TIME"),
        (lambda: simulate(units(0), Study(CallPattern(np.ones(4), KINDS))), "ANOTHER_GROUND"),
        (lambda: sweep([units(0)], STUDY, workers=0), "OUT_OF_RANGE"),
        (
            lambda: compare(
                units(0), Posture("k", GROUND, Fleet(np.array([0])), Rules((1.0,))), STUDY
            ),
            "OTHER_PRIORITIES",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(make: Callable[[], object], code: str) -> None:
    with pytest.raises(SimulationError) as refused:
        make()
    assert refused.value.code == code
    assert str(refused.value)
