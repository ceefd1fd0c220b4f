"""Run cards as data: what is sent to which kind of incident at which level of alarm."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from anlan.kernel.rule_files import RuleFile, RuleFolder
from anlan_engine.assign.matching import NOBODY, match_earliest

FOLDER = "run_cards"
PRIORITIES = (1, 2, 3, 4)
LEVELS_LIMIT = 9
UNITS_A_CAPABILITY_LIMIT = 20


class Requirement(BaseModel):
    """So many units that bring a capability."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    capability: str = Field(pattern=r"^[A-Z][A-Z0-9_]{0,31}$")
    count: int = Field(ge=1, le=UNITS_A_CAPABILITY_LIMIT)


class CardText(BaseModel):
    """One card as it is written: for which kinds, priorities and sites, and what a level adds.

    `sites` are kinds of site: such a card comes before one that names none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[A-Z][A-Z0-9_]{0,47}$")
    kinds: tuple[str, ...] = Field(min_length=1)
    priorities: tuple[int, ...] = Field(PRIORITIES, min_length=1)
    sites: tuple[str, ...] = ()
    levels: tuple[tuple[Requirement, ...], ...] = Field(min_length=1, max_length=LEVELS_LIMIT)


class RunCardFile(RuleFile):
    """A version of somebody's run cards."""

    cards: tuple[CardText, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class RunCard:
    """A card in force, and the file and version that it stands in."""

    id: str
    version: str
    text: CardText

    @property
    def name(self) -> str:
        """How a person finds the card: its file, its version, its code."""
        return f"{self.id} {self.version} {self.text.code}"

    @property
    def highest_level(self) -> int:
        """The highest level of alarm that the card knows."""
        return len(self.text.levels)

    def needs(self, level: int) -> tuple[str, ...]:
        """Return the capability of every place at a level: what it and those below it ask for."""
        return tuple(
            requirement.capability
            for adds in self.text.levels[:level]
            for requirement in adds
            for _ in range(requirement.count)
        )

    def serves(self, kind: str, priority: int, sites: Collection[str]) -> bool:
        """Return whether the card is for such an incident."""
        text = self.text
        here = not text.sites or bool(set(text.sites) & set(sites))
        return kind in text.kinds and priority in text.priorities and here


RUN_CARDS = RuleFolder(FOLDER, RunCardFile)


def cards_in_force(day: date, folder: RuleFolder[RunCardFile] = RUN_CARDS) -> list[RunCard]:
    """Return every card in force on a day, those for certain sites first."""
    found = [
        RunCard(file.id, file.version, text)
        for _, file in sorted(folder.in_force(day).items())
        for text in file.cards
    ]
    return sorted(found, key=lambda card: not card.text.sites)


def card_for(kind: str, priority: int, sites: Collection[str], day: date) -> RunCard | None:
    """Return the card for an incident, None where no card in force is for it."""
    found = (card for card in cards_in_force(day) if card.serves(kind, priority, sites))
    return next(found, None)


def findings(
    kinds: Collection[str], units: Sequence[Collection[str]], day: date,
    folder: RuleFolder[RunCardFile] = RUN_CARDS,
) -> Iterator[str]:  # fmt: skip
    """Yield what is wrong with the cards from a day on.

    Parameters
    ----------
    kinds
        Every kind that needs a unit.
    units
        What each unit of the installation brings.
    day, folder

    Notes
    -----
    Looked for are files left out, kinds without a card, cards for no kind, cards that all units
    together could not fill, and cards of one kind, priority and site on the same day.
    """
    yield from (f"{one.path.name}: {one.reason}" for one in folder.broken())
    seen: set[str] = set()
    for change in _days_of_change(day, folder):
        in_force = cards_in_force(change, folder)
        for found in (*_missing(in_force, kinds), *_unfillable(in_force, units), *_twice(in_force)):
            if found not in seen:
                seen.add(found)
                yield f"{found} (from {change})"


def _days_of_change(day: date, folder: RuleFolder[RunCardFile]) -> list[date]:
    begins = {file.valid_from for file in folder.versions().values()}
    after = {
        date.fromordinal(file.valid_until.toordinal() + 1)
        for file in folder.versions().values()
        if file.valid_until
    }
    return sorted({day} | {one for one in begins | after if one > day})


def _missing(in_force: Iterable[RunCard], kinds: Collection[str]) -> Iterator[str]:
    in_force = list(in_force)
    for kind in kinds:
        for priority in PRIORITIES:
            if not any(card.serves(kind, priority, ()) for card in in_force):
                yield f"{kind}: no card for priority {priority}"
    for card in in_force:
        for kind in sorted(set(card.text.kinds) - set(kinds)):
            yield f"{card.name}: {kind} is no kind that needs a unit"


def _unfillable(in_force: Iterable[RunCard], units: Sequence[Collection[str]]) -> Iterator[str]:
    for card in in_force:
        for level in range(1, card.highest_level + 1):
            lacking = unfilled(card.needs(level), units)
            if lacking:
                named = ", ".join(f"{count} {need}" for need, count in sorted(lacking.items()))
                yield f"{card.name}: all units together cannot fill level {level}: {named} short"
                break


def unfilled(needs: Sequence[str], units: Sequence[Collection[str]]) -> Counter[str]:
    """Count the places that stay open when each unit fills one place at most."""
    if not needs or not units:
        return Counter(needs)
    can = np.array([[0.0 if need in unit else np.inf for unit in units] for need in needs])
    filled = match_earliest(can)
    return Counter(need for need, unit in zip(needs, filled, strict=True) if unit == NOBODY)


def _twice(in_force: Iterable[RunCard]) -> Iterator[str]:
    for one, other in combinations(in_force, 2):
        kinds = set(one.text.kinds) & set(other.text.kinds)
        priorities = set(one.text.priorities) & set(other.text.priorities)
        sites = set(one.text.sites) & set(other.text.sites)
        same_sites = bool(sites) or not (one.text.sites or other.text.sites)
        if kinds and priorities and same_sites:
            named = ", ".join(sorted(kinds))
            yield f"{one.name} and {other.name} are both for {named}"
