"""Who did what of a case, read from its history: a pure function, nothing is remembered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anlan.casework.service_clock.marks import Told
from anlan.casework.service_clock.reading import CaseClock
from anlan_engine.clock import MarkKind

GIVEN = frozenset({"assign", "arbitrate"})
REFUSALS = frozenset({"send_back", "dispute"})


@dataclass(slots=True)
class Part:
    """What one organisation did of a case; `refused_in_vain` is None where no arbiter was asked."""

    returned: bool = False
    refused_in_vain: bool | None = None
    failed_check: bool = False
    reopened: bool = False


def parts_of(steps: Sequence[Told]) -> tuple[dict[str, Part], str]:
    """Return the part of each organisation that a case was given to, and the last one's id."""
    parts: dict[str, Part] = {}
    holder = disputed_by = ""
    for step in steps:
        if step.move in GIVEN:
            holder = str(step.facts["organisation_id"])
            parts.setdefault(holder, Part())
            if step.move == "arbitrate" and disputed_by:
                parts[disputed_by].refused_in_vain = holder == disputed_by
        elif step.move in REFUSALS:
            parts[holder].returned = True
            disputed_by = holder if step.move == "dispute" else ""
        elif step.move == "rework":
            parts[holder].failed_check = True
        elif step.move == "reopen":
            parts[holder].reopened = True
    return parts, holder


def own_terms_kept(clock: CaseClock, holder: str) -> bool | None:
    """Return whether a holder kept its own term each time it had the case.

    None where the working days that it needs are not known. Being late by what a pause holds up,
    or by what another has done before, is not possible: the engine charges each holder its own.
    """
    kept = list(_kept(clock, holder))
    if None in kept:
        return None
    return all(kept)


def _kept(clock: CaseClock, holder: str) -> Iterator[bool | None]:
    """Yield, for each time that a holder had the case to its end, whether its term held."""
    for begins, mark in enumerate(clock.marks):
        if mark.kind is not MarkKind.HAND_OVER or mark.holder != holder:
            continue
        later = range(begins + 1, len(clock.marks))
        ends = next((place for place in later if clock.marks[place].kind in _ENDS), None)
        if ends is None:
            continue
        ended_at = clock.marks[ends].at
        reading = clock.reading(ended_at, clock.marks[:ends])
        if reading is None:
            yield None
        else:
            yield reading.holder_due_at is None or ended_at <= reading.holder_due_at


_ENDS = frozenset({MarkKind.HAND_OVER, MarkKind.STOP})
