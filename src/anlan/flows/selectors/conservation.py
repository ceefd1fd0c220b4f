"""Nothing is lost: every report leads somewhere, everything that left the desk has arrived.

Slices know each other by ids alone, so that no foreign key holds these promises: they are looked
at while the system runs, and over everything by `anlan check conservation`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from anlan.casework import selectors as casework
from anlan.casework.selectors import CaseAndIncident
from anlan.dispatch.selectors import whereabouts as desk
from anlan.dispatch.selectors.whereabouts import Whereabouts
from anlan.intake import selectors as intake
from anlan.intake.selectors import Outcome

RECENT_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Gap:
    """A promise that does not hold: which rule, and of what."""

    rule: str
    id: UUID
    number: str
    area: int


class _Row(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def number(self) -> str: ...
    @property
    def area(self) -> int: ...


Row = TypeVar("Row", bound=_Row)
Read = Callable[[UUID | None, int], list[Row]]


def recent_gaps() -> list[Gap]:
    """Return the gaps among the latest `RECENT_ROWS` reports, incidents and cases in scope.

    They are looked for twice: what is being written in this moment is whole at the second look.
    """
    first = set(_gaps(recent=True))
    return [gap for gap in _gaps(recent=True) if gap in first] if first else []


def all_gaps() -> list[Gap]:
    """Return the gaps among everything in scope, read in pages of `RECENT_ROWS`."""
    first = set(_gaps(recent=False))
    return [gap for gap in _gaps(recent=False) if gap in first] if first else []


def _gaps(*, recent: bool) -> Iterator[Gap]:
    for reports in _pages(intake.outcomes, recent=recent):
        yield from _reports_without_outcome(reports)
    for incidents in _pages(desk.whereabouts, recent=recent):
        yield from _incidents_without_report(incidents)
        yield from _diverted_without_case(incidents)
    for cases in _pages(casework.cases_and_incidents, recent=recent):
        yield from _cases_without_incident(cases)


def _pages(read: Read[Row], *, recent: bool) -> Iterator[list[Row]]:
    rows = read(None, RECENT_ROWS)
    yield rows
    while len(rows) == RECENT_ROWS and not recent:
        rows = read(rows[-1].id, RECENT_ROWS)
        yield rows


def _reports_without_outcome(reports: list[Outcome]) -> Iterator[Gap]:
    incidents = desk.states_of([one.incident_id for one in reports if one.incident_id])
    cases = casework.existing([one.case_id for one in reports if one.case_id])
    for one in reports:
        if one.incident_id not in incidents and one.case_id not in cases:
            yield _gap("report_leads_somewhere", one)


def _incidents_without_report(incidents: list[Whereabouts]) -> Iterator[Gap]:
    reported = intake.incidents_with_reports([one.id for one in incidents])
    others = [one for one in incidents if one.id not in reported]
    began_as_cases = casework.incidents_from_cases([one.id for one in others])
    for one in others:
        if one.id not in began_as_cases:
            yield _gap("incident_has_a_report", one)


def _diverted_without_case(incidents: list[Whereabouts]) -> Iterator[Gap]:
    diverted = [one for one in incidents if one.state == "DIVERTED"]
    arrived = casework.incidents_with_cases([one.id for one in diverted])
    for one in diverted:
        if one.id not in arrived:
            yield _gap("diverted_incident_has_a_case", one)


def _cases_without_incident(cases: list[CaseAndIncident]) -> Iterator[Gap]:
    states = desk.states_of([one.incident_id for one in cases])
    for one in cases:
        state = states.get(one.incident_id)
        if one.with_dispatch and state is None:
            yield _gap("case_given_to_dispatch_is_an_incident", one)
        elif not one.with_dispatch and state != "DIVERTED":
            yield _gap("case_of_incident_was_diverted", one)


def _gap(rule: str, row: _Row) -> Gap:
    return Gap(rule, row.id, row.number, row.area)
