"""Identifiers: time-ordered ids for rows, unguessable numbers for people."""

import re
import secrets
from uuid import UUID

from uuid_utils.compat import uuid7

NUMBER_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: no I, L, O, U
NUMBER_LENGTH = 10
NUMBER_GROUP = 5
NOT_OF_A_NUMBER = re.compile(r"[^0-9A-Z]")


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
    prefix, drawn = letters[:1], letters[1:].translate(str.maketrans("ILO", "110"))
    return f"{prefix}-{drawn[:NUMBER_GROUP]}-{drawn[NUMBER_GROUP:]}"
