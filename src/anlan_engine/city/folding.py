"""Make names and queries comparable: case, accents, punctuation, pinyin."""

import re
import unicodedata
from collections.abc import Iterator

from pypinyin import lazy_pinyin

_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)
_BREAKS = re.compile(r"[\W_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")

SUFFIX_CHARS_MAX = 12
"""A Chinese name is found by any part that begins within its first characters up to this."""


def folded(text: str) -> str:
    """Fold a text: no case, no accents, single spaces instead of punctuation.

    Unicode NFKD without combining marks, then case folding (Unicode 15, section 5.18), and a few
    letters that have no decomposition.
    """
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return _BREAKS.sub(" ", bare.casefold().translate(_LETTERS)).strip()


def search_keys(name: str) -> Iterator[str]:
    """Give everything by which a name may be found when one types its beginning.

    The whole folded name first; then each of its words; for a Chinese name also every ending (so
    that any part inside it matches), its pinyin, the pinyin of every ending, and the initials.
    """
    whole = folded(name)
    yield whole
    yield from whole.split()
    for run in _CHINESE.findall(whole):
        syllables = [folded(syllable) for syllable in lazy_pinyin(run)]
        for start in range(min(len(run), SUFFIX_CHARS_MAX)):
            yield run[start:]
            yield "".join(syllables[start:])
        yield "".join(syllable[:1] for syllable in syllables)
