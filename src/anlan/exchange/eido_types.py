"""Which of our kinds the incident types of other centres are, as versioned data."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from anlan.intake.kinds import kinds
from anlan.kernel.rule_files import RuleFile, RuleFolder

FOLDER = "eido_types"


class EidoTypes(RuleFile):
    """Common incident types of EIDO, each with our kind."""

    types: Mapping[str, str] = Field(min_length=1)


EIDO_TYPES = RuleFolder(FOLDER, EidoTypes)


def kind_for(internal_code: str, common_type: str, day: date) -> str | None:
    """Return our kind: the sender's own code if it is one of ours, else that of the common type."""
    if internal_code in kinds():
        return internal_code
    named = common_type.casefold()
    for _, file in sorted(EIDO_TYPES.in_force(day).items()):
        for name, kind in file.types.items():
            if name.casefold() == named:
                return kind
    return None
