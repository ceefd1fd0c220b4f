"""What a rule is: where it stands, what it says, how it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass

from open311_check.examination import Examination
from open311_check.outcomes import Level, Verdict

Check = Callable[[Examination], None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the specification: where it stands, what it says, how it is looked at.

    `says` is our wording of it: the pages of the specification state no licence. `check` returns if
    the rule is kept and raises one of the three above otherwise.
    """

    id: str
    section: str
    says: str
    check: Check
    level: Level = Level.MUST


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one rule, with what was asked and what was seen."""

    rule: Rule
    verdict: Verdict
    seen: str
    asked: tuple[str, ...]


class RuleList:
    """Rules in the order in which a file states them."""

    def __init__(self, section: str) -> None:
        self.section = section
        self.rules: list[Rule] = []

    def rule(
        self, rule_id: str, says: str, *, level: Level = Level.MUST
    ) -> Callable[[Check], Check]:
        """Add the decorated check as a rule."""

        def add(check: Check) -> Check:
            self.rules.append(Rule(rule_id, self.section, says, check, level))
            return check

        return add
