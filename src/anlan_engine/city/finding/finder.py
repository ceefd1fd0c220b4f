"""Find places by what somebody types, also where it is misspelt."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.city.finding.crossings import Crossings
from anlan_engine.city.finding.vocabulary import Vocabulary, names_of, words_of
from anlan_engine.city.finding.wording import plain, sounded, streets_of_crossing
from anlan_engine.city.kinds import ENTRY_KINDS
from anlan_engine.city.opened import City
from anlan_engine.city.search import QUERY_CHARS_MAX, RESULTS_MAX, WORDS_MAX
from anlan_engine.roads import DEGREE_UNITS
from anlan_engine.sphere import distance_m

CROSSING = "CROSSING"
FITS = ("EXACT", "BEGINNING", "WORDS", "SOUND", "SPELLING", "STREET_ONLY")
"""How well a place fits, best first: its whole name, its beginning, words of it; the same sound in
Chinese; with typing errors; the street of a house number that is not known."""

STREETS_LIMIT = 3
"""So many streets are tried for each side of a crossing."""

NEAR_STEP_M = 100.0
"""Doubled again and again, it parts near from far: within a step other things tell more."""

_SOUND, _SPELLING, _STREET_ONLY = 3, 4, 9
_STREET = ENTRY_KINDS.index("STREET")

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
Point = tuple[float, float]
Graded = tuple[I32, I32]

_NONE: Graded = (np.zeros(0, np.int32), np.zeros(0, np.int32))


class Match(NamedTuple):
    """A place that was found; see :class:`anlan_engine.city.Found` for the first five.

    Attributes
    ----------
    fit : str
        One of `FITS`.
    """

    name: str
    detail: str
    kind: str
    lon: float
    lat: float
    fit: str


class PlaceFinder:
    """The places of a city by name; its own index is made once and is safe for many threads."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.index = city.places.in_memory()
        self._words = Vocabulary(words_of(self.index))
        self._names = Vocabulary(names_of(self.index))
        self._crossings = Crossings(city)

    def find(self, text: str, near: Point | None = None, limit: int = 10) -> list[Match]:
        """Find places by a name, an address, or two streets that meet ("A / B").

        Parameters
        ----------
        text : str
            In any language the source has names in, pinyin or its initials; perhaps misspelt, or
            not typed to its end. What is longer than `QUERY_CHARS_MAX` is cut off.
        near : (float, float), optional
            Longitude, latitude, degrees: of places that fit alike the nearer ones come first.
        limit : int
            At most so many results, and never more than `RESULTS_MAX`.

        Returns
        -------
        list of Match
            In the order of `FITS`, fewer typing errors first; among equals nearer ones, then
            places before streets before sites before addresses, shorter names first.
        """
        limit = max(0, min(limit, RESULTS_MAX))
        typed = text[:QUERY_CHARS_MAX]
        found = self._at_crossing(typed, near)
        return (found or self._named(plain(typed), near, limit))[:limit]

    def streets(self, text: str) -> list[str]:
        """Give the local names of the streets that a text may mean, best first."""
        found = self._named(plain(text[:QUERY_CHARS_MAX]), None, RESULTS_MAX)
        names = dict.fromkeys(hit.name for hit in found if hit.kind == "STREET")
        return list(names)[:STREETS_LIMIT]

    def crossing(self, one: str, other: str, fit: str) -> list[Match]:
        """Give the places where two streets, by their local names, meet."""
        return [
            Match(f"{one} / {other}", "", CROSSING, lon, lat, fit)
            for lon, lat in self._crossings.of(one, other)
        ]

    def _at_crossing(self, typed: str, near: Point | None) -> list[Match]:
        parted = streets_of_crossing(typed)
        if parted is None:
            return []
        ones, others = self.streets(parted[0]), self.streets(parted[1])
        found = [
            crossing
            for one in ones
            for other in others
            for crossing in self.crossing(one, other, "EXACT")
        ]
        if near is not None:
            found.sort(key=lambda hit: float(distance_m(hit.lon, hit.lat, *near)))
        return found

    def _named(self, text: str, near: Point | None, limit: int) -> list[Match]:
        entries, grades = _NONE
        for more, their_grades in self._ways(text):
            entries, grades = _best_of((entries, more), (grades, their_grades))
            if len(entries) >= limit:
                break
        away_m = self._away_m(entries, near)
        steps = np.floor(np.log2(np.maximum(away_m, NEAR_STEP_M) / NEAR_STEP_M))
        kind, length = self.index.kind[entries], self.index.length(entries)
        ranked = np.lexsort((entries, away_m, length, kind, steps, grades))[:limit]
        return [self._match(int(entries[row]), int(grades[row])) for row in ranked]

    def _ways(self, text: str) -> Iterator[Graded]:
        """Entries and their grades, one way of understanding a folded text after the other."""
        if not text:
            return
        yield self.index.graded(text)
        sound = sounded(text) if len(text) > 1 else text
        if sound != text:
            entries = self.index.graded(sound)[0]
            yield entries, np.full(len(entries), _SOUND, np.int32)
        yield self._misspelt(text)
        if sound != text:
            yield self._misspelt(sound)
        yield self._without_number(text)

    def _misspelt(self, text: str) -> Graded:
        """Entries with typing errors in some words, or anywhere in the whole name."""
        by_words = self._with_words_like(text.split()[:WORDS_MAX])
        by_name = self._with_name_like(text)
        entries, errors = _best_of((by_words[0], by_name[0]), (by_words[1], by_name[1]))
        return entries, np.minimum(_SPELLING - 1 + errors, _STREET_ONLY - 1)

    def _with_name_like(self, text: str) -> Graded:
        """Entries whose whole name, before a house number, is like a text."""
        name, number = _parted(text)
        like = self._names.like(name)
        return self._beginning_with({f"{other} {number}".rstrip(): like[other] for other in like})

    def _beginning_with(self, texts: Mapping[str, int]) -> Graded:
        """Entries that are found by these texts, each once, with the fewest errors of them."""
        ranges = [self.index.begins_with(text) for text in texts]
        rows = [self.index.key_entry[low:high] for low, high in ranges]
        errors = np.fromiter(texts.values(), np.int32, len(texts))
        return _best_of(
            (_NONE[0], *rows), (np.repeat(errors, [high - low for low, high in ranges]),)
        )

    def _with_words_like(self, words: list[str]) -> Graded:
        """Entries that have every word, some of them misspelt."""
        entries, errors = _NONE
        for number, word in enumerate(words):
            these, more = self._with_word_like(word)
            if number:
                entries, ours, theirs = np.intersect1d(
                    entries, these, assume_unique=True, return_indices=True
                )
                errors = errors[ours] + more[theirs]
            else:
                entries, errors = these, more
            if not len(entries):
                break
        return entries, errors

    def _with_word_like(self, word: str) -> Graded:
        """Entries with a word like this one, each once, and in how many letters it differs."""
        return self._beginning_with({word: 0} | self._words.like(word))

    def _without_number(self, text: str) -> Graded:
        """Streets, where the house number is not known."""
        name, number = _parted(text)
        if not name or not number:
            return _NONE
        entries, _ = self.index.graded(name)
        if not len(entries):
            entries, _ = self._misspelt(name)
        entries = entries[self.index.kind[entries] == _STREET]
        return entries, np.full(len(entries), _STREET_ONLY, np.int32)

    def _away_m(self, entries: I32, near: Point | None) -> F64:
        if near is None:
            return np.zeros(len(entries))
        lon, lat = (self.index.at[entries] / DEGREE_UNITS).T
        return distance_m(lon, lat, *near)

    def _match(self, entry: int, grade: int) -> Match:
        fit = FITS[5 if grade == _STREET_ONLY else min(grade, _SPELLING)]
        return Match(*self.index.found(entry), fit)


def _best_of(entries: Sequence[I32], grades: Sequence[I32]) -> Graded:
    """Join entries; one that stands there more than once, once with its best grade."""
    rows, given = np.concatenate(entries), np.concatenate(grades)
    best_first = np.lexsort((given, rows))
    once, first = np.unique(rows[best_first], return_index=True)
    return once, given[best_first][first]


def _parted(text: str) -> tuple[str, str]:
    """Part a folded address into its street and its number; either may be empty."""
    words = text.split()[:WORDS_MAX]
    numbers = [word for word in words if word[0].isdigit()]
    return " ".join(word for word in words if not word[0].isdigit()), " ".join(numbers)
