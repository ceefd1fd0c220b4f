"""Spot the places that a line of speech names."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from anlan_engine.city.finding.finder import Match, PlaceFinder, Point
from anlan_engine.city.finding.vocabulary import distances, errors_allowed
from anlan_engine.city.finding.wording import joins_streets, plain, syllables, tokens
from anlan_engine.city.kinds import ENTRY_KINDS
from anlan_engine.sphere import distance_m

LINE_LIMIT_CHARACTERS = 500
WORDS_LIMIT = 5
"""A name of more words is found by its first ones only in the search itself."""

CHARACTERS_LIMIT = 16
SPOTTED_LIMIT = 5
MISSPELT_TRIED_LIMIT = 60
ERRORS_LIMIT = 2
SHORTEST_LETTERS = 5
"""A single shorter word may be anything: it is a place only where it names a street or a part."""

SHORTEST_CHARACTERS = 3
ORDER = ("CROSSING", "ADDRESS", "STREET", "PLACE")
"""What says most about where comes first; then sites."""

_MIXED = re.compile(r"[0-9０-９]*[\u3400-\u9fff][\u3400-\u9fff0-9０-９-]*")
_NAMED_AREAS = frozenset({"STREET", "PLACE", "ADDRESS"})


class Spotted(NamedTuple):
    """A place that a line names, and the part of the line that names it."""

    place: Match
    start: int
    end: int


class _Likely(NamedTuple):
    """Words of a line, and the name that they may mean."""

    begin: int
    end: int
    name: str
    errors: int


class Spotter:
    """Finds the names of a city inside a line; its index is made once."""

    def __init__(self, finder: PlaceFinder) -> None:
        self._finder, self._index = finder, finder.index
        whole = np.flatnonzero(self._index.key_whole).tolist()
        self._whole: dict[str, list[int]] = {}
        for row in whole:
            self._whole.setdefault(self._index.key[row], []).append(int(self._index.key_entry[row]))
        areas = [
            name
            for name, entries in self._whole.items()
            if ENTRY_KINDS[self._index.kind[entries[0]]] in {"STREET", "PLACE"}
        ]
        self._areas = [name for name in areas if name.isascii()]
        self._sounds = {
            "".join(syllables(name)): name for name in areas if _MIXED.fullmatch(name)
        }  # fmt: skip

    def spot(self, line: str, near: Point | None = None) -> list[Spotted]:
        """Give the places that a line names: those that say most about where, longer names first.

        Whole names only; where none of any length stands there, streets and parts of the city with
        a typing error or, in Chinese, written with other characters of the same sound. At most
        `SPOTTED_LIMIT`, from the first `LINE_LIMIT_CHARACTERS`.
        """
        line = line[:LINE_LIMIT_CHARACTERS]
        found = [*self._latin(line, near), *self._chinese(line, near)]
        if all(one.end - one.start <= SHORTEST_CHARACTERS for one in found):
            found += [*self._misspelt(line, near), *self._alike(line, near)]
        found.sort(key=lambda one: one.start)
        found = [*self._crossings(line, found), *found]
        found.sort(key=lambda one: (_weight(one.place.kind), one.start - one.end))
        return found[:SPOTTED_LIMIT]

    def _latin(self, line: str, near: Point | None) -> Iterator[Spotted]:
        words = list(tokens(line))
        begin = 0
        while begin < len(words):
            end = next(self._ends(words, begin), begin)
            if end > begin:
                name = " ".join(word for word, *_ in words[begin:end])
                yield self._spotted(name, words[begin][1], words[end - 1][2], "EXACT", near)
            begin = max(end, begin + 1)

    def _ends(self, words: Sequence[tuple[str, int, int]], begin: int) -> Iterator[int]:
        """Where names that begin with a word end, the longest first."""
        for end in range(min(begin + WORDS_LIMIT, len(words)), begin, -1):
            name = " ".join(word for word, *_ in words[begin:end])
            if name in self._whole and self._tells(name, long=len(name) >= SHORTEST_LETTERS):
                yield end

    def _tells(self, name: str, *, long: bool) -> bool:
        """Whether a whole name is one in a line too: a short one only as a street or a part."""
        if name.isdigit():
            return False
        kinds = {ENTRY_KINDS[self._index.kind[entry]] for entry in self._whole[name]}
        return long or bool(kinds & _NAMED_AREAS)

    def _chinese(self, line: str, near: Point | None) -> Iterator[Spotted]:
        for run in _MIXED.finditer(line):
            signs = "".join(plain(sign)[:1] or " " for sign in run[0])
            begin = 0
            while begin < len(signs):
                end = self._chinese_end(signs, begin)
                if end > begin:
                    start = run.start() + begin
                    stop = run.start() + end
                    yield self._spotted(signs[begin:end], start, stop, "EXACT", near)
                begin = max(end, begin + 1)

    def _chinese_end(self, signs: str, begin: int) -> int:
        for end in range(min(begin + CHARACTERS_LIMIT, len(signs)), begin + 1, -1):
            name = signs[begin:end]
            if name in self._whole and self._tells(name, long=len(name) >= SHORTEST_CHARACTERS):
                return end
        return begin

    def _misspelt(self, line: str, near: Point | None) -> Iterator[Spotted]:
        """Longest names with the fewest errors first; a word is part of one name only."""
        words = list(tokens(line))
        likely = sorted(self._likely(words), key=lambda one: one.errors * 3 - len(one.name))
        taken: set[int] = set()
        for begin, end, name, _ in likely:
            if taken.isdisjoint(range(begin, end)):
                taken.update(range(begin, end))
                numbered = f"{name} {words[end][0]}" if end < len(words) else ""
                if numbered in self._whole:
                    end, name = end + 1, numbered
                yield self._spotted(name, words[begin][1], words[end - 1][2], "SPELLING", near)

    def _likely(self, words: Sequence[tuple[str, int, int]]) -> Iterator[_Likely]:
        runs = [
            (begin, end, " ".join(word for word, *_ in words[begin:end]))
            for begin in range(len(words))
            for end in range(begin + 1, min(begin + WORDS_LIMIT, len(words)) + 1)
        ]
        tried = [run for run in runs if len(run[2]) > SHORTEST_LETTERS][:MISSPELT_TRIED_LIMIT]
        if not tried or not self._areas:
            return
        counted = distances([name for *_, name in tried], self._areas, ERRORS_LIMIT)
        for (begin, end, typed), row in zip(tried, counted, strict=True):
            best = int(np.argmin(row))
            errors = int(row[best])
            if errors <= errors_allowed(typed) and len(self._areas[best]) > SHORTEST_LETTERS:
                yield _Likely(begin, end, self._areas[best], errors)

    def _alike(self, line: str, near: Point | None) -> Iterator[Spotted]:
        for run in re.finditer(r"[\u3400-\u9fff]+", line):
            sounds = syllables(run[0])
            for begin in range(len(sounds)):
                for end in range(min(begin + 8, len(sounds)), begin + 1, -1):
                    name = self._sounds.get("".join(sounds[begin:end]))
                    if name is not None:
                        start = run.start() + begin
                        yield self._spotted(name, start, run.start() + end, "SOUND", near)
                        break

    def _crossings(self, line: str, found: Sequence[Spotted]) -> Iterator[Spotted]:
        for one, other in pairwise(found):
            streets = one.place.kind == other.place.kind == "STREET"
            if streets and joins_streets(line[one.end : other.start]):
                for place in self._finder.crossing(one.place.name, other.place.name, one.place.fit):
                    yield Spotted(place, one.start, other.end)

    def _spotted(self, name: str, start: int, end: int, fit: str, near: Point | None) -> Spotted:
        """The best entry of a whole name: what says most about where, and of these the nearest."""
        found = [self._index.found(entry) for entry in self._whole[name]]
        best = min(
            found,
            key=lambda one: (
                _weight(one.kind),
                float(distance_m(one.lon, one.lat, *near)) if near else 0.0,
            ),
        )
        return Spotted(Match(*best, fit), start, end)


def _weight(kind: str) -> int:
    return ORDER.index(kind) if kind in ORDER else len(ORDER)
