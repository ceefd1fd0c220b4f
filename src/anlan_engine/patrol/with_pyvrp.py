"""The same question answered by PyVRP: a second solver that shares no search with ours.

PyVRP (Wouda, Lan & Kool 2024, "PyVRP: a high-performance VRP solver package", INFORMS Journal on
Computing 36(4)). It plans one day with points, lines, areas, windows, posts, shifts, capabilities
and values. What its model lacks is refused: breaks, days between visits, last week's habits. The
plan is read, proved and bounded as any other.
"""

import math
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, Route, VehicleType, solve
from pyvrp.stop import MaxIterations, MaxRuntime, MultipleCriteria, StoppingCriterion

from anlan_engine.patrol.checking import check_limit, check_problem
from anlan_engine.patrol.errors import PatrolError
from anlan_engine.patrol.model import Model, compile_problem
from anlan_engine.patrol.plan import PatrolPlan
from anlan_engine.patrol.problem import PatrolProblem
from anlan_engine.patrol.proofs import prove_impossible
from anlan_engine.patrol.reach import reach_matrix, with_least_from_posts
from anlan_engine.patrol.readout import Asked, told
from anlan_engine.patrol.rounds import NOWHERE, Rounds, cheapest_position, no_rounds, put

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

PER_S = 1000
"""PyVRP counts in whole numbers: milliseconds, rounded up so that its plans hold in seconds."""

FOREVER = 10**10
"""Milliseconds longer than any plan (115 days), and small enough for PyVRP."""

PLENTY = 10**6


def plan_with_pyvrp(
    problem: PatrolProblem, *, limit_s: float = 10.0, seed: int = 0, iterations: int | None = None
) -> PatrolPlan:
    """Plan as :func:`anlan_engine.patrol.plan_patrols` does, by PyVRP.

    Raises
    ------
    PatrolError
        Also NOT_FOR_PYVRP.
    """
    started = time.monotonic()
    check_limit(limit_s, iterations)
    check_problem(problem)
    _check_scope(problem)
    compiled = compile_problem(problem)
    m = compiled.model
    travel = with_least_from_posts(m)
    reach = reach_matrix(m, travel)
    asked = Asked(problem, compiled, reach, prove_impossible(compiled, travel, reach))
    found = no_rounds(m, np.random.default_rng(seed))
    steps = 0
    if len(m.choices):
        data, alike = _data(m)
        left_s = max(0.0, limit_s - (time.monotonic() - started))
        stops: list[StoppingCriterion] = [MaxRuntime(left_s)]
        if iterations is not None:
            stops.append(MaxIterations(iterations))
        result = solve(data, MultipleCriteria(stops), seed=seed, collect_stats=False)
        steps = result.num_iterations
        _take_over(m, found, result.best.routes(), alike)
    return told(asked, found, steps, time.monotonic() - started)


def _check_scope(problem: PatrolProblem) -> None:
    """Refuse what PyVRP's model cannot say."""
    beyond = {
        "more days than one": problem.days > 1,
        "breaks": any(unit.breaks for unit in problem.units),
        "repeated visits": any(visit.times > 1 for visit in problem.visits),
        "last week's habits": problem.keep is not None,
    }
    for what, asked in beyond.items():
        if asked:
            raise PatrolError(code="NOT_FOR_PYVRP", what=what)


def _whole(seconds: F64) -> Any:  # PyVRP's own types ask for an array that cannot be named
    return np.ceil(np.minimum(seconds * PER_S, FOREVER) - 1e-6).astype(np.int64)


