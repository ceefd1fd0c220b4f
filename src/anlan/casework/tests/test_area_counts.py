"""Counts for everybody: as fine as they can be, and never so fine that one gives another away."""

from hypothesis import given
from hypothesis import strategies as st

from anlan.casework.selectors.area_counts import Matters, coarsened
from anlan.kernel.areas import area_range

A, B, C = 110101001001001, 110101001001002, 110101001002001
COMMUNITY, STREET = 110101001001000, 110101001000000
CELLS = [
    110100000000000 + district * 10**9 + street * 10**6 + community * 1000 + cell
    for district in (1, 2)
    for street in (1, 2)
    for community in (1, 2)
    for cell in (1, 2)
]
counts = st.sampled_from([0, 0, 1, 3, 4, 5, 7, 20])


def closed(number: int) -> Matters:
    return Matters(closed=number)


def test_cells_are_shown_where_every_cell_may_be():
    assert coarsened({A: closed(5), B: closed(9)}) == {A: closed(5), B: closed(9)}


def test_one_small_part_hides_all_parts():
    assert coarsened({A: closed(4), B: closed(9)}) == {COMMUNITY: closed(13)}
    found = coarsened({A: closed(4), B: closed(9), C: closed(2)})
    assert found == {STREET: closed(15)}


def test_parts_are_as_fine_as_each_can_be():
    found = coarsened({A: closed(4), B: closed(9), C: closed(6)})
    assert found == {COMMUNITY: closed(13), C: closed(6)}


def test_small_count_of_one_sort_counts_as_small():
    found = coarsened({A: Matters(9, 1, 9), B: Matters(9, 4, 9)})
    assert found == {COMMUNITY: Matters(18, 5, 18)}


def test_what_is_small_everywhere_is_not_shown():
    assert coarsened({A: closed(2), C: closed(2)}) == {}
    assert coarsened({}) == {}


@given(st.fixed_dictionaries({cell: st.builds(Matters, counts, counts, counts) for cell in CELLS}))
def test_no_small_count_can_be_read_or_reckoned(cells):
    """All is shown in areas that do not overlap, or nothing: nothing is left to be reckoned."""
    shown = coarsened(cells)
    assert not any(matters.tell_of_few for matters in shown.values())
    for area, matters in shown.items():
        low, high = area_range(area)
        inside = [one for cell, one in cells.items() if low <= cell <= high]
        assert matters == sum(inside, Matters())
    whole = sum(cells.values(), Matters())
    assert sum(shown.values(), Matters()) == (Matters() if whole.tell_of_few else whole)
