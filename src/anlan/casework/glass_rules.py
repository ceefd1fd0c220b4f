"""How long a broken glass stays open, and what limits it, as data: `data/broken_glass`."""

from datetime import datetime, timedelta

from pydantic import Field

from anlan.kernel.rule_files import RuleFile, RuleFolder

IN_FORCE = "standard"


class GlassRules(RuleFile):
    """A version of the rules of breaking the glass.

    `unreviewed_limit` counts a person's looks that wait for their review, `misses_limit` the
    numbers of a day that opened nothing to him.
    """

    open_minutes: int = Field(ge=5, le=60)
    unreviewed_limit: int = Field(ge=1, le=20)
    misses_limit: int = Field(ge=1, le=100)
    review_hours: int = Field(ge=1, le=168)

    @property
    def open_for(self) -> timedelta:
        """How long the glass stays open."""
        return timedelta(minutes=self.open_minutes)

    @property
    def review_within(self) -> timedelta:
        """Within what time a look is to be reviewed."""
        return timedelta(hours=self.review_hours)


BROKEN_GLASS = RuleFolder("broken_glass", GlassRules)


def glass_rules(at: datetime) -> GlassRules:
    """Return the rules in force at a time; raise `NoRuleError` where nothing says them."""
    return BROKEN_GLASS.rule(IN_FORCE, at.date())
