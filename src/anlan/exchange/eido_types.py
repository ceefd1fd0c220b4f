"""Which of our kinds the incident types of other centres are, as versioned data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import Field

from anlan.intake.kinds import kinds
from anlan.kernel.rule_files import RuleFile, RuleFolder

FOLDER = "eido_types"


class EidoTypes(RuleFile):
    """Common incident types of EIDO, each with our kind; `otherwise` is that of any other type."""

    types: Mapping[str, str] = Field(min_length=1)
    otherwise: str | None = None


EIDO_TYPES = RuleFolder(FOLDER, EidoTypes)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Our kind of an incident; `named` says that the type has one, and is not just any other."""

    kind: str
    named: bool


def kind_for(internal_code: str, common_type: str, day: date) -> Sorted | None:
    """Return our kind: the sender's own code if it is one of ours, else that of the common type.

    A type without a kind is of the general one; None where no file in force names that.
    """
    if internal_code in kinds():
        return Sorted(internal_code, named=True)
    files = [file for _, file in sorted(EIDO_TYPES.in_force(day).items())]
    wanted = common_type.casefold()
    for file in files:
        for name, kind in file.types.items():
            if name.casefold() == wanted:
                return Sorted(kind, named=True)
    general = next((file.otherwise for file in files if file.otherwise), None)
    return Sorted(general, named=False) if general else None
