"""Refuse problems that make no sense, before anything is computed."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from anlan_engine.patrol.errors import PatrolError
from anlan_engine.patrol.problem import (
    BREAKS_MAX,
    DAYS_MAX,
    ROUNDS_MAX,
    VISITS_MAX,
    Break,
    Keep,
    PatrolProblem,
    PatrolUnit,
    PatrolVisit,
    Window,
)


def check_problem(problem: PatrolProblem) -> None:
    """Raise :class:`PatrolError` for what cannot be meant; see its texts."""
    _check_travel(problem)
    if not problem.units:
        raise PatrolError(code="NO_UNITS")
    if problem.days < 1:
        raise PatrolError(code="NO_DAYS", days=problem.days)
    _check_size("days", problem.days, DAYS_MAX)
    _check_size("rounds", len(problem.units) * problem.days, ROUNDS_MAX)
    _check_size("visits", sum(max(visit.times, 1) for visit in problem.visits), VISITS_MAX)
    _check_ids("unit", [unit.unit_id for unit in problem.units])
    _check_ids("visit", [visit.visit_id for visit in problem.visits])
    places = len(problem.travel_s)
    for unit in problem.units:
        _check_unit(unit, places)
    for visit in problem.visits:
        _check_visit(visit, places)
    _check_weight("driving", problem.driving)
    if problem.keep is not None:
        _check_keep(problem.keep)


def check_limit(limit_s: float, iterations: int | None) -> None:
    """Raise BAD_LIMIT for a limit that cannot be kept."""
    if not 0 < limit_s < math.inf:
        raise PatrolError(code="BAD_LIMIT", limit=limit_s)
    if iterations is not None and iterations < 1:
        raise PatrolError(code="BAD_LIMIT", limit=iterations)


def _check_travel(problem: PatrolProblem) -> None:
    travel = problem.travel_s
    if travel.ndim != 2 or travel.shape[0] != travel.shape[1]:
        raise PatrolError(code="BAD_MATRIX", shape=str(travel.shape))
    wrong = np.argwhere(~(travel >= 0))  # finds NaN too
    if len(wrong):
        origin, destination = int(wrong[0][0]), int(wrong[0][1])
        raise PatrolError(
            code="BAD_TRAVEL_TIME",
            origin=origin, destination=destination, travel_s=float(travel[origin, destination]),
        )  # fmt: skip


def _check_size(kind: str, count: int, most: int) -> None:
    if count > most:
        raise PatrolError(code="TOO_LARGE", count=count, kind=kind, most=most)


def _check_ids(kind: str, ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise PatrolError(code="SAME_ID_TWICE", kind=kind, id=one)
        seen.add(one)


def _check_places(kind: str, name: str, asked: Iterable[int], places: int) -> None:
    for place in asked:
        if not 0 <= place < places:
            raise PatrolError(
                code="NO_SUCH_PLACE", kind=kind, id=name, place=place, places=places
            )  # fmt: skip


def _check_time(kind: str, name: str, time_s: float) -> None:
    if not 0 <= time_s < math.inf:
        raise PatrolError(code="BAD_TIME", kind=kind, id=name, time_s=time_s)


def _check_window(kind: str, name: str, window: Window) -> None:
    if not -math.inf < window.start_s <= window.end_s < math.inf:
        raise PatrolError(
            code="BAD_WINDOW", kind=kind, id=name, start_s=window.start_s, end_s=window.end_s
        )  # fmt: skip


def _check_weight(name: str, weight: float) -> None:
    if not 0 <= weight < math.inf:
        raise PatrolError(code="BAD_WEIGHT", name=name, weight=weight)


def _check_unit(unit: PatrolUnit, places: int) -> None:
    _check_places("unit", unit.unit_id, (unit.start_place, unit.end_place), places)
    _check_window("unit", unit.unit_id, unit.shift)
    _check_size(f"breaks of unit {unit.unit_id}", len(unit.breaks), BREAKS_MAX)
    for pause in unit.breaks:
        _check_break(unit, pause, places)


def _check_break(unit: PatrolUnit, pause: Break, places: int) -> None:
    _check_window("unit", unit.unit_id, pause.window)
    _check_time("unit", unit.unit_id, pause.length_s)
    _check_places("unit", unit.unit_id, pause.places, places)


def _check_visit(visit: PatrolVisit, places: int) -> None:
    name = visit.visit_id
    if not visit.ways or any(not way.entries or not way.exits for way in visit.ways):
        raise PatrolError(code="NO_WAY_TO_VISIT", id=name)
    for way in visit.ways:
        _check_places("visit", name, (*way.entries, *way.exits), places)
        _check_time("visit", name, way.stay_s)
    for window in visit.windows:
        _check_window("visit", name, window)
    if visit.value is not None and not 0 <= visit.value < math.inf:
        raise PatrolError(code="BAD_VALUE", id=name, value=visit.value)
    if visit.times < 1 or not 1 <= visit.spacing_days <= DAYS_MAX:
        raise PatrolError(
            code="BAD_REPETITION", id=name, times=visit.times, spacing_days=visit.spacing_days
        )  # fmt: skip


def _check_keep(keep: Keep) -> None:
    _check_weight("other_unit", keep.other_unit)
    _check_weight("other_time", keep.other_time)
    _check_weight("near_s", keep.near_s)
    for habit in keep.habits:
        _check_time("visit", habit.visit_id, habit.start_s)
