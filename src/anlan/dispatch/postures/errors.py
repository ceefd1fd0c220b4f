"""Refusals about postures and their studies."""

from anlan.kernel.errors import RefusedError, UnknownError


class UnknownPostureError(UnknownError):
    """There is no such posture in scope."""

    code = "posture.unknown"


class PostureChangedError(RefusedError):
    """Somebody has saved the posture anew meanwhile."""

    code = "posture.changed"


class TooManyPosturesError(RefusedError):
    """There are as many postures, or versions of one, as there may be."""

    code = "posture.too_many"


class UnknownStudyError(UnknownError):
    """There is no such study in scope."""

    code = "posture_study.unknown"


class NoPastDemandError(RefusedError):
    """No unit was sent anywhere in the days that were asked for: there is nothing to play."""

    code = "posture_study.no_past_demand"


class StudyEndedError(RefusedError):
    """The study is done or was stopped."""

    code = "posture_study.ended"
