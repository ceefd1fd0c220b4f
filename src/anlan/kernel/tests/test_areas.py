"""The area code: levels, ranges and parents agree with one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.kernel.areas import (
    Level,
    area_range,
    check_area,
    jurisdictions_of,
    level_of,
    lies_within,
    parent_of,
    street_of,
)
from anlan.kernel.errors import InvalidError

LOWEST, HIGHEST = 10**14, 10**15 - 1


@st.composite
def codes(draw: st.DrawFn) -> int:
    """Draw a code of any level."""
    level = draw(st.sampled_from(list(Level)))
    code = draw(st.integers(LOWEST, HIGHEST))
    return code - code % 10**level


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        (990101001001001, Level.CELL, 990101001001000),
        (990101001001000, Level.COMMUNITY, 990101001000000),
        (990101001000000, Level.SUB_DISTRICT, 990101000000000),
        (990101000000000, Level.DISTRICT, 990100000000000),
        (990100000000000, Level.CITY, 990000000000000),
        (990000000000000, Level.PROVINCE, None),
        (990101001001010, Level.CELL, 990101001001000),
    ],
)
def test_level_and_parent_of_each_kind_of_code(code, level, parent):
    assert (level_of(code), parent_of(code)) == (level, parent)


@given(codes())
def test_code_lies_in_its_own_range(code):
    low, high = area_range(code)
    assert (low, high - low + 1) == (code, 10 ** level_of(code))
    assert LOWEST <= low <= high <= HIGHEST


@given(codes())
def test_parent_is_above_and_holds_the_whole_range(code):
    parent = parent_of(code)
    if parent is None:
        assert level_of(code) == Level.PROVINCE
        return
    assert level_of(parent) > level_of(code)
    low, high = area_range(parent)
    assert low <= code <= area_range(code)[1] <= high


@given(codes(), codes())
def test_two_ranges_are_apart_or_one_holds_the_other(one, other):
    (low, high), (below, above) = area_range(one), area_range(other)
    apart = high < below or above < low
    assert apart or low <= below <= above <= high or below <= low <= high <= above


@given(codes())
def test_parents_lead_to_a_province_within_five_steps(code):
    steps = 0
    while (above := parent_of(code)) is not None:
        code, steps = above, steps + 1
    assert level_of(code) == Level.PROVINCE
    assert steps <= 5


@given(codes())
def test_street_is_the_first_nine_digits(code):
    assert str(street_of(code)) == str(code)[:9]


@pytest.mark.parametrize("code", [0, -990101001001001, LOWEST - 1, HIGHEST + 1])
def test_code_without_fifteen_digits_is_refused(code):
    with pytest.raises(InvalidError) as refused:
        check_area(code, field="area")
    assert (refused.value.field, refused.value.rule) == ("area", "area_has_15_digits")


@given(codes(), codes())
def test_code_lies_within_another_when_its_range_does(inner, outer):
    low, high = area_range(inner)
    outer_low, outer_high = area_range(outer)
    assert lies_within(inner, outer) == (outer_low <= low and high <= outer_high)


def test_community_lies_within_its_division_and_not_beside():
    assert lies_within(990101001001000, 990101000000000)
    assert not lies_within(990101000000000, 990101001001000)
    assert not lies_within(990101001002001, 990101001001000)


@given(codes(), codes())
def test_jurisdictions_of_a_code_are_those_that_it_lies_within(code, other):
    found = jurisdictions_of(code)
    assert code in found
    assert all(lies_within(code, outer) for outer in found if outer >= LOWEST)
    assert (other in found) == lies_within(code, other)
