"""The catalogue in force: every item on a day, read from the texts and kept until they change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import structlog

from anlan.casework.catalogue.texts import (
    CATALOGUE,
    CLOCK_CLASSES,
    DEPARTMENTS,
    ClockClassFile,
    ClockClassText,
    ClockUnit,
    CodedText,
    Evidence,
    GroupFile,
    ItemText,
    PersonalData,
    Subject,
)
from anlan.kernel.rule_files import RuleFolder

PHOTO = "PHOTO"
FACT_OF_EVIDENCE = {"READING": "reading", "DOCUMENT": "document"}
"""What is told in words beside the outcome, and as which fact of the report."""
DAYS_KEPT_LIMIT = 400

log = structlog.get_logger("anlan.casework.catalogue")


@dataclass(frozen=True, slots=True)
class ClockClass:
    """How long a case of an item may take: `amount` of `unit`."""

    code: str
    name_zh: str
    name_en: str
    unit: ClockUnit
    amount: int


@dataclass(frozen=True, slots=True)
class Department:
    """A department that leads or supports an item."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Item:
    """One matter a case can be about, with its conditions.

    `version` is that of the group's file. `personal_data` says what a case of the item tells of a
    person: NONE, where a DWELLING is, or who the PARTY to something is.
    """

    code: str
    group: str
    group_zh: str
    group_en: str
    version: str
    name_zh: str
    name_en: str
    subject: Subject
    service_code: str
    filing_zh: str
    filing_en: str
    closing_zh: str
    closing_en: str
    evidence: tuple[Evidence, ...]
    lead: str
    support: tuple[str, ...]
    clock: ClockClass
    pausable: bool
    public: bool
    personal_data: PersonalData
    deadline_source: str
    valid_from: date
    valid_until: date | None

    @property
    def needs_photo(self) -> bool:
        """Whether the report of the handling needs a photo."""
        return PHOTO in self.evidence

    @property
    def facts_to_report(self) -> tuple[str, ...]:
        """Which facts the report of the handling needs beside a written outcome."""
        return tuple(fact for one, fact in FACT_OF_EVIDENCE.items() if one in self.evidence)

    def holds_on(self, day: date) -> bool:
        """Return whether a case of this item may be filed on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


Sources = tuple[Mapping[tuple[str, str], GroupFile], Mapping[tuple[str, str], ClockClassFile]]


@dataclass(slots=True)
class Catalogue:
    """The items of some folders, by the day they are asked for."""

    groups: RuleFolder[GroupFile]
    classes: RuleFolder[ClockClassFile]
    _read_from: Sources = field(default_factory=lambda: ({}, {}))
    _by_day: dict[date, Mapping[str, Item]] = field(default_factory=dict)

    def items(self, on: date) -> Mapping[str, Item]:
        """Return the items in force on a day by their codes, in the order of the codes."""
        return MappingProxyType(
            {code: one for code, one in self.listed(on).items() if one.holds_on(on)}
        )

    def listed(self, on: date) -> Mapping[str, Item]:
        """Return every item that the versions in force on a day list, those that ended too."""
        sources = self.groups.versions(), self.classes.versions()
        if any(new is not old for new, old in zip(sources, self._read_from, strict=True)):
            self._by_day, self._read_from = {}, sources
        if len(self._by_day) > DAYS_KEPT_LIMIT:
            self._by_day = {}
        found = self._by_day.get(on)
        if found is None:
            found = self._by_day[on] = MappingProxyType(self._read(on))
        return found

    def _read(self, on: date) -> dict[str, Item]:
        classes = {
            one.code: one for file in self.classes.in_force(on).values() for one in file.classes
        }
        files = self.groups.in_force(on).values()
        read = [one for file in files for one in _items_of(file, classes)]
        return {one.code: one for one in sorted(read, key=lambda one: one.code)}


def _items_of(file: GroupFile, classes: Mapping[str, ClockClassText]) -> Iterator[Item]:
    for text in file.items:
        if text.clock in classes:
            yield item_of(file, text, classes[text.clock])
        else:
            log.error("item_left_out", item=text.code, clock=text.clock)


def item_of(file: GroupFile, text: ItemText, clock: ClockClassText) -> Item:
    """Return the item that a text of a file describes."""
    own = text.model_dump(exclude={"clock", "valid_from", "valid_until"})
    return Item(
        **own,
        group=file.group.code,
        group_zh=file.group.name_zh,
        group_en=file.group.name_en,
        version=file.version,
        clock=ClockClass(**clock.model_dump()),
        valid_from=max(file.valid_from, text.valid_from or file.valid_from),
        valid_until=min((end for end in (file.valid_until, text.valid_until) if end), default=None),
    )


_CITY = Catalogue(CATALOGUE, CLOCK_CLASSES)


def items(on: date) -> Mapping[str, Item]:
    """Return the items in force on a day by their codes, in the order of the codes."""
    return _CITY.items(on)


def text_item(code: str, on: date) -> Item | None:
    """Return an item as the texts in force on a day list it, also if it ended; None if none is."""
    return _CITY.listed(on).get(code)


def clock_classes(on: date) -> Mapping[str, ClockClass]:
    """Return the clock classes on a day by their codes."""
    return MappingProxyType(
        {
            one.code: ClockClass(**one.model_dump())
            for file in CLOCK_CLASSES.in_force(on).values()
            for one in file.classes
        }
    )


def departments(on: date) -> Mapping[str, Department]:
    """Return the departments on a day by their codes."""
    return MappingProxyType(
        {
            one.code: Department(one.code, one.name_zh, one.name_en)
            for file in DEPARTMENTS.in_force(on).values()
            for one in file.departments
        }
    )


def sources(on: date) -> Mapping[str, CodedText]:
    """Return what deadlines rest on, by code."""
    files = CLOCK_CLASSES.in_force(on).values()
    return MappingProxyType({one.code: one for file in files for one in file.sources})


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a group, and whether it is in force."""

    group: str
    name_zh: str
    name_en: str
    version: str
    valid_from: date
    valid_until: date | None
    size: int
    in_force: bool
    source_zh: str
    source_en: str


def editions(on: date) -> list[Edition]:
    """Return every readable version of every group, by group, the newest first."""
    in_force = CATALOGUE.in_force(on)
    ordered = sorted(CATALOGUE.versions().values(), key=lambda file: file.order, reverse=True)
    return [
        Edition(
            file.group.code, file.group.name_zh, file.group.name_en, file.version,
            file.valid_from, file.valid_until, file.group.size, in_force.get(file.id) is file,
            file.source_zh, file.source_en,
        )
        for file in sorted(ordered, key=lambda file: file.group.code)
    ]  # fmt: skip
