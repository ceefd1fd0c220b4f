"""Writes the log as a folder that `anlan-verify` checks offline (C2SP tlog-tiles)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from psycopg import sql

from anlan.audit.checking import covered_tables
from anlan.audit.coverage import left_out_columns
from anlan.audit.errors import LogDamagedError, NothingSealedError
from anlan.audit.sealed import Connection, Stated, hashes_of, stated_by
from anlan_tlog.notes import Note, Signature, Verifier
from anlan_tlog.tiles import Tile, bundle, tiles_of

READ_ROWS = 500
_COSIGNED = """
    SELECT checkpoint.note, array_agg(witness.line) FILTER (WHERE witness.size = checkpoint.size)
    FROM audit_checkpoint AS checkpoint CROSS JOIN (
        SELECT name, size, line FROM audit_witness UNION ALL SELECT '', 0, ''
    ) AS witness
    GROUP BY checkpoint.size, checkpoint.note
    ORDER BY count(*) FILTER (WHERE witness.size = checkpoint.size) DESC, checkpoint.size DESC
    LIMIT 1
"""
_ENTRIES = "SELECT entry FROM audit_entry WHERE number >= %s AND number < %s ORDER BY number"
_LATER = "SELECT entry FROM audit_entry WHERE number >= %s ORDER BY number"
_WAITING = """
    SELECT json_build_object(
        'table', table_name, 'row', row_id, 'verb', verb, 'digest', digest
    )::text
    FROM audit_leaf ORDER BY position
"""
_ROWS = """
    WITH waiting AS MATERIALIZED (
        SELECT DISTINCT ON (row_id) row_id, salt FROM audit_leaf WHERE table_name = {name}
        ORDER BY row_id, position DESC
    )
    SELECT held.id::text, encode(coalesce(waiting.salt, sealed.salt, ''), 'hex'),
        (to_jsonb(held) - {left_out}::text[])::text
    FROM {table} AS held LEFT JOIN waiting ON waiting.row_id = held.id
    LEFT JOIN audit_row AS sealed ON sealed.table_name = {name} AND sealed.row_id = held.id
    ORDER BY held.id
"""


def export(connection: Connection, key: Verifier, folder: Path, *, with_rows: bool) -> Stated:
    """Write the log into `folder`, from one snapshot of the database; return what it states.

    That is the last checkpoint that most witnesses cosigned, the last one of all where there is no
    witness; what was sealed after it is told of as waiting. `connection` is of the owner of the
    tables, in a transaction that sees one snapshot.

    Raises
    ------
    NothingSealedError
        There is no checkpoint.
    LogDamagedError
        The checkpoint or a tile is not what it was.
    """
    row = connection.execute(_COSIGNED).fetchone()
    if row is None:
        raise NothingSealedError
    stated = stated_by(row[0].encode(), key)
    lines = tuple(Signature.of_line(line.rstrip("\n")) for line in row[1] or ())
    note = Note(stated.note.text, (*stated.note.signatures, *lines))
    size = stated.checkpoint.size
    for tile in tiles_of(size):
        _write(folder / tile.path(), _content(connection, tile))
    _write_lines(folder / "waiting.jsonl", _after(connection, size))
    if with_rows:
        connection.execute("SET LOCAL timezone = 'UTC'")
        for table in covered_tables(connection):
            _write_lines(folder / "rows" / f"{table}.jsonl", _rows(connection, table))
    _write(folder / "checkpoint", str(note).encode())
    return Stated(stated.checkpoint, note)


def _content(connection: Connection, tile: Tile) -> bytes:
    if tile.level is not None:
        return b"".join(hashes_of(connection, tile.level, tile.start, tile.width))
    rows = connection.execute(_ENTRIES, [tile.start, tile.start + tile.width]).fetchall()
    if len(rows) < tile.width:
        raise LogDamagedError(reason=f"entries are gone from {tile.start} on")
    return bundle(entry.encode() for (entry,) in rows)


def _after(connection: Connection, size: int) -> Iterator[str]:
    for statement, values in ((_LATER, [size]), (_WAITING, [])):
        for (line,) in connection.execute(statement, values):
            yield line


def _rows(connection: Connection, table: str) -> Iterator[str]:
    asked = sql.SQL(_ROWS).format(
        name=sql.Literal(table),
        table=sql.Identifier(table),
        left_out=sql.Literal(left_out_columns(table)),
    )
    with connection.cursor(name="audit_export") as cursor:
        cursor.itersize = READ_ROWS
        for row, salt, content in cursor.execute(asked):
            yield _line({"row": row, "salt": salt, "content": content})


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.write_bytes(content)


def _write_lines(file: Path, lines: Iterator[str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with file.open("w", encoding="utf-8") as writer:
        writer.writelines(f"{line}\n" for line in lines)
