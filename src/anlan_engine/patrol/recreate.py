"""Put jobs that are in no round back: greedily, in an order drawn anew each time.

Two manners. In order: by a drawn criterion, each job to its cheapest place (Christiaens & Vanden
Berghe 2020, "Slack induction by string removals"). By worth: again and again the job with the most
value for the time it takes, which suits optional visits (Vansteenwegen et al. 2009, "Iterated
local search for the team orienteering problem with time windows").
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.patrol.model import Model
from anlan_engine.patrol.rounds import (
    NOWHERE,
    Rounds,
    below,
    cheapest_in_round,
    put,
    uniform,
)

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
RECORDS = npt.NDArray[np.void]

BLINK = 0.01
BY_WORTH = 0.05
LEAST_S = 1e-3
"""A job on the way takes no time at all, but is not worth infinitely much."""

RANDOM, FAR, CLOSE, NARROW, EARLY, VALUABLE, ORDERS = 0, 1, 2, 3, 4, 5, 6

OFFER = np.dtype([("cost", np.float64), ("k", np.int32), ("choice", np.int32)], align=True)
"""The cheapest insertion of a job into a round."""

OLD = np.dtype([("cost", np.float64), ("length", np.int32), ("touched", np.bool_)], align=True)
"""A round before the step; `touched` when it was changed since."""


class Bench(NamedTuple):
    """Room for one step of the search. J jobs, R rounds."""

    jobs: I32  # (J,) out of every round
    key: F64  # (J,) to order them by
    offers: RECORDS  # (B, R) OFFER for the first B of them
    old: RECORDS  # (R,) OLD
    old_stops: I32  # (R, J + 1, 2) job and choice
    touched: I32  # (R + 1,) rounds changed by the step; last, how many


def empty_bench(model: Model, by_worth_most: int) -> Bench:
    """Make room."""
    jobs, rounds = model.serve_cost.shape
    return Bench(
        jobs=np.empty(jobs, np.int32),
        key=np.empty(jobs),
        offers=np.zeros((min(jobs, by_worth_most), rounds), OFFER),
        old=np.zeros(rounds, OLD),
        old_stops=np.empty((rounds, jobs + 1, 2), np.int32),
        touched=np.zeros(rounds + 1, np.int32),
    )


@compiled
def touch(s: Rounds, b: Bench, r: int) -> None:
    """Remember a round before it is changed for the first time in a step."""
    old, total = b.old[r], s.totals[r]
    if old.touched:
        return
    old.touched, old.length, old.cost = True, total.length, total.cost
    b.touched[b.touched[-1]] = r
    b.touched[-1] += 1
    for k in range(total.length):
        job = s.stops[r, k]
        b.old_stops[r, k, 0] = job
        b.old_stops[r, k, 1] = s.states[job].choice


@compiled
def priced(m: Model, cost: float) -> float:
    """Take the guide's share out of a cost: it must not keep a visit out."""
    return cost if m.guide == 0.0 else cost * m.driving / (m.driving + m.guide)


@compiled
def put_cheapest(m: Model, s: Rounds, b: Bench, job: int) -> None:
    """Insert a job where it costs least, unless it may be left out for less."""
    best, best_r, best_k, best_c = np.inf, NOWHERE, NOWHERE, NOWHERE
    for r in range(len(s.totals)):
        span = (0, s.totals[r].length + 1)
        cost, k, c = cheapest_in_round(m, s, job, r, BLINK, span)
        if cost < best:
            best, best_r, best_k, best_c = cost, r, k, c
    own = m.jobs[job]
    if best_r != NOWHERE and (own.must or priced(m, best) < own.value):
        touch(s, b, best_r)
        put(m, s, job, best_r, best_k, best_c)


@compiled
def order_key(m: Model, s: Rounds, job: int, order: int) -> float:
    """Give the number by which jobs are ordered, the smallest first."""
    own = m.jobs[job]
    if order == RANDOM or own.first == own.end:
        return uniform(s.random)
    choice = m.choices[own.first]
    if order == VALUABLE:
        return float(-own.value * (0.5 + uniform(s.random)))
    if order == NARROW:
        return float(choice.late - choice.early)
    if order == EARLY:
        return float(choice.early)
    away = m.travel[m.shifts[0].start_place, choice.entry]
    return float(away if order == CLOSE else -away)


