"""What the tests of the log need: a sealed log, and everything in it as the superuser."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.rows import dict_row
from tests.database import server
from tests.people import Desk, make_desk

from anlan.audit.checking import check_all
from anlan.audit.keys import read_key
from anlan.audit.sealed import Connection
from anlan.audit.sealer import connect
from anlan.audit.sealing import goes_on, seal_batch
from anlan.kernel.postgres.secret import ADMINISTRATOR

CALL = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "text": "Smoke", "lon": 24.94, "lat": 60.17}


def asked(
    name: str, statement: str, values: Sequence[object] | None = None
) -> list[dict[str, Any]]:
    """Run a statement in the database `name` as its superuser; return the rows, if it has any."""
    with superuser(name) as connection:
        found = connection.cursor(row_factory=dict_row).execute(statement, values)
        return found.fetchall() if found.description else []


def superuser(name: str) -> Connection:
    """Return a connection of whoever may do anything in the database `name`."""
    return psycopg.connect(server().connection(ADMINISTRATOR, database=name).conninfo())


def leaves_of(name: str, row: object) -> list[dict[str, Any]]:
    """Return the waiting leaves of one row, the first first."""
    return asked(name, "SELECT * FROM audit_leaf WHERE row_id = %s ORDER BY position", [row])


@dataclass
class SealedLog:
    """A log, sealed by the sealer's own role in the database `name`."""

    name: str
    taker: Desk = field(init=False)
    report: str = ""
    connection: Connection = field(init=False)

    def __post_init__(self) -> None:
        self.taker = make_desk("CALL_TAKER")
        self.connection = connect(self.name)

    def call(self, **more: object) -> str:
        """Take a call; return the id of its report."""
        reply = self.taker.post("reports", CALL | more)
        assert reply.status_code == 201, reply.content
        self.report = str(reply.json()["id"])
        return self.report

    def seal(self) -> int:
        """Seal all that waits; return how many entries the log has then."""
        while seal_batch(self.connection, read_key()):
            pass
        return self.size

    @property
    def size(self) -> int:
        """How many entries the log states, if it goes on from what was signed last."""
        stated = goes_on(self.connection, read_key())
        return stated.checkpoint.size if stated else 0

    @contextmanager
    def under_the_knife(self) -> Iterator[None]:
        """Let the superuser change things without a trace, and take all of it back at the end."""
        sealing = self.connection
        with superuser(self.name) as self.connection:
            self.connection.execute("SET session_replication_role = replica")
            self.connection.commit()
            yield
            self.connection.rollback()
        self.connection = sealing

    def found(self) -> list[str]:
        """Return all that a look through everything finds."""
        with self.connection.transaction():
            return list(check_all(self.connection, self.size))

    def do(self, statement: str, *values: object) -> list[dict[str, Any]]:
        """Run a statement as whoever has the log in hand now; return the rows, if it has any."""
        cursor = self.connection.cursor(row_factory=dict_row).execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []

    def last_entry(self, row: object) -> int:
        """Return the number of a row's last entry."""
        newest = "SELECT max(number) AS number FROM audit_entry WHERE row_id = %s"
        return int(self.do(newest, row)[0]["number"])

    def close(self) -> None:
        """Leave the database."""
        self.connection.close()
