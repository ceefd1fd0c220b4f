"""The texts of the catalogue: what a file of items, of clock classes, of departments must be."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from anlan.casework.catalogue.kept_out import word_kept_out
from anlan.kernel.rule_files import RuleFile, RuleFolder

ITEMS_A_GROUP_LIMIT = 99
NAME_LIMIT_CHARACTERS = 80
CONDITION_LIMIT_CHARACTERS = 400
ONCE = ("service_code", "name_zh", "name_en", "filing_zh", "filing_en")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORDED = (
    "name_zh", "name_en", "filing_zh", "filing_en", "closing_zh", "closing_en", "service_code",
)  # fmt: skip

Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,47}$")]
Name = Annotated[str, Field(min_length=1, max_length=NAME_LIMIT_CHARACTERS)]
Condition = Annotated[str, Field(min_length=4, max_length=CONDITION_LIMIT_CHARACTERS)]
Subject = Literal["COMPONENT", "OCCURRENCE"]
Evidence = Literal["PHOTO", "NOTE", "READING", "DOCUMENT"]
PersonalData = Literal["NONE", "DWELLING", "PARTY"]
ClockUnit = Literal["CLOCK_HOURS", "WORKING_HOURS", "WORKING_DAYS", "CALENDAR_DAYS"]


class Text(BaseModel):
    """A table of a file: no unknown field, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemText(Text):
    """One item as it is written. `valid_from` and `valid_until` narrow those of its file."""

    code: str = Field(pattern=r"^\d{4}$")
    name_zh: Name
    name_en: Name
    subject: Subject
    service_code: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=48)
    filing_zh: Condition
    filing_en: Condition
    closing_zh: Condition
    closing_en: Condition
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    lead: Code
    support: tuple[Code, ...] = ()
    clock: str
    pausable: bool
    public: bool
    personal_data: PersonalData
    deadline_source: Code
    valid_from: date | None = None
    valid_until: date | None = None

    @model_validator(mode="after")
    def _keeps_the_boundaries(self) -> "ItemText":
        for field in WORDED:
            word = word_kept_out(getattr(self, field).replace("_", " "))
            if word is not None:
                message = f"{self.code}: {field}: no item may be about: {word}"
                raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "ItemText":
        for wrong, why in self._contradictions():
            if wrong:
                message = f"{self.code}: {why}"
                raise ValueError(message)
        return self

    def _contradictions(self) -> Iterator[tuple[bool, str]]:
        tells = self.public and self.personal_data != "NONE"
        yield tells, "public: not where a case tells of a dwelling or a party"
        yield self.lead in self.support, "support: not the lead again"
        yield len(set(self.support)) < len(self.support), "support: each once"
        yield "NOTE" not in self.evidence, "evidence: a written outcome always"
        yield self.clock == "E" and self.pausable, "pausable: making safe does not wait"
        ends = self.valid_from and self.valid_until and self.valid_until < self.valid_from
        yield bool(ends), "valid_until: not before valid_from"
        for field in ("name_zh", "filing_zh", "closing_zh"):
            yield not CHINESE.search(getattr(self, field)), f"{field}: in Chinese"
        for field in ("name_en", "filing_en", "closing_en"):
            yield bool(CHINESE.search(getattr(self, field))), f"{field}: in English"


class GroupText(Text):
    """The group of a file; `size` is how many items it holds, so that a lost one is noticed."""

    code: str = Field(pattern=r"^\d{2}$")
    name_zh: Name
    name_en: Name
    size: int = Field(ge=1, le=ITEMS_A_GROUP_LIMIT)


class GroupFile(RuleFile):
    """A version of one group of the catalogue. Items that end keep their row and get an end."""

    group: GroupText
    items: tuple[ItemText, ...] = Field(min_length=1, max_length=ITEMS_A_GROUP_LIMIT)

    @model_validator(mode="after")
    def _holds_what_it_says(self) -> "GroupFile":
        for message in (*self._miscounted(), *self._said_twice()):
            raise ValueError(message)
        return self

    def _miscounted(self) -> Iterator[str]:
        if len(self.items) != self.group.size:
            yield f"group.size: {self.group.size}, but {len(self.items)} items"
        for number, item in enumerate(self.items, 1):
            wanted = f"{self.group.code}{number:02d}"
            if item.code != wanted:
                yield f"items: {wanted} comes here, not {item.code}: codes run on without a gap"

    def _said_twice(self) -> Iterator[str]:
        for field in ONCE:
            said = Counter(getattr(item, field).casefold() for item in self.items)
            for words, count in said.items():
                if count > 1:
                    yield f"items: {field}: more than one item says: {words}"


class ClockClassText(Text):
    """How long a case may take: `amount` of `unit`."""

    code: str = Field(pattern=r"^[A-Z][A-Z0-9]{0,7}$")
    name_zh: Name
    name_en: Name
    unit: ClockUnit
    amount: int = Field(ge=1, le=1_000)


class CodedText(Text):
    """Something with a code and its name."""

    code: Code
    name_zh: str = Field(min_length=1)
    name_en: str = Field(min_length=1)


class ClockClassFile(RuleFile):
    """A version of the classes of deadline, and of what deadlines rest on."""

    classes: tuple[ClockClassText, ...] = Field(min_length=1)
    sources: tuple[CodedText, ...] = Field(min_length=1)


class DepartmentFile(RuleFile):
    """A version of the departments that lead or support an item."""

    departments: tuple[CodedText, ...] = Field(min_length=1)


CATALOGUE = RuleFolder("catalogue", GroupFile)
CLOCK_CLASSES = RuleFolder("clock_classes", ClockClassFile)
DEPARTMENTS = RuleFolder("departments", DepartmentFile)
