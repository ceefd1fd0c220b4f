"""From the history of a case to the marks of its clock: a pure function, nothing is remembered.

The promise runs from the registration until the case is closed, whoever has it; the time during
which it is closed does not count, and reopening begins no new promise. Whoever has the case is
charged, so that the minutes of all holders are those of the case. A holder's own term is that of
the item as it is last known while it holds the case: it does not matter whether an item is changed
before a pause or after it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anlan.casework.catalogue import ClockClass
from anlan.casework.service_clock.rules import HolderTerms
from anlan_engine.clock import Mark, MarkKind, Term, TermUnit

ASSIGNING, ARBITER, VERIFYING, CLOSING = "ASSIGNING", "ARBITER", "VERIFYING", "CLOSING"
DESKS = {"FILED": ASSIGNING, "DISPUTED": ARBITER, "REPORTED": VERIFYING, "VERIFIED": CLOSING}
STOPS = frozenset({"CLOSED", "RETURNED", "MERGED"})
PAUSE, RESUME = "pause", "resume"


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a case's history, as the clock reads it."""

    move: str
    source: str
    target: str
    at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Terms:
    """What terms follow from: the class of an item by its code, the holders' terms by its unit."""

    class_of: Callable[[str], ClockClass]
    holders_of: Callable[[TermUnit], HolderTerms]

    def promise(self, item_code: str) -> Term:
        """Return the term of the promise for an item."""
        found = self.class_of(item_code)
        return Term(found.amount, TermUnit(found.unit))

    def own(self, holder: str, item_code: str) -> Term:
        """Return a holder's own term for an item: who handles it has the whole class."""
        promise = self.promise(item_code)
        desks = self.holders_of(promise.unit)
        return {
            ASSIGNING: desks.assign.term,
            ARBITER: desks.arbitrate.term,
            VERIFYING: desks.verify.term,
            CLOSING: desks.close.term,
        }.get(holder, promise)


def marks_of(steps: Sequence[Told], first_item: str, terms: Terms) -> list[Mark]:
    """Return the marks of a case's clock.

    Parameters
    ----------
    steps
        The history in its order; the first is the filing.
    first_item
        The item under which the case was filed.
    terms
        What terms follow from.
    """
    items = _items_during(steps, first_item)
    holder = ASSIGNING
    marks = [
        Mark(MarkKind.START, steps[0].at, terms.promise(first_item), holder),
        Mark(MarkKind.HAND_OVER, steps[0].at, terms.own(holder, items[0]), holder),
    ]
    for place, step in enumerate(steps[1:], 1):
        if step.move in {PAUSE, RESUME}:
            kind = MarkKind.PAUSE if step.move == PAUSE else MarkKind.RESUME
            marks.append(Mark(kind, step.at))
        elif step.move == "reclassify":
            changed = terms.promise(step.facts["item_code"])
            marks.append(Mark(MarkKind.CHANGE_TERM, step.at, changed))
        elif step.target in STOPS and step.source != step.target:
            marks.append(Mark(MarkKind.STOP, step.at))
        elif step.source != step.target:
            if step.source in STOPS:
                marks.append(Mark(MarkKind.REOPEN, step.at))
            holder = _holder_after(step, holder, steps[:place])
            own = terms.own(holder, items[place])
            marks.append(Mark(MarkKind.HAND_OVER, step.at, own, holder))
    return marks


def _holder_after(step: Told, before: str, earlier: Sequence[Told]) -> str:
    """Return who has the case after a step that changed its state."""
    if step.target in DESKS:
        return DESKS[step.target]
    given = step.facts.get("organisation_id")
    if given:
        return str(given)
    last = [one.facts["organisation_id"] for one in earlier if one.facts.get("organisation_id")]
    return str(last[-1]) if last else before


def _items_during(steps: Sequence[Told], first_item: str) -> list[str]:
    """Return, for each step, the item last known before the state changes again."""
    items, item = [], first_item
    for step in steps:
        if step.move == "reclassify":
            item = step.facts["item_code"]
        items.append(item)
    for place in range(len(steps) - 2, -1, -1):
        following = steps[place + 1]
        if following.source == following.target:
            items[place] = items[place + 1]
    return items


def scaled(marks: Sequence[Mark], share: float) -> list[Mark]:
    """Return the marks with a part, or a multiple, of every term: when so much of it has run.

    Hours become minutes; days stay whole, rounded down but for the first.
    """
    return [
        mark
        if mark.term is None
        else Mark(mark.kind, mark.at, _part(mark.term, share), mark.holder)
        for mark in marks
    ]


def in_minutes(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks with terms that count minutes: to charge holders minute by minute.

    Working minutes where the class counts working time, all minutes otherwise.
    """
    return [
        mark if mark.term is None else Mark(mark.kind, mark.at, _minutes(mark.term), mark.holder)
        for mark in marks
    ]


def _part(term: Term, share: float) -> Term:
    if term.unit.in_days:
        return Term(max(1, int(term.amount * share)), term.unit)
    return Term(max(1, int(term.steps * share / 60_000_000)), _minutes(term).unit)


def _minutes(term: Term) -> Term:
    working = term.unit.value.startswith("WORKING")
    return Term(1, TermUnit.WORKING_MINUTES if working else TermUnit.CLOCK_MINUTES)
