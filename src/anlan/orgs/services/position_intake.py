"""Positions in great number: the last one of each unit waits a moment and is written with the rest.

Units tell where they are a thousand times a second and more, and only the last place counts. What
comes in replaces what waits for the same unit; twice a second all that waits is written by one
statement. Nothing here grows: a unit waits once, and there is a limit to how many wait.
"""

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from prometheus_client import Counter as Metric
from psycopg_pool import PoolTimeout

from anlan.kernel import clock
from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.errors import UnavailableError
from anlan.kernel.scope import scoped
from anlan.orgs.services.positions import POSITION_FUTURE_LIMIT, POSITION_PAST_LIMIT, Fix

WAITING_LIMIT_UNITS = 10_000
WRITE_EVERY_S = 0.5
WRITE_BATCH_UNITS = 2_000
AWAY = (DatabaseError, InterfaceError, PoolTimeout)
INTAKE = system_actor("position-intake")
POSITIONS = Metric("anlan_positions", "Positions of units by what became of them", ["result"])

# Rows are locked in one order and never waited for: a unit that somebody holds is written next
# time. Of a row that is locked the newest version decides, whatever the statement saw before.
_WRITE = """
    WITH fix AS (
        SELECT * FROM unnest(%s::uuid[], %s::float8[], %s::float8[], %s::timestamptz[],
                             %s::bigint[], %s::bigint[]) AS f (unit_id, lon, lat, at, low, high)
    ), held AS MATERIALIZED (
        SELECT u.id, u.duty, u.positioned_at FROM orgs_unit u JOIN fix ON fix.unit_id = u.id
        WHERE u.area BETWEEN fix.low AND fix.high
        ORDER BY u.id FOR NO KEY UPDATE OF u SKIP LOCKED
    ), moved AS (
        UPDATE orgs_unit u SET lon = fix.lon, lat = fix.lat, positioned_at = fix.at
        FROM fix JOIN held ON held.id = fix.unit_id
        WHERE u.id = held.id AND held.duty = 'ON_DUTY'
            AND (held.positioned_at IS NULL OR held.positioned_at < fix.at)
        RETURNING u.id
    ), became AS (
        SELECT fix.unit_id, CASE
            WHEN moved.id IS NOT NULL THEN 'taken'
            WHEN u.id IS NULL THEN 'unknown_unit'
            WHEN held.id IS NULL THEN 'held'
            WHEN held.duty <> 'ON_DUTY' THEN 'off_duty'
            WHEN held.positioned_at = fix.at THEN 'duplicate'
            ELSE 'out_of_order' END AS result
        FROM fix
            LEFT JOIN orgs_unit u ON u.id = fix.unit_id AND u.area BETWEEN fix.low AND fix.high
            LEFT JOIN held ON held.id = fix.unit_id
            LEFT JOIN moved ON moved.id = fix.unit_id
    )
    SELECT result, count(*), array_agg(unit_id) FILTER (WHERE result = 'held') FROM became
    GROUP BY result
"""

log = structlog.get_logger("anlan.positions")


