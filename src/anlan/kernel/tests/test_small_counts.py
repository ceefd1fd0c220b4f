"""What is published hides small counts, and what would give them away."""

import pytest

from anlan.kernel.small_counts import hidden, is_small


@pytest.mark.parametrize(
    ("counts", "gone"),
    [
        ({}, set()),
        ({"a": 9, "b": 5}, set()),
        ({"a": 0, "b": 9}, set()),  # nothing happened: no count of somebody
        ({"a": 4, "b": 9, "c": 7}, {"a", "c"}),  # alone it would be the sum less the others
        ({"a": 1, "b": 2, "c": 9, "d": 7}, {"a", "b", "d"}),  # together three: still small
        ({"a": 3, "b": 2, "c": 9}, {"a", "b"}),
        ({"a": 4}, {"a"}),
    ],
)
def test_small_counts_are_hidden_with_what_would_give_them_away(counts, gone):
    assert hidden(counts) == gone


def test_nobody_is_no_small_count():
    assert [count for count in range(8) if is_small(count)] == [1, 2, 3, 4]
