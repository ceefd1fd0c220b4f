"""The sealer at work: seals what waits, looks through a part of what was sealed, tells of both."""

import time
from dataclasses import dataclass, field, replace
from uuid import UUID

import psycopg
import structlog
from prometheus_client import Gauge

from anlan.audit.checking import (
    NO_ROW,
    check_entries,
    check_rows,
    covered_tables,
    triggers_off,
)
from anlan.audit.keys import read_key
from anlan.audit.pruning import prune
from anlan.audit.sealed import Connection
from anlan.audit.sealing import SEAL_BATCH_LEAVES, goes_on, seal_batch
from anlan.audit.witnesses import ask_all
from anlan.kernel.errors import OperatorError
from anlan.kernel.postgres.bounded import CONNECT_LIMIT_S, STATEMENT_LIMIT_S, BoundedConnection
from anlan.kernel.postgres.where import database
from anlan_tlog.merkle import TILE_WIDTH
from anlan_tlog.notes import Signer

SEAL_EVERY_S = 5.0
COSIGN_EVERY_S = 10.0
TELL_EVERY_S = 60.0  # what stays wrong is told again, and not every round
LOOK_EVERY_S = 30.0
PRUNE_EVERY_S = 3_600.0
LOOK_LIMIT_S = 1.0  # the next look goes on from there
FINDINGS_TOLD = 20
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"

UNSEALED = Gauge("anlan_audit_unsealed_leaves", "Leaves that wait to be sealed")
OLDEST = Gauge("anlan_audit_unsealed_seconds", "Age of the oldest leaf that waits to be sealed")
FINDINGS = Gauge("anlan_audit_findings", "What was changed behind the audit log, at the last look")
DAMAGED = Gauge("anlan_audit_damaged", "1 while nothing is sealed: no key, or a damaged log")
_WAITING = """
    SELECT count(*), coalesce(extract(epoch FROM now() - min(written_at)), 0) FROM audit_leaf
"""
log = structlog.get_logger("anlan.audit")


def connect(name: str | None = None) -> Connection:
    """Return a connection as the sealer's own role, to the database `name` where one is given."""
    where = database("sealer")
    where = replace(where, name=name or where.name)
    return BoundedConnection.connect(
        where.conninfo(),
        autocommit=True,
        prepare_threshold=None,
        connect_timeout=CONNECT_LIMIT_S,
        options=f"-c statement_timeout={STATEMENT_LIMIT_S * 1_000}",
        application_name="anlan-sealer",
    )


@dataclass
class Rounds:
    """How far the looking has come: a tile of entries, a table, a row in it."""

    tile: int = 0
    table: str = ""
    after: UUID | None = None
    found: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)

    def look(self, connection: Connection, size: int) -> list[str]:
        """Look for `LOOK_LIMIT_S`; return all that the last two times through found."""
        ends = time.monotonic() + LOOK_LIMIT_S
        with connection.transaction():
            connection.execute(SNAPSHOT)
            tables = [*covered_tables(connection)]
            while True:
                ended = self._step(connection, size, tables)
                if ended:
                    self.found += triggers_off(connection)
                    self.before, self.found = self.found, []
                if ended or time.monotonic() > ends:
                    return sorted({*self.before, *self.found})

    def _step(self, connection: Connection, size: int, tables: list[str]) -> bool:
        """Look at one page; say whether that was the last of all."""
        if self.tile * TILE_WIDTH < size:
            self.found += check_entries(connection, size, self.tile)
            self.tile += 1
            return False
        if self.after is None:
            left = [table for table in tables if table > self.table]
            if not left:
                self.tile, self.table = 0, ""
                return True
            self.table, self.after = left[0], NO_ROW
        page = check_rows(connection, self.table, self.after)
        self.found += page.findings
        self.after = page.next_after
        return False


class Worker:
    """Something done to the log every few seconds, on a connection that is kept.

    Whatever is in the way is told, and is no error: writes go on, leaves wait.
    """

    event = "audit_not_sealed"

    def __init__(self, name: str | None = None) -> None:
        """Connect to nothing yet; `name` is a database that is not the usual one."""
        self._name = name
        self._connection: Connection | None = None
        self._told: tuple[list[str], float] = ([], 0.0)

    def round(self) -> int:
        """Do what there is to do; return how much was done."""
        try:
            key = read_key()
            if self._connection is None or self._connection.closed:
                self._connection = connect(self._name)
            done = self._round(self._connection, key)
        except (OperatorError, psycopg.Error) as error:
            damaged = isinstance(error, OperatorError)
            self._hindered(damaged=damaged)
            self._tell([str(error) if damaged else type(error).__name__], self.event)
            if not damaged:
                self.close()
            return 0
        self._hindered(damaged=False)
        return done

    def _round(self, connection: Connection, key: Signer) -> int:
        raise NotImplementedError

    def _hindered(self, *, damaged: bool) -> None:
        """Show whether the log itself is in the way."""

    def close(self) -> None:
        """Leave the database."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _tell(self, lines: list[str], event: str) -> None:
        before, told_s = self._told
        if lines != before or time.monotonic() - told_s > TELL_EVERY_S:
            log.error(event, count=len(lines), fault="; ".join(lines[:FINDINGS_TOLD]))
            self._told = (lines, time.monotonic())


class Cosigner(Worker):
    """Asks the witnesses, apart from sealing: one that is slow holds up nothing else."""

    event = "audit_not_cosigned"

    def _round(self, connection: Connection, key: Signer) -> int:
        return ask_all(connection, key)


class Sealer(Worker):
    """Seals all that waits, then looks for a while for what was changed."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name)
        self._rounds = Rounds()
        self._looked_s = -LOOK_EVERY_S
        self._pruned_s = time.monotonic()

    def _hindered(self, *, damaged: bool) -> None:
        DAMAGED.set(int(damaged))

    def _round(self, connection: Connection, key: Signer) -> int:
        sealed = 0
        while batch := seal_batch(connection, key):
            sealed += batch
            if batch < SEAL_BATCH_LEAVES:
                break
        self._show(connection)
        if time.monotonic() - self._pruned_s >= PRUNE_EVERY_S:
            self._pruned_s = time.monotonic()
            prune(connection)
        if time.monotonic() - self._looked_s >= LOOK_EVERY_S:
            self._looked_s = time.monotonic()
            stated = goes_on(connection, key)
            findings = self._rounds.look(connection, stated.checkpoint.size if stated else 0)
            FINDINGS.set(len(findings))
            if findings:
                self._tell(findings, "audit_changed_behind")
        return sealed

    @staticmethod
    def _show(connection: Connection) -> None:
        waiting = connection.execute(_WAITING).fetchone() or (0, 0)
        UNSEALED.set(waiting[0])
        OLDEST.set(float(waiting[1]))
