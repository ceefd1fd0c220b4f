"""Choosing units: a ranking, a run card, a batch of calls, a guarded choice."""

import json

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from anlan.kernel.text_files import data_folder
from anlan_engine.assign import Question, Unit, fill_card, rank_units
from anlan_engine.assign.batch import NOBODY, assign_in_order
from anlan_engine.assign.guard import (
    Cover,
    cost_of_leaving,
    guarded_unit,
    shift_cover,
    worth_by_depth,
)
from anlan_engine.assign.matching import match_earliest
from anlan_engine.city import City, open_city
from anlan_engine.routing import RoadTimes
from benchmarks.interleaved import beside, drop_caches, timed
from benchmarks.places import SEED, drawn_places
from benchmarks.rows import Row, Target, milliseconds, row

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

UNITS = 500
SHOWN = 20
ASKED, ASKED_FULL = 60, 500
CARD = ("ENGINE", "ENGINE", "LADDER", "AMBULANCE")
CALLS, PRIORITIES = 40, 3
CELLS, BUSY_SHARE, LIMIT = 2_000, 0.4, 600.0
SCIPY = "SciPy linear_sum_assignment"


def run(*, full: bool) -> list[Row]:
    """Measure; answers are compared on every sample where both answer the same question."""
    count = ASKED_FULL if full else ASKED
    city = open_city(data_folder() / "cities" / "helsinki.city")
    return [
        *_rankings(city, count),
        *_matchings(count),
        *_batches(count),
        *_guarded(count),
    ]


def _rankings(city: City, count: int) -> list[Row]:
    """Rank 500 units and look at the first 20; fill a run card; keep the question."""
    times = RoadTimes(city.graph)
    questions = _questions(city, count)
    rank_units(questions[0], times), fill_card(questions[0], times)

    def ranked(question: Question) -> float:
        return rank_units(question, times)[:SHOWN][0].travel_s or 0.0

    def searched(question: Question) -> float:
        at = np.array([(unit.lon, unit.lat) for unit in question.units])
        return float(times.times_to(question.lon, question.lat, at).travel_s.min())

    found = beside(questions, ranked, searched, float.__eq__)
    cold = beside(questions[:20], ranked, searched, float.__eq__, before_ours=drop_caches)
    seconds = [timed(ranked, one)[1] for one in questions]
    cards = [timed(lambda one: fill_card(one, times), question)[1] for question in questions]
    kept = [timed(lambda one: json.dumps(one.snapshot()), question)[1] for question in questions]
    peer = "its travel times alone"
    low, high = found.interval
    return [
        row(f"ranking of {UNITS} units, first {SHOWN} explained, median", 1000 * found.ours_s, "ms",
            peer=(peer, 1000 * found.peer_s), interval=(1 / high, 1 / low)),
        row(f"ranking of {UNITS} units, median, cold caches", 1000 * cold.ours_s, "ms",
            peer=(peer, 1000 * cold.peer_s)),
        row(f"ranking of {UNITS} units, p99", milliseconds(seconds, 99), "ms",
            target=Target("value", 10.0)),
        row(f"run card of {len(CARD)} places among {UNITS} units, p99", milliseconds(cards, 99),
            "ms", target=Target("value", 10.0)),
        row(f"snapshot of {UNITS} units as JSON, median", milliseconds(kept, 50), "ms"),
    ]  # fmt: skip


def _questions(city: City, count: int) -> list[Question]:
    """Ask about random places and units of the sample city."""
    at = drawn_places(city.graph, UNITS)
    kinds = tuple(dict.fromkeys(CARD))
    units = tuple(
        Unit(
            f"B{n:04}",
            available=True,
            capabilities=(kinds[n % len(kinds)],),
            lon=float(lon),
            lat=float(lat),
            position_age_s=10.0,
        )
        for n, (lon, lat) in enumerate(at)
    )
    return [
        Question(float(lon), float(lat), CARD, units, 120.0, city.checksum)
        for lon, lat in drawn_places(city.graph, count, SEED + 1)
    ]


