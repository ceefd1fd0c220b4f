"""Refusals of signing in and of what proves who somebody is."""

from anlan.kernel.errors import (
    AnlanError,
    DeniedError,
    InvalidError,
    RefusedError,
    UnauthenticatedError,
    UnknownError,
)


class UnknownSessionError(UnknownError):
    """No such sign-in of this account, or it has ended."""

    code = "session.unknown"


class WrongPasswordError(InvalidError):
    """The password that was given as the present one is not."""

    code = "account.wrong_password"
    keeps_writes = True


class SecondProofNeededError(UnauthenticatedError):
    """The password is right; the account's authenticator has to say a code too."""

    code = "sign_in.code_needed"


class WrongCodeError(InvalidError):
    """The code is not the authenticator's present one, or was used already."""

    code = "sign_in.code_wrong"
    keeps_writes = True


class TooManyFailuresError(AnlanError):
    """Too many proofs failed from here; the next one is looked at after `wait_s` seconds."""

    code = "sign_in.wait"
    status = 429


class ProofNeededError(DeniedError):
    """What is asked needs a proof of a few minutes ago: give one at `/own/proof`, and ask again."""

    code = "proof.needed"


class AuthenticatorPresentError(RefusedError):
    """The account has an authenticator already; it is taken off first."""

    code = "authenticator.present"


class AuthenticatorMissingError(RefusedError):
    """The account has no authenticator (in the making)."""

    code = "authenticator.missing"


class UnknownAccountError(UnknownError):
    """No such account in the actor's area."""

    code = "account.unknown"


class OwnAccountError(RefusedError):
    """Nobody is administrator of the own account: it is looked after under `own/`."""

    code = "account.own"


class FactorNeededError(DeniedError):
    """The role demands a second factor, and the account has none: it may only take one on."""

    code = "factor.needed"
