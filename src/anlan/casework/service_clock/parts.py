"""The clocks of one part of a joint task, from its own steps: nothing is remembered.

A department has one term to report in and one, that of the item's class, to be done; both run from
when it was called up. While the arbiter decides, they stand still. Whoever gets the part by that
decision has both terms anew; a department whose refusal did not hold goes on with its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from anlan.casework.catalogue import was_known
from anlan.casework.service_clock.marks import Told
from anlan.casework.service_clock.reading import CaseClock
from anlan.casework.service_clock.rules import calendar_of, service_clock
from anlan_engine.clock import Mark, MarkKind, Term, TermUnit

MARKS = {
    "refuse": MarkKind.PAUSE,
    "arbitrate": MarkKind.RESUME,
    "finish": MarkKind.STOP,
    "rework": MarkKind.REOPEN,
}
REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class PartClocks:
    """Three clocks: of reporting in, of the whole part, and of the arbiter once it is refused."""

    report_in: CaseClock
    whole: CaseClock
    arbiter: CaseClock | None


def part_clocks(
    steps: Sequence[Told], item_code: str, opened_at: datetime, area: int
) -> PartClocks:
    """Return the clocks of a part, by the rules in force when its task was opened.

    Parameters
    ----------
    steps
        The part's own history in its order; the first is the call.
    item_code, opened_at, area
        Of the task.
    """
    rules = service_clock(opened_at.date())
    office = rules.office_at(area)
    calendar = calendar_of(office)
    found = was_known(item_code, on=opened_at.date()).clock
    unit = TermUnit(found.unit)
    own = rules.terms_of(unit)

    def read(marks: list[Mark]) -> CaseClock:
        return CaseClock(rules, office, calendar, marks)

    refused = [step.at for step in steps if step.move == REFUSE]
    return PartClocks(
        report_in=read(part_marks(steps, own.report_in.term)),
        whole=read(part_marks(steps, Term(found.amount, unit))),
        arbiter=read([Mark(MarkKind.START, refused[-1], own.arbitrate.term)]) if refused else None,
    )


def part_marks(steps: Sequence[Told], term: Term) -> list[Mark]:
    """Return the marks of a clock of `term` since the part came to the department that has it."""
    holder = ""
    marks: list[Mark] = []
    for step in steps:
        given = step.facts.get("organisation_id")
        if given and given != holder:
            holder, marks = given, [Mark(MarkKind.START, step.at, term, given)]
        elif step.move in MARKS:
            marks.append(Mark(MARKS[step.move], step.at))
    return marks


def due(clock: CaseClock, at: datetime) -> datetime | None:
    """Return when a clock's term ends; None while it stands still, or days are not known yet."""
    reading = clock.reading(at)
    return reading.due_at if reading else None
