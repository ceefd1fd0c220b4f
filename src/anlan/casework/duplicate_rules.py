"""Rules by which a case is offered as the same matter as another: `data/case_duplicates`."""

from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict, Field, model_validator

from anlan.kernel.rule_files import RuleFile, RuleFolder

IN_FORCE = "usual"
REACH_LIMIT_M = 2_000
WINDOW_LIMIT_DAYS = 366


class Reach(BaseModel):
    """How far off, and how long ago, a case may have been filed to be offered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reach_m: int = Field(gt=0, le=REACH_LIMIT_M)
    window_days: int = Field(gt=0, le=WINDOW_LIMIT_DAYS)

    @property
    def window(self) -> timedelta:
        """Return the window as a span of time."""
        return timedelta(days=self.window_days)


class ReachOfItems(Reach):
    """The same for items, or for whole groups by the first two digits of their codes."""

    items: tuple[str, ...] = Field(min_length=1)


class CaseDuplicateRules(RuleFile):
    """One version: where an item may lie from another of its kind, and which are told for which."""

    offered: int = Field(ge=1, le=20)
    laws: tuple[ReachOfItems, ...]
    other: Reach
    alike: tuple[tuple[str, ...], ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "CaseDuplicateRules":
        for name, sets in (("laws", [law.items for law in self.laws]), ("alike", self.alike)):
            named = [item for one in sets for item in one]
            twice = sorted({item for item in named if named.count(item) > 1})
            if twice:
                message = f"{name}: in one only: {', '.join(twice)}"
                raise ValueError(message)
        return self

    def reach(self, item_code: str) -> Reach:
        """Return the reach of an item: its own, that of its group, or the usual one."""
        for name in (item_code, item_code[:2]):
            for law in self.laws:
                if name in law.items:
                    return law
        return self.other

    def alike_with(self, item_code: str) -> tuple[str, ...]:
        """Return the items under which the same matter is filed, the item itself first."""
        others = next((one for one in self.alike if item_code in one), ())
        return (item_code, *(one for one in others if one != item_code))


CASE_DUPLICATES = RuleFolder("case_duplicates", CaseDuplicateRules)


def case_duplicate_rules(day: date) -> CaseDuplicateRules:
    """Return the rules in force on a day."""
    return CASE_DUPLICATES.rule(IN_FORCE, day)
