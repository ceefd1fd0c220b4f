"""Search a city's own names, and name the address at a position."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.city.folding import folded
from anlan_engine.city.kinds import ENTRY_KINDS
from anlan_engine.city.texts import Texts
from anlan_engine.roads import DEGREE_UNITS
from anlan_engine.sphere import METRES_PER_DEGREE, distance_m

I32 = npt.NDArray[np.int32]
U8 = npt.NDArray[np.uint8]
Array = npt.NDArray[Any]

QUERY_CHARS_MAX = 100
WORDS_MAX = 8
RESULTS_MAX = 50

ADDRESS = ENTRY_KINDS.index("ADDRESS")
ADDRESS_REACH_M = 50.0
"""A position further than this from every house number has a street at most."""

_BEFORE_ALL_LETTERS, _AFTER_ALL_LETTERS = "\0", "\U0010ffff"


class Found(NamedTuple):
    """One search result.

    Attributes
    ----------
    name : str
        In the local language.
    detail : str
        Another name, the address, the part of the city; may be empty.
    kind : str
        One of :data:`anlan_engine.city.kinds.ENTRY_KINDS`.
    lon, lat : float
        Degrees.
    """

    name: str
    detail: str
    kind: str
    lon: float
    lat: float


class NameIndex:
    """Names in sorted order with what they lead to.

    Every parameter is an attribute too, but for the two texts.

    Parameters
    ----------
    kind : uint8[entries]
        Row in `ENTRY_KINDS`; never falls along the array.
    at : int32[entries, 2]
        Longitude, latitude, in ten-millionths of a degree; addresses sorted by latitude.
    name, detail : Texts of all entries
    key : Texts
        Folded names and words, sorted.
    key_entry : int32[keys]
        The entry each key leads to.
    key_whole : uint8[keys]
        1 where the key is a whole name, 0 where it is a part.
    """

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self.kind: U8 = arrays["kind"]
        self.at: I32 = arrays["at"]
        self._name = Texts(arrays["name.letters"], arrays["name.first"])
        self._detail = Texts(arrays["detail.letters"], arrays["detail.first"])
        self.key: Sequence[str] = Texts(arrays["key.letters"], arrays["key.first"])
        self.key_entry: I32 = arrays["key_entry"]
        self.key_whole: U8 = arrays["key_whole"]

    def __len__(self) -> int:
        """Count the entries."""
        return len(self.kind)

    def in_memory(self) -> "NameIndex":
        """Give the same index with its keys loaded: for who looks up many of them at once."""
        loaded = copy(self)
        loaded.key = list(self.key)
        return loaded

    def search(self, query: str, limit: int = 10) -> list[Found]:
        """Find entries by the beginning of their name, or of each of the words given.

        Parameters
        ----------
        query : str
            In any language the source has names in, or pinyin; case and accents do not matter.
            What is longer than `QUERY_CHARS_MAX` characters or `WORDS_MAX` words is cut off.
        limit : int
            At most so many results, and never more than `RESULTS_MAX`.

        Returns
        -------
        list of Found
            Whole names first, then names that begin so, then names with such words; among equals
            places before streets before sites before addresses, shorter names first.
        """
        text = folded(query[:QUERY_CHARS_MAX])
        if not text:
            return []
        entries, grade = self.graded(text)
        ranked = entries[np.lexsort((entries, self.length(entries), self.kind[entries], grade))]
        first_seen = np.sort(np.unique(ranked, return_index=True)[1])
        return [self.found(row) for row in ranked[first_seen][: min(limit, RESULTS_MAX)].tolist()]

    def graded(self, text: str) -> tuple[I32, I32]:
        """Give the entries that fit a folded text, each perhaps more than once, and how well.

        Grade 0: the text is the whole name; 1: a name begins so; 2: names with such words.
        """
        low, high = self.begins_with(text)
        grade = np.where(self.key_whole[low:high], 1, 2).astype(np.int32)
        equal = bisect_left(self.key, text + _BEFORE_ALL_LETTERS) - low
        grade[:equal] -= self.key_whole[low : low + equal]
        worded = self.with_words(text.split()[:WORDS_MAX])
        entries = np.concatenate([self.key_entry[low:high], worded])
        return entries, np.concatenate([grade, np.full(len(worded), 2, np.int32)])

    def address_at(self, lon: float, lat: float) -> str:
        """Name the nearest house number within `ADDRESS_REACH_M`; empty where there is none."""
        at = self.at[int(np.searchsorted(self.kind, ADDRESS)) :]
        reach = ADDRESS_REACH_M / METRES_PER_DEGREE
        band = np.rint(np.array([lat - reach, lat + reach]) * DEGREE_UNITS).astype(np.int32)
        low, high = np.searchsorted(at[:, 1], band).tolist()
        if low == high:
            return ""
        near_lon, near_lat = (at[low:high] / DEGREE_UNITS).T
        metres = distance_m(near_lon, near_lat, lon, lat)
        nearest = int(np.argmin(metres))
        row = len(self) - len(at) + low + nearest
        return self._name[row] if metres[nearest] <= ADDRESS_REACH_M else ""

    def length(self, entries: I32) -> I32:
        """Count the bytes of the names of some entries."""
        lengths: I32 = self._name.first[entries + 1] - self._name.first[entries]
        return lengths

    def found(self, row: int) -> Found:
        """Read one entry."""
        lon, lat = (self.at[row] / DEGREE_UNITS).tolist()
        return Found(self._name[row], self._detail[row], ENTRY_KINDS[self.kind[row]], lon, lat)

    def begins_with(self, text: str) -> tuple[int, int]:
        """Give the range of keys that begin with a folded text."""
        low = bisect_left(self.key, text)
        return low, bisect_left(self.key, text + _AFTER_ALL_LETTERS, low)

    def with_words(self, words: Sequence[str]) -> I32:
        """Give the entries that have, for every folded word, a key that begins with it."""
        entries: I32 | None = None
        for word in words:
            low, high = self.begins_with(word)
            these = np.unique(self.key_entry[low:high])
            entries = these if entries is None else np.intersect1d(entries, these)
        return np.zeros(0, np.int32) if entries is None else entries
