"""Ask osmium for some things of an extract as lines of text (OPL), and read those in bulk.

Asking for each node and tag across the border between C++ and Python takes five times as long as
reading the whole file. OPL is osmium's documented line format: <https://osmcode.org/opl-file-format>.
"""

import re
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import osmium

from anlan_engine.city.errors import CityError
from anlan_engine.compiled import compiled
from anlan_engine.roads import DEGREE_UNITS

U8 = npt.NDArray[np.uint8]
I64 = npt.NDArray[np.int64]
I32 = npt.NDArray[np.int32]

HEADER_BYTES = 64
HEADER_MARK = b"OSMHeader"

DEGREE_DIGITS = 7
NOWHERE = np.int32(2**31 - 1)
"""Longitude and latitude of a node that the extract has cut away."""

_FORMAT = "opl,locations_on_ways=true,add_metadata=false"
_ESCAPED = re.compile(r"%([0-9a-f]+)%")
_MINUS, _POINT, _ZERO, _NINE = ord("-"), ord("."), ord("0"), ord("9")
_LINE_END, _NODE, _EAST, _NORTH = ord("\n"), ord("n"), ord("x"), ord("y")

Tags = Mapping[str, str]


class NodeLists(NamedTuple):
    """The nodes of ways, one list after the other.

    Attributes
    ----------
    first : int64[lists + 1]
        Where each list begins.
    ref : int64[nodes]
        Numbers in the source.
    at : int32[nodes, 2]
        Longitude, latitude in ten-millionths of a degree; `NOWHERE` where not in the extract.
    """

    first: I64
    ref: I64
    at: I32


def check_header(source: Path) -> None:
    """Refuse what is no extract: SOURCE_MISSING, SOURCE_EMPTY, SOURCE_FOREIGN."""
    try:
        with source.open("rb") as file:
            head = file.read(HEADER_BYTES)
    except OSError as error:
        raise CityError(code="SOURCE_MISSING", file=source.name) from error
    if not head:
        raise CityError(code="SOURCE_EMPTY", file=source.name)
    if HEADER_MARK not in head:
        raise CityError(code="SOURCE_FOREIGN", file=source.name)


def lines_with(source: Path, keys: Sequence[str]) -> list[list[str]]:
    """Give everything that has one of some keys: a list of fields for each node, way, relation.

    A field begins with the letter that tells what it is: `n`, `w`, `r` number; `T` tags; `N` nodes
    with their positions; `M` members. In the order of the source.

    Raises
    ------
    CityError
        SOURCE_MISSING, SOURCE_EMPTY, SOURCE_FOREIGN or SOURCE_DAMAGED.
    """
    check_header(source)
    with tempfile.TemporaryDirectory(prefix="anlan-streets-") as folder:
        target = Path(folder) / "streets.opl"
        try:
            with osmium.SimpleWriter(osmium.io.File(str(target), _FORMAT)) as writer:
                located = osmium.NodeLocationsForWays(osmium.index.create_map("sparse_mem_array"))
                located.ignore_errors()  # extracts cut ways at their border: see `NOWHERE`
                reader = osmium.io.Reader(osmium.io.File(str(source), "pbf"))
                osmium.apply(reader, located, osmium.filter.KeyFilter(*keys), writer)
        except (RuntimeError, OSError) as error:
            raise CityError(code="SOURCE_DAMAGED", file=source.name, reason=str(error)) from error
        text = target.read_text(encoding="utf-8")
    return [line.split(" ") for line in text.split("\n") if line]


def tags_of(fields: Sequence[str]) -> Tags:
    """Read the tags of a line."""
    return _tags(next((field for field in fields if field[0] == "T"), "T"))


@lru_cache(maxsize=4096)
def _tags(text: str) -> Tags:
    """Read a field of tags; most ways share theirs with others."""
    pairs = (pair.split("=", 1) for pair in text[1:].split(",") if pair)
    if "%" in text:
        return {plain(key): plain(value) for key, value in pairs}
    return dict(pairs)


def plain(text: str) -> str:
    """Undo OPL's way to write spaces, commas and the like: `%20%` is a space."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def members_of(fields: Sequence[str]) -> list[tuple[str, int, str]]:
    """Read the members of a relation: type (`n`, `w`, `r`), number and role."""
    text = next((field for field in fields if field[0] == "M"), "M")[1:]
    members = (member.split("@", 1) for member in text.split(",") if member)
    return [(who[0], int(who[1:]), plain(role)) for who, role in members]


def node_lists(ways: Sequence[Sequence[str]]) -> NodeLists:
    """Read the nodes of ways, all at once."""
    lists = ["".join(field for field in fields if field[0] == "N")[1:] for fields in ways]
    text = np.frombuffer("\n".join([*lists, ""]).encode("ascii"), np.uint8)
    counts, ref, at = _read_nodes(text, int((text == _NODE).sum()), len(lists))
    return NodeLists(np.concatenate([[0], np.cumsum(counts)]), ref, at)


@compiled
def _read_nodes(text: U8, nodes: int, lists: int) -> tuple[I64, I64, I32]:
    """Read `n1x24.5y60.25,n2xy` and so on; each list ends with a line end."""
    counts = np.zeros(lists, np.int64)
    ref = np.zeros(nodes, np.int64)
    at = np.full((nodes, 2), NOWHERE, np.int32)
    row, node, field = 0, -1, _LINE_END
    number, sign, digits, decimals = 0, 1, 0, -1
    for letter in text:
        if _ZERO <= letter <= _NINE:
            number = number * 10 + (letter - _ZERO)
            digits += 1
            decimals += decimals >= 0
        elif letter == _MINUS:
            sign = -1
        elif letter == _POINT:
            decimals = 0
        else:
            if field == _NODE and digits:
                ref[node] = sign * number
            elif digits and field in (_EAST, _NORTH):
                scaled = sign * number * 10 ** (DEGREE_DIGITS - max(decimals, 0))
                at[node, 0 if field == _EAST else 1] = scaled
            if letter == _NODE:
                node += 1
                counts[row] += 1
            row += letter == _LINE_END
            number, sign, digits, decimals, field = 0, 1, 0, -1, letter
    return counts, ref, at


assert DEGREE_UNITS == 10**DEGREE_DIGITS  # noqa: S101 - both say what OpenStreetMap stores
