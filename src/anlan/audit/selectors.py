"""What an auditor reads of the log, through functions that the application may call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from anlan.audit.errors import UnknownEntryError, UnknownTileError
from anlan_tlog.merkle import TILE_WIDTH, Tree
from anlan_tlog.notes import HASH_BYTES
from anlan_tlog.tiles import Tile, bundle

SCAN_LIMIT_ENTRIES = 5_000  # looked through for a page of one table; the next goes on from there


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, and its number in the log."""

    number: int
    entry: str


@dataclass(frozen=True, slots=True)
class Witnessing:
    """How far a witness has cosigned; `wrong` says why not to the end."""

    name: str
    size: int
    cosigned_at: datetime | None
    wrong: str
    line: str


@dataclass(frozen=True, slots=True)
class StandingNow:
    """How the log stands: the last note, what waits and since when, the witnesses."""

    size: int
    note: str
    sealed_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    witnesses: list[Witnessing]


def standing() -> StandingNow:
    """Return how the log stands now; the note has the lines of those who cosigned it."""
    ((size, note, sealed_at, waiting, since),) = _rows("SELECT * FROM audit_standing_now()")
    seen = [Witnessing(*row) for row in _rows("SELECT * FROM audit_witnesses()")]
    lines = "".join(one.line for one in seen if size is not None and one.size == size)
    return StandingNow(size or 0, (note or "") + lines, sealed_at, waiting, since, seen)


def entries(table: str, row: UUID | None, first: int, limit: int) -> tuple[list[Entry], int | None]:
    """Return a page of entries from number `first` on, and where the next begins, if there is one.

    Of one row of `table`, of a `table`, or of all where both are empty. A page of a table may be
    short and have a next one all the same: so many entries are looked through at a time.
    """
    if row is not None:
        asked = "SELECT * FROM audit_entries_of(%s, %s, %s, %s)"
        found = _rows(asked, table, row, first, limit + 1)
        page = [Entry(number, entry) for number, _, entry in found]
        return page[:limit], page[limit].number if len(page) > limit else None
    until = first + (SCAN_LIMIT_ENTRIES if table else limit)
    found = _rows("SELECT * FROM audit_entries(%s, %s)", first, until)
    page = [Entry(number, entry) for number, named, entry in found if table in {"", named}]
    if len(page) > limit:
        return page[:limit], page[limit].number
    return page, until if until < standing().size else None


def tile(path: str) -> bytes:
    """Return a tile by its path (C2SP tlog-tiles); raise `UnknownTileError` where there is none."""
    asked = Tile.of_path(path.removeprefix("tile/"))
    if asked is None or asked.start + asked.width > standing().size // (
        TILE_WIDTH ** (asked.level or 0)
    ):
        raise UnknownTileError
    if asked.level is not None:
        return b"".join(_hashes(asked.level, asked.start, asked.width))
    found = _rows("SELECT * FROM audit_entries(%s, %s)", asked.start, asked.start + asked.width)
    return bundle(entry.encode() for _, _, entry in found)


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in the log: the path from it to the root that the note states."""

    number: int
    entry: str
    path: list[bytes]
    note: str
    size: int


def inclusion(table: str, row: UUID) -> Proof:
    """Return the proof for the last entry of a row.

    Raises `UnknownEntryError` where the log tells of none; `UnknownTileError` where it is damaged.
    """
    found = _rows("SELECT * FROM audit_last_entry_of(%s, %s)", table, row)
    if not found:
        raise UnknownEntryError
    number, _, entry = found[0]
    now = standing()
    path = Tree(now.size, _hashes).inclusion_proof(number)
    return Proof(number, entry, path, now.note, now.size)


def _hashes(level: int, first: int, count: int) -> Sequence[bytes]:
    index, start = divmod(first, TILE_WIDTH)
    ((content,),) = _rows("SELECT audit_hashes(%s, %s)", level, index)
    kept = bytes(content or b"")[start * HASH_BYTES : (start + count) * HASH_BYTES]
    if len(kept) < count * HASH_BYTES:
        raise UnknownTileError
    return [kept[at : at + HASH_BYTES] for at in range(0, len(kept), HASH_BYTES)]


def _rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
