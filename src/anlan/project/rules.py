"""Every folder of rules that the rooms read: `anlan check rules` looks at all of them."""

from typing import Any

from anlan.kernel.rule_files import RuleFolder

RULE_FOLDERS: tuple[RuleFolder[Any], ...] = ()
