"""Refusals of Open311, beside those of the rooms that it asks."""

from anlan.kernel.errors import DeniedError, InvalidError, UnknownError


class WrongKeyError(DeniedError):
    """The api_key is missing, unknown, ended, or does not open this."""

    code = "open311.wrong_key"


class UnknownJurisdictionError(UnknownError):
    """This server serves another jurisdiction."""

    code = "open311.unknown_jurisdiction"


class UnknownServiceError(UnknownError):
    """No such service."""

    code = "open311.unknown_service"


class UnknownRequestError(UnknownError):
    """No such request, or it is not public."""

    code = "open311.unknown_request"


class BadArgumentError(InvalidError):
    """An argument cannot be served."""

    code = "open311.bad_argument"
