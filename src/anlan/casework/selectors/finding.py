"""Cases by the beginning of their number: what the search box finds."""

from typing import NamedTuple
from uuid import UUID

from anlan.casework.models import Case
from anlan.kernel.identifiers import number_ranges

CASE_LETTER = "C"


class FoundCase(NamedTuple):
    """A case as a search names it: nothing of what was said, or where."""

    id: UUID
    number: str
    item_code: str
    state: str


def cases_numbered(typed: str, limit: int) -> list[FoundCase]:
    """Return the cases in scope whose number begins as typed, by number; sealed ones never come.

    Row-level security hides a sealed case from all but those it is sealed to: to everybody else
    there is none of its number, however much of it is typed. Nor does it come for them: a case is
    sealed against being come across, and they have their lists.
    """
    found: list[FoundCase] = []
    for low, high in number_ranges(typed, CASE_LETTER):
        rows = Case.objects.filter(number__gte=low, number__lte=high, sealed_to__isnull=True)
        columns = rows.order_by("number").values_list(*FoundCase._fields)
        found += [FoundCase(*row) for row in columns[:limit]]
    return found[:limit]
