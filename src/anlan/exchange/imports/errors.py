"""Refusals about imports: of the mapping as a whole, or of one row."""

from anlan.kernel.errors import InvalidError, OperatorError


class BadMappingError(OperatorError):
    """The mapping file cannot be used."""

    code = "import.bad_mapping"
    explanation = "{file}: {reason}"


class BadRowError(InvalidError):
    """A row cannot be imported; the others are."""

    code = "import.bad_row"
