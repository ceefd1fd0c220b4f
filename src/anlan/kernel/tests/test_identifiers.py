"""Numbers for people: unguessable, and understood however they are typed."""

import pytest

from anlan.kernel.identifiers import NUMBER_ALPHABET, new_number, tidy_number


def test_number_is_grouped_and_drawn_from_letters_that_cannot_be_confused() -> None:
    prefix, first, second = new_number("R").split("-")
    assert (prefix, len(first), len(second)) == ("R", 5, 5)
    assert set(first + second) <= set(NUMBER_ALPHABET)
    assert not set("ILOU") & set(NUMBER_ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "R-7K3F9-Q2M1C",
        " r 7k3f9 q2m1c ",
        "r7k3f9q2m1c",
        "R–7K3F9–Q2MIC",
        "R-7K3F9-Q2MLC",
        "R-7\x00K3F9-Q2M1C",
    ],
)
def test_number_is_understood_however_it_is_typed(typed: str) -> None:
    assert tidy_number(typed) == "R-7K3F9-Q2M1C"


@pytest.mark.parametrize("typed", ["", "/", "\x00", "井盖"])
def test_what_is_no_number_stays_none(typed: str) -> None:
    assert tidy_number(typed) == "--"
