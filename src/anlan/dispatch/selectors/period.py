"""The clocks over a period closer up: intervals of percentiles, and the rows behind a figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from anlan.dispatch.clock_rules import Clock
from anlan.dispatch.selectors.clock_samples import GROUPINGS, Selection, samples_of, timed
from anlan_engine.statistics import quantile_ranks

PERCENTILES = (0.5, 0.9)
ROWS_LIMIT = 200
Which = Literal["measured", "within", "missing"]
_OWN_LIMIT = "CASE {} END"
_CONDITIONS = {
    "measured": "took IS NOT NULL",
    "within": "took <= {own}",
    "missing": "took IS NULL",
}


@dataclass(frozen=True, slots=True)
class IncidentRef:
    """An incident behind a figure: enough to open it."""

    id: UUID
    number: str
    kind: str
    at: datetime


def percentile_intervals(
    clock: Clock, selection: Selection, n: int
) -> list[tuple[float | None, float | None]]:
    """Return the 95 % intervals of the `PERCENTILES` of what `n` samples of a clock took, seconds.

    By ranks, whatever the distribution; None on a side that so few samples leave open.
    """
    ranks = [rank for share in PERCENTILES for rank in quantile_ranks(n, share)]
    wanted = [(rank - 0.5) / n for rank in ranks if rank is not None]
    found = iter(_quantiles(clock, selection, wanted) if wanted else ())
    values = [None if rank is None else next(found) for rank in ranks]
    return list(zip(values[::2], values[1::2], strict=True))


def _quantiles(clock: Clock, selection: Selection, shares: Sequence[float]) -> list[float]:
    samples, values = samples_of(clock, selection)
    statement = f"""
        {timed(samples)}
        SELECT percentile_disc(%(shares)s::float8[]) WITHIN GROUP (ORDER BY took) FROM timed
    """  # noqa: S608 - made of the samples' own text
    with connection.cursor() as cursor:
        cursor.execute(statement, values | {"shares": list(shares)})
        row = cursor.fetchone()
    return list(row[0]) if row and row[0] else []


def incidents_received(selection: Selection, key: str | None) -> list[IncidentRef]:
    """Return the incidents that a count of those received counts, in one group or in all."""
    condition, values = selection.conditions()
    if key is not None:
        condition = f"{condition} AND {GROUPINGS[selection.by]} = %(key)s"
        values["key"] = key
    return _refs(f"FROM dispatch_incident AS i WHERE {condition}", values)


def incidents_measured(clock: Clock, selection: Selection, which: Which) -> list[IncidentRef]:
    """Return the incidents with a sample that a figure of a clock counts."""
    samples, values = samples_of(clock, selection)
    own: list[str] = []
    for place, limit in enumerate(clock.limits):
        values |= {f"p{place}": list(limit.priorities), f"l{place}": limit.seconds}
        own.append(f"WHEN priority = ANY(%(p{place})s) THEN %(l{place})s")
    condition = _CONDITIONS[which].format(own=_OWN_LIMIT.format(" ".join(own)))
    chosen = f"SELECT incident_id FROM timed WHERE {condition}"  # noqa: S608
    return _refs(f"FROM dispatch_incident AS i WHERE i.id IN ({chosen})", values, timed(samples))


def _refs(source: str, values: dict[str, Any], before: str = "") -> list[IncidentRef]:
    statement = f"""
        {before} SELECT DISTINCT i.id, i.number, i.kind, i.received_at {source}
        ORDER BY i.received_at, i.id LIMIT {ROWS_LIMIT + 1}
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [IncidentRef(*row) for row in cursor.fetchall()]
