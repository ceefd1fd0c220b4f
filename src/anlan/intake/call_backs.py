"""How soon a silent or abandoned call is called back: a policy, as versioned text."""

from datetime import date, timedelta

from pydantic import Field

from anlan.kernel.rule_files import RuleFile, RuleFolder

DEFAULT = "default"


class CallBackRule(RuleFile):
    """Seconds until somebody calls back, and until the next attempt where nobody answered."""

    silent_s: int = Field(ge=1, le=3_600)
    abandoned_s: int = Field(ge=1, le=3_600)
    again_s: int = Field(ge=1, le=3_600)


call_backs = RuleFolder("call_backs", CallBackRule)


def wait_after(state: str, day: date) -> timedelta:
    """Return how long a call may wait once it is SILENT or ABANDONED."""
    rule = call_backs.rule(DEFAULT, day)
    return timedelta(seconds=rule.silent_s if state == "SILENT" else rule.abandoned_s)


def wait_again(day: date) -> timedelta:
    """Return how long until the next attempt after one that nobody answered."""
    return timedelta(seconds=call_backs.rule(DEFAULT, day).again_s)
