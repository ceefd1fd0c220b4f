"""The guarded choice with its reasons, by hand, and again from what was kept."""

import json
from dataclasses import replace

import pytest

from anlan_engine.assign.guarded import GuardedQuestion, GuardError, choose_guarded
from anlan_engine.assign.reasons import ChoiceReason

# A alone covers cell 0, the busiest; B and C cover cell 1 together; D covers nothing.
QUESTION = GuardedQuestion(
    units=("A", "B", "C", "D"),
    travel_s=(60.0, 120.0, 200.0, 900.0),
    covers=((0,), (1,), (1,), ()),
    weight=(10.0, 4.0),
    busy_share=0.5,
    urgent=False,
    limit_s=300.0,
)


def test_of_those_in_time_the_one_goes_who_is_missed_least() -> None:
    choice = choose_guarded(QUESTION)
    assert (choice.unit, choice.fastest, choice.behind_s) == ("B", "A", 60.0)
    # Without A half of ten calls are lost; without B a quarter of four.
    assert (choice.fastest_cost, choice.cost, choice.in_time) == (5.0, 1.0, 3)
    assert choice.reason.code == ChoiceReason.IN_TIME_AND_COSTS_LEAST_COVER


def test_the_guard_comes_before_coverage() -> None:
    urgent = choose_guarded(replace(QUESTION, urgent=True))
    assert (urgent.unit, urgent.reason.code) == ("A", ChoiceReason.URGENT_SO_FASTEST)
    late = choose_guarded(replace(QUESTION, limit_s=30.0))
    assert (late.unit, late.reason.code) == ("A", ChoiceReason.NOBODY_IN_TIME_SO_FASTEST)
    near = choose_guarded(replace(QUESTION, extra_s=59.0))
    assert (near.unit, near.in_time, near.reason.code) == ("A", 1, ChoiceReason.FASTEST)
    nobody = choose_guarded(replace(QUESTION, travel_s=(None,) * 4))
    assert (nobody.unit, nobody.reason.code) == (None, ChoiceReason.NOBODY_CAN)


def test_a_choice_is_made_again_from_what_was_kept() -> None:
    kept = json.loads(json.dumps(QUESTION.snapshot()))
    assert GuardedQuestion.of_snapshot(kept) == QUESTION
    assert choose_guarded(GuardedQuestion.of_snapshot(kept)) == choose_guarded(QUESTION)
    turned = replace(
        QUESTION, units=QUESTION.units[::-1], travel_s=QUESTION.travel_s[::-1],
        covers=QUESTION.covers[::-1],
    )  # fmt: skip
    assert choose_guarded(turned) == choose_guarded(QUESTION)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"units": ("A", "A", "C", "D")}, "SAME_TWICE"),
        ({"travel_s": (1.0,)}, "BAD_TIMES"),
        ({"travel_s": (-1.0, 1.0, 1.0, 1.0)}, "BAD_TIMES"),
        ({"travel_s": (float("nan"), 1.0, 1.0, 1.0)}, "BAD_TIMES"),
        ({"covers": ((2,), (), (), ())}, "BAD_COVER"),
        ({"covers": ((0, 0), (), (), ())}, "BAD_COVER"),
        ({"covers": ((0,),)}, "BAD_COVER"),
        ({"weight": (1.0, -1.0)}, "BAD_WEIGHT"),
        ({"weight": (1.0, float("inf"))}, "BAD_WEIGHT"),
        ({"busy_share": 1.0}, "BAD_BUSY_SHARE"),
        ({"limit_s": float("nan")}, "BAD_LIMIT"),
        ({"extra_s": -1.0}, "BAD_LIMIT"),
    ],
)
def test_what_cannot_be_answered_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(GuardError) as refused:
        replace(QUESTION, **change)  # type: ignore[arg-type]
    assert refused.value.code == code
