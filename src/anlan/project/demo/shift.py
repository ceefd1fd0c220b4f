"""What everybody who plays a part in the day shares."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from anlan.project.demo.agenda import Agenda
from anlan.project.demo.ledger import Ledger
from anlan.project.demo.link import Json, RefusalError
from anlan.project.demo.phrases import Phrases
from anlan.project.demo.roster import Roster
from anlan.project.demo.stories import Stories

PAGE_ROWS = 200
"""The longest page that the API gives."""


@dataclass(slots=True)
class Shift:
    """What everybody on duty shares.

    Attributes
    ----------
    kinds, items : mapping of str to JSON
        Kinds of report and items of the catalogue by their codes, as the API tells them.
    language : str
        In which people write: zh-CN or en.
    tell : callable
        Shows the operator one line.
    refusals : int
        How often the server refused a step of the day.
    """

    agenda: Agenda
    roster: Roster
    ledger: Ledger
    phrases: Phrases
    stories: Stories
    language: str
    tell: Callable[[str], None]
    kinds: Mapping[str, Json]
    items: Mapping[str, Json]
    refusals: int = 0

    def refused(self, refusal: RefusalError) -> None:
        """Count a refusal and show it."""
        self.refusals += 1
        self.tell(str(refusal))


def by_code(entries: Iterable[Any]) -> dict[str, Json]:
    """Return entries of a list by their codes."""
    return {entry["code"]: entry for entry in entries}
