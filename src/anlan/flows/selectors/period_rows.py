"""The rows that a figure of a period's report counts, as far as the reader may see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from anlan.casework.selectors.period import MEASURED, CaseRef, cases_closed, cases_filed
from anlan.dispatch.clock_rules import Clock
from anlan.dispatch.desk_policy import desk_clocks
from anlan.dispatch.selectors.period import (
    ROWS_LIMIT,
    IncidentRef,
    Which,
    incidents_measured,
    incidents_received,
)
from anlan.flows.errors import UnknownFigureError
from anlan.flows.selectors.period_report import FEW, Part, Period, organisation_of
from anlan.kernel.access import Actor, require

CLOCK_FIGURES: dict[str, Which] = {
    "measured": "measured",
    "p50": "measured",
    "p90": "measured",
    "within": "within",
    "missing": "missing",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One row behind a figure: an incident or a case; `about` is its kind or its item."""

    kind: Literal["INCIDENT", "CASE"]
    id: UUID
    number: str
    about: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows behind a figure, the first at most `ROWS_LIMIT`; `cut` where there are more."""

    rows: tuple[Counted, ...]
    cut: bool


def rows_of(period: Period, part: Part, code: str, key: str, *, actor: Actor, at: datetime) -> Rows:
    """Return the rows that a figure counts; raise `UnknownFigureError` where there is none.

    Incidents for who may read incidents, cases for who may read cases.
    """
    if part in ("demand_hour", "demand_area"):
        require(actor, "incident.read")
        by = "hour" if part == "demand_hour" else "sub_district"
        return _incidents(incidents_received(period.selection(by), key))
    if part == "response":
        require(actor, "incident.read")
        clock = _clock(key, actor, at)
        which = CLOCK_FIGURES.get(code)
        if which is None:
            raise UnknownFigureError(field="code", rule="known_figure")
        return _incidents(incidents_measured(clock, period.selection(), which))
    require(actor, "case.read")
    return _cases(_closed(period, code, key))


def _clock(key: str, actor: Actor, at: datetime) -> Clock:
    rules = desk_clocks(actor.area_low, at.date())
    for clock in rules.clocks if rules else ():
        if clock.code == key:
            return clock
    raise UnknownFigureError(field="key", rule="known_figure")


def _closed(period: Period, code: str, key: str) -> list[CaseRef]:
    if code == "filed":
        return cases_filed(period.since, period.until)
    if key == FEW or code not in ("closed", *MEASURED):
        raise UnknownFigureError(field="code", rule="known_figure")
    try:
        organisation = organisation_of(key)
    except ValueError:
        raise UnknownFigureError(field="key", rule="known_figure") from None
    measure = None if code == "closed" else code
    return cases_closed(period.first, period.last, measure, organisation)


def _incidents(found: list[IncidentRef]) -> Rows:
    rows = [Counted("INCIDENT", one.id, one.number, one.kind, one.at) for one in found]
    return Rows(tuple(rows[:ROWS_LIMIT]), len(rows) > ROWS_LIMIT)


def _cases(found: list[CaseRef]) -> Rows:
    rows = [Counted("CASE", one.id, one.number, one.item_code, one.at) for one in found]
    return Rows(tuple(rows[:ROWS_LIMIT]), len(rows) > ROWS_LIMIT)
