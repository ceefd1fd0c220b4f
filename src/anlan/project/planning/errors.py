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
