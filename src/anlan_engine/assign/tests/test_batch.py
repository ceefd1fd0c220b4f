"""Batches against every way to assign them, and against SciPy."""

import itertools
import json

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from anlan_engine.assign.batch import Batch, BatchError, Served, assign_batch
from anlan_engine.assign.question import RankingError
from anlan_engine.assign.reasons import ChoiceReason


def batch_of(table: np.ndarray, priorities: list[int]) -> Batch:
    calls, units = table.shape
    return Batch(
        tuple(f"C{row}" for row in range(calls)),
        tuple(priorities),
        tuple(f"U{column}" for column in range(units)),
        tuple(tuple(None if np.isinf(one) else float(one) for one in row) for row in table),
    )


def score(batch: Batch, served: list[float | None]) -> list[tuple[int, float]]:
    """Unserved calls and the sum of times of each priority, the most urgent first."""
    kinds = sorted(set(batch.priorities))
    found = []
    for kind in kinds:
        times = [
            time for time, own in zip(served, batch.priorities, strict=True) if own == kind
        ]  # fmt: skip
        arrived = [time for time in times if time is not None]
        found.append((len(times) - len(arrived), sum(arrived)))
    return found


def best_score(batch: Batch) -> list[tuple[int, float]]:
    """The best score of all ways."""
    calls, table = len(batch.calls), batch.table
    best = None
    choices = [*range(len(batch.units)), *([-1] * calls)]
    for chosen in set(itertools.permutations(choices, calls)):
        times = [None if c < 0 else table[row, c] for row, c in enumerate(chosen)]
        if all(time is None or np.isfinite(time) for time in times):
            found = score(batch, times)
            best = found if best is None else min(best, found)
    assert best is not None
    return best


def check(batch: Batch) -> tuple[Served, ...]:
    served = assign_batch(batch)
    units = [one.unit for one in served if one.unit is not None]
    assert len(set(units)) == len(units)
    assert [one.call for one in served] == list(batch.calls)
    return served


@pytest.mark.parametrize("seed", range(80))
def test_no_other_way_serves_the_urgent_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    calls, units = int(rng.integers(1, 5)), int(rng.integers(1, 5))
    table = rng.integers(0, 10, (calls, units)).astype(np.float64)
    table[rng.random(table.shape) < rng.uniform(0, 0.5)] = np.inf
    batch = batch_of(table, rng.integers(1, 4, calls).tolist())
    assert score(batch, [one.travel_s for one in check(batch)]) == best_score(batch)


@pytest.mark.parametrize("seed", range(15))
def test_seven_calls_and_units_are_the_best_of_5040(seed: int) -> None:
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 50, (7, 7)).astype(np.float64)
    batch = batch_of(table, rng.integers(1, 4, 7).tolist())
    best = min(
        score(batch, table[range(7), list(order)].tolist())
        for order in itertools.permutations(range(7))
    )
    assert score(batch, [one.travel_s for one in check(batch)]) == best


@pytest.mark.parametrize("shape", [(40, 300), (60, 60), (5, 3), (30, 20)])
def test_calls_of_one_priority_take_as_long_as_scipys(shape: tuple[int, int]) -> None:
    table = np.random.default_rng(7).integers(0, 10**6, shape) / 1000
    found = check(batch_of(table, [1] * shape[0]))
    rows, columns = linear_sum_assignment(table)
    times = [one.travel_s for one in found if one.travel_s is not None]
    assert len(times) == min(shape)
    assert sum(times) == pytest.approx(table[rows, columns].sum(), abs=1e-6)


def test_each_call_says_why_it_gets_its_unit() -> None:
    table = np.array([[60.0, 90.0], [50.0, np.inf], [10.0, 20.0], [np.inf, np.inf]])
    served = check(batch_of(table, [2, 1, 3, 3]))
    told = [(one.unit, one.travel_s, one.reason.code) for one in served]
    assert told == [
        ("U1", 90.0, ChoiceReason.FASTEST_SERVES_ANOTHER),
        ("U0", 50.0, ChoiceReason.FASTEST),
        (None, None, ChoiceReason.NOBODY_LEFT),
        (None, None, ChoiceReason.NOBODY_CAN),
    ]
    assert served[0].reason.facts == {"fastest": "U0", "serves": "C1", "behind_s": 30.0}
    assert served[2].reason.facts == {"able": 2}


def test_the_same_question_in_another_order_has_the_same_answer() -> None:
    rng = np.random.default_rng(3)
    table = rng.integers(0, 3, (6, 9)).astype(np.float64)
    batch = batch_of(table, [1, 1, 2, 2, 2, 1])
    turned = Batch(
        batch.calls[::-1], batch.priorities[::-1], batch.units[::-1],
        tuple(row[::-1] for row in batch.travel_s[::-1]),
    )  # fmt: skip
    assert sorted(map(repr, assign_batch(batch))) == sorted(map(repr, assign_batch(turned)))


def test_a_batch_is_answered_again_from_what_was_kept() -> None:
    table = np.array([[60.0, np.inf], [50.0, 70.5]])
    batch = batch_of(table, [1, 2])
    kept = json.loads(json.dumps(batch.snapshot()))
    assert Batch.of_snapshot(kept) == batch
    assert assign_batch(Batch.of_snapshot(kept)) == assign_batch(batch)
    with pytest.raises(RankingError) as refused:
        Batch.of_snapshot(kept | {"version": 7})
    assert refused.value.code == "UNKNOWN_SNAPSHOT"


def test_without_calls_or_units_nobody_goes() -> None:
    assert assign_batch(Batch((), (), ("U",), ())) == ()
    (alone,) = assign_batch(Batch(("C",), (1,), (), ((),)))
    assert (alone.unit, alone.reason.code) == (None, ChoiceReason.NOBODY_CAN)


@pytest.mark.parametrize(
    ("calls", "priorities", "units", "travel_s", "code"),
    [
        (("C",), (1,), ("U",), ((float("nan"),),), "BAD_TIMES"),
        (("C",), (1,), ("U",), ((-1.0,),), "BAD_TIMES"),
        (("C",), (1,), ("U",), ((5e6,),), "BAD_TIMES"),
        (("C",), (1,), ("U",), ((1.0, 2.0),), "BAD_TIMES"),
        (("C",), (), ("U",), ((1.0,),), "BAD_PRIORITIES"),
        (("C", "C"), (1, 1), ("U",), ((1.0,), (1.0,)), "SAME_TWICE"),
        (("C",), (1,), ("U", "U"), ((1.0, 1.0),), "SAME_TWICE"),
        (tuple(map(str, range(501))), (1,) * 501, (), ((),) * 501, "TOO_MANY"),
    ],
)
def test_what_cannot_be_assigned_is_refused(
    calls: tuple[str, ...], priorities: tuple[int, ...], units: tuple[str, ...],
    travel_s: tuple[tuple[float, ...], ...], code: str,
) -> None:  # fmt: skip
    with pytest.raises(BatchError) as refused:
        Batch(calls, priorities, units, travel_s)
    assert refused.value.code == code
