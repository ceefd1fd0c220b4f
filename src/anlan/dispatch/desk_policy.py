"""Which response clocks and which escalation hold where: the choice of the installation."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field, model_validator

from anlan.dispatch.clock_rules import CLOCK_RULES, ClockRules
from anlan.kernel.areas import DIGITS, area_range
from anlan.kernel.rule_files import NoRuleError, RuleFile, RuleFolder

POLICY = "desk_policy"
RULE_ID = r"^[a-z][a-z0-9_]{0,47}$"


class DeskChoice(BaseModel):
    """What holds on the desks of one area, or everywhere: which clocks run, which policy asks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    area: int | None = Field(None, ge=10 ** (DIGITS - 1), lt=10**DIGITS)
    clocks: str = Field(pattern=RULE_ID)
    escalation: str | None = Field(None, pattern=RULE_ID)

    def holds_at(self, area: int) -> bool:
        """Return whether the choice holds for an area."""
        low, high = area_range(self.area) if self.area else (0, 10**DIGITS)
        return low <= area <= high

    @property
    def width(self) -> int:
        """How much the choice covers: of two that hold, the narrower counts."""
        low, high = area_range(self.area) if self.area else (0, 10**DIGITS)
        return high - low


class DeskPolicy(RuleFile):
    """The choices of an installation; `reported` are the clock rules shown side by side."""

    desks: tuple[DeskChoice, ...] = Field(min_length=1, max_length=200)
    reported: tuple[str, ...] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _holds_everywhere(self) -> "DeskPolicy":
        if not any(choice.area is None for choice in self.desks):
            message = "desks: none without an area, so somewhere no clock would run"
            raise ValueError(message)
        return self

    def choice_at(self, area: int) -> DeskChoice:
        """Return the narrowest choice that holds for an area."""
        return min((one for one in self.desks if one.holds_at(area)), key=lambda one: one.width)


DESK_POLICY = RuleFolder(POLICY, DeskPolicy)


def desk_choice(area: int, day: date) -> DeskChoice:
    """Return what holds on the desks of an area on a day."""
    return DESK_POLICY.rule(POLICY, day).choice_at(area)


def desk_clocks(area: int, day: date) -> ClockRules | None:
    """Return the clock rules that run on the desks of an area on a day.

    None where no readable file says so: the desk works on without clocks.
    """
    try:
        return CLOCK_RULES.rule(desk_choice(area, day).clocks, day)
    except NoRuleError:
        return None


def reported_clocks(day: date) -> list[ClockRules]:
    """Return the clock rules that are reported side by side on a day, in the policy's order."""
    policy, in_force = DESK_POLICY.in_force(day).get(POLICY), CLOCK_RULES.in_force(day)
    wanted = policy.reported if policy else ()
    return [in_force[rule_id] for rule_id in wanted if rule_id in in_force]
