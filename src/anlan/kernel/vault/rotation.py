"""A new master key: the data keys are sealed anew, the rows stay as they are.

As the tables' owner, on a connection of its own in autocommit. Every batch is a transaction; one
that was killed in between goes on where it was when it is called again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from anlan.kernel import clock
from anlan.kernel.vault import FORM, opened_old, sealed_with
from anlan.kernel.vault.columns import SealedColumn
from anlan.kernel.vault.data_keys import MAKING_LOCK, key_for_sealing, opened_key, sealed_key
from anlan.kernel.vault.errors import RotationRunningError, SealBrokenError
from anlan.kernel.vault.masters import draw_master, drop_masters, masters

BATCH_ROWS = 100
ROTATION_LOCK = MAKING_LOCK + 1
Connection = psycopg.Connection[Any]
_OTHERS = """
    SELECT id, holder, master, sealed FROM kernel_data_key WHERE master <> %s
    ORDER BY id LIMIT %s FOR UPDATE
"""
_OLD = """
    SELECT id, {column} FROM {table} WHERE substring({column} FROM 1 FOR 1) <> %s
    AND (%s::uuid IS NULL OR id > %s) ORDER BY id LIMIT %s FOR UPDATE
"""


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did: the key in force, and what was sealed anew with it.

    `broken` are texts of the form before that do not open, and stay as they are.
    """

    current: str
    data_keys: int
    texts: int
    broken: int


def rotate(
    connection: Connection, columns: Sequence[SealedColumn], *, batch_rows: int = BATCH_ROWS
) -> Rotated:
    """Draw a new master key, unless a rotation was left unfinished, and seal everything with it.

    Raises
    ------
    RotationRunningError
        Another is at work.
    MasterKeyMissingError
        A data key cannot be opened; those before it are sealed anew all the same.
    """
    with _alone(connection):
        others = "SELECT FROM kernel_data_key WHERE master <> %s LIMIT 1"
        if connection.execute(others, [masters().current]).fetchone() is None:
            draw_master()
        current = masters().current
        with connection.transaction():  # whoever read the masters before has committed after this
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [MAKING_LOCK])
        keys = sum(iter(lambda: reseal_keys(connection, current, batch_rows=batch_rows), 0))
        done = [reseal_texts(connection, column, batch_rows=batch_rows) for column in columns]
        return Rotated(current, keys, sum(one for one, _ in done), sum(one for _, one in done))


def retire(connection: Connection) -> list[str]:
    """Take every master key out of the file that seals no data key; return their names.

    Who makes a data key meanwhile waits, and reads the file afterwards.
    """
    with _alone(connection), connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [MAKING_LOCK])
        used = {row[0] for row in connection.execute("SELECT DISTINCT master FROM kernel_data_key")}
        held = masters()
        unused = sorted(set(held.keys) - used - {held.current})
        if unused:
            drop_masters(unused)
        return unused


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    got = connection.execute("SELECT pg_try_advisory_lock(%s)", [ROTATION_LOCK]).fetchone()
    if got != (True,):
        raise RotationRunningError
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("SELECT pg_advisory_unlock(%s)", [ROTATION_LOCK])


def reseal_keys(connection: Connection, current: str, *, batch_rows: int = BATCH_ROWS) -> int:
    """Seal one batch of data keys with the master called `current`; return how many."""
    with connection.transaction():
        rows = connection.execute(_OTHERS, [current, batch_rows]).fetchall()
        for key_id, holder, master, sealed in rows:
            key = opened_key(key_id, holder, master, bytes(sealed))
            connection.execute(
                "UPDATE kernel_data_key SET master = %s, sealed = %s WHERE id = %s",
                [current, sealed_key(key_id, holder, current, key), key_id],
            )
    return len(rows)


def reseal_texts(
    connection: Connection, column: SealedColumn, *, batch_rows: int = BATCH_ROWS
) -> tuple[int, int]:
    """Seal every text of the form before anew; return how many, and how many do not open."""
    after, done, broken = None, 0, 0
    names = {"table": sql.Identifier(column.table), "column": sql.Identifier(column.column)}
    changed = sql.SQL("UPDATE {table} SET {column} = %s WHERE id = %s").format(**names)
    while True:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute(sql.SQL(_OLD).format(**names), [FORM, after, after, batch_rows])
            rows = cursor.fetchall()
            for row_id, sealed in rows:
                try:
                    text = opened_old(bytes(sealed))
                except SealBrokenError:
                    broken += 1
                    continue
                key_id, key = key_for_sealing(cursor, column, clock.machine_now())
                cursor.execute(changed, [sealed_with(key_id, key, text, column, row_id), row_id])
                done += 1
        if not rows:
            return done, broken
        after = rows[-1][0]
