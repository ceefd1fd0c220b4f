"""Patrol plans: team orienteering, a city's day, and the day that cannot be, beside PyVRP.

Ours and PyVRP answer the same `PatrolProblem`, and one checker reads both plans. Both have the same
processor seconds, not the same seconds: a shared machine would favour who runs in its quiet moment.
VROOM and OR-Tools are asked where they are installed.
"""

import importlib
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from anlan_engine.patrol import PatrolPlan, PatrolProblem, Status, check_plan, plan_patrols
from anlan_engine.patrol.tests.questions import city
from anlan_engine.patrol.warming import warm_patrol
from anlan_engine.patrol.with_pyvrp import plan_with_pyvrp
from benchmarks.engine.chao import FOLDER, HARD, best_known, chao
from benchmarks.rows import Row, Target, row

INSTANCES = 4
SECONDS, SECONDS_FULL = 3.0, 10.0
CITY_SECONDS = 5.0
SIZES = (250, 500, 1_000, 2_000)
SEED = 1
TRIALS_MOST, SPENT_ENOUGH = 10, 0.85
PYVRP = "PyVRP alone"

Solver = Callable[..., PatrolPlan]


class WrongPlanError(AssertionError):
    """A plan that breaks the rules of its problem: its figures say nothing."""


def run(*, full: bool) -> list[Row]:
    """Measure."""
    warm_patrol()
    return [*_orienteering(full=full), *_city(), *_impossible(), *_growth()]


def _checked(solver: Solver, problem: PatrolProblem, **limits: Any) -> PatrolPlan:
    """Plan, and refuse a plan that breaks a rule."""
    plan = solver(problem, seed=SEED, **limits)
    breaches = check_plan(problem, plan)
    if breaches:
        raise WrongPlanError(breaches[0].text)
    return plan


def _for(solver: Solver, problem: PatrolProblem, cpu_s: float) -> PatrolPlan:
    """Plan with so many steps that they take these processor seconds, found by trial."""
    steps, spent = 1, 0.0
    for _ in range(TRIALS_MOST):
        start = time.process_time()
        plan = _checked(solver, problem, limit_s=60 * cpu_s, iterations=steps)
        before, spent = spent, max(time.process_time() - start, 1e-3)
        if spent >= SPENT_ENOUGH * cpu_s:
            return plan
        a_step = (spent - before) / steps if before else spent / steps
        more = (cpu_s - spent) / max(a_step, 1e-7)
        steps += max(1, min(int(more), 19 * steps))
    return plan


def _orienteering(*, full: bool) -> list[Row]:
    """Mean gap to the best known values."""
    if not FOLDER.exists():
        print(f"patrol: team orienteering is left out: {FOLDER.name} is not there")
        return []
    names = HARD if full else HARD[:INSTANCES]
    seconds = SECONDS_FULL if full else SECONDS
    best = best_known()
    gaps: dict[str, list[float]] = {"ours": [], PYVRP: []}
    for name in names:
        for who, solver in (("ours", plan_patrols), (PYVRP, plan_with_pyvrp)):
            plan = _for(solver, chao(name), seconds)
            gaps[who].append(100.0 * (1.0 - plan.value / best[name]))
    mean = {who: float(np.mean(values)) for who, values in gaps.items()}
    label = f"team orienteering, {len(names)} hard instances of Chao, {seconds:g} s a core"
    peer = (PYVRP, mean[PYVRP])
    return [
        row(f"{label}: mean gap", mean["ours"], "%", peer=peer, target=Target("value", 1.0)),
        row(f"{label}: mean gap, the aim", mean["ours"], "%", target=Target("value", 0.3)),
        *_others(names, best, seconds),
    ]


def _city() -> list[Row]:
    """A city's plan: 660 visits that must be made, 400 optional, 78 units with breaks."""
    problem = city()
    start = time.process_time()
    first = _checked(plan_patrols, problem, limit_s=60.0, iterations=1)
    feasible_s = time.process_time() - start
    if first.status is not Status.FEASIBLE:
        start = time.process_time()
        _for(plan_patrols, problem, CITY_SECONDS)
        feasible_s += time.process_time() - start
    plan = _for(plan_patrols, problem, CITY_SECONDS)
    missing = sum(left.must for left in plan.left_out)
    easier = replace(problem, units=tuple(replace(unit, breaks=()) for unit in problem.units))
    ours = _for(plan_patrols, easier, CITY_SECONDS)
    theirs = _for(plan_with_pyvrp, easier, CITY_SECONDS)
    label = "a city's day, 660 musts, 400 optional, 78 units"
    return [
        row(f"{label}: until feasible", feasible_s, "s", target=Target("value", 5.0)),
        row(f"{label}: musts left out after 5 s", missing, "", target=Target("value", 0.0)),
        row(
            f"{label}, without breaks: cost after 5 s", ours.cost, "s",
            peer=(PYVRP, theirs.cost), target=Target("ratio", 1.0),
        ),
    ]  # fmt: skip


