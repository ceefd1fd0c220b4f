"""Textbook results that the simulation must meet within its interval."""

import math

import numpy as np
import pytest

from anlan_engine.simulate import (
    CallKind,
    CallPattern,
    Duration,
    Fleet,
    Ground,
    Posture,
    Rules,
    Study,
    simulate,
)
from anlan_engine.simulate.tests.hypercube import hypercube

HOUR_S = 3600.0
SERVICE_S = 1800.0
PLACES = 4
SERVERS = (0, 0, 1, 2)


def erlang_b(servers: int, load: float) -> float:
    """Share of calls lost by `servers` at `load` Erlang (Erlang 1917), by its recursion."""
    lost = 1.0
    for number in range(1, servers + 1):
        lost = load * lost / (number + load * lost)
    return lost


def erlang_c(servers: int, load: float) -> float:
    """Share of calls that wait."""
    lost = erlang_b(servers, load)
    return servers * lost / (servers - load * (1.0 - lost))


def outcome(rules: Rules, fleet: Fleet, ground: Ground, per_hour: np.ndarray, **study: float):  # type: ignore[no-untyped-def]
    kinds = (CallKind("any", 1.0, 0, scene=Duration(SERVICE_S, 1.0)),)
    asked = Study(
        CallPattern(per_hour, kinds),
        days=20.0,
        replications=30,
        seed=5,
        warm_up_hours=48.0,
        **study,
    )
    return simulate(Posture("textbook", ground, fleet, rules), asked).figures


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (4, 3.0), (20, 18.0)])
def test_share_of_lost_calls_is_that_of_erlang(servers: int, load: float) -> None:
    rules = Rules(late_after_s=(math.inf,), calls_wait=False)
    told = outcome(
        rules, Fleet(np.zeros(servers, int)), Ground(np.zeros((1, 1)), np.array([0])),
        np.array([load * HOUR_S / SERVICE_S]), confidence=0.999,
    )  # fmt: skip
    lost = told.calls.unserved_share
    assert lost.low <= erlang_b(servers, load) <= lost.high
    assert lost.high - lost.low < 0.1 * erlang_b(servers, load) + 0.02
    assert told.calls.late_share.value == pytest.approx(lost.value)
    busy, offered = told.units.busy_share, load * (1.0 - erlang_b(servers, load)) / servers
    assert busy.low <= offered <= busy.high


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (4, 3.0), (20, 17.0)])
def test_share_and_length_of_waiting_are_those_of_erlang(servers: int, load: float) -> None:
    told = outcome(
        Rules(late_after_s=(0.0,)), Fleet(np.zeros(servers, int)),
        Ground(np.zeros((1, 1)), np.array([0])), np.array([load * HOUR_S / SERVICE_S]),
        confidence=0.999,
    )  # fmt: skip
    waits = erlang_c(servers, load)
    shares = told.calls.waited_share
    assert shares.low <= waits <= shares.high
    mean_s = waits * SERVICE_S / (servers - load)
    assert told.calls.response_s_mean.low <= mean_s <= told.calls.response_s_mean.high
    queue = told.units.waiting_mean
    assert queue.low <= mean_s * load / SERVICE_S <= queue.high


def test_busy_shares_and_losses_are_those_of_the_hypercube_model() -> None:
    # Travel takes no time but decides who goes: Larson's model with zero line capacity is exact.
    preference_s = np.array(
        [[0.0, 1.0, 2.0, 4.0], [1.0, 0.0, 3.0, 2.0], [2.0, 3.0, 0.0, 1.0], [4.0, 2.0, 1.0, 0.0]]
    )
    rates = np.array([2.0, 1.5, 1.0, 0.7])
    per_service = rates * SERVICE_S / HOUR_S
    order = [
        sorted(range(4), key=lambda u, p=p: (preference_s[SERVERS[u], p], u)) for p in range(4)
    ]
    busy, lost, sent = hypercube(per_service, order)
    tiny = Ground(preference_s * 0.001, np.array([0, 1, 2]))
    rules = Rules(late_after_s=(math.inf,), calls_wait=False)
    told = outcome(rules, Fleet(np.array(SERVERS)), tiny, rates, confidence=0.999)
    share = told.calls.unserved_share
    assert share.low <= lost <= share.high
    assert told.units.busy_share.low <= busy.mean() <= told.units.busy_share.high
    mean_ms = float((sent * preference_s[list(SERVERS)].T).sum() / sent.sum())
    response = told.calls.response_s_mean
    assert response.low <= mean_ms * 0.001 <= response.high
