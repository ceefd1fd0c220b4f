"""The best plan of a tiny question, by trying every order of every choice. One day, no breaks."""

from collections.abc import Iterator
from itertools import product

from anlan_engine.patrol import PatrolProblem, PatrolUnit, PatrolVisit


def least_cost(problem: PatrolProblem) -> float | None:
    """Give the least cost of a plan with every visit that must be made; None where none is."""
    visits = problem.visits
    crews = range(len(problem.units))
    drives: dict[tuple[int, frozenset[int]], float | None] = {}
    best = None
    for given in product([None, *crews], repeat=len(visits)):
        left_out = [visit for visit, crew in zip(visits, given, strict=True) if crew is None]
        if any(visit.must for visit in left_out):
            continue
        cost = sum(visit.value or 0.0 for visit in left_out)
        for crew in crews:
            mine = frozenset(k for k, whose in enumerate(given) if whose == crew)
            if (crew, mine) not in drives:
                some = [visits[k] for k in sorted(mine)]
                drives[crew, mine] = shortest_round(problem, problem.units[crew], some)
            drive = drives[crew, mine]
            if drive is None:
                break
            cost += problem.driving * drive
        else:
            best = cost if best is None else min(best, cost)
    return best


def shortest_round(
    problem: PatrolProblem, unit: PatrolUnit, visits: list[PatrolVisit]
) -> float | None:
    """Give the least drive, s, of one unit through all visits in time; None where it cannot."""
    if not visits:
        return 0.0
    if any(not visit.needs <= unit.capabilities for visit in visits):
        return None
    found = rounds_on(problem, unit, unit.start_place, unit.shift.start_s, visits)
    return min(found, default=None)


def rounds_on(
    problem: PatrolProblem, unit: PatrolUnit, place: int, now_s: float, left: list[PatrolVisit]
) -> Iterator[float]:
    """Give the drive of every way to go on from a place and moment."""
    travel = problem.travel_s
    if not left:
        back = float(travel[place, unit.end_place])
        if now_s + back <= unit.shift.end_s:
            yield back
        return
    for k, visit in enumerate(left):
        others = left[:k] + left[k + 1 :]
        for way, window in product(visit.ways, visit.windows):
            for entry, leaving in product(way.entries, way.exits):
                drive = float(travel[place, entry])
                start = max(window.start_s, now_s + drive)
                if start <= window.end_s:
                    for more in rounds_on(problem, unit, leaving, start + way.stay_s, others):
                        yield drive + more
