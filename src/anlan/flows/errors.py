"""Refusals of the joins between slices."""

from anlan.kernel.errors import InvalidError, RefusedError, UnknownError


class NothingToAttachError(InvalidError):
    """A report of this kind opens no incident, so it cannot join one."""

    code = "report.nothing_to_attach"


class NotFromIncidentError(RefusedError):
    """The case did not come from an incident."""

    code = "case.not_from_incident"


class UnknownNumberError(UnknownError):
    """No report has this number."""

    code = "report.unknown_number"


class NotOfIncidentError(RefusedError):
    """The report does not belong to an incident that it could be taken from."""

    code = "report.not_of_incident"


class UnknownFigureError(InvalidError):
    """The report has no such figure, or none that is told apart."""

    code = "report.unknown_figure"
