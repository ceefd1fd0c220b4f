"""Posts placed and proved, beside HiGHS alone on the same instance.

Two kinds of instances, drawn from a seed. A `town` has its demand around forty centres and a tenth
of it anywhere, as cities have. A `field` spreads demand and sites evenly: nothing distinguishes
one site from its neighbours, the relaxation is weak, and no target stands on it; it shows where
the method ends.
"""

import csv
import resource
import time
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array, eye_array, hstack
from scipy.sparse.csgraph import floyd_warshall
from tests.shared_data import FOLDER

from anlan_engine.coverage import (
    CoverMost,
    ExpectedCover,
    Placement,
    Question,
    ShortestDrives,
    Status,
    place,
)
from anlan_engine.coverage.warming import warm_coverage
from benchmarks.interleaved import DisagreementError
from benchmarks.rows import Row, Target, row

PEER = "HiGHS alone (scipy milp)"
LIMIT_S, PEER_LIMIT_S = 60.0, 15.0
CENTRES, ANYWHERE = 40, 0.1
PMED = FOLDER / "g4_pmedian_orlib"
NOT_PROVED = float("inf")


@dataclass(frozen=True, slots=True)
class Case:
    """One covering instance."""

    kind: str
    demand: int
    sites: int
    posts: int
    within_s: float
    seed: int = 1

    def __str__(self) -> str:
        return f"{self.kind} {self.demand:,} x {self.sites:,}, {self.posts} posts"


MUST = Case("town", 10_000, 500, 30, 50.0)
AIM = Case("town", 20_000, 1_000, 60, 40.0)
FIELDS = (Case("field", 10_000, 500, 30, 100.0), Case("field", 20_000, 1_000, 60, 75.0))
GROWTH = tuple(Case("town", 2_500 * k, 125 * k, 8 * k, 100.0 / k**0.5, 2) for k in (1, 2, 4, 8))


def run(*, full: bool) -> list[Row]:
    """Measure; `full` adds the large instances, the larger p-medians and the peer's whole hour."""
    warm_coverage()
    rows = [*covering(MUST, LIMIT_S if full else PEER_LIMIT_S, Target("value", 0.0))]
    rows += growth(GROWTH if full else GROWTH[:3])
    if full:
        rows += covering(AIM, LIMIT_S, Target("value", 1.0))
        for case in FIELDS:
            rows += covering(case, LIMIT_S, None)
        rows += expected_cover()
    return [*rows, *medians(full=full)]


def instance(case: Case) -> Question:
    """Draw an instance in a square of 1,000 s."""
    rng = np.random.default_rng(case.seed)
    demand = 1_000.0 * rng.random((case.demand, 2))
    if case.kind == "town":
        centres = 1_000.0 * rng.random((CENTRES, 2))
        spread = rng.uniform(10.0, 40.0, CENTRES)
        chosen = rng.choice(CENTRES, case.demand, p=rng.dirichlet(np.full(CENTRES, 1.5)))
        near = centres[chosen] + spread[chosen, None] * rng.standard_normal(demand.shape)
        demand = np.where(rng.random((case.demand, 1)) < ANYWHERE, demand, near)
    sites = demand[rng.choice(case.demand, case.sites, replace=False)]
    weight = np.ceil(rng.lognormal(2.0, 1.0, case.demand))
    return Question(np.hypot(*(sites[:, None] - demand[None]).transpose(2, 0, 1)), weight)


def covering(case: Case, peer_limit_s: float, target: Target | None) -> list[Row]:
    """Cover most, and let HiGHS try the same."""
    question = instance(case)
    ours = place(question, CoverMost(case.within_s, case.posts), limit_s=LIMIT_S)
    began = time.perf_counter()
    theirs = highs_alone(question, case, peer_limit_s)
    peer_s = time.perf_counter() - began
    peer_value = 0.0 if theirs.x is None else -float(theirs.fun)
    peer_bound = question.weights.sum() if theirs.x is None else -float(theirs.mip_dual_bound)
    if ours.value > peer_bound * (1 + 1e-6) or peer_value > ours.bound * (1 + 1e-6):
        raise DisagreementError(case)
    peer_gap = 100.0 * (peer_bound / peer_value - 1.0) if peer_value else NOT_PROVED
    gap = (PEER, peer_gap) if np.isfinite(peer_gap) and peer_gap > 0.0 else None
    name = f"MCLP {case}"
    return [
        row(f"{name}: certified gap", 100.0 * ours.gap, "%", peer=gap, target=target),
        row(
            f"{name}: time, limit {LIMIT_S:g} s", ours.took_s, "s", peer=(PEER, peer_s),
            target=Target("value", LIMIT_S) if ours.status is Status.OPTIMAL else None,
        ),
        row(f"{name}: covered", 100.0 * ours.value / ours.total_weight, "%"),
    ]  # fmt: skip


