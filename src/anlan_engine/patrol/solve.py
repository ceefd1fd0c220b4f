"""Plan patrols: the one entry point."""

import math
import time
from dataclasses import dataclass

import numpy as np

from anlan_engine.patrol.breaks import give_breaks
from anlan_engine.patrol.checking import check_limit, check_problem
from anlan_engine.patrol.model import Model, compile_problem
from anlan_engine.patrol.plan import PatrolPlan
from anlan_engine.patrol.problem import PatrolProblem
from anlan_engine.patrol.proofs import prove_impossible
from anlan_engine.patrol.reach import reach_matrix, with_least_from_posts
from anlan_engine.patrol.readout import Asked, told
from anlan_engine.patrol.recreate import empty_bench
from anlan_engine.patrol.rounds import Rounds, no_rounds
from anlan_engine.patrol.search import best_rounds, no_best, search

BY_WORTH_MOST = 200
WARM, COLD = 2.0, 0.01
SLICE = 0.01
NEAR_FEW, HEAT_A_DRIVE = 5, 0.15
CYCLE_STEPS_A_JOB = 250
CYCLES_MOST = 8
PROBE = 0.05
"""Share of the limit in which the number of steps to come is estimated."""


@dataclass(frozen=True, slots=True)
class _Pace:
    """How far a search is, from 0 to 1: by steps where they are given, else by time."""

    started_s: float
    limit_s: float
    iterations: int | None

    def progress(self, done: int) -> float:
        spent = (time.monotonic() - self.started_s) / self.limit_s
        if self.iterations is None or spent >= 1:
            return spent
        return done / self.iterations

    def next_steps(self, done: int, steps: int, took_s: float) -> int:
        if self.iterations is not None:
            return min(self.iterations - done, math.ceil(self.iterations * SLICE))
        if done == 0:
            return 1
        return max(1, int(steps * min(4.0, SLICE * self.limit_s / max(took_s, 1e-6))))


def plan_patrols(
    problem: PatrolProblem, *, limit_s: float = 10.0, seed: int = 0, iterations: int | None = None
) -> PatrolPlan:
    """Plan who visits what when.

    Parameters
    ----------
    problem : PatrolProblem
    limit_s : float
        Seconds to search; the best plan so far is returned, with a bound.
    seed : int
        Of the search.
    iterations : int or None
        Steps after which the search ends even before `limit_s`. The same problem, seed and
        iterations give the same plan wherever `limit_s` is not reached first; by time alone,
        plans depend on the speed of the machine.

    Returns
    -------
    PatrolPlan
        INFEASIBLE only with a proof; the plan then still makes as many visits as were found
        possible.

    Raises
    ------
    PatrolError
        For a question that cannot be meant.
    """
    started = time.monotonic()
    check_limit(limit_s, iterations)
    check_problem(problem)
    compiled = compile_problem(problem)
    m = compiled.model
    travel = with_least_from_posts(m)
    reach = reach_matrix(m, travel)
    proofs = prove_impossible(compiled, travel, reach)
    found, steps = _search(m, np.random.default_rng(seed), _Pace(started, limit_s, iterations))
    give_breaks(compiled, found)
    asked = Asked(problem, compiled, reach, proofs)
    return told(asked, found, steps, time.monotonic() - started)


def _search(m: Model, seed: np.random.Generator, pace: _Pace) -> tuple[Rounds, int]:
    """Search until the limit; give the best rounds and the steps made."""
    rounds, bench, best = no_rounds(m, seed), empty_bench(m, BY_WORTH_MOST), no_best(m)
    if not len(m.jobs) or not len(m.shifts):
        return rounds, 0
    scale = _scale(m)
    done, steps, took_s, progress, cycles, cycle = 0, 0, 0.0, 0.0, 1, 0
    while progress < 1.0 or done == 0:
        steps = pace.next_steps(done, steps, took_s)
        start = time.monotonic()
        warm = scale * WARM * (COLD / WARM) ** (progress * cycles - cycle)
        search(m, rounds, bench, best, steps, (warm, warm * (COLD / WARM) ** (SLICE * cycles)))
        took_s = time.monotonic() - start
        done += steps
        progress = min(1.0, pace.progress(done))
        if cycle == 0 and progress < PROBE:
            cycles = _cycles(len(m.jobs), done / max(progress, 1e-9))
        if cycle < int(progress * cycles):
            cycle = int(progress * cycles)
            rounds = no_rounds(m, seed)
    return best_rounds(m, best, seed), done


def _cycles(jobs: int, steps: float) -> int:
    """Give how often to begin anew: short coolings end apart, long ones gain little."""
    return max(1, min(CYCLES_MOST, int(steps / (CYCLE_STEPS_A_JOB * jobs))))


def _scale(m: Model) -> float:
    """Give what a usual change of a plan costs: the unit of temperature."""
    if m.driving == 0:
        optional = m.jobs["value"][m.jobs["value"] > 0]
        return float(optional.mean()) if len(optional) else 1.0
    has = np.flatnonzero(m.jobs["first"] < m.jobs["end"])
    at = m.choices[m.jobs["first"][has]]
    drives = m.travel[np.ix_(at["exit"], at["entry"])]
    near = np.sort(drives, axis=1)[:, 1 : NEAR_FEW + 1]
    near = near[np.isfinite(near)]
    return HEAT_A_DRIVE * m.driving * max(1.0, float(near.mean())) if len(near) else m.driving
