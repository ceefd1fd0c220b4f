"""Escalation as data: which ring of units is asked next, and when, while nobody comes."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from anlan.dispatch.clock_rules import PRIORITIES, Name, Priorities, Seconds
from anlan.dispatch.desk_policy import desk_choice
from anlan.kernel.rule_files import NoRuleError, RuleFile, RuleFolder

LEVELS_LIMIT = 6


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ring(_Strict):
    """Units within so much travel by road; all that serve the place where `within_s` is None."""

    name_zh: Name
    name_en: Name
    within_s: Seconds | None = None


class After(_Strict):
    """How long after the report, for some priorities."""

    seconds: Seconds
    priorities: Priorities = PRIORITIES


class EscalationStep(Ring):
    """One level up: asked `after` the report, unless by then somebody is sent, under way or there.

    `sends`: the best units of the ring go by themselves; a person sends them otherwise.
    """

    unless: Literal["SENT", "UNDER_WAY", "THERE"]
    after: tuple[After, ...] = Field(min_length=1, max_length=4)
    sends: bool = False

    def after_s(self, priority: int) -> int | None:
        """Return when the level is asked for a priority, in seconds; None where it is not."""
        return next((one.seconds for one in self.after if priority in one.priorities), None)


class Escalation(RuleFile):
    """One policy: the ring that is asked first, and the levels above it in their order."""

    first: Ring
    steps: tuple[EscalationStep, ...] = Field(min_length=1, max_length=LEVELS_LIMIT)

    @property
    def rings(self) -> tuple[Ring, ...]:
        """The ring of every level, from the first."""
        return (self.first, *self.steps)


ESCALATION = RuleFolder("escalation", Escalation)


def desk_escalation(area: int, day: date) -> Escalation | None:
    """Return the policy that holds on the desks of an area on a day; None where none does."""
    try:
        chosen = desk_choice(area, day).escalation
        return ESCALATION.rule(chosen, day) if chosen else None
    except NoRuleError:
        return None
