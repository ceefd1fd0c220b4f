"""Rounds under construction: insertion in constant time a position, by earliest and latest times.

Each stop knows the earliest moment it can leave and the latest moment it may begin without making
a later stop late, so that a job can be tried at a position without walking the round (Savelsbergh
1992, "The vehicle routing problem with time windows: minimizing route duration").
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.compiled import compiled
from anlan_engine.patrol.model import Model, most_days

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
U64 = npt.NDArray[np.uint64]
RECORDS = npt.NDArray[np.void]

NOWHERE, JUST_TAKEN = -1, -2

OTHER_CHOICE = 0.25
"""How often a choice is overlooked where a job has several, whenever positions are."""

SHORTER_STAY = 1e-9
"""Between choices that cost the same, the one with the shorter stay leaves more room."""

STATE = np.dtype(
    [
        ("leave", np.float64), ("latest", np.float64),
        ("in_round", np.int32), ("choice", np.int32), ("entry", np.int32), ("exit", np.int32),
    ],
    align=True,
)  # fmt: skip
"""A job in the plan: earliest to leave, latest to begin, s; `in_round` is below 0 when left out."""

TOTAL = np.dtype([("cost", np.float64), ("driven", np.float64), ("length", np.int32)], align=True)
"""A round: cost of driving (with the guide), choices and serving; s driven; number of stops."""


class Rounds(NamedTuple):
    """A plan that the search changes in place. R rounds, J jobs."""

    stops: I32  # (R, J + 1) jobs in order
    totals: RECORDS  # (R,) TOTAL
    states: RECORDS  # (J,) STATE
    random: U64  # (1,) state of the generator


def no_rounds(model: Model, seed: np.random.Generator) -> Rounds:
    """Start with every unit at its post."""
    jobs, rounds = model.serve_cost.shape
    states = np.zeros(jobs, STATE)
    states["in_round"] = states["choice"] = NOWHERE
    return Rounds(
        stops=np.full((rounds, jobs + 1), NOWHERE, np.int32),
        totals=np.zeros(rounds, TOTAL),
        states=states,
        random=seed.integers(1, 2**63, 1, np.uint64),
    )


@compiled
def uniform(state: U64) -> float:
    """Draw from [0, 1): xorshift64* (Vigna 2016)."""
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0


@compiled
def below(state: U64, n: int) -> int:
    """Draw an integer from 0 to n - 1."""
    return int(uniform(state) * n)


@compiled
def refresh(m: Model, s: Rounds, r: int) -> None:
    """Bring the times and the cost of a round up to date."""
    # Arrays by names of their own: reading them off a tuple counts references each time.
    travel, choices, states, stops = m.travel, m.choices, s.states, s.stops[r]
    shift, total = m.shifts[r], s.totals[r]
    place, leave = shift.start_place, shift.start
    driven, cost = 0.0, 0.0
    for k in range(total.length):
        job = stops[k]
        state = states[job]
        choice = choices[state.choice]
        state.in_round, state.entry, state.exit = r, choice.entry, choice.exit
        drive = travel[place, choice.entry]
        driven += drive
        cost += choice.cost + m.serve_cost[job, r]
        leave = max(choice.early, leave + drive) + choice.stay
        state.leave = leave
        place = choice.exit
    if total.length > 0:
        driven += travel[place, shift.end_place]
    total.driven = driven
    total.cost = cost + (m.driving + m.guide) * driven
    place, latest = shift.end_place, shift.end
    for k in range(total.length - 1, -1, -1):
        state = states[stops[k]]
        choice = choices[state.choice]
        latest = min(choice.late, latest - travel[choice.exit, place] - choice.stay)
        state.latest = latest
        place = choice.entry


@compiled
def day_is_free(m: Model, s: Rounds, job: int, day: int) -> bool:
    """Whether the other jobs of the same visit leave enough days to this day, and it to them."""
    own = m.jobs[job]
    fixed = 1 << day
    for other in range(own.sibling_first, own.sibling_end):
        r = s.states[other].in_round
        if other != job and r >= 0:
            taken = m.shifts[r].day
            if abs(taken - day) < own.spacing:
                return False
            fixed |= 1 << taken
    return bool(most_days(own.days, fixed, own.spacing) >= own.most_days)


@compiled
def cheapest_position(
    m: Model, s: Rounds, c: int, r: int, blink: float, span: tuple[int, int]
) -> tuple[float, int]:  # fmt: skip
    """Find where in a round a choice costs the least more driving, s; infinite where nowhere.

    Only positions from `span[0]` to before `span[1]` are tried. Each better position is
    overlooked with the probability `blink` (Christiaens & Vanden Berghe 2020), which keeps the
    search from building the same plan again and again.
    """
    travel, states, stops, random = m.travel, s.states, s.stops[r], s.random
    choice, shift, length = m.choices[c], m.shifts[r], s.totals[r].length
    entry, exit_, late, ends = choice.entry, choice.exit, choice.late, choice.early + choice.stay
    early, stay = choice.early, choice.stay
    best, best_k = np.inf, NOWHERE
    place, leave = shift.start_place, shift.start
    if span[0] > 0:
        before = states[stops[span[0] - 1]]
        place, leave = before.exit, before.leave
    for k in range(span[0], span[1]):
        if leave > late:
            break
        after, latest = shift.end_place, shift.end
        out, out_leave = place, leave
        if k < length:
            state = states[stops[k]]
            after, latest = state.entry, state.latest
            out, out_leave = state.exit, state.leave
        if ends <= latest:
            there, on = travel[place, entry], travel[exit_, after]
            begin = max(early, leave + there)
            if begin <= late and begin + stay + on <= latest:
                more = there + on - (travel[place, after] if length > 0 else 0.0)
                if more < best and (blink == 0.0 or uniform(random) >= blink):
                    best, best_k = more, k
        place, leave = out, out_leave
    return best, best_k


@compiled
def cheapest_in_round(
    m: Model, s: Rounds, job: int, r: int, blink: float, span: tuple[int, int]
) -> tuple[float, int, int]:  # fmt: skip
    """Find the cheapest choice and position of a job in a round: cost, position, choice."""
    best, best_k, best_c, best_rank = np.inf, NOWHERE, NOWHERE, np.inf
    serve, own, day = m.serve_cost[job, r], m.jobs[job], m.shifts[r].day
    if serve == np.inf:
        return best, best_k, best_c
    if own.sibling_end - own.sibling_first > 1 and not day_is_free(m, s, job, day):
        return best, best_k, best_c
    several = blink > 0.0 and own.end - own.first > 1
    for c in range(own.first, own.end):
        if m.choices[c].day != day or (several and uniform(s.random) < OTHER_CHOICE):
            continue
        more, k = cheapest_position(m, s, c, r, blink, span)
        cost = (m.driving + m.guide) * more + m.choices[c].cost + serve
        rank = cost + m.choices[c].stay * SHORTER_STAY
        if k != NOWHERE and rank < best_rank:
            best, best_k, best_c, best_rank = cost, k, c, rank
    return best, best_k, best_c


@compiled
def put(m: Model, s: Rounds, job: int, r: int, k: int, c: int) -> None:
    """Insert a job."""
    length = s.totals[r].length
    for i in range(length, k, -1):
        s.stops[r, i] = s.stops[r, i - 1]
    s.stops[r, k] = job
    s.totals[r].length = length + 1
    s.states[job].choice = c
    refresh(m, s, r)


@compiled
def take(m: Model, s: Rounds, r: int, k: int, count: int) -> None:
    """Remove `count` jobs from position k on."""
    length = s.totals[r].length - count
    for i in range(k, k + count):
        s.states[s.stops[r, i]].in_round = JUST_TAKEN
    for i in range(k, length):
        s.stops[r, i] = s.stops[r, i + count]
    s.totals[r].length = length
    refresh(m, s, r)
