"""Refusals of organisations, staff and units."""

from anlan.kernel.errors import InvalidError, RefusedError, UnauthenticatedError, UnknownError


class SignInFailedError(UnauthenticatedError):
    """Name and password do not belong together (which of the two is not said)."""

    code = "sign_in.failed"
    keeps_writes = True


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


class CommonPasswordError(InvalidError):
    """The password is one of those that everybody knows."""

    code = "account.common_password"


class UnknownShiftError(UnknownError):
    """No such shift in the actor's area."""

    code = "shift.unknown"


class ShiftOverlapError(RefusedError):
    """The unit has another shift at that time."""

    code = "shift.overlap"


class ShiftTimeError(RefusedError):
    """It is too early to sign on, or the shift is over."""

    code = "shift.not_now"


class CrewElsewhereError(RefusedError):
    """Somebody of the crew is on another unit; it is named."""

    code = "shift.crew_elsewhere"


class UnknownViewError(UnknownError):
    """The actor has no such view."""

    code = "view.unknown"


class ViewNameTakenError(RefusedError):
    """The actor has a view of this name of the same list."""

    code = "view.name_taken"


class ViewsFullError(RefusedError):
    """The actor has as many views as an account may have."""

    code = "view.full"
