"""Pre-emption: never for a call that is no more urgent, never without a word on the call left."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan_engine.assign.diversion import (
    FREE,
    DiversionError,
    DiversionQuestion,
    decide_diversion,
)
from anlan_engine.assign.reasons import ChoiceReason

QUESTION = DiversionQuestion(
    priority=1,
    units=("free", "near", "there"),
    states=(FREE, "EN_ROUTE", "ON_SCENE"),
    travel_s=(400.0, 100.0, 10.0),
    calls=("fall", "flat tyre"),
    call_priorities=(2, 3),
    busy_with=(None, 0, 1),
    call_travel_s=((300.0, None, None), (250.0, None, None)),
    pairs=((2, 1), (3, 1), (3, 2)),
    states_diverted=("EN_ROUTE",),
    least_gain_s=60.0,
)


def test_a_unit_on_its_way_is_diverted_and_its_call_taken_over() -> None:
    found = decide_diversion(QUESTION)
    assert (found.unit, found.travel_s) == ("near", 100.0)
    assert found.reason.code == ChoiceReason.DIVERTED_FROM_LESS_URGENT
    assert found.reason.facts == {"call": "fall", "gain_s": 300.0}
    assert found.left is not None
    assert (found.left.call, found.left.unit, found.left.travel_s) == ("fall", "free", 300.0)
    assert found.left.reason.code == ChoiceReason.TAKES_OVER


def test_a_call_that_nobody_can_take_over_is_queued() -> None:
    alone = replace(QUESTION, travel_s=(None, 100.0, 10.0), call_travel_s=((None,) * 3,) * 2)
    found = decide_diversion(alone)
    assert found.unit == "near"
    assert found.left is not None
    assert (found.left.unit, found.left.reason.code) == (None, ChoiceReason.QUEUED)


def test_for_a_small_gain_nobody_is_diverted() -> None:
    found = decide_diversion(replace(QUESTION, least_gain_s=301.0))
    assert (found.unit, found.left) == ("free", None)
    assert found.reason.code == ChoiceReason.DIVERTING_GAINS_TOO_LITTLE
    assert found.reason.facts == {"unit": "near", "gain_s": 300.0}


def test_nobody_leaves_a_call_that_is_as_urgent_or_a_scene() -> None:
    equal = replace(QUESTION, priority=2)
    assert decide_diversion(equal).unit == "free"
    assert decide_diversion(equal).reason.code == ChoiceReason.FASTEST
    nobody = replace(QUESTION, states=("ON_SCENE",) * 3, busy_with=(1, 1, 1))
    assert decide_diversion(nobody).reason.code == ChoiceReason.NOBODY_CAN


def test_a_decision_is_made_again_from_what_was_kept() -> None:
    kept = json.loads(json.dumps(QUESTION.snapshot()))
    assert DiversionQuestion.of_snapshot(kept) == QUESTION
    assert decide_diversion(DiversionQuestion.of_snapshot(kept)) == decide_diversion(QUESTION)


@st.composite
def questions(draw: st.DrawFn) -> DiversionQuestion:
    units, calls = draw(st.integers(0, 6)), draw(st.integers(0, 4))
    times = st.none() | st.integers(0, 9).map(float)
    busy = [draw(st.none() | st.integers(0, calls - 1)) if calls else None for _ in range(units)]
    allowed = [(left, new) for left in range(1, 5) for new in range(1, left)]
    return DiversionQuestion(
        priority=draw(st.integers(1, 4)),
        units=tuple(f"U{n}" for n in range(units)),
        states=tuple(
            FREE if one is None else draw(st.sampled_from(["EN_ROUTE", "ON_SCENE"])) for one in busy
        ),
        travel_s=tuple(draw(times) for _ in range(units)),
        calls=tuple(f"C{n}" for n in range(calls)),
        call_priorities=tuple(draw(st.integers(1, 4)) for _ in range(calls)),
        busy_with=tuple(busy),
        call_travel_s=tuple(tuple(draw(times) for _ in range(units)) for _ in range(calls)),
        pairs=tuple(draw(st.lists(st.sampled_from(allowed), unique=True))),
        states_diverted=("EN_ROUTE",),
        least_gain_s=float(draw(st.integers(0, 5))),
    )


@given(questions())
def test_no_call_is_left_unowned_and_no_unit_is_sent_twice(question: DiversionQuestion) -> None:
    found = decide_diversion(question)
    rows = {name: row for row, name in enumerate(question.units)}
    if found.unit is None:
        assert found.reason.code == ChoiceReason.NOBODY_CAN
        return
    row = rows[found.unit]
    call = question.busy_with[row]
    assert (call is None) == (found.left is None)
    free = [
        time for time, state in zip(question.travel_s, question.states, strict=True)
        if state == FREE and time is not None
    ]  # fmt: skip
    if call is None or found.left is None:
        assert found.travel_s == min(free)
        return
    assert question.states[row] == "EN_ROUTE"
    assert question.call_priorities[call] > question.priority
    assert (question.call_priorities[call], question.priority) in question.pairs
    assert not free or min(free) - (found.travel_s or 0.0) >= max(question.least_gain_s, 1e-9)
    assert found.left.call == question.calls[call]
    assert found.left.unit != found.unit
    if found.left.unit is not None:
        assert question.states[rows[found.left.unit]] == FREE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pairs": ((1, 1),)}, "UNSAFE_RULE"),
        ({"pairs": ((1, 2),)}, "UNSAFE_RULE"),
        ({"states_diverted": (FREE,)}, "FREE_IS_NOT_DIVERTED"),
        ({"least_gain_s": float("nan")}, "BAD_GAIN"),
        ({"units": ("near", "near", "there")}, "SAME_TWICE"),
        ({"calls": ("fall", "fall")}, "SAME_TWICE"),
        ({"busy_with": (None, None, 1)}, "BAD_COLUMNS"),
        ({"busy_with": (None, 0, 2)}, "BAD_COLUMNS"),
        ({"states": (FREE,)}, "BAD_COLUMNS"),
        ({"call_travel_s": ((1.0,),)}, "BAD_COLUMNS"),
        ({"travel_s": (float("nan"), 1.0, 1.0)}, "BAD_TIMES"),
    ],
)
def test_what_does_not_fit_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(DiversionError) as refused:
        replace(QUESTION, **change)  # type: ignore[arg-type]
    assert refused.value.code == code
