"""Small and large questions that the patrol tests share."""

import numpy as np

from anlan_engine.patrol import (
    Break,
    PatrolProblem,
    PatrolUnit,
    PatrolVisit,
    Window,
    area,
    line,
    point,
)

HOUR_S = 3600.0


def at(hour: float, until: float | None = None) -> Window:
    """Give a window in hours; a moment where no end is given."""
    return Window(hour * HOUR_S, (hour if until is None else until) * HOUR_S)


def row_of_places(count: int, apart_s: float = 600.0) -> np.ndarray:
    """Give travel times along a straight road."""
    place = np.arange(count)
    return np.abs(place[:, None] - place[None, :]) * apart_s


def unit(name: str = "A1", place: int = 0, shift: Window | None = None, **more) -> PatrolUnit:
    """Give a unit that is back where it started, on duty from 8 to 16 unless said otherwise."""
    return PatrolUnit(name, place, place, shift or at(8, 16), **more)


def city(seed: int = 1, *, units: int = 78, schools: int = 30) -> PatrolProblem:
    """Give a city's day: 2 x 30 school gates, 2 x 300 points, 400 optional, 8 posts, breaks."""
    draw = np.random.default_rng(seed)
    posts, points, optional = 8, 300, 400
    places = posts + schools + points + optional
    where = draw.uniform(0, 15_000, (places, 2))
    metres = np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1))
    travel = metres * 1.3 / 9.0
    travel *= 1 + 0.1 * draw.random((1, places))  # dearer into some places: not symmetric
    travel = np.where(np.eye(places, dtype=bool), 0.0, np.round(travel, 1))
    visits: list[PatrolVisit] = []
    for school in range(schools):
        for name, hour in (("morning", 7.5), ("afternoon", 16.25)):
            windows = (at(hour - 0.25, hour),)
            visits.append(
                point(f"school {school} {name}", posts + school, stay_s=1800, windows=windows)
            )
    for number in range(points):
        place = posts + schools + number
        visits.append(point(f"point {number} a", place, stay_s=600, windows=(at(8, 12),)))
        visits.append(point(f"point {number} b", place, stay_s=600, windows=(at(12, 18),)))
    for number in range(optional):
        place = posts + schools + points + number
        value = float(draw.integers(10, 100) * 60)
        visits.append(point(f"extra {number}", place, stay_s=300, value=value))
    shifts = (at(7, 15), at(10, 18.5))
    crews = tuple(
        PatrolUnit(f"unit {number:02}", number % posts, number % posts, shifts[number // 8 % 2],
                   breaks=(Break(at(11, 13.5), 1800.0),))
        for number in range(units)
    )  # fmt: skip
    return PatrolProblem(travel, crews, tuple(visits))


__all__ = ["HOUR_S", "area", "at", "city", "line", "point", "row_of_places", "unit"]
