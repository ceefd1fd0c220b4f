"""Text that a person typed, checked before it is kept."""

import re
import unicodedata

from anlan.kernel.errors import InvalidError

TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]{3,30}[0-9]")
ALLOWED_CONTROLS = frozenset("\n\t")


def clean_text(typed: str, *, field: str, limit_characters: int, required: bool = False) -> str:
    """Return `typed` trimmed, with plain line ends and composed characters (Unicode NFC).

    Raises `InvalidError` naming `field`: over the limit, empty although required, or with control
    characters (a database refuses NUL, a screen misreads the others).
    """
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > limit_characters:
        raise InvalidError(field=field, rule="text_too_long", max_length=limit_characters)
    if required and not text:
        raise InvalidError(field=field, rule="required")
    if any(_forbidden(character) for character in text):
        raise InvalidError(field=field, rule="no_control_characters")
    return text


def clean_telephone(typed: str, *, field: str) -> str:
    """Return a telephone number in plain digits as typed; raise `InvalidError` where it is none."""
    number = unicodedata.normalize("NFKC", typed).strip()
    if not TELEPHONE.fullmatch(number):
        raise InvalidError(field=field, rule="telephone")
    return number


def _forbidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} and character not in ALLOWED_CONTROLS
