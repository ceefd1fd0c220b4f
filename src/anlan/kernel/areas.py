"""The 15-digit area code that places every row.

Six digits division, three sub-district, three community, three sequence.

Trailing zeros stand for "all below": a jurisdiction is a range, and containment is comparison.
Source: DB11 grid coding (6+3+3+3 digits, west to east, north to south).
"""

from enum import IntEnum

from anlan.kernel.errors import InvalidError

DIGITS = 15
STREET_DIVISOR = 10**6


class Level(IntEnum):
    """How many trailing digits stand below a code of this level."""

    CELL = 0
    COMMUNITY = 3
    SUB_DISTRICT = 6
    DISTRICT = 9
    CITY = 11
    PROVINCE = 13


def check_area(code: int, *, field: str = "area") -> int:
    """Return `code` if it has 15 digits, else raise `InvalidError` naming `field`."""
    if not 10 ** (DIGITS - 1) <= code < 10**DIGITS:
        raise InvalidError(field=field, rule="area_has_15_digits")
    return code


def level_of(code: int) -> Level:
    """Return the level of a code, read from its trailing zeros."""
    for level in reversed(Level):
        if code % 10**level == 0:
            return level
    return Level.CELL


def area_range(code: int) -> tuple[int, int]:
    """Return the lowest and the highest code within `code`, both included."""
    check_area(code)
    return code, code + 10 ** level_of(code) - 1


def lies_within(area: int, outer: int) -> bool:
    """Return whether `area` is `outer` or lies below it."""
    low, high = area_range(outer)
    return low <= area <= high


def jurisdictions_of(area: int) -> frozenset[int]:
    """Return every code that `area` lies within, itself included: `lies_within` for many."""
    return frozenset(area - area % 10**level for level in Level)


def parent_of(code: int) -> int | None:
    """Return the code one level up; None above a province."""
    above = [level for level in Level if level > level_of(code)]
    return code - code % 10 ** above[0] if above else None


def street_of(code: int) -> int:
    """Return the first nine digits: division and sub-district, the distribution column."""
    return code // STREET_DIVISOR