def highs_alone(question: Question, case: Case, limit_s: float) -> OptimizeResult:
    """Return HiGHS' answer to the textbook model of Church and ReVelle."""
    sites, demand = question.travel_s.shape
    reach = csr_array((question.travel_s <= case.within_s).T.astype(np.float64))
    total = np.concatenate((np.ones(sites), np.zeros(demand)))
    return milp(
        -np.concatenate((np.zeros(sites), question.weights)),
        constraints=[
            LinearConstraint(hstack((-reach, eye_array(demand))), ub=0.0),
            LinearConstraint(total[None, :], ub=float(case.posts)),
        ],
        bounds=Bounds(0, 1),
        integrality=total.astype(np.int64),
        options={"time_limit": limit_s},
    )


def growth(cases: tuple[Case, ...]) -> list[Row]:
    """Fit how time and memory grow when demand, sites and posts grow together."""
    took, last = [], None
    for case in cases:
        last = place(instance(case), CoverMost(case.within_s, case.posts), limit_s=LIMIT_S)
        took.append(last.took_s)
    sizes = [case.demand * case.sites for case in cases]
    exponent = float(np.polyfit(np.log(sizes), np.log(took), 1)[0])
    name = f"MCLP town, up to {cases[-1].demand:,} x {cases[-1].sites:,}"
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        row(f"{name}: time grows as (demand x sites) to the power", exponent, ""),
        row(f"{name}: peak memory of the process so far", peak_mib, "MiB"),
    ]


def expected_cover() -> list[Row]:
    """Place units that may be busy on the largest town."""
    question = instance(AIM)
    capacity = np.full(question.sites, 2)
    asked = Question(question.travel_s, question.weights, capacity=capacity)
    found = place(asked, ExpectedCover(AIM.within_s, AIM.posts, 0.4), limit_s=LIMIT_S)
    name = f"MEXCLP {AIM}, busy 0.4"
    return [
        row(f"{name}: certified gap", 100.0 * found.gap, "%", target=Target("value", 1.0)),
        row(f"{name}: time, limit {LIMIT_S:g} s", found.took_s, "s"),
    ]


def medians(*, full: bool) -> list[Row]:
    """Solve the p-median instances of the OR-Library against their published optima."""
    if not (PMED / "optima.csv").exists():
        return [row("p-median, OR-Library: instances absent", 0.0, "instances")]
    with (PMED / "optima.csv").open(encoding="utf-8") as lines:
        listed = [
            (line["pmed"], int(line["pmedian_optimum_literature"]))
            for line in csv.DictReader(lines)
        ]
    asked = [pair for pair in listed if full or int(pair[0]) <= 15]
    found = [(solve_median(number), optimum) for number, optimum in asked]
    above = [100.0 * (one.value / optimum - 1.0) for one, optimum in found]
    if any(one.bound > optimum + 1e-6 for one, optimum in found):
        raise DisagreementError(PMED.name)
    proved = sum(one.status is Status.OPTIMAL for one, _ in found)
    name = f"p-median, {len(found)} instances of the OR-Library"
    worst = max(100.0 * one.gap for one, _ in found)
    return [
        row(f"{name}: worst above the optimum", max(above), "%", target=Target("value", 0.5)),
        row(
            f"{name}: proved in {LIMIT_S:g} s each", proved, "instances",
            target=Target("value", len(found), at_least=True),
        ),
        row(f"{name}: worst certified gap", worst, "%"),
        row(f"{name}: longest time", max(one.took_s for one, _ in found), "s"),
    ]  # fmt: skip


def solve_median(number: str) -> Placement:
    """Read one instance and solve it; of an edge listed twice the last cost counts."""
    numbers = np.array((PMED / f"pmed{number}.txt").read_text().split(), np.int64)
    nodes, posts = int(numbers[0]), int(numbers[2])
    cost = np.full((nodes, nodes), np.inf)
    for start, end, length in numbers[3:].reshape(-1, 3):
        cost[start - 1, end - 1] = cost[end - 1, start - 1] = length
    return place(Question(floyd_warshall(cost)), ShortestDrives(posts), limit_s=LIMIT_S)
