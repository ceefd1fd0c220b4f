"""Refusals of intake."""

from anlan.kernel.errors import InvalidError, RefusedError, UnknownError


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


class TooManyProofsError(RefusedError):
    """The contact of one report was guessed at too often within an hour. Facts: `most`."""

    code = "contact.too_many_proofs"


class BadAnswerError(InvalidError):
    """The answer to a key question cannot be kept."""

    code = "answer.invalid"


class NoProtocolError(RefusedError):
    """There are no key questions for this kind."""

    code = "answer.no_protocol"


class UnknownCallError(UnknownError):
    """No such call in the actor's area."""

    code = "call.unknown"


class CallTakenError(RefusedError):
    """Somebody else has answered this call. Facts: `by`."""

    code = "call.taken"


class CallReportedError(RefusedError):
    """A report has been taken from this call already."""

    code = "call.reported"


class CallRingingError(RefusedError):
    """Nobody has answered this call yet, so that nothing can be reported from it."""

    code = "call.ringing"


class TooManyUpdatesError(RefusedError):
    """So many words have been added to this report that no more are taken. Facts: `most`."""

    code = "report.too_many_updates"
