"""The sealer: gives committed leaves their numbers in the log, and signs what it then states.

One at a time, by an advisory lock; a batch is one transaction, so that whatever kills it leaves
nothing half done. Numbers are given here and not where leaves are written, because a transaction
that commits late has drawn its position early.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from anlan.audit.errors import LogDamagedError
from anlan.audit.keys import keep_note, kept_note
from anlan.audit.sealed import (
    Connection,
    Stated,
    frontier_of,
    grow,
    last_stated,
    stated_by,
    tree_of,
)
from anlan_tlog.merkle import leaf_hash
from anlan_tlog.notes import Checkpoint, Note, Signer

SEAL_BATCH_LEAVES = 2_000
SEAL_LOCK_KEY = 0x616E6C616F  # one sealer at a time, however many workers run
_WAITING = "SELECT * FROM audit_leaf ORDER BY position LIMIT %s"
_ENTER = "COPY audit_entry (number, table_name, row_id, entry) FROM STDIN"
_TOLD = """
    INSERT INTO audit_row (table_name, row_id, number, salt)
    SELECT * FROM unnest(%s::text[], %s::uuid[], %s::bigint[], %s::bytea[])
    ON CONFLICT (table_name, row_id) DO UPDATE SET number = excluded.number, salt = excluded.salt
"""
_FORGOTTEN = """
    DELETE FROM audit_row USING unnest(%s::text[], %s::uuid[]) AS gone (table_name, row_id)
    WHERE audit_row.table_name = gone.table_name AND audit_row.row_id = gone.row_id
"""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One write, as the trigger told it."""

    position: int
    table_name: str
    row_id: UUID
    verb: str
    actor: str
    organisation: str
    purpose: str
    written_at: datetime
    digest: str
    salt: bytes | None

    def entry(self) -> str:
        """Return the entry that stands in the log."""
        said = {
            "actor": self.actor,
            "at": self.written_at.astimezone(UTC).isoformat(),
            "digest": self.digest,
            "organisation": self.organisation,
            "purpose": self.purpose,
            "row": str(self.row_id),
            "table": self.table_name,
            "verb": self.verb,
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def seal_batch(connection: Connection, key: Signer) -> int:
    """Seal up to `SEAL_BATCH_LEAVES` leaves in one transaction; return how many.

    None where another sealer is at work or nothing waits.

    Raises
    ------
    LogDamagedError
        What was sealed before is not what it was; nothing is sealed on top of it.
    """
    with connection.transaction():
        if not _alone(connection):
            return 0
        before = goes_on(connection, key)
        with connection.cursor(row_factory=class_row(Leaf)) as cursor:
            leaves = cursor.execute(_WAITING, [SEAL_BATCH_LEAVES]).fetchall()
        if not leaves:
            return 0
        note = _sealed(connection, key, before, leaves)
    keep_note(note)
    return len(leaves)


def goes_on(connection: Connection, key: Signer) -> Stated | None:
    """Return the log's last checkpoint, which goes on from the one that was kept outside.

    Raises `LogDamagedError` where it does not: the log was cut, or is another.
    """
    last, kept = last_stated(connection, key.verifier), kept_note()
    if kept is None or (last is not None and kept.text == last.note.text):
        return last
    known = stated_by(str(kept).encode(), key.verifier).checkpoint
    size = last.checkpoint.size if last else 0
    if known.size > size:
        raise LogDamagedError(reason=f"it had {known.size} entries and now states {size}")
    if tree_of(connection, known.size).root() != known.root:
        reason = f"its first {known.size} entries are not those that were signed"
        raise LogDamagedError(reason=reason)
    return last


def _alone(connection: Connection) -> bool:
    row = connection.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEAL_LOCK_KEY]).fetchone()
    return bool(row and row[0])


def _sealed(
    connection: Connection, key: Signer, before: Stated | None, leaves: Sequence[Leaf]
) -> Note:
    frontier = frontier_of(connection, before.checkpoint if before else None)
    first, entries = frontier.size, [leaf.entry() for leaf in leaves]
    with connection.cursor().copy(_ENTER) as copy:
        for number, (leaf, entry) in enumerate(zip(leaves, entries, strict=True), first):
            copy.write_row((number, leaf.table_name, leaf.row_id, entry))
    grow(connection, frontier, (leaf_hash(entry.encode()) for entry in entries))
    _remember(connection, first, leaves)
    connection.execute(
        "DELETE FROM audit_leaf WHERE position = ANY(%s)", [[leaf.position for leaf in leaves]]
    )
    text = Checkpoint(key.name, frontier.size, frontier.root()).text()
    note = Note(text, (key.sign(text),))
    connection.execute(
        "INSERT INTO audit_checkpoint (size, note) VALUES (%s, %s)", [frontier.size, str(note)]
    )
    return note


def _remember(connection: Connection, first: int, leaves: Sequence[Leaf]) -> None:
    """Keep the salt of each row's last leaf; with that of the one before, its content is gone."""
    last = {(leaf.table_name, leaf.row_id): (at, leaf) for at, leaf in enumerate(leaves, first)}
    gone = [row for row, (_, leaf) in last.items() if leaf.verb == "DELETE"]
    there = [(*row, at, leaf.salt) for row, (at, leaf) in last.items() if leaf.verb != "DELETE"]
    if there:
        connection.execute(_TOLD, _columns(there))
    if gone:
        connection.execute(_FORGOTTEN, _columns(gone))


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
