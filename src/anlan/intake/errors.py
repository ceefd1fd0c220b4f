"""Refusals of intake."""

from anlan.kernel.errors import InvalidError, UnknownError


class UnknownKindError(InvalidError):
    """There is no such kind of report."""

    code = "kind.unknown"


class BadTimesError(InvalidError):
    """The times of a call cannot be true."""

    code = "report.times"


class UnknownReportError(UnknownError):
    """No such report in the actor's area."""

    code = "report.unknown"


class UnknownPhotoError(UnknownError):
    """No such photo with this report."""

    code = "report.photo_unknown"


class NoContactError(UnknownError):
    """No contact stands with this report: none was left, or its time is over."""

    code = "contact.none"
