"""The response clocks measured: percentiles and shares, and what could not be measured, counted.

Reckoned in the database, one statement a clock, so that a year of a city crosses no wire.
Percentiles are the nearest rank (Hyndman & Fan 1996, type 1): times that really occurred.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from anlan.dispatch.clock_rules import Clock, ClockRules
from anlan.dispatch.selectors.clock_samples import GROUPINGS, Selection, samples_of, timed
from anlan_engine.statistics import wilson_interval

GROUPS_LIMIT_ROWS = 1_000
REASONS = ("NOT_BEGUN", "OUT_OF_ORDER", "CALLED_OFF", "RUNNING", "NOT_ENDED")
"""Why nothing was measured: no beginning stamp; the end before the beginning; the unit was called
off first; still going on; over without the stamp."""
TOTAL = None


@dataclass(frozen=True, slots=True)
class ShareWithin:
    """The share of what was measured within a time, with its 95 % Wilson interval.

    `target` is the share that the rule asks for, `met` whether it was reached; None where the rule
    asks for none, or nothing was measured.
    """

    seconds: int
    priorities: list[int]
    n: int
    in_time: int
    compliance: float | None
    low: float | None
    high: float | None
    target: float | None
    met: bool | None


@dataclass(frozen=True, slots=True)
class ClockFigures:
    """One clock over many incidents or units.

    `n` were measured. `missing` counts by its reason (`REASONS`) what was not: never dropped in
    silence. Percentiles are seconds. `within` is the share within the limit of each one's own
    priority; `limits` one for each limit of the rule, `rings` for its further times.
    """

    code: str
    n: int
    missing: dict[str, int]
    p50_s: float | None
    p90_s: float | None
    within: ShareWithin
    limits: list[ShareWithin]
    rings: list[ShareWithin]

    @property
    def lacking(self) -> int:
        """How many could not be measured."""
        return sum(self.missing.values())


def clock_figures(
    rules: ClockRules, selection: Selection
) -> dict[str | None, dict[str, ClockFigures]]:
    """Return the figures of each clock of a rule, for each group and for all (`TOTAL`).

    Groups are those of `selection.by`, at most `GROUPS_LIMIT_ROWS`; the total is there even where
    nothing happened.
    """
    found: dict[str | None, dict[str, ClockFigures]] = {TOTAL: {}}
    for clock in rules.clocks:
        found[TOTAL][clock.code] = _figures(clock, {})
        for key, row in _rows(clock, selection):
            found.setdefault(key, {})[clock.code] = _figures(clock, row)
    return found


def received_by(selection: Selection) -> dict[str | None, int]:
    """Return how many incidents were received in each group, and in all."""
    condition, values = selection.conditions()
    statement = f"""
        SELECT key, count(*)::int FROM (
            SELECT {GROUPINGS[selection.by]} AS key FROM dispatch_incident AS i WHERE {condition}
        ) AS received GROUP BY key ORDER BY key LIMIT {GROUPS_LIMIT_ROWS}
    """  # noqa: S608 - names come from the table of groupings
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: dict[str | None, int] = dict(cursor.fetchall())
    grouped = selection.by != "none"
    return {TOTAL: sum(found.values())} | (found if grouped else {})


def _rows(clock: Clock, selection: Selection) -> list[tuple[str | None, dict[str, Any]]]:
    """Return one row of figures a group and one over all."""
    samples, values = samples_of(clock, selection)
    columns, more = _columns(clock)
    grouping = "GROUPING SETS ((key), ())" if selection.by != "none" else "GROUPING SETS (())"
    group = "key, grouping(key)" if selection.by != "none" else "NULL, 1"
    statement = f"""
        {timed(samples)}
        SELECT {group}, {", ".join(f"{text} AS {name}" for name, text in columns.items())}
        FROM timed GROUP BY {grouping} ORDER BY 2 DESC, 1 LIMIT {GROUPS_LIMIT_ROWS + 1}
    """  # noqa: S608 - names come from tables of the sources, what is asked for is a parameter
    with connection.cursor() as cursor:
        cursor.execute(statement, values | more)
        return [
            (TOTAL if over_all else key, dict(zip(columns, found, strict=True)))
            for key, over_all, *found in cursor.fetchall()
        ]


def _columns(clock: Clock) -> tuple[dict[str, str], dict[str, object]]:
    """Return what is counted over the samples, by the name of its column, and the parameters."""
    columns = {
        "n": "count(took)::int",
        "p50": "percentile_disc(0.5) WITHIN GROUP (ORDER BY took)",
        "p90": "percentile_disc(0.9) WITHIN GROUP (ORDER BY took)",
    }
    columns |= {name: f"count(*) FILTER (WHERE missing = '{name}')::int" for name in REASONS}
    values: dict[str, object] = {}
    own: list[str] = []
    for place, limit in enumerate(clock.limits):
        named = f"priority = ANY(%(p{place})s)"
        values |= {f"p{place}": list(limit.priorities), f"l{place}": limit.seconds}
        columns[f"n{place}"] = f"count(took) FILTER (WHERE {named})::int"
        columns[f"in{place}"] = f"count(*) FILTER (WHERE {named} AND took <= %(l{place})s)::int"
        own.append(f"WHEN {named} THEN %(l{place})s")
    columns["in_own"] = f"count(*) FILTER (WHERE took <= CASE {' '.join(own)} END)::int"
    for place, ring_s in enumerate(clock.rings_s):
        values[f"r{place}"] = ring_s
        columns[f"ring{place}"] = f"count(*) FILTER (WHERE took <= %(r{place})s)::int"
    return columns, values


def _figures(clock: Clock, row: Mapping[str, Any]) -> ClockFigures:
    n = row.get("n", 0)
    limits = [
        _share(
            limit.seconds,
            list(limit.priorities),
            (row.get(f"in{place}", 0), row.get(f"n{place}", 0)),
            limit.share,
        )
        for place, limit in enumerate(clock.limits)
    ]
    everybody = sorted({priority for limit in clock.limits for priority in limit.priorities})
    rings = [
        _share(ring_s, everybody, (row.get(f"ring{place}", 0), n), None)
        for place, ring_s in enumerate(clock.rings_s)
    ]
    first = clock.limits[0]
    return ClockFigures(
        code=clock.code,
        n=n,
        missing={name: row[name] for name in REASONS if row.get(name)},
        p50_s=row.get("p50"),
        p90_s=row.get("p90"),
        within=_share(first.seconds, everybody, (row.get("in_own", 0), n), first.share),
        limits=limits,
        rings=rings,
    )


def _share(
    seconds: int, priorities: list[int], counted: tuple[int, int], target: float | None
) -> ShareWithin:
    in_time, n = counted
    if n == 0:
        return ShareWithin(seconds, priorities, 0, 0, None, None, None, target, None)
    interval, compliance = wilson_interval(in_time, n), in_time / n
    met = None if target is None else compliance >= target
    return ShareWithin(
        seconds, priorities, n, in_time, compliance, interval.low, interval.high, target, met
    )
