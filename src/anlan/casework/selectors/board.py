"""The cases of a centre in counts, for its wall: open, late, due soon, by section and by area."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from anlan.casework.models import LEADING_STATES
from anlan_engine.statistics import Interval, wilson_interval

SOON = timedelta(hours=24)
PROMISES_OVER = timedelta(days=30)
GROUPS_LIMIT_ROWS = 20_000
_OPEN = f"""
    SELECT grouping(section), grouping(area), section, area, count(*)::int,
           (count(*) FILTER (WHERE clock = 'RUNNING' AND due_at < %(at)s))::int,
           (count(*) FILTER (WHERE clock = 'RUNNING' AND due_at BETWEEN %(at)s AND %(soon)s))::int,
           (count(*) FILTER (WHERE state = 'REPORTED'))::int
    FROM (
        SELECT left(item_code, 2) AS section, area, clock, due_at, state
        FROM casework_case WHERE state = ANY(%(states)s)
    ) AS standing
    GROUP BY GROUPING SETS ((), (section), (area))
    ORDER BY 1 DESC, 2 DESC, 6 DESC, 5 DESC, 3, 4 LIMIT {GROUPS_LIMIT_ROWS}
"""  # noqa: S608 - a number of ours
_DAY = """
    SELECT (SELECT count(*)::int FROM casework_case WHERE filed_at >= %(since)s),
           (SELECT count(DISTINCT subject_id)::int FROM casework_case_step
            WHERE made_at >= %(since)s AND target = 'CLOSED')
"""
_PROMISES = """
    SELECT count(promise_kept)::int, (count(*) FILTER (WHERE promise_kept))::int
    FROM evaluation_outcome WHERE closed_on >= %(first)s
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many cases stand open, are past their promise, come due soon, and wait for a check."""

    open: int = 0
    late: int = 0
    soon: int = 0
    to_check: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises fell due of the cases closed lately, how many were kept, and the share.

    `interval` is the 95 % Wilson interval of the share; None where no promise counts.
    """

    n: int
    kept: int
    interval: Interval | None

    @property
    def share(self) -> float | None:
        """The share that was kept."""
        return self.kept / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class CaseBoard:
    """The cases in scope: all, by section of the catalogue, by grid cell, and of the last day."""

    total: Standing
    sections: Mapping[str, Standing]
    areas: Mapping[int, Standing]
    filed: int
    closed: int
    promises: Kept


def case_board(at: datetime, *, over: timedelta) -> CaseBoard:
    """Return the counts of the cases in scope; what was filed and closed, over the time before."""
    total, sections, areas = Standing(), {}, {}
    standing = {"at": at, "soon": at + SOON, "states": LEADING_STATES}
    for no_section, no_area, section, area, *counts in _rows(_OPEN, standing):
        if no_section and no_area:
            total = Standing(*counts)
        elif no_area:
            sections[str(section)] = Standing(*counts)
        else:
            areas[int(area)] = Standing(*counts)
    ((filed, closed),) = _rows(_DAY, {"since": at - over})
    ((due, kept),) = _rows(_PROMISES, {"first": (at - PROMISES_OVER).date()})
    return CaseBoard(
        total,
        sections,
        areas,
        filed,
        closed,
        Kept(due, kept, wilson_interval(kept, due) if due else None),
    )


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
