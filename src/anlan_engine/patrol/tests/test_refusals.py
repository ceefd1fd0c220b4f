"""Questions that make no sense are refused by name."""

import math
from dataclasses import replace

import numpy as np
import pytest

from anlan_engine.patrol import (
    Break,
    Habit,
    Keep,
    PatrolError,
    PatrolProblem,
    PatrolVisit,
    Way,
    Window,
    plan_patrols,
    point,
)
from anlan_engine.patrol.tests.questions import at, row_of_places, unit

GOOD = PatrolProblem(row_of_places(3), (unit(),), (point("x", 1),))


def with_time(value: float) -> np.ndarray:
    """Give travel times of which one is something else."""
    travel = row_of_places(3)
    travel[0, 2] = value
    return travel


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"travel_s": np.zeros((2, 3))}, "BAD_MATRIX"),
        ({"travel_s": with_time(-1.0)}, "BAD_TRAVEL_TIME"),
        ({"travel_s": with_time(math.nan)}, "BAD_TRAVEL_TIME"),
        ({"units": ()}, "NO_UNITS"),
        ({"days": 0}, "NO_DAYS"),
        ({"days": 61}, "TOO_LARGE"),
        ({"units": (unit(), unit())}, "SAME_ID_TWICE"),
        ({"visits": (point("x", 1), point("x", 2))}, "SAME_ID_TWICE"),
        ({"units": (unit(place=3),)}, "NO_SUCH_PLACE"),
        ({"visits": (point("x", -1),)}, "NO_SUCH_PLACE"),
        ({"visits": (PatrolVisit("x", ()),)}, "NO_WAY_TO_VISIT"),
        ({"visits": (PatrolVisit("x", (Way((), (1,), 0.0),)),)}, "NO_WAY_TO_VISIT"),
        ({"visits": (point("x", 1, stay_s=math.nan),)}, "BAD_TIME"),
        ({"visits": (point("x", 1, stay_s=-1.0),)}, "BAD_TIME"),
        ({"visits": (point("x", 1, windows=(at(9, 8),)),)}, "BAD_WINDOW"),
        ({"units": (unit(shift=Window(math.nan, 9.0)),)}, "BAD_WINDOW"),
        ({"units": (unit(breaks=(Break(at(9), -5.0),)),)}, "BAD_TIME"),
        ({"units": (unit(breaks=(Break(at(9), 5.0),) * 5),)}, "TOO_LARGE"),
        ({"visits": (point("x", 1, value=math.nan),)}, "BAD_VALUE"),
        ({"visits": (point("x", 1, value=-1.0),)}, "BAD_VALUE"),
        ({"visits": (point("x", 1, times=0),)}, "BAD_REPETITION"),
        ({"visits": (point("x", 1, times=20_000),)}, "TOO_LARGE"),
        ({"driving": math.inf}, "BAD_WEIGHT"),
        ({"keep": Keep((), other_unit=-1.0)}, "BAD_WEIGHT"),
        ({"keep": Keep((Habit("x", 0, "A1", math.nan),))}, "BAD_TIME"),
    ],
)
def test_senseless_question_is_refused(change: dict, code: str) -> None:
    with pytest.raises(PatrolError) as refused:
        plan_patrols(replace(GOOD, **change))
    assert refused.value.code == code


@pytest.mark.parametrize("limits", [{"limit_s": 0.0}, {"limit_s": math.nan}, {"iterations": 0}])
def test_senseless_limit_is_refused(limits: dict) -> None:
    with pytest.raises(PatrolError) as refused:
        plan_patrols(GOOD, **limits)
    assert refused.value.code == "BAD_LIMIT"


def test_visit_that_may_never_be_made_is_proved_impossible() -> None:
    for visit in (point("x", 1, windows=()), replace(point("x", 1), on_days=(5,))):
        plan = plan_patrols(replace(GOOD, visits=(visit,)), limit_s=60, iterations=5)
        assert [proof.visits for proof in plan.proofs] == [("x",)]