def _matchings(count: int) -> list[Row]:
    """Match 40 jobs with 500 units so that the last is soonest; SciPy minimises the sum alone."""
    rng = np.random.default_rng(SEED)
    tables = [rng.integers(0, 3_600_000, (CALLS, UNITS)) / 1000 for _ in range(count)]

    def ours(table: F64) -> float:
        return float(table[np.arange(CALLS), match_earliest(table)].max())

    def peers(table: F64) -> float:
        # Where the last arrival of the least sum is the least possible one, both agree.
        return float(table[linear_sum_assignment(table)].max())

    ours(tables[0])
    found = beside(tables, ours, peers, lambda mine, theirs: mine <= theirs)
    return [_ratio(f"last of {CALLS} jobs soonest among {UNITS} units", found.ours_s, found.peer_s)]


def _batches(count: int) -> list[Row]:
    """Assign 40 calls of one priority and of three."""
    rng = np.random.default_rng(SEED)
    tables = [rng.integers(0, 3_600_000, (CALLS, UNITS)) for _ in range(count)]
    one, three = np.zeros(CALLS, np.int64), rng.integers(0, PRIORITIES, CALLS)

    def ours(table: I64) -> int:
        return _total(table, assign_in_order(table, one, 1))

    def peers(table: I64) -> int:
        return int(table[linear_sum_assignment(table)].sum())

    ours(tables[0])
    found = beside(tables, ours, peers, int.__eq__)
    seconds = [timed(lambda table: assign_in_order(table, three, 3), one)[1] for one in tables]
    name = f"batch of {CALLS} calls and {UNITS} units"
    return [
        _ratio(f"{name}, one priority", found.ours_s, found.peer_s),
        row(f"{name}, {PRIORITIES} priorities in order, p99", milliseconds(seconds, 99), "ms"),
    ]


def _total(table: I64, units: npt.NDArray[np.int32]) -> int:
    """Sum the times of the calls that are served."""
    served = np.flatnonzero(units != NOBODY)
    return int(table[served, units[served]].sum())


def _guarded(count: int) -> list[Row]:
    """Choose under the guard, compiled, and by its definition in numpy."""
    rng = np.random.default_rng(SEED)
    reached = rng.random((UNITS, CELLS)) < 0.01
    weight = rng.integers(1, 50, CELLS).astype(np.float64)
    first = np.concatenate([[0], np.cumsum(reached.sum(axis=1))]).astype(np.int32)
    cover = Cover(
        first, np.nonzero(reached)[1].astype(np.int32), weight, worth_by_depth(BUSY_SHARE, UNITS)
    )
    depth, place = np.zeros(CELLS, np.int32), np.arange(UNITS, dtype=np.int32)
    for unit in range(UNITS):
        shift_cover(cover, depth, unit, 1)
    questions = [rng.integers(60_000, 3_600_000, UNITS) / 1000 for _ in range(count)]

    def ours(travel: F64) -> float:
        unit = guarded_unit(travel, place, False, LIMIT, np.inf, cover, depth)  # noqa: FBT003
        return cost_of_leaving(cover, depth, unit)

    def peers(travel: F64) -> float:
        lost = (reached * (weight * cover.worth[depth])).sum(axis=1)
        return float(lost[travel <= LIMIT].min())

    ours(questions[0])
    found = beside(questions, ours, peers, lambda mine, theirs: abs(mine - theirs) < 1e-9)
    name = f"guarded choice among {UNITS} units over {CELLS} cells"
    return [row(name, 1e6 * found.ours_s, "us", peer=("numpy", 1e6 * found.peer_s))]


def _ratio(name: str, ours_s: float, peer_s: float) -> Row:
    """Put a median beside SciPy's."""
    return row(f"{name}, median", 1000 * ours_s, "ms", peer=(SCIPY, 1000 * peer_s))
