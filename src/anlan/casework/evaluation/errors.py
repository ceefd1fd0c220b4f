"""Refusals about evaluations and appeals."""

from anlan.kernel.errors import InvalidError, RefusedError, UnknownError


class UnknownEvaluationError(UnknownError):
    """No such evaluation of an area that the actor belongs to."""

    code = "evaluation.unknown"


class UnknownAppealError(UnknownError):
    """No such appeal of the actor's organisation or area."""

    code = "evaluation.appeal_unknown"


class SettledError(RefusedError):
    """The evaluation is final, or the days in which it could be appealed are over."""

    code = "evaluation.settled"


class AppealedBeforeError(RefusedError):
    """The organisation has appealed this before."""

    code = "evaluation.appealed_before"


class NotCountedError(InvalidError):
    """The case is not counted for the organisation in this measure and month."""

    code = "evaluation.not_counted"


class OwnAppealError(RefusedError):
    """Who appeals, account or organisation, does not decide on it."""

    code = "evaluation.own_appeal"
