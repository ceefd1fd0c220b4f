"""The restore drill: the newest backup recovered aside, every row compared with the live ones."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql

from anlan.kernel.postgres.bounded import waiting_for
from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.recovery.errors import DrillFailedError, RecoveryError
from anlan.kernel.recovery.log_keeping import REACHED, LogKeeper, Source, Tell, value_of
from anlan.kernel.recovery.repository import Repository
from anlan.kernel.recovery.restoring import recovered
from anlan.kernel.recovery.taking import Advance

STILL_LIMIT_MS = 2_000
STILL_TRIES = 5
NAMES_SHOWN = 5
TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND n.nspname NOT LIKE 'pg\\_%%' AND c.relpersistence = 'p'
    ORDER BY 1, 2
"""
HASH = (
    "SELECT count(*), coalesce(sum(hashtextextended(t::text, 1)::numeric), 0)::text,"
    " coalesce(sum(hashtextextended(t::text, 2)::numeric), 0)::text FROM ONLY {} t"
)

Hashes = Mapping[str, tuple[Any, ...]]
"""For each table: how many rows, and two sums over all of them that no order changes."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a drill found. `lost_s` is the recovery point, `back_s` the recovery time."""

    backup: str
    tables: int
    rows: int
    size_bytes: int
    segments: int
    lost_s: float
    back_s: float


def compare(
    source: Source, repository: Repository, home: Home, *, tell: Tell, advance: Advance
) -> Compared:
    """Restore the newest backup aside up to this moment and compare the rows of every table.

    For the moment writers are held up for as long as a lock of all tables takes, at most
    `STILL_LIMIT_MS`; the hashes are taken of a snapshot afterwards, beside the writers.

    Raises
    ------
    RecoveryError
        There is no backup to restore, or a table differs (`DrillFailedError`).
    """
    point = f"drill-{os.getpid()}-{time.monotonic_ns()}"
    manifest = repository.base_before(None)
    behind_s = _behind_s(source)
    with _still(source, point) as (position, live):
        began = time.monotonic()
        LogKeeper(source, repository, tell=tell).catch_up(position)
        safe_s = time.monotonic() - began
        wanted = hashes_of(live)
    began = time.monotonic()
    targets = {"recovery_target_name": point}
    with recovered(repository, manifest, home, targets=targets, advance=advance) as (server, count):
        back_s = time.monotonic() - began
        with psycopg.connect(server.connection(ADMINISTRATOR).conninfo()) as restored:
            found = hashes_of(restored)
    different = sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name))
    if different:
        raise DrillFailedError(tables=", ".join(different[:NAMES_SHOWN]))
    rows = sum(int(one[0]) for one in wanted.values())
    return Compared(
        manifest.name, len(wanted), rows, manifest.size_bytes, count,
        max(behind_s, safe_s), back_s,
    )  # fmt: skip


def hashes_of(connection: psycopg.Connection[Any]) -> Hashes:
    """Return a hash of the rows of every table that is not PostgreSQL's own."""
    found = {}
    for schema, table in tables_of(connection):
        query = sql.SQL(HASH).format(sql.Identifier(schema, table))
        found[f"{schema}.{table}"] = connection.execute(query).fetchone() or ()
    return found


def tables_of(connection: psycopg.Connection[Any]) -> list[tuple[str, str]]:
    """Return schema and name of every table that is not PostgreSQL's own, in order."""
    return [(str(row[0]), str(row[1])) for row in connection.execute(TABLES).fetchall()]


def _behind_s(source: Source) -> float:
    """Return for how long nothing was sealed; 0 while a keeper runs."""
    file = source.spool / REACHED
    with source.connect() as connection:
        running = value_of(connection, "SELECT count(*) FROM pg_stat_replication")
        now: datetime = value_of(connection, "SELECT clock_timestamp()")
    if running or not file.exists():
        return 0.0
    return max(0.0, now.timestamp() - file.stat().st_mtime)


@contextmanager
def _still(source: Source, point: str) -> Iterator[tuple[str, psycopg.Connection[Any]]]:
    """Mark a point of the log at which no transaction writes; give it with a snapshot of then."""
    for _ in range(STILL_TRIES):
        with (
            source.connect() as holding,
            source.connect() as reading,
            waiting_for(reading, None),
        ):
            reading.execute("SET statement_timeout = 0")
            try:
                with holding.transaction():
                    snapshot = _hold(holding)
                    reading.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    reading.execute(
                        sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot))
                    )
                    reading.execute("SELECT 1")
                    restore_point = "SELECT pg_create_restore_point(%s)::text"
                    position = str(value_of(holding, restore_point, point))
            except psycopg.errors.LockNotAvailable:
                continue
            yield position, reading
            return
    raise RecoveryError(reason="the tables were busy; try the drill again")


def _hold(connection: psycopg.Connection[Any]) -> str:
    """Lock every table against writing; return a snapshot of that moment."""
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    connection.execute(f"SET LOCAL lock_timeout = {STILL_LIMIT_MS}")
    # Listing the tables would take the snapshot too early, so a connection of its own lists them.
    with psycopg.connect(connection.info.dsn, password=connection.info.password) as listing:
        names = [sql.Identifier(*name) for name in tables_of(listing)]
    if names:
        connection.execute(sql.SQL("LOCK TABLE ONLY {} IN SHARE MODE").format(_listed(names)))
    return str(value_of(connection, "SELECT pg_export_snapshot()"))


def _listed(names: list[sql.Identifier]) -> sql.Composed:
    return sql.SQL(", ONLY ").join(names)
