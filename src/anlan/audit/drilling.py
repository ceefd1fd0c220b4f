"""The tamper drill: as the superuser change what was sealed in five ways, and look who notices.

On a scratch database of its own, in a transaction that is taken back. Each must be noticed by the
next look of the sealer, which comes with its next checkpoint, and the row must be named.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from anlan.audit import keys
from anlan.audit.checking import check_all
from anlan.audit.covering import cover_tables
from anlan.audit.errors import LogDamagedError
from anlan.audit.sealed import Connection, last_stated
from anlan.audit.sealing import goes_on, seal_batch
from anlan.kernel.postgres.secret import OWNER

ROWS = 600  # more than two tiles of the log
TABLE = "drill_note"
ASIDE = 2**40  # no entry has this number
OWN_TABLES = ("audit_entry", "audit_row", "audit_tile", "audit_checkpoint")
_MAKE = f"""
    CREATE TABLE {TABLE} (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), words text NOT NULL);
    ALTER TABLE {TABLE} OWNER TO {OWNER};
"""
_FILL = f"INSERT INTO {TABLE} (words) SELECT 'note ' || n FROM generate_series(1, {ROWS}) AS n"  # noqa: S608 - our own name
_UNSEEN = "SET session_replication_role = replica"
_SEEN = "SET session_replication_role = origin"


@dataclass(frozen=True, slots=True)
class Tampering:
    """One way of changing what was sealed; `noticed` holds what a look finds, within `after_s`."""

    name: str
    did: str
    row: UUID
    noticed: tuple[str, ...]
    after_s: float

    @property
    def named(self) -> str:
        """What names the row that was tampered with; empty where nothing does."""
        return next((line for line in self.noticed if str(self.row) in line), "")

    @property
    def holds(self) -> bool:
        """Whether it is as it must be: named, and where nothing was done nothing is found."""
        return bool(self.named) if self.did else not self.noticed


class Scratch:
    """A sealed log that may be broken; `connection` is of the database's superuser."""

    def __init__(self, connection: Connection) -> None:
        """Make a table of notes, cover it, fill it, seal it."""
        self.connection = connection
        with connection.transaction():
            self.do(_MAKE)
            cover_tables(connection.cursor())
            self.do(_FILL)
        self.seal()
        (self.row,) = self.do(f"SELECT id FROM {TABLE} ORDER BY id OFFSET 300 LIMIT 1")  # noqa: S608
        asked = "SELECT number FROM audit_entry WHERE row_id = %s"
        (self.number,) = self.do(asked, self.row)

    def do(self, statement: str, *values: object) -> tuple[Any, ...]:
        """Run a statement; return its first row, if it has any."""
        cursor = self.connection.execute(statement.encode(), values or None)
        return (cursor.fetchone() or ()) if cursor.description else ()

    def seal(self) -> None:
        """Seal all that waits."""
        while seal_batch(self.connection, keys.read_key()):
            pass

    def found(self) -> Iterator[str]:
        """Yield all that the sealer's look finds."""
        stated = last_stated(self.connection, keys.read_key().verifier)
        try:
            goes_on(self.connection, keys.read_key())
        except LogDamagedError as error:
            yield str(error)
        yield from check_all(self.connection, stated.checkpoint.size if stated else 0)

    def edit(self) -> None:
        """Edit a row, and leave the log alone."""
        self.do(f"UPDATE {TABLE} SET words = 'nothing happened' WHERE id = %s", self.row)  # noqa: S608

    def delete(self) -> None:
        """Delete a row with the salt of its entry."""
        self.do(f"DELETE FROM {TABLE} WHERE id = %s", self.row)  # noqa: S608
        self.do("DELETE FROM audit_row WHERE row_id = %s", self.row)

    def reorder(self) -> None:
        """Exchange the row's entry with the first one of the log."""
        for old, new in ((self.number, ASIDE), (0, self.number), (ASIDE, 0)):
            self.do("UPDATE audit_entry SET number = %s WHERE number = %s", new, old)

    def truncate(self) -> None:
        """Cut the log back to where it was before the row was written last."""
        for table in OWN_TABLES:
            self.do(f"CREATE TEMPORARY TABLE old_{table} ON COMMIT DROP AS TABLE {table}")
        self._write_again(f"WHERE id = '{self.row}'")
        for table in OWN_TABLES:
            self.do(f"TRUNCATE {table}")
            self.do(f"INSERT INTO {table} SELECT * FROM old_{table}")  # noqa: S608

    def fork(self) -> None:
        """Write another, longer log from the start, signed with the key; the row is not in it."""
        kept = keys.kept_file()
        there = kept.read_bytes()
        self.do(f"TRUNCATE {', '.join(OWN_TABLES)}")
        kept.unlink()
        for _ in range(2):
            self._write_again(f"WHERE id <> '{self.row}'")
        kept.write_bytes(there)

    def _write_again(self, which: str) -> None:
        self.do(_SEEN)
        self.do(f"UPDATE {TABLE} SET words = words || '.' {which}")  # noqa: S608
        self.seal()
        self.do(_UNSEEN)


WAYS: tuple[tuple[str, Callable[[Scratch], None]], ...] = (
    ("edit", Scratch.edit),
    ("delete", Scratch.delete),
    ("reorder", Scratch.reorder),
    ("truncate", Scratch.truncate),
    ("fork", Scratch.fork),
)


def drill(connection: Connection) -> Iterator[Tampering]:
    """Tamper in each way, look, take it back; first look where nothing was done."""
    scratch = Scratch(connection)
    yield _looked_at(scratch, "nothing", "", time.monotonic())
    kept = keys.kept_file()
    for name, way in WAYS:
        there = kept.read_bytes()
        with connection.transaction(force_rollback=True):
            scratch.do(_UNSEEN)
            way(scratch)
            did = " ".join((way.__doc__ or "").split())
            found = _looked_at(scratch, name, did, time.monotonic())
        kept.write_bytes(there)
        yield found


def _looked_at(scratch: Scratch, name: str, did: str, since_s: float) -> Tampering:
    noticed = tuple(scratch.found())
    return Tampering(name, did, scratch.row, noticed, time.monotonic() - since_s)