def _data(m: Model) -> tuple[ProblemData, list[list[int]]]:
    """Say the problem in PyVRP's terms; give too which rounds each vehicle type stands for."""
    ends = np.stack([m.choices["entry"], m.choices["exit"]], axis=1)
    posts = np.unique(np.concatenate([m.shifts["start_place"], m.shifts["end_place"]]))
    ends = np.concatenate([np.stack([posts, posts], axis=1), ends])
    pairs, which = np.unique(ends, axis=0, return_inverse=True)
    which = which.reshape(-1)
    between = m.travel[np.ix_(pairs[:, 1], pairs[:, 0])]
    np.fill_diagonal(between, 0.0)
    alike = _alike(m)
    groups = [
        ClientGroup([int(c) for c in range(job["first"], job["end"])], required=bool(job["must"]))
        for job in m.jobs
        if job["end"] - job["first"] > 1
    ]
    data = ProblemData(
        [Location(0.0, 0.0) for _ in pairs],
        _clients(m, which[len(posts) :], alike),
        [Depot(int(place)) for place in which[: len(posts)]],
        [_vehicles(m, posts, rounds, number, alike) for number, rounds in enumerate(alike)],
        [_whole(between * (m.driving + m.guide))],
        [_whole(between)],
        groups,
    )
    return data, alike


def _alike(m: Model) -> list[list[int]]:
    """Group rounds with the same shift, posts and possible visits."""
    groups: dict[bytes, list[int]] = {}
    for r, shift in enumerate(m.shifts):
        key = shift.tobytes() + np.isfinite(m.serve_cost[:, r]).tobytes()
        groups.setdefault(key, []).append(r)
    return list(groups.values())


def _needs(m: Model, alike: Sequence[Sequence[int]]) -> tuple[npt.NDArray[np.bool_], I64]:
    """Give distinct rows of which vehicle types can serve, and each job's row among them.

    Each becomes a load dimension that only able vehicles have room for.
    """
    able = np.isfinite(m.serve_cost[:, [rounds[0] for rounds in alike]])
    rows, row = np.unique(able, axis=0, return_inverse=True)
    return rows, row.reshape(-1).astype(np.int64)


def _clients(m: Model, place: I64, alike: Sequence[Sequence[int]]) -> list[Client]:
    rows, row = _needs(m, alike)
    group, groups = np.full(len(m.jobs), NOWHERE), 0
    for job, own in enumerate(m.jobs):
        if own["end"] - own["first"] > 1:
            group[job], groups = groups, groups + 1
    clients = []
    for c, choice in enumerate(m.choices):
        own, job = m.jobs[choice["job"]], int(choice["job"])
        alone = group[job] == NOWHERE
        clients.append(
            Client(
                int(place[c]),
                delivery=[int(need == row[job]) for need in range(len(rows))],
                service_duration=math.ceil(choice["stay"] * PER_S),
                tw_early=math.ceil(max(0.0, choice["early"]) * PER_S),
                tw_late=math.floor(max(0.0, choice["late"]) * PER_S),
                prize=round(own["value"] * PER_S),
                required=bool(own["must"] and alone),
                group=None if alone else int(group[job]),
            )
        )
    return clients


def _vehicles(
    m: Model, posts: I64, rounds: Sequence[int], number: int, alike: Sequence[Sequence[int]]
) -> VehicleType:
    shift = m.shifts[rounds[0]]
    rows, _ = _needs(m, alike)
    return VehicleType(
        len(rounds),
        capacity=[PLENTY if row[number] else 0 for row in rows],
        start_depot=int(np.searchsorted(posts, shift["start_place"])),
        end_depot=int(np.searchsorted(posts, shift["end_place"])),
        tw_early=math.ceil(max(0.0, shift["start"]) * PER_S),
        tw_late=math.floor(max(0.0, shift["end"]) * PER_S),
    )


def _take_over(
    m: Model, found: Rounds, routes: Sequence[Route], alike: Sequence[Sequence[int]]
) -> None:
    """Lay routes down stop after stop; what is not in time is left out."""
    free = [list(rounds) for rounds in alike]
    for route in routes:
        r = free[route.vehicle_type()].pop()
        for stop in route:
            if not stop.is_client():
                continue
            end = int(found.totals["length"][r])
            more, k = cheapest_position(m, found, stop.idx, r, 0.0, (end, end + 1))
            if k != NOWHERE and more < np.inf:
                put(m, found, int(m.choices["job"][stop.idx]), r, k, stop.idx)
