"""Refusals about the desk's log, hand-overs and after-action notes."""

from anlan.kernel.errors import RefusedError, UnknownError


class UnknownDeskNoteError(UnknownError):
    """There is no such entry in the log of this desk."""

    code = "desk_note.unknown"


class NotPromisedError(RefusedError):
    """The entry is no promise, or was settled before."""

    code = "desk_note.not_promised"


class UnknownHandoverError(UnknownError):
    """There is no such hand-over of this desk."""

    code = "handover.unknown"


class TakenOverError(RefusedError):
    """Somebody has taken over already."""

    code = "handover.taken_over"


class OwnHandoverError(RefusedError):
    """Whoever hands over does not take over."""

    code = "handover.own"


class UnknownReviewNoteError(UnknownError):
    """There is no such note on this incident."""

    code = "review_note.unknown"


class NoteChangedError(RefusedError):
    """Somebody has corrected the note meanwhile."""

    code = "review_note.changed"


class TooManyNotesError(RefusedError):
    """The incident has as many notes as it may have."""

    code = "review_note.too_many"


class BrokenStepsError(RefusedError):
    """The steps of the incident cannot be those of one incident; it is told which one."""

    code = "history.broken"


class TooManyStepsError(RefusedError):
    """The incident has more steps than a replay may have."""

    code = "history.too_long"
