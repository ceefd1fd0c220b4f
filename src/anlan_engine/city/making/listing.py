"""Lay out search entries and sites as the arrays that the opened pack reads."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from pypinyin import lazy_pinyin

from anlan_engine.city.folding import folded
from anlan_engine.city.kinds import ENTRY_KINDS, SITE_KINDS
from anlan_engine.city.making.entries import Entry
from anlan_engine.city.making.extract import Site
from anlan_engine.city.sites import SITE_TEXTS
from anlan_engine.city.texts import Texts
from anlan_engine.roads import DEGREE_UNITS

Array = npt.NDArray[Any]

SUFFIX_CHARS_MAX = 12
"""A Chinese name is found by any part that begins within its first characters up to this."""

_CHINESE = re.compile(r"[\u3400-\u9fff]+")


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


def index_arrays(entries: Sequence[Entry]) -> dict[str, Array]:
    """Lay out entries (in the order of `ENTRY_KINDS`) as the arrays of a `NameIndex`."""
    keys: dict[tuple[str, int], bool] = {}
    for row, entry in enumerate(entries):
        for name in entry.names:
            for number, key in enumerate(search_keys(name)):
                if key:
                    keys[key, row] = keys.get((key, row), False) or number == 0
    ordered = sorted(keys)
    at = np.array([(entry.lon, entry.lat) for entry in entries]).reshape(-1, 2)
    return {
        "kind": np.array([ENTRY_KINDS.index(entry.kind) for entry in entries], np.uint8),
        "at": np.rint(at * DEGREE_UNITS).astype(np.int32),
        **_named("name", Texts.of(entry.name for entry in entries)),
        **_named("detail", Texts.of(entry.detail for entry in entries)),
        **_named("key", Texts.of(key for key, _ in ordered)),
        "key_entry": np.array([row for _, row in ordered], np.int32),
        "key_whole": np.array([keys[pair] for pair in ordered], np.uint8),
    }


def site_arrays(sites: Sequence[Site]) -> dict[str, Array]:
    """Lay out sites, sorted by kind and otherwise as they come."""
    ordered = sorted(sites, key=lambda site: SITE_KINDS.index(site.kind))
    at = np.array([(site.lon, site.lat) for site in ordered]).reshape(-1, 2)
    arrays: dict[str, Array] = {
        "kind": np.array([SITE_KINDS.index(site.kind) for site in ordered], np.uint8),
        "at": np.rint(at * DEGREE_UNITS).astype(np.int32),
    }
    columns = ([*site.names[:3], site.address] for site in ordered)
    for name, column in zip(
        SITE_TEXTS, zip(*columns, strict=True) if ordered else [()] * 4, strict=True
    ):
        texts = Texts.of(column)
        arrays |= {f"{name}.letters": texts.letters, f"{name}.first": texts.first}
    return arrays


def _named(name: str, texts: Texts) -> dict[str, Array]:
    """The two arrays of a table of texts."""
    return {f"{name}.letters": texts.letters, f"{name}.first": texts.first}