@compiled
def put_back_in_order(
    m: Model, s: Rounds, b: Bench, left_out: I64, span: tuple[int, int]
) -> None:  # fmt: skip
    """Insert in a drawn order; or, of what must be done, the most often left out first."""
    order = below(s.random, ORDERS)
    by_left_out = uniform(s.random) < 0.5
    for i in range(span[0], span[1]):
        job = b.jobs[i]
        b.key[i] = order_key(m, s, job, order)
        if by_left_out and m.jobs[job].must:
            b.key[i] -= 1e9 * left_out[job]
    for i in np.argsort(b.key[span[0] : span[1]]):
        put_cheapest(m, s, b, b.jobs[span[0] + i])


@compiled
def offer(m: Model, s: Rounds, b: Bench, i: int, r: int, span: tuple[int, int]) -> None:
    """Note the cheapest insertion of the i-th job into a span of a round, if it is cheaper."""
    cost, k, c = cheapest_in_round(m, s, b.jobs[i], r, BLINK, span)
    known = b.offers[i, r]
    if cost < known.cost:
        known.cost, known.k, known.choice = cost, k, c


@compiled
def offer_everywhere(m: Model, s: Rounds, b: Bench, i: int) -> None:
    """Note the cheapest insertion of the i-th job into each round."""
    for r in range(len(s.totals)):
        b.offers[i, r].cost = np.inf
        offer(m, s, b, i, r, (0, s.totals[r].length + 1))


@compiled
def renew_offer(m: Model, s: Rounds, b: Bench, i: int, r: int, k: int) -> None:
    """Bring an offer up to date after a job was put at position k of its round.

    The offer stands where it is elsewhere and still in time; then only the two positions beside
    the new stop are to be looked at.
    """
    known = b.offers[i, r]
    if known.cost == np.inf:
        offer(m, s, b, i, r, (k, k + 2))
        return
    at = known.k if known.k < k else known.k + 1
    cost, split = known.cost, known.k == k
    known.cost = np.inf
    if not split:
        offer(m, s, b, i, r, (at, at + 1))
    if known.cost <= cost:
        offer(m, s, b, i, r, (k, k + 2))
    else:
        offer(m, s, b, i, r, (0, s.totals[r].length + 1))


@compiled
def worthiest(
    m: Model, b: Bench, span: tuple[int, int], exponent: float
) -> tuple[int, int]:  # fmt: skip
    """Find the job and round with the most value for the cost; NOWHERE where none is worth it."""
    best, best_i, best_r = 0.0, NOWHERE, NOWHERE
    least = LEAST_S * (m.driving + m.guide)
    for i in range(span[0], span[1]):
        if b.jobs[i] == NOWHERE:
            continue
        cost, cheapest = np.inf, NOWHERE
        for r in range(b.offers.shape[1]):
            if b.offers[i, r].cost < cost:
                cost, cheapest = b.offers[i, r].cost, r
        value = m.jobs[b.jobs[i]].value
        worth = b.key[i] / max(cost, least) ** exponent
        if cheapest != NOWHERE and worth > best and priced(m, cost) < value:
            best, best_i, best_r = worth, i, cheapest
    return best_i, best_r


@compiled
def put_back_by_worth(m: Model, s: Rounds, b: Bench, span: tuple[int, int]) -> None:
    """Insert the job with the most value for its cost, bring the offers up to date, and again."""
    exponent = 0.3 + 1.2 * uniform(s.random)
    noise = 0.5 * uniform(s.random)
    for i in range(span[0], span[1]):
        b.key[i] = m.jobs[b.jobs[i]].value * (1.0 - noise * uniform(s.random))
        offer_everywhere(m, s, b, i)
    while True:
        i, r = worthiest(m, b, span, exponent)
        if i == NOWHERE:
            return
        touch(s, b, r)
        k = b.offers[i, r].k
        put(m, s, b.jobs[i], r, k, b.offers[i, r].choice)
        own = m.jobs[b.jobs[i]]
        b.jobs[i] = NOWHERE
        for other in range(span[0], span[1]):
            job = b.jobs[other]
            if job != NOWHERE and own.sibling_first <= job < own.sibling_end:
                offer_everywhere(m, s, b, other)
            elif job != NOWHERE:
                renew_offer(m, s, b, other, r, k)


@compiled
def put_back(m: Model, s: Rounds, b: Bench, left_out: I64, count: int) -> None:
    """Insert the first `count` jobs on the bench as far as they find room; musts stand first."""
    musts = 0
    while musts < count and m.jobs[b.jobs[musts]].must:
        musts += 1
    put_back_in_order(m, s, b, left_out, (0, musts))
    if count <= len(b.offers) and uniform(s.random) < BY_WORTH:
        put_back_by_worth(m, s, b, (musts, count))
    else:
        put_back_in_order(m, s, b, left_out, (musts, count))
