"""Response clocks as data: from which stamp to which, whom each concerns, how long it may take.

Every clock is a row of a rule file in `data/clocks`: answering, dispatch, turnout, travel, the
first unit, the full force, one kind of force, one kind of site. Which files run on a desk and which
are reported is data too (`anlan.dispatch.desk_policy`).
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from anlan.kernel.rule_files import RuleFile, RuleFolder

CLOCKS_LIMIT = 24
LIMIT_MAX_S = 24 * 3600
PRIORITIES = (1, 2, 3, 4)
ALL = "ALL"
# Stamps in the order in which they are made; those of a unit stand on its assignment.
STAMPS_OF_INCIDENT = {
    "rang_at": 0, "answered_at": 1, "received_at": 2, "dispatched_at": 3, "arrived_at": 5,
    "closed_at": 7,
}  # fmt: skip
STAMPS_OF_UNIT = {"assigned_at": 3, "en_route_at": 4, "on_scene_at": 5, "ended_at": 6}
ORDER = STAMPS_OF_INCIDENT | STAMPS_OF_UNIT

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Seconds = Annotated[int, Field(ge=1, le=LIMIT_MAX_S)]
Priorities = tuple[Annotated[int, Field(ge=1, le=4)], ...]
Codes = tuple[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,39}$")], ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Limit(_Strict):
    """A time within which a clock complies, the limit included, for some priorities.

    `share` is the target: the part of all times that must lie within it; None where there is none.
    """

    seconds: Seconds
    priorities: Priorities = PRIORITIES
    share: float | None = Field(None, gt=0, le=1)


class Clock(_Strict):
    """One clock.

    Attributes
    ----------
    begins, ends
        The stamps it runs between: `from` and `to` in the file.
    each
        Measured once an incident, or once for every unit sent.
    units
        Where the stamps are those of units: the first, second, ... of them to reach the end, or
        all that were not called off. An incident's clock begins with the first that begins.
    unit_kinds, kinds, site_kinds, areas
        Only units of these kinds; incidents of these kinds, at a site of these kinds, within these
        areas. All where empty.
    sent_within_s
        Only units sent so soon after the first: the first alarm, without what was sent later.
    limits
        The first that names the incident's priority is its limit; the others are reported too.
    rings_s
        Further times for which the share within them is reported.
    warn_after
        The share of the limit after which the desk is warned.
    """

    code: Code
    name_zh: Name
    name_en: Name
    begins: str = Field(alias="from")
    ends: str = Field(alias="to")
    each: Literal["INCIDENT", "UNIT"] = "INCIDENT"
    units: Annotated[int, Field(ge=1, le=20)] | Literal["ALL"] | None = None
    unit_kinds: Codes = ()
    sent_within_s: Seconds | None = None
    kinds: Codes = ()
    site_kinds: Codes = ()
    areas: tuple[int, ...] = ()
    limits: tuple[Limit, ...] = Field(min_length=1, max_length=8)
    rings_s: tuple[Seconds, ...] = Field((), max_length=8)
    warn_after: float = Field(0.75, gt=0, lt=1)

    @model_validator(mode="after")
    def _stamps_are_known_and_in_order(self) -> "Clock":
        unknown = {self.begins, self.ends} - set(ORDER)
        if unknown:
            message = f"{self.code}: no such stamp: {', '.join(sorted(unknown))}"
            raise ValueError(message)
        if ORDER[self.begins] >= ORDER[self.ends]:
            message = f"{self.code}: {self.ends} does not come after {self.begins}"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _units_are_named_only_where_their_stamps_are(self) -> "Clock":
        of_units = {self.begins, self.ends} & set(STAMPS_OF_UNIT)
        if self.each == "UNIT" and len(of_units) < 2:
            message = f"{self.code}: a clock of each unit runs between stamps of units"
            raise ValueError(message)
        if not of_units and (self.units or self.unit_kinds or self.sent_within_s):
            message = f"{self.code}: names units, but neither stamp is that of a unit"
            raise ValueError(message)
        return self

    @property
    def of_units(self) -> bool:
        """Whether the clock looks at the units sent, not at the incident alone."""
        return self.begins in STAMPS_OF_UNIT or self.ends in STAMPS_OF_UNIT

    @property
    def which(self) -> int | Literal["ALL"]:
        """Return which unit counts: `units`, or else the first of an incident, or every one."""
        return self.units or ("ALL" if self.each == "UNIT" else 1)

    def limit_s(self, priority: int) -> int | None:
        """Return the limit of a priority in seconds; None where the clock does not concern it."""
        return next((one.seconds for one in self.limits if priority in one.priorities), None)


class ClockRules(RuleFile):
    """One rule file: its identity, its source, its clocks."""

    clocks: tuple[Clock, ...] = Field(min_length=1, max_length=CLOCKS_LIMIT)

    @model_validator(mode="after")
    def _codes_are_unique(self) -> "ClockRules":
        codes = [clock.code for clock in self.clocks]
        if len(set(codes)) < len(codes):
            message = "clocks: two with the same code"
            raise ValueError(message)
        return self

    def clock(self, code: str) -> Clock | None:
        """Return the clock with this code, if there is one."""
        return next((clock for clock in self.clocks if clock.code == code), None)


CLOCK_RULES = RuleFolder("clocks", ClockRules)
