"""The rules of choice as data: the coverage guard, and who may be taken from where."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field, model_validator

from anlan.kernel.rule_files import RuleFile, RuleFolder
from anlan_engine.assign import DiversionError, DiversionRule

FOLDER = "choice_rules"
IN_FORCE = "standard"


class Guard(BaseModel):
    """When another unit than the fastest may go, so that the rest is left better covered.

    A call of one of `urgent_priorities` always gets the fastest. Any other gets a unit that arrives
    within `in_time_s` (by priority), at most `extra_s` after the fastest.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    urgent_priorities: tuple[int, ...]
    in_time_s: dict[int, float]
    extra_s: float = Field(ge=0)
    busy_share: float = Field(ge=0, lt=1)
    demand_days: int = Field(ge=1, le=366)


class DiversionText(BaseModel):
    """Who may be taken from a less urgent incident: see `anlan_engine.assign.DiversionRule`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pairs: tuple[tuple[int, int], ...]
    states: tuple[str, ...]
    least_gain_s: float = Field(ge=0)

    @model_validator(mode="after")
    def _is_safe(self) -> "DiversionText":
        try:
            self.rule  # noqa: B018 - the engine refuses an unsafe rule
        except DiversionError as error:
            raise ValueError(str(error)) from error
        return self

    @property
    def rule(self) -> DiversionRule:
        """The rule as the engine takes it."""
        return DiversionRule(self.pairs, self.states, self.least_gain_s)


class ChoiceRules(RuleFile):
    """A version of the rules of choice."""

    guard: Guard
    diversion: DiversionText


CHOICE_RULES = RuleFolder(FOLDER, ChoiceRules)


def choice_rules(day: date) -> ChoiceRules:
    """Return the rules of choice in force on a day, or raise `NoRuleError`."""
    return CHOICE_RULES.rule(IN_FORCE, day)
