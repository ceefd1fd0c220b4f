"""The cases of a period in counts, all and by organisation, and the rows behind each.

Counted from what each organisation did of each closed case: no column there holds a person.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

ROWS_LIMIT = 200
ORGANISATIONS_LIMIT_ROWS = 500
MEASURED = (
    "in_time", "promise_kept", "first_check", "reworked", "confirmed", "returned",
    "refused_in_vain",
)  # fmt: skip
"""The columns of outcomes that say how a case went."""
_COUNTS = ", ".join(
    f"count({name})::int, (count(*) FILTER (WHERE {name}))::int" for name in MEASURED
)
_CLOSED = "evaluation_outcome AS o WHERE o.closed_on BETWEEN %(first)s AND %(last)s"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Cases closed, and by measure for how many it counts and how many it hit."""

    closed: int
    measures: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A case behind a figure: enough to open it."""

    id: UUID
    number: str
    item_code: str
    at: datetime


def filed_count(since: datetime, until: datetime) -> int:
    """Return how many cases in scope were filed from `since` until before `until`."""
    ((count,),) = _rows(
        "SELECT count(*)::int FROM casework_case WHERE filed_at >= %(since)s"
        " AND filed_at < %(until)s",
        {"since": since, "until": until},
    )
    return int(count)


def outcomes(first: date, last: date) -> Outcomes:
    """Return the outcomes of the cases closed on some days, both ends included."""
    statement = f"SELECT count(DISTINCT o.case_id)::int, {_COUNTS} FROM {_CLOSED}"  # noqa: S608
    (row,) = _rows(statement, {"first": first, "last": last})
    return _outcomes(row)


def outcomes_by_organisation(first: date, last: date) -> dict[UUID, Outcomes]:
    """Return the same by organisation, at most `ORGANISATIONS_LIMIT_ROWS`."""
    statement = f"""
        SELECT o.organisation_id, count(DISTINCT o.case_id)::int, {_COUNTS} FROM {_CLOSED}
        GROUP BY o.organisation_id ORDER BY 2 DESC, 1 LIMIT {ORGANISATIONS_LIMIT_ROWS}
    """  # noqa: S608 - names of ours
    rows = _rows(statement, {"first": first, "last": last})
    return {organisation: _outcomes(row) for organisation, *row in rows}


def cases_filed(since: datetime, until: datetime) -> list[CaseRef]:
    """Return the cases that `filed_count` counts, at most `ROWS_LIMIT` and one more."""
    condition = "c.filed_at >= %(since)s AND c.filed_at < %(until)s"
    return _refs(condition, {"since": since, "until": until})


def cases_closed(
    first: date, last: date, measure: str | None, organisation_id: UUID | None
) -> list[CaseRef]:
    """Return the cases that a figure of the outcomes counts, at most `ROWS_LIMIT` and one more."""
    condition = f"c.id IN (SELECT o.case_id FROM {_CLOSED}"  # noqa: S608
    values: dict[str, Any] = {"first": first, "last": last}
    if measure is not None and measure in MEASURED:
        condition += f" AND o.{measure}"
    if organisation_id is not None:
        condition += " AND o.organisation_id = %(organisation)s"
        values["organisation"] = organisation_id
    return _refs(condition + ")", values)


def _refs(condition: str, values: dict[str, Any]) -> list[CaseRef]:
    statement = f"""
        SELECT c.id, c.number, c.item_code, c.filed_at FROM casework_case AS c
        WHERE {condition} ORDER BY c.filed_at, c.id LIMIT {ROWS_LIMIT + 1}
    """  # noqa: S608 - made of this module's own text
    return [CaseRef(*row) for row in _rows(statement, values)]


def _outcomes(row: Any) -> Outcomes:
    closed, *counts = row
    pairs = zip(counts[::2], counts[1::2], strict=True)
    return Outcomes(closed, dict(zip(MEASURED, pairs, strict=True)))


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
