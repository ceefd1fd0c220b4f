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


class WrongServiceKeyError(UnauthenticatedError):
    """No system has this key. (Whoever guesses learns nothing else.)"""

    code = "service_key.wrong"


class ServiceKeyEndedError(UnauthenticatedError):
    """The key was ended by an administrator."""

    code = "service_key.ended"


class ServiceKeyExpiredError(UnauthenticatedError):
    """The key's time is over."""

    code = "service_key.expired"


class UnknownServiceKeyError(UnknownError):
    """No such key in the actor's area, or it has ended already."""

    code = "service_key.unknown"


class ServiceKeyTakenError(RefusedError):
    """The name is in use."""

    code = "service_key.name_taken"


class PasskeysOffError(RefusedError):
    """The operator has not said at which address passkeys count."""

    code = "passkey.off"


class PasskeysFullError(RefusedError):
    """The account has as many passkeys as it can have."""

    code = "passkey.full"


class UnknownPasskeyError(UnknownError):
    """No such passkey of this account."""

    code = "passkey.unknown"


class UnknownPasskeyTryError(InvalidError):
    """What is answered was not asked, was answered before, or is over; it begins anew."""

    code = "passkey.not_asked"


class PasskeyRefusedError(InvalidError):
    """What the passkey answered does not hold. Its challenge is used up."""

    code = "passkey.refused"
    keeps_writes = True


class PasskeyFellBackError(InvalidError):
    """The passkey's counter did not go on: there may be a copy. That stays on the record."""

    code = "passkey.fell_back"
    keeps_writes = True


class UnknownAccountError(UnknownError):
    """No such account in the actor's area."""

    code = "account.unknown"


class OwnAccountError(RefusedError):
    """Nobody is administrator of the own account: it is looked after under `own/`."""

    code = "account.own"


class FactorNeededError(DeniedError):
    """The role demands a second factor, and the account has none: it may only take one on."""

    code = "factor.needed"


class UnknownProviderError(UnknownError):
    """No such provider, or nobody signs in by it any more."""

    code = "provider.unknown"


class ProviderAddressError(InvalidError):
    """The address of a provider is not one that may be asked."""

    code = "provider.address"


class OtherOrganisationError(RefusedError):
    """A provider speaks for the accounts of its own organisation alone."""

    code = "provider.other_organisation"


class LinkedAlreadyError(RefusedError):
    """The subject is linked with an account already, or the account with a subject."""

    code = "provider.linked_already"


class UnknownTryError(InvalidError):
    """This browser has begun no such sign-in, or it is over; it begins anew."""

    code = "provider.answer_unknown"


class ProviderAnswerError(InvalidError):
    """What the provider answered does not hold; the claim at fault is named."""

    code = "provider.answer_refused"
    keeps_writes = True


class ProviderAwayError(RefusedError):
    """The provider does not answer as it should; passwords go on as ever."""

    code = "provider.away"
    keeps_writes = True


class NotLinkedError(RefusedError):
    """The provider knows the person; no account here is linked with them."""

    code = "provider.not_linked"
    keeps_writes = True


class ProviderCodeNeededError(UnauthenticatedError):
    """The provider has answered; the account's authenticator has to say a code too."""

    code = "sign_in.code_needed"
    keeps_writes = True
