"""A routing table: rows of conditions, each with whom a case goes to, and the level it counts on.

Hit policy, in the terms of DMN: the rows of one level are a table with hit policy *Any* (all rows
that fit agree on the outcome; `analysis` finds where they do not), and the levels stand in a row:
the lowest level on which a row fits decides. So the order of the rows says nothing, an exception is
named as one by its level, and moving a row changes no decision.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from anlan.kernel.areas import DIGITS
from anlan.kernel.rule_files import RuleFile, RuleFolder

LEAD = "@LEAD"
COMMUNITY = "@COMMUNITY"
DESK = "@DESK"
NO_SITE = "NONE"
ROWS_LIMIT = 400
NAMED_LIMIT = 100
"""How many items or areas one row may name."""
NOTE_LIMIT_CHARACTERS = 200
MINUTES_A_DAY = 1440
ID = "standard"

ItemName = Annotated[str, Field(pattern=r"^(\d{2}|\d{4}|T|T\d{1,7})$")]
Area = Annotated[int, Field(ge=10 ** (DIGITS - 1), lt=10**DIGITS)]
Site = Literal["SCHOOL", "HOSPITAL", "STATION", "SHOP", "NONE"]
Source = Literal["PHONE", "WEB", "API", "STAFF"]
Days = Literal["WORKDAY", "DAY_OFF"]


class Row(BaseModel):
    """One row: every condition that is left empty holds always.

    `items` are codes of items or of groups; `areas` hold for everything within them; `sites` are
    kinds of site (NONE: at no site); `begins` to `ends` are minutes of the local day, the end not
    included, past midnight where it is not later; `days` by the working calendar of the area.

    `held_by` makes the row a hand-over: it counts once the case would go to this organisation (or
    to @COMMUNITY). `to` is the code of an organisation, @LEAD for the department that leads the
    item, @COMMUNITY for the office that looks after the cell, @DESK for the desk that decides by
    hand.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int = Field(ge=1, le=9_999)
    level: int = Field(9, ge=1, le=9)
    items: tuple[ItemName, ...] = Field((), max_length=NAMED_LIMIT)
    areas: tuple[Area, ...] = Field((), max_length=NAMED_LIMIT)
    sites: tuple[Site, ...] = Field((), max_length=5)
    sources: tuple[Source, ...] = Field((), max_length=4)
    days: Days | None = None
    begins: int | None = Field(None, ge=0, lt=MINUTES_A_DAY)
    ends: int | None = Field(None, ge=1, le=MINUTES_A_DAY)
    valid_from: date | None = None
    valid_until: date | None = None
    held_by: str | None = Field(None, pattern=r"^(@COMMUNITY|[A-Z][A-Z0-9_]{0,47})$")
    to: str = Field(pattern=r"^(@LEAD|@COMMUNITY|@DESK|[A-Z][A-Z0-9_]{0,47})$")
    note: str = Field("", max_length=NOTE_LIMIT_CHARACTERS, pattern=r"^[^\x00-\x1f\x7f]*$")

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Row":
        if (self.begins is None) != (self.ends is None) or (
            self.begins is not None and self.begins == self.ends
        ):
            message = "begins, ends: both, and not the same"
            raise ValueError(message)
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            message = "valid_until: not before valid_from"
            raise ValueError(message)
        return self

    def outcome(self, lead: str) -> str:
        """Return whom the row gives a case to whose item `lead` leads."""
        return lead if self.to == LEAD else self.to


Rows = tuple[Row, ...]


class RowList(BaseModel):
    """The rows of a table, as they are kept: each number once."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: Rows = Field(max_length=ROWS_LIMIT)

    @model_validator(mode="after")
    def _numbers_rows_once(self) -> "RowList":
        check_numbers(self.rows)
        return self


class RoutingFile(RuleFile):
    """A text that a new table of an installation begins with."""

    rows: Rows = Field(min_length=1, max_length=ROWS_LIMIT)

    @model_validator(mode="after")
    def _numbers_rows_once(self) -> "RoutingFile":
        check_numbers(self.rows)
        return self


ROUTING_TABLES = RuleFolder("routing_tables", RoutingFile)


def check_numbers(rows: Iterable[Row]) -> None:
    """Raise `ValueError` where two rows have one number."""
    numbers = [row.number for row in rows]
    if len(set(numbers)) < len(numbers):
        message = "rows: each number once"
        raise ValueError(message)


def read_rows(kept: object) -> Rows:
    """Return rows as they are kept in JSON, by level and number."""
    return tuple(sorted(RowList.model_validate({"rows": kept}).rows, key=_order))


def _order(row: Row) -> tuple[int, int]:
    return row.level, row.number
