"""Which passwords are taken, and how they are kept.

Twelve characters of any kind (OWASP ASVS 5.0.0, 6.2.1 and 6.2.5), none that everybody knows
(6.2.4: the list that Django ships), and names count for nothing (6.1.2 and 6.2.11): those of the
system, of the person and of the organisation are the first that a stranger tries.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from anlan.orgs.errors import CommonPasswordError, WeakPasswordError
from anlan.orgs.models import Account

PASSWORD_MIN_CHARACTERS = 12
NAME_MIN_CHARACTERS = 2
"""A name of one character stands in many good passwords by chance."""
SYSTEM_NAMES = ("anlan", "安澜", "password", "密码")
_KNOWN = CommonPasswordValidator()


@dataclass(frozen=True, slots=True)
class HashedPassword:
    """A password as it is stored; a type of its own, so that no plain one slips in."""

    encoded: str


def hashed(password: str, *, names: Sequence[str] = ()) -> HashedPassword:
    """Return a password as it is stored (argon2id); `names` are those that count for nothing.

    Raises `WeakPasswordError` if it is short, by itself or without the names in it, and
    `CommonPasswordError` if everybody knows it.
    """
    if len(password) < PASSWORD_MIN_CHARACTERS:
        raise WeakPasswordError(field="password", rule="at_least_12_characters")
    if len(_without((*names, *SYSTEM_NAMES), password)) < PASSWORD_MIN_CHARACTERS:
        raise WeakPasswordError(field="password", rule="at_least_12_characters_beside_names")
    try:
        _KNOWN.validate(password)
    except ValidationError:
        raise CommonPasswordError(field="password", rule="not_known_to_everybody") from None
    return HashedPassword(make_password(password))


def names_of(account: Account) -> tuple[str, ...]:
    """Return the names of an account and of its organisation."""
    place = account.organisation
    own = (account.username, account.display_name_zh, account.display_name_en)
    return (*own, place.code, place.name_zh, place.name_en)


def _without(names: Sequence[str], password: str) -> str:
    """Return what is left of a password when names are taken out, the longest first."""
    left = password.casefold()
    for name in sorted({one.casefold() for one in names}, key=len, reverse=True):
        if len(name) >= NAME_MIN_CHARACTERS:
            left = left.replace(name, "")
    return left
