"""Sea is what lies right of a coastline."""

import pytest
import shapely

from anlan_engine.city.making.coast import sea_within

BOX = (0.0, 0.0, 1.0, 1.0)


def area(*lines: list[tuple[float, float]]) -> float:
    sea = sea_within([shapely.LineString(line) for line in lines], BOX)
    return 0.0 if sea is None else sea.area


def test_a_coast_across_the_box_has_sea_on_its_right() -> None:
    assert area([(-1, 0.25), (2, 0.25)]) == pytest.approx(0.25)
    assert area([(2, 0.25), (-1, 0.25)]) == pytest.approx(0.75)


def test_an_island_is_land_in_the_sea() -> None:
    island = [(0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6), (0.4, 0.4)]
    assert area(island) == pytest.approx(0.96)
    assert area(island[::-1]) == pytest.approx(0.04)


def test_a_coast_in_pieces_is_one_coast() -> None:
    assert area([(-1, 0.25), (0.5, 0.25)], [(0.5, 0.25), (2, 0.25)]) == pytest.approx(0.25)


def test_a_coast_cut_just_short_of_the_box_is_led_on() -> None:
    assert area([(0.002, 0.25), (0.999, 0.25)]) == pytest.approx(0.25)
    assert area([(0.01, 0.25), (0.99, 0.25)]) == 0.0


def test_a_coast_that_ends_inside_floods_nothing() -> None:
    assert area([(-1, 0.25), (0.5, 0.25)]) == 0.0


def test_without_a_coast_there_is_no_sea() -> None:
    assert area([(2, 2), (3, 3)]) == 0.0
    assert sea_within([], BOX) is None
