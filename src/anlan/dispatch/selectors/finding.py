"""Incidents by the beginning of their number, units by call sign: what the search box finds."""

from typing import NamedTuple
from uuid import UUID

from anlan.dispatch.models import Incident
from anlan.kernel.identifiers import number_ranges
from anlan.orgs.selectors import UnitRow, units

INCIDENT_LETTER = "I"


class FoundIncident(NamedTuple):
    """An incident as a search names it: nothing of what was said, or where."""

    id: UUID
    number: str
    kind: str
    priority: int
    state: str


def incidents_numbered(typed: str, limit: int) -> list[FoundIncident]:
    """Return the incidents in scope whose number begins as typed, by number."""
    found: list[FoundIncident] = []
    for low, high in number_ranges(typed, INCIDENT_LETTER):
        rows = Incident.objects.filter(number__gte=low, number__lte=high).order_by("number")
        found += [FoundIncident(*row) for row in rows.values_list(*FoundIncident._fields)[:limit]]
    return found[:limit]


def units_called(typed: str, limit: int) -> list[UnitRow]:
    """Return the units in scope whose call sign holds what was typed; those first that begin so."""
    wanted = typed.replace(" ", "").casefold()
    if not wanted:
        return []
    named = [(unit.call_sign.replace(" ", "").casefold(), unit) for unit in units()]
    fitting = [(not name.startswith(wanted), name, unit) for name, unit in named if wanted in name]
    return [unit for *_, unit in sorted(fitting, key=lambda one: one[:2])[:limit]]
