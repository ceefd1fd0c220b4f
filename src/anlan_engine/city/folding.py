"""Make names and queries comparable: case, accents, punctuation."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)
_BREAKS = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Fold a text: no case, no accents, single spaces instead of punctuation.

    Unicode NFKD without combining marks, then case folding (Unicode 15, section 5.18), and a few
    letters that have no decomposition.
    """
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return _BREAKS.sub(" ", bare.casefold().translate(_LETTERS)).strip()
