"""Refusals of signing in and of what proves who somebody is."""

from anlan.kernel.errors import InvalidError, UnknownError


class UnknownSessionError(UnknownError):
    """No such sign-in of this account, or it has ended."""

    code = "session.unknown"


class WrongPasswordError(InvalidError):
    """The password that was given as the present one is not."""

    code = "account.wrong_password"
