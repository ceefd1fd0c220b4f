"""Coverage policies on the published ambulance model of Auckland, where it is present."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from anlan_engine.simulate import Expected, Posture, Rules, Study, compare
from anlan_engine.simulate.tests.auckland import COVER_S, LATE_AFTER_S, Auckland, read_auckland

BUSY_SHARE = 0.4


@pytest.fixture(scope="module")
def auckland(shared: Callable[..., Path]) -> Auckland:
    return read_auckland(shared("c3_jemss_auckland"))


def posture(model: Auckland, name: str, **rules: object) -> Posture:
    diverts = np.triu(np.ones((3, 3), bool), 1)
    expected = Expected(model.pattern.weights(), COVER_S, BUSY_SHARE)
    rule = Rules(LATE_AFTER_S, diverts, 60.0, expected=expected, **rules)  # type: ignore[arg-type]
    return Posture(name, model.ground, model.fleet, rule)


def test_move_up_lowers_the_late_share_and_does_not_slow_the_mean(auckland: Auckland) -> None:
    study = Study(auckland.pattern, days=20.0, replications=20, seed=11, warm_up_hours=12.0)
    told = compare(posture(auckland, "home"), posture(auckland, "up", moves_up=True), study)
    late = told.difference.calls.late_share
    assert late.high < 0.0
    assert told.difference.calls.response_s_mean.value < 0.0
    assert told.difference.calls.calls_per_day.value == 0.0
    assert told.b.figures.units.relocated_per_day.low > 0.0


def test_guard_spares_the_most_urgent_at_the_cost_of_the_least(auckland: Auckland) -> None:
    study = Study(auckland.pattern, days=60.0, replications=20, seed=12, warm_up_hours=12.0)
    guard_s = (0.0, COVER_S, LATE_AFTER_S[2] - 50.0)
    told = compare(
        posture(auckland, "soonest"), posture(auckland, "guarded", guard_s=guard_s), study
    )
    assert told.difference.by_priority[0].late_share.high < 0.0
    assert told.difference.by_priority[2].response_s_mean.low > 0.0