class IntakeFullError(UnavailableError):
    """As many units wait as may; the same positions may be sent again in a second."""

    code = "positions.full"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A position that waits, and the areas whose units its sender may move."""

    fix: Fix
    low: int
    high: int


class PositionIntake:
    """Takes positions from any thread; `run` writes them in one of its own."""

    def __init__(self) -> None:
        self._waiting: dict[UUID, _Waiting] = {}
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many units wait to be written."""
        return len(self._waiting)

    def take(self, fixes: Iterable[Fix], *, actor: Actor, at: datetime) -> Counter[str]:
        """Let positions wait to be written; return what became of each: `queued`, or why not.

        A crew tells its own alone. Raises `DeniedError` for who may tell none, `IntakeFullError`
        when no more units may wait; what came before in `fixes` is then taken.
        """
        require(actor, "unit.position" if actor.unit_id is None else "unit.position_own")
        results: Counter[str] = Counter()
        try:
            for fix in fixes:
                results[self._take(fix, actor, at)] += 1
        finally:
            count(results)
        return results

    def _take(self, fix: Fix, actor: Actor, at: datetime) -> str:
        wrong = what_is_wrong(fix, at)
        if wrong is None and actor.unit_id not in {None, fix.unit_id}:
            wrong = "not_own"
        if wrong is not None:
            return wrong
        with self._lock:
            before = self._waiting.get(fix.unit_id)
            if before is not None and before.fix.at >= fix.at:
                return "duplicate" if before.fix.at == fix.at else "out_of_order"
            if before is None and len(self._waiting) >= WAITING_LIMIT_UNITS:
                count({"full": 1})
                raise IntakeFullError
            self._waiting[fix.unit_id] = _Waiting(fix, actor.area_low, actor.area_high)
        return "queued"

    def write(self, at: datetime) -> Counter[str]:
        """Write what waits, at most `WRITE_BATCH_UNITS` of it; return what became of each.

        What is too old by now is dropped. While the database is away everything goes on waiting.
        """
        with self._lock:
            units = list(self._waiting)[:WRITE_BATCH_UNITS]
            batch = [self._waiting.pop(unit) for unit in units]
        wrong = [what_is_wrong(one.fix, at) for one in batch]
        due = [one for one, reason in zip(batch, wrong, strict=True) if reason is None]
        results = Counter(reason for reason in wrong if reason)
        try:
            written, held = _written(due) if due else (Counter(), set())
        except AWAY:
            self._wait_again(due)
            raise
        self._wait_again([one for one in due if one.fix.unit_id in held])
        results.update(written)
        count(results)
        return results

    def _wait_again(self, batch: Iterable[_Waiting]) -> None:
        """Put positions back, except where a newer one of the unit has come meanwhile."""
        with self._lock:
            for one in batch:
                self._waiting.setdefault(one.fix.unit_id, one)

    def run(self, stopped: threading.Event) -> None:
        """Write what waits twice a second until `stopped`, and then what is left."""
        while not stopped.wait(WRITE_EVERY_S):
            self._try_to_write()
        self._try_to_write()

    def _try_to_write(self) -> None:
        try:
            while self._waiting and self.write(clock.now()).total() >= WRITE_BATCH_UNITS:
                pass
        except AWAY as error:
            log.warning("positions_wait_for_database", kind=type(error).__name__)
        finally:
            close_old_connections()  # others need it while this sleeps


def what_is_wrong(fix: Fix, at: datetime) -> str | None:
    """Return why a position cannot be one: not on earth, from the future, too old; else None.

    A place of (0, 0) is what a receiver tells that has not found itself yet.
    """
    on_earth = -180 <= fix.lon <= 180 and -90 <= fix.lat <= 90  # never true of NaN
    if not on_earth or (fix.lon == 0 and fix.lat == 0):
        return "not_on_earth"
    if fix.at > at + POSITION_FUTURE_LIMIT:
        return "future"
    if fix.at < at - POSITION_PAST_LIMIT:
        return "past"
    return None


def count(results: "Counter[str] | dict[str, int]") -> None:
    """Add to the figures that operators see."""
    for result, number in results.items():
        POSITIONS.labels(result).inc(number)


def _written(batch: list[_Waiting]) -> tuple[Counter[str], set[UUID]]:
    """Write positions by one statement; count what became of them, and say which units are held.

    Nobody waits for the disk: a place that is lost with a power cut is told again a second later.
    """
    columns = [
        _array(str(one.fix.unit_id) for one in batch),
        _array(repr(one.fix.lon) for one in batch),
        _array(repr(one.fix.lat) for one in batch),
        _array(one.fix.at.isoformat() for one in batch),
        _array(str(one.low) for one in batch),
        _array(str(one.high) for one in batch),
    ]
    with scoped(INTAKE), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
        cursor.execute(_WRITE, columns)
        found = {result: (number, units) for result, number, units in cursor.fetchall()}
    _, held = found.pop("held", (0, None))
    return Counter({result: number for result, (number, _) in found.items()}), {*(held or ())}


def _array(values: Iterable[str]) -> str:
    """Return an array as PostgreSQL reads it, of numbers, times and ids: none needs quotes.

    A driver looks at each of some thousand values by itself, and no other thread of the process
    runs meanwhile: that takes three times as long.
    """
    return "{" + ",".join(values) + "}"
