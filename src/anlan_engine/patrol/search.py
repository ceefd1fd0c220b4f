"""The search: take strings of neighbouring stops out of rounds, put them back, keep or undo.

Ruin and recreate with simulated annealing after Christiaens & Vanden Berghe (2020), "Slack
induction by string removals for vehicle routing problems", Transportation Science 54(2). What must
be done and is in no round counts by how often it was left out before, so that the hardest are put
back first and others give way.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.patrol.model import Model
from anlan_engine.patrol.recreate import Bench, put_back, touch
from anlan_engine.patrol.rounds import (
    JUST_TAKEN,
    NOWHERE,
    Rounds,
    below,
    no_rounds,
    refresh,
    take,
    uniform,
)

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

STRING_MOST = 10
REMOVED_MEAN = 10
SPLIT = 0.5
SPLIT_LONGER = 0.5
OPTIONAL_TRIED_MOST = 200
RETRIED = 0.5
"""Share of the optional visits left out before that are tried again in a step."""


class Best(NamedTuple):
    """The best plan so far, and how it is doing. R rounds, J jobs."""

    stops: I32  # (R, J + 1)
    lengths: I32  # (R,)
    choices: I32  # (J,)
    cost: F64  # (2,) number of musts left out, then cost without the guide
    left_out: I64  # (J,) how often what must be done was left out


def no_best(model: Model) -> Best:
    """Start without a best plan."""
    jobs, rounds = model.serve_cost.shape
    return Best(
        stops=np.full((rounds, jobs + 1), NOWHERE, np.int32),
        lengths=np.zeros(rounds, np.int32),
        choices=np.full(jobs, NOWHERE, np.int32),
        cost=np.full(2, np.inf),
        left_out=np.zeros(jobs, np.int64),
    )


def best_rounds(model: Model, best: Best, seed: np.random.Generator) -> Rounds:
    """Give the best plan as rounds of its own."""
    rounds = no_rounds(model, seed)
    rounds.stops[:] = best.stops
    rounds.totals["length"] = best.lengths
    rounds.states["choice"] = best.choices
    for r in range(len(best.lengths)):
        refresh(model, rounds, r)
    return rounds


@compiled
def ruin(m: Model, s: Rounds, b: Bench) -> int:
    """Take strings of stops near a drawn job out of several rounds; give that job.

    NOWHERE while there is nothing to take.
    """
    planned, used = 0, 0
    for r in range(len(s.totals)):
        planned += s.totals[r].length
        used += s.totals[r].length > 0
    seed = below(s.random, len(s.states))
    if planned == 0:
        return NOWHERE
    longest = min(float(STRING_MOST), planned / used)
    strings = 1 + below(s.random, max(1, int(4.0 * REMOVED_MEAN / (1.0 + longest) - 1.0)))
    if s.states[seed].in_round >= 0:
        take_string(m, s, b, seed, longest)
        strings -= 1
    for i in range(m.near.shape[1]):
        if strings <= 0:
            break
        r = s.states[m.near[seed, i]].in_round
        if r >= 0 and not b.old[r].touched:
            take_string(m, s, b, m.near[seed, i], longest)
            strings -= 1
    return seed


@compiled
def take_string(m: Model, s: Rounds, b: Bench, job: int, longest: float) -> None:
    """Remove a string that holds a job, in half of the cases sparing some stops within it."""
    r = s.states[job].in_round
    touch(s, b, r)
    length = s.totals[r].length
    k = 0
    while s.stops[r, k] != job:
        k += 1
    count = 1 + below(s.random, int(min(float(length), longest)))
    spared = 0
    if 1 < count < length and uniform(s.random) < SPLIT:
        spared = 1
        while count + spared < length and uniform(s.random) < SPLIT_LONGER:
            spared += 1
    low = max(0, k - count - spared + 1)
    start = low + below(s.random, min(k, length - count - spared) - low + 1)
    if spared == 0:
        take(m, s, r, start, count)
        return
    before = 1 + below(s.random, count - 1)
    take(m, s, r, start + before + spared, count - before)
    take(m, s, r, start, before)


@compiled
def fill_bench(m: Model, s: Rounds, b: Bench, seed: int) -> int:
    """Collect what is to be put back: what must be, what was just taken, some of what else is out.

    Of very many optional jobs only those near the drawn one, if one was drawn.
    """
    musts = collect(m, s, b, 0, must=True, share=1.0)
    count = collect(m, s, b, musts, must=False, share=1.0 if seed == NOWHERE else RETRIED)
    if count - musts <= OPTIONAL_TRIED_MOST or seed == NOWHERE:
        return count
    count = musts
    for i in range(m.near.shape[1]):
        job = m.near[seed, i]
        if s.states[job].in_round == NOWHERE and not m.jobs[job].must:
            b.jobs[count] = job
            count += 1
    return count


@compiled
def collect(
    m: Model, s: Rounds, b: Bench, count: int, must: bool, share: float  # noqa: FBT001
) -> int:  # fmt: skip
    """Put jobs that must be done, or may be left out, on the bench; a share of those long out."""
    for job in range(len(s.states)):
        state = s.states[job]
        if state.in_round < 0 and m.jobs[job].must == must:
            if state.in_round == JUST_TAKEN or share == 1.0 or uniform(s.random) < share:
                b.jobs[count] = job
                count += 1
            state.in_round = NOWHERE
    return count


@compiled
def undo(m: Model, s: Rounds, b: Bench) -> None:
    """Bring the touched rounds back."""
    for i in range(b.touched[-1]):
        r = b.touched[i]
        for k in range(s.totals[r].length):
            s.states[s.stops[r, k]].in_round = NOWHERE
    for i in range(b.touched[-1]):
        r = b.touched[i]
        s.totals[r].length = b.old[r].length
        for k in range(b.old[r].length):
            job = b.old_stops[r, k, 0]
            s.stops[r, k] = job
            s.states[job].choice = b.old_stops[r, k, 1]
        refresh(m, s, r)


@compiled
def forget_touched(b: Bench) -> None:
    """End a step."""
    for i in range(b.touched[-1]):
        b.old[b.touched[i]].touched = False
    b.touched[-1] = 0


@compiled
def standing(m: Model, s: Rounds, left_out: I64) -> tuple[int, int, float, float]:
    """Give musts left out, the same weighted by how often before, cost, cost without the guide."""
    missing, weighted, cost, driven = 0, 0, 0.0, 0.0
    for job in range(len(s.states)):
        if s.states[job].in_round == NOWHERE:
            cost += m.jobs[job].value
            if m.jobs[job].must:
                missing += 1
                weighted += 1 + left_out[job]
    for r in range(len(s.totals)):
        cost += s.totals[r].cost
        driven += s.totals[r].driven
    return missing, weighted, cost, cost - m.guide * driven


@compiled
def keep_best(s: Rounds, best: Best, missing: int, cost: float) -> None:
    """Copy the plan if it is the best so far."""
    if missing > best.cost[0] or (missing == best.cost[0] and cost >= best.cost[1] - 1e-9):
        return
    best.cost[0], best.cost[1] = missing, cost
    for r in range(len(s.totals)):
        best.lengths[r] = s.totals[r].length
        for k in range(s.totals[r].length):
            job = s.stops[r, k]
            best.stops[r, k] = job
            best.choices[job] = s.states[job].choice


@compiled
def count_left_out(m: Model, s: Rounds, left_out: I64) -> None:
    """Note what must be done and is in no round once more."""
    for job in range(len(s.states)):
        if m.jobs[job].must and s.states[job].in_round == NOWHERE:
            left_out[job] += 1


@compiled
def search(
    m: Model, s: Rounds, b: Bench, best: Best, steps: int, heat: tuple[float, float]
) -> None:  # fmt: skip
    """Make so many steps while the temperature falls from `heat[0]` to `heat[1]`."""
    missing, weighted, cost, _ = standing(m, s, best.left_out)
    cooling = (heat[1] / heat[0]) ** (1.0 / steps)
    temperature = heat[0]
    for _ in range(steps):
        seed = ruin(m, s, b)
        put_back(m, s, b, best.left_out, fill_bench(m, s, b, seed))
        new_missing, new_weighted, new_cost, plain = standing(m, s, best.left_out)
        bar = cost - temperature * np.log(1.0 - uniform(s.random))
        if new_weighted < weighted or (new_weighted == weighted and new_cost < bar):
            missing, weighted, cost = new_missing, new_weighted, new_cost
            keep_best(s, best, missing, plain)
        else:
            undo(m, s, b)
        forget_touched(b)
        if missing > 0:
            count_left_out(m, s, best.left_out)
            missing, weighted, cost, _ = standing(m, s, best.left_out)
        temperature *= cooling
