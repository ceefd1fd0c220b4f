"""Two ways to the same answers, timed in turn: what disturbs one disturbs the other."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

RESAMPLES = 2_000
SHARE = 0.95


class DisagreementError(AssertionError):
    """The two give different answers: comparing their speeds would say nothing."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Medians of both, and the median ratio with its interval.

    Attributes
    ----------
    ours_s, peer_s : float
        Median processor seconds for one question.
    speedup : float
        Median over the questions of peer over ours; above 1 ours is the faster.
    interval : tuple of float
        95 % bootstrap percentile interval of `speedup` (Efron and Tibshirani 1993, ch. 13).
    """

    ours_s: float
    peer_s: float
    speedup: float
    interval: tuple[float, float]


def beside(
    questions: Sequence[Asked],
    ours: Callable[[Asked], Answer],
    peer: Callable[[Asked], Answer],
    agree: Callable[[Answer, Answer], bool],
    *,
    before_ours: Callable[[], object] | None = None,
) -> Beside:
    """Ask both every question in turn, and check that they agree on each.

    `before_ours` runs untimed before each of our answers, to drop what the processor's caches hold
    for one (a cold figure).
    """
    ours_s, peer_s = [], []
    for asked in questions:
        if before_ours is not None:
            before_ours()
        mine, took = timed(ours, asked)
        theirs, peer_took = timed(peer, asked)
        if not agree(mine, theirs):
            raise DisagreementError(asked)
        ours_s.append(took)
        peer_s.append(peer_took)
    ratios = np.array(peer_s) / np.array(ours_s)
    return Beside(
        float(np.median(ours_s)), float(np.median(peer_s)), float(np.median(ratios)),
        bootstrap(ratios),
    )  # fmt: skip


def timed(work: Callable[[Asked], Answer], asked: Asked) -> tuple[Answer, float]:
    """Answer one question; the seconds are processor time of this process, all threads."""
    began = time.process_time_ns()
    answer = work(asked)
    return answer, max(time.process_time_ns() - began, 1) / 1e9


def bootstrap(values: np.ndarray, *, seed: int = 7) -> tuple[float, float]:
    """Return the 95 % percentile interval of the median, by resampling."""
    drawn = np.random.default_rng(seed).choice(values, (RESAMPLES, len(values)))
    low, high = np.quantile(np.median(drawn, axis=1), [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return float(low), float(high)


def drop_caches(*, mebibytes: int = 64) -> None:
    """Read and write more memory than the processor caches hold."""
    np.ones(mebibytes << 17).sum()
