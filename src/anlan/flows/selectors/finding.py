"""What the search box finds: numbers and call signs. Never a person, a telephone or a word."""

from dataclasses import dataclass

from anlan.casework.selectors.finding import FoundCase, cases_numbered
from anlan.dispatch.selectors.finding import (
    FoundIncident,
    incidents_numbered,
    units_called,
)
from anlan.kernel.access import Actor, require
from anlan.orgs.selectors import UnitRow

FOUND_LIMIT_ROWS = 6
"""Of each kind: whoever sees that many types on."""


@dataclass(frozen=True, slots=True)
class Found:
    """What bears the number, or the call sign, of which the beginning was typed."""

    incidents: list[FoundIncident]
    cases: list[FoundCase]
    units: list[UnitRow]


def found_by_name(typed: str, actor: Actor) -> Found:
    """Return what an actor may see of that name: by number and call sign alone.

    No column of a report, a contact or a place is compared: a number tells of a matter, and a text
    would tell of whoever told it.
    """
    require(actor, "unit.read")
    permissions = actor.permissions
    return Found(
        incidents=incidents_numbered(typed, FOUND_LIMIT_ROWS)
        if "incident.read" in permissions
        else [],
        cases=cases_numbered(typed, FOUND_LIMIT_ROWS) if "case.read" in permissions else [],
        units=units_called(typed, FOUND_LIMIT_ROWS),
    )
