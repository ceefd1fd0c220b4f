"""Identifiers: time-ordered ids for rows, unguessable numbers for people."""

import re
import secrets
from uuid import UUID

from uuid_utils.compat import uuid7

NUMBER_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: no I, L, O, U
NUMBER_LENGTH = 10
NUMBER_GROUP = 5
NUMBER_BEGINNING_MIN_CHARACTERS = 3
"""Of what was drawn: of a city's million numbers some thirty begin alike then."""
NOT_OF_A_NUMBER = re.compile(r"[^0-9A-Z]")
TYPED_NUMBER = re.compile(r"[0-9A-Za-z\s-]+", re.ASCII)
LOOK_ALIKE = str.maketrans("ILO", "110")


def new_id() -> UUID:
    """Return a UUIDv7 (RFC 9562): unique, and ordered by the time it was made."""
    return uuid7()


def new_number(prefix: str) -> str:
    """Return a public number such as ``R-7K3F9-Q2MXC``.

    Fifty random bits: a person can read it out on the telephone, and nobody can guess another's.
    """
    drawn = "".join(secrets.choice(NUMBER_ALPHABET) for _ in range(NUMBER_LENGTH))
    return f"{prefix}-{drawn[:NUMBER_GROUP]}-{drawn[NUMBER_GROUP:]}"


def tidy_number(typed: str) -> str:
    """Return `typed` as a number is stored: upper case, look-alike letters mended, grouped.

    Whatever is neither a letter nor a digit of ASCII is left out.
    """
    letters = NOT_OF_A_NUMBER.sub("", typed.upper())
    prefix, drawn = letters[:1], letters[1:].translate(LOOK_ALIKE)
    return f"{prefix}-{drawn[:NUMBER_GROUP]}-{drawn[NUMBER_GROUP:]}"


def number_ranges(typed: str, prefix: str) -> list[tuple[str, str]]:
    """Return the first and last number that what somebody types may be the beginning of.

    With the letter of its kind or without it: so at most two ranges; none for what is no number,
    or too little of one. The ends hold in every collation, as letters and digits order alike.
    """
    if TYPED_NUMBER.fullmatch(typed) is None:
        return []
    letters = NOT_OF_A_NUMBER.sub("", typed.upper())
    drawn = set()
    if not typed.upper().startswith((f"{prefix}-", f"{prefix} ")):
        drawn.add(letters.translate(LOOK_ALIKE))
    if letters.startswith(prefix):
        drawn.add(letters[1:].translate(LOOK_ALIKE))
    fitting = range(NUMBER_BEGINNING_MIN_CHARACTERS, NUMBER_LENGTH + 1)
    begun = sorted(_grouped(prefix, one) for one in drawn if len(one) in fitting)
    return [(one, one + NUMBER_ALPHABET[-1] * NUMBER_LENGTH) for one in begun]


def _grouped(prefix: str, drawn: str) -> str:
    second = drawn[NUMBER_GROUP:]
    return f"{prefix}-{drawn[:NUMBER_GROUP]}" + (f"-{second}" if second else "")
