"""What a role must bring to sign in, as data: `data/sign_in_demands`."""

from datetime import datetime
from typing import Literal

from anlan.kernel.rule_files import RuleFile, RuleFolder

IN_FORCE = "standard"
Person = Literal[
    "CALL_TAKER", "DISPATCHER", "SUPERVISOR", "CREW", "DEPARTMENT_DESK", "STREET_DESK",
    "GRID_OFFICER", "ADMINISTRATOR", "AGENCY_DESK", "AUDITOR",
]  # fmt: skip
"""The roles of people: a gateway has no telephone to take a code from."""


class SignInDemands(RuleFile):
    """A version of the demands: which roles must have a second factor. (OWASP ASVS 5.0, 6.3.3.)"""

    second_factor: tuple[Person, ...]


SIGN_IN_DEMANDS = RuleFolder("sign_in_demands", SignInDemands)


def roles_with_second_factor(at: datetime) -> tuple[str, ...]:
    """Return the roles that must have a second factor; raise `NoRuleError` if nothing says so."""
    return SIGN_IN_DEMANDS.rule(IN_FORCE, at.date()).second_factor
