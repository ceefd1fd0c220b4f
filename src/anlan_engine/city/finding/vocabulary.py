"""The words of a city's names, to find those that a mistyped word may stand for."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from anlan_engine.city.search import ADDRESS, NameIndex

LIKE_LIMIT_WORDS = 40
SHORTEST_LETTERS = 4
TWO_ERRORS_FROM_LETTERS = 8
SHORTEST_CHINESE = 3

U8 = npt.NDArray[np.uint8]


def errors_allowed(word: str) -> int:
    """How many typing errors a word may hold: none where nearly every word would be like it."""
    if word.isdigit():
        return 0
    if word >= "\u3400" and word[0] <= "\u9fff":
        return int(len(word) >= SHORTEST_CHINESE)
    return int(len(word) >= SHORTEST_LETTERS) + int(len(word) >= TWO_ERRORS_FROM_LETTERS)


def words_of(index: NameIndex) -> set[str]:
    """Give every single word by which something is found, pinyin too."""
    return {key for key in index.key if " " not in key and not key.isdigit() and len(key) > 2}


def names_of(index: NameIndex) -> set[str]:
    """Give every whole name of more than one word, but for house numbers."""
    whole = np.flatnonzero(index.key_whole & (index.kind[index.key_entry] != ADDRESS)).tolist()
    return {name for row in whole if " " in (name := index.key[row])}


class Vocabulary:
    """Words, or whole names, that a mistyped one may stand for."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words)
        self._beginnings: dict[int, list[str]] = {}

    def __len__(self) -> int:
        """Count the words."""
        return len(self._words)

    def like(self, word: str) -> dict[str, int]:
        """Give words that `word`, perhaps not yet typed to its end, is a misspelling of.

        Returns
        -------
        dict of str to int
            The word, or the beginning of several, and the errors (a letter more, less, other, or
            two swapped: optimal string alignment) by which it differs; the fewest first, at most
            `LIKE_LIMIT_WORDS`.
        """
        allowed = errors_allowed(word)
        if not allowed:
            return {}
        found: dict[str, int] = {}
        # What is typed so far may lack a letter or have one too many: beginnings of three lengths.
        for length in {len(word) - 1, len(word), len(word) + 1}:
            beginnings = self._beginnings_of(length)
            errors = distances([word], beginnings, allowed)[0]
            for row in np.flatnonzero(errors <= allowed).tolist():
                known = found.get(beginnings[row], allowed)
                found[beginnings[row]] = min(known, int(errors[row]))
        ranked = sorted(found.items(), key=lambda pair: (pair[1], abs(len(pair[0]) - len(word))))
        return dict(ranked[:LIKE_LIMIT_WORDS])

    def _beginnings_of(self, length: int) -> list[str]:
        """The first so many letters of every word, each once; kept, since few lengths are asked."""
        if length not in self._beginnings:
            self._beginnings[length] = list(dict.fromkeys(word[:length] for word in self._words))
        return self._beginnings[length]


def distances(typed: list[str], known: list[str], allowed: int) -> U8:
    """Count typing errors between each typed and each known text; above `allowed`, one more."""
    counted: U8 = cdist(typed, known, scorer=OSA.distance, score_cutoff=allowed, dtype=np.uint8)
    return counted
