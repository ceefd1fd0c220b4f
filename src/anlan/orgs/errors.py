"""Refusals of organisations, staff and units."""

from anlan.kernel.errors import InvalidError, RefusedError, UnauthenticatedError, UnknownError


class SignInFailedError(UnauthenticatedError):
    """Name and password do not belong together (which of the two is not said)."""

    code = "sign_in.failed"


class UnknownUnitError(UnknownError):
    """No such unit in the actor's area."""

    code = "unit.unknown"


class UnknownOrganisationError(UnknownError):
    """No such organisation in the actor's area."""

    code = "organisation.unknown"


class NameTakenError(RefusedError):
    """The name is in use."""

    code = "account.name_taken"


class WeakPasswordError(InvalidError):
    """The password is too short."""

    code = "account.weak_password"
