"""What the tests of the log need: its tables as their owner, the rows as the superuser."""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.rows import dict_row
from tests.database import server

from anlan.kernel.postgres.secret import ADMINISTRATOR


def asked(name: str, statement: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
    """Run a statement in the database `name` as its superuser; return the rows, if it has any."""
    where = server().connection(ADMINISTRATOR, database=name).conninfo()
    with psycopg.connect(where, row_factory=dict_row) as connection:
        found = connection.execute(statement, values)
        return found.fetchall() if found.description else []


def leaves_of(name: str, row: object) -> list[dict[str, Any]]:
    """Return the waiting leaves of one row, the first first."""
    return asked(name, "SELECT * FROM audit_leaf WHERE row_id = %s ORDER BY position", [row])
