"""What planning refuses in its input."""

from anlan.kernel.errors import OperatorError


class TableError(OperatorError):
    """A line of a table that cannot be read."""

    code = "plan.table"
    explanation = "{file}, line {line}: {column} {why}"


class NothingToPlanError(OperatorError):
    """A table or a city without anything to plan for."""

    code = "plan.nothing"
    explanation = "{what}: nothing there to plan for"


class EntryError(OperatorError):
    """An entry of a plan's text that cannot be read."""

    code = "plan.entry"
    explanation = "{file}: {where} {column} {why}"

    def __str__(self) -> str:
        """Return the explanation; the top of a file has no name of its own."""
        return " ".join(super().__str__().split())


class PointError(OperatorError):
    """A position that lies at no street."""

    code = "plan.point"
    explanation = "{what} is further than {reach_m} m from every street"
