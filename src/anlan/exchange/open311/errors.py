"""Refusals of Open311, beside those of the rooms that it asks."""

from anlan.kernel.errors import DeniedError, InvalidError, RefusedError, UnknownError


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


class UnknownServiceKeyError(UnknownError):
    """No service key of this name."""

    code = "service_key.unknown"


class ServiceKeyTakenError(RefusedError):
    """The name is in use."""

    code = "service_key.name_taken"
