"""Every folder of rules that the rooms read: `anlan check rules` looks at all of them."""

from typing import Any

from anlan.dispatch.clock_rules import CLOCK_RULES
from anlan.dispatch.desk_policy import DESK_POLICY
from anlan.dispatch.escalation_rules import ESCALATION
from anlan.flows.duplicate_rules import DUPLICATE_RULES
from anlan.intake.call_backs import call_backs
from anlan.intake.protocols import protocols
from anlan.kernel.rule_files import RuleFolder

RULE_FOLDERS: tuple[RuleFolder[Any], ...] = (
    CLOCK_RULES,
    DESK_POLICY,
    ESCALATION,
    DUPLICATE_RULES,
    protocols,
    call_backs,
)