def _impossible() -> list[Row]:
    """The same with more school gates than units, until it is proved and said."""
    problem = city(schools=80)
    start = time.process_time()
    plan = plan_patrols(problem, limit_s=60.0, iterations=1)
    took_s = time.process_time() - start
    if plan.status is not Status.INFEASIBLE or not plan.proofs[0].units_short:
        msg = "not proved"
        raise WrongPlanError(msg)
    label = "a city's day with 80 school gates: why it cannot be"
    return [row(label, took_s, "s", target=Target("value", 5.0))]


def _growth() -> list[Row]:
    """How the time for a thousand steps grows with the visits, at ten a unit."""
    took = []
    for visits in SIZES:
        problem = _grown(visits)
        _checked(plan_patrols, problem, limit_s=60.0, iterations=50)
        start = time.process_time()
        _checked(plan_patrols, problem, limit_s=60.0, iterations=300)
        took.append(time.process_time() - start)
    exponent = float(np.polyfit(np.log(SIZES), np.log(took), 1)[0])
    return [
        row(f"300 steps with {SIZES[-1]} visits, 10 a unit", took[-1], "s"),
        row("exponent of its growth with the visits", exponent, ""),
    ]


def _grown(visits: int) -> PatrolProblem:
    """Cut a city's day to so many visits, or repeat its visits until there are so many."""
    whole = city()
    some = [
        replace(visit, visit_id=f"{visit.visit_id} / {again}")
        for again in range(1 + visits // len(whole.visits))
        for visit in whole.visits
    ]
    crews = [
        replace(unit, unit_id=f"{unit.unit_id} / {again}")
        for again in range(1 + visits // 10 // len(whole.units))
        for unit in whole.units
    ]
    return replace(whole, visits=tuple(some[:visits]), units=tuple(crews[: visits // 10]))


def _others(names: tuple[str, ...], best: dict[str, float], seconds: float) -> list[Row]:
    """Ask VROOM and OR-Tools where they are installed."""
    rows = []
    for module, ask in (("vroom", _by_vroom), ("ortools", _by_ortools)):
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"patrol: {module} is not installed: left out")
            continue
        gaps = [100.0 * (1.0 - ask(chao(name), seconds) / best[name]) for name in names]
        label = f"team orienteering, {len(names)} hard instances of Chao: mean gap of {module}"
        rows.append(row(label, float(np.mean(gaps)), "%"))
    return rows


def _by_vroom(problem: PatrolProblem, seconds: float) -> float:
    """Give the value VROOM collects at its highest level; it stops by itself."""
    del seconds
    vroom = importlib.import_module("vroom")
    question = vroom.Input()
    whole = np.ceil(problem.travel_s * 1000).astype(np.uint32)
    question.set_durations_matrix("car", whole)
    end = int(problem.units[0].shift.end_s * 1000)
    for number, unit in enumerate(problem.units):
        window = vroom.TimeWindow(0, end)
        question.add_vehicle(
            vroom.Vehicle(number, start=unit.start_place, end=unit.end_place, time_window=window)
        )
    for number, visit in enumerate(problem.visits):
        priority = int(visit.value or 0)
        question.add_job(
            vroom.Job(number, location=visit.ways[0].entries[0], priority=min(100, priority))
        )
    answer = question.solve(exploration_level=5, nb_threads=1)
    done = {int(k) for k in answer.routes["id"].dropna().tolist()} if len(answer.routes) else set()
    return sum(visit.value or 0.0 for k, visit in enumerate(problem.visits) if k in done)


def _by_ortools(problem: PatrolProblem, seconds: float) -> float:
    """Give the value OR-Tools collects with guided local search."""
    pywrapcp = importlib.import_module("ortools.constraint_solver.pywrapcp")
    enums = importlib.import_module("ortools.constraint_solver.routing_enums_pb2")
    whole = np.ceil(problem.travel_s * 1000).astype(np.int64).tolist()
    ends = [unit.end_place for unit in problem.units]
    nodes = pywrapcp.RoutingIndexManager(len(whole), len(ends), [0] * len(ends), ends)
    routing = pywrapcp.RoutingModel(nodes)
    drive = routing.RegisterTransitCallback(
        lambda a, b: whole[nodes.IndexToNode(a)][nodes.IndexToNode(b)]
    )
    free = routing.RegisterTransitCallback(lambda a, b: 0)
    routing.SetArcCostEvaluatorOfAllVehicles(free)
    most = int(problem.units[0].shift.end_s * 1000)
    routing.AddDimension(
        drive, slack_max=0, capacity=most, fix_start_cumul_to_zero=True, name="time"
    )
    for visit in problem.visits:
        index = nodes.NodeToIndex(visit.ways[0].entries[0])
        routing.AddDisjunction([index], int(visit.value or 0))
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.local_search_metaheuristic = enums.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    asked.time_limit.FromMilliseconds(int(seconds * 1000))
    answer = routing.SolveWithParameters(asked)
    total = sum(visit.value or 0.0 for visit in problem.visits)
    return total - float(answer.ObjectiveValue()) if answer else 0.0
