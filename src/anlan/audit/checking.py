"""Looks for what was changed behind the log's back: by whoever may do anything in the database.

An entry is compared with the hash that was sealed, a row with the last entry that tells of it. Both
are read a page at a time, so that a round has a limit and all of it is read again and again.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from anlan.audit.coverage import covered, left_out_columns
from anlan.audit.errors import LogDamagedError
from anlan.audit.sealed import Connection, hashes_of
from anlan_tlog.merkle import TILE_WIDTH, folded, leaf_hash

PAGE_ROWS = 500
NO_ROW = UUID(int=0)
_ENTRIES = """
    SELECT number, table_name, row_id, entry FROM audit_entry
    WHERE number >= %s AND number < %s ORDER BY number
"""
_DROPPED = """
    SELECT told.* FROM audit_entry AS told
    LEFT JOIN audit_row AS kept ON kept.table_name = told.table_name AND kept.row_id = told.row_id
    WHERE told.number >= %s AND told.number < %s AND kept.number IS DISTINCT FROM told.number
        AND NOT EXISTS (
            SELECT FROM audit_entry AS later WHERE later.row_id = told.row_id
                AND later.table_name = told.table_name AND later.number > told.number
        )
"""
_TABLES = """
    SELECT c.relname::text, coalesce(bool_or(t.tgname = 'audit_leaf' AND t.tgenabled IN ('O', 'A')),
        false)
    FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT c.relispartition
    GROUP BY c.relname ORDER BY c.relname
"""
_PRESENT = "SELECT row_id, digest FROM audit_digests(%s, %s, %s, %s)"
_SEALED = """
    SELECT kept.row_id, kept.number, told.entry FROM audit_row AS kept
    LEFT JOIN audit_entry AS told ON told.number = kept.number
    WHERE kept.table_name = %s AND kept.row_id > %s AND kept.row_id <= %s
"""
_WAITING = """
    SELECT DISTINCT ON (row_id) row_id, verb, digest FROM audit_leaf
    WHERE table_name = %s AND row_id > %s AND row_id <= %s ORDER BY row_id, position DESC
"""
LAST_ROW = UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Page:
    """What one page held: what is wrong in it, where the next begins (None after the last)."""

    findings: list[str]
    next_after: UUID | None


def covered_tables(connection: Connection) -> Mapping[str, bool]:
    """Return the tables that the log covers, and whether their trigger is on."""
    found: list[tuple[str, bool]] = connection.execute(_TABLES).fetchall()
    return {table: told for table, told in found if covered(table)}


def triggers_off(connection: Connection) -> list[str]:
    """Say of which tables writes leave no leaf."""
    found = covered_tables(connection)
    return [f"{table}: its trigger is off" for table, told in found.items() if not told]


def check_entries(connection: Connection, size: int, index: int) -> list[str]:
    """Compare the entries of tile `index`, of a log of `size`, with the hashes that were sealed."""
    start, end = index * TILE_WIDTH, min((index + 1) * TILE_WIDTH, size)
    try:
        sealed = hashes_of(connection, 0, start, end - start)
    except LogDamagedError as error:
        return [str(error)]
    findings = _wrong_above(connection, size, index)
    rows = connection.execute(_ENTRIES, [start, end]).fetchall()
    present = {number: (table, row, entry) for number, table, row, entry in rows}
    for number, hashed in enumerate(sealed, start):
        wrong = _wrong_entry(number, hashed, present.get(number))
        findings += [wrong] if wrong else []
    for number, table, row, entry in connection.execute(_DROPPED, [start, end]).fetchall():
        if _said(entry)["verb"] != "DELETE":
            findings.append(f"{table} {row}: the salt of its entry {number} was taken away")
    return findings


def _wrong_above(connection: Connection, size: int, index: int) -> list[str]:
    """Say which of the tiles that end with tile `index` of level 0 do not give the hash above."""
    level, count = 0, size // TILE_WIDTH
    while index < count:
        try:
            tile = hashes_of(connection, level, index * TILE_WIDTH, TILE_WIDTH)
            (above,) = hashes_of(connection, level + 1, index, 1)
        except LogDamagedError as error:
            return [str(error)]
        if folded(tile) != above:
            return [f"tile {index} of level {level} does not give the hash above it"]
        if index % TILE_WIDTH != TILE_WIDTH - 1:
            break
        level, index, count = level + 1, index // TILE_WIDTH, count // TILE_WIDTH
    return []


def _wrong_entry(number: int, hashed: bytes, found: tuple[str, UUID, str] | None) -> str:
    if found is None:
        return f"entry {number} is gone"
    table, row, entry = found
    if leaf_hash(entry.encode()) != hashed:
        return f"{table} {row}: entry {number} is not the one that was sealed"
    said = _said(entry)
    same = (said["table"], said["row"]) == (table, str(row))
    return "" if same else f"{said['table']} {said['row']}: entry {number} was moved to another row"


def _said(entry: str) -> dict[str, Any]:
    """Read an entry that may be no entry any more."""
    try:
        said = json.loads(entry)
    except ValueError:
        said = {}
    nothing = dict.fromkeys(("table", "row", "verb", "digest"), "")
    return nothing | (said if isinstance(said, dict) else {})


def check_rows(connection: Connection, table: str, after: UUID = NO_ROW) -> Page:
    """Compare a page of a table's rows with their last entries, in one snapshot."""
    left_out = left_out_columns(table)
    rows = connection.execute(_PRESENT, [table, left_out, after, PAGE_ROWS]).fetchall()
    present: dict[UUID, str | None] = dict(rows)
    full = len(rows) == PAGE_ROWS
    until = rows[-1][0] if full else LAST_ROW
    told = _told(connection, [table, after, until])
    findings = [
        f"{table} {row}: {wrong}"
        for row in sorted(present.keys() | told.keys())
        if (wrong := _wrong_row(row in present, present.get(row), told.get(row)))
    ]
    return Page(findings, until if full else None)


def _told(connection: Connection, within: Sequence[object]) -> dict[UUID, tuple[str, str, str]]:
    """Return the last that is told of each row: where, the verb, the digest."""
    told: dict[UUID, tuple[str, str, str]] = {}
    for row, number, entry in connection.execute(_SEALED, within).fetchall():
        said = _said(entry or "")
        told[row] = (f"entry {number}", said["verb"], said["digest"])
    for row, verb, digest in connection.execute(_WAITING, within).fetchall():
        told[row] = ("what waits to be sealed", verb, digest)
    return told


def _wrong_row(there: bool, digest: str | None, told: tuple[str, str, str] | None) -> str:  # noqa: FBT001
    """Return what does not fit between a row and what is told of it; empty where all fits."""
    if told is None:
        return "no entry tells of it"
    place, verb, claimed = told
    if there and verb == "DELETE":
        return f"{place} says that it was deleted, and it is there"
    if not there:
        return "" if verb == "DELETE" else f"{place} tells of it, and it is gone"
    return "" if digest == claimed else f"its content is not that of {place}"


def check_all(connection: Connection, size: int) -> Iterator[str]:
    """Check all that is there once, in one snapshot; yield what is wrong."""
    yield from triggers_off(connection)
    for index in range(-(-size // TILE_WIDTH)):
        yield from check_entries(connection, size, index)
    for table in covered_tables(connection):
        after: UUID | None = NO_ROW
        while after is not None:
            page = check_rows(connection, table, after)
            yield from page.findings
            after = page.next_after
