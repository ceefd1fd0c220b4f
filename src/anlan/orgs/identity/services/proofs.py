"""Proofs of who somebody is: at the sign-in, and again before what may not be done lightly."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password

from anlan.kernel.access import Actor
from anlan.kernel.scope import scoped
from anlan.orgs.errors import SignInFailedError
from anlan.orgs.identity.errors import (
    ProofNeededError,
    SecondProofNeededError,
    WrongCodeError,
    WrongPasswordError,
)
from anlan.orgs.identity.models import Session
from anlan.orgs.identity.selectors import DOOR
from anlan.orgs.identity.services import authenticators, passkeys
from anlan.orgs.identity.services.failures import Tries
from anlan.orgs.identity.whence import Whence
from anlan.orgs.models import Account
from anlan.orgs.services.passwords import hashed, names_of

PROOF_HOLDS_FOR = timedelta(minutes=15)
_NOBODY_PASSWORD = make_password("nobody has this password")


def check_sign_in(
    username: str, password: str, code: str | None, *, whence: Whence, at: datetime
) -> Account:
    """Return the account of `username` if the proofs are its own.

    An unknown name costs as long as a wrong password and is refused alike, so that names cannot be
    tried out. Raises `SignInFailedError`, `SecondProofNeededError`, `WrongCodeError`,
    `TooManyFailuresError`.
    """
    with scoped(DOOR):
        account = Account.objects.filter(username=username, active=True).first()
    tries = Tries(username, account.id if account else None, whence)
    tries.check_open(at)
    kept = account.password if account else _NOBODY_PASSWORD
    if not check_password(password, kept) or account is None:
        tries.count_failure(at)
        raise SignInFailedError
    if authenticators.in_force(account.id):
        if code is None:
            raise SecondProofNeededError
        if not authenticators.use_code(account.id, code, at):
            tries.count_failure(at)
            raise WrongCodeError(field="code", rule="present_code")
    tries.forget()
    return account


def prove_again(
    account_id: UUID, session_id: UUID, proof: str, *, whence: Whence, at: datetime
) -> None:
    """Note that a sign-in was proven just now: by a code, or without authenticator by the password.

    Raises `WrongCodeError`, `WrongPasswordError`, `TooManyFailuresError`.
    """
    with scoped(DOOR):
        account = Account.objects.get(pk=account_id)
    tries = Tries(account.username, account_id, whence)
    tries.check_open(at)
    if not authenticators.in_force(account_id):
        check_password_of(account, proof, tries, field="proof", at=at)
    elif not authenticators.use_code(account_id, proof, at):
        tries.count_failure(at)
        raise WrongCodeError(field="proof", rule="present_code")
    tries.forget()
    with scoped(DOOR):
        Session.objects.filter(pk=session_id, account_id=account_id).update(proven_at=at)


def prove_by_passkey(account_id: UUID, session_id: UUID, answer: str, at: datetime) -> None:
    """Note that a sign-in was proven just now, by a passkey; raise as `passkeys` does."""
    passkeys.finish_proof(account_id, answer, at)
    with scoped(DOOR):
        Session.objects.filter(pk=session_id, account_id=account_id).update(proven_at=at)


def change_password(
    account_id: UUID, *, present: str, new: str, whence: Whence, at: datetime
) -> Account:
    """Give an account a new password; the database ends every sign-in of it.

    Raises `WrongPasswordError` if `present` is not the password as it is, `TooManyFailuresError`,
    and what `hashed` raises.
    """
    with scoped(DOOR):
        account = Account.objects.get(pk=account_id)
    tries = Tries(account.username, account_id, whence)
    tries.check_open(at)
    check_password_of(account, present, tries, field="present", at=at)
    with scoped(DOOR):
        kept = hashed(new, names=names_of(account))
        Account.objects.filter(pk=account_id).update(password=kept.encoded)
    return account


def check_password_of(
    account: Account, password: str, tries: Tries, *, field: str, at: datetime
) -> None:
    """Return if the password is the account's; else count that and raise `WrongPasswordError`."""
    if not check_password(password, account.password):
        tries.count_failure(at)
        raise WrongPasswordError(field=field, rule="own_password")


def require_recent_proof(
    actor: Actor, at: datetime, *, within: timedelta = PROOF_HOLDS_FOR
) -> None:
    """Return if `actor`'s sign-in was proven within this time, else raise `ProofNeededError`.

    `at` is the machine's time (`clock.machine_now`). A part of the system, which no sign-in stands
    for, has nothing to prove. (OWASP ASVS 5.0, 7.5.3: proven again before what is sensitive.)
    """
    if actor.session_id is None and actor.role == "SYSTEM":
        return
    if actor.proven_at is None or at - actor.proven_at >= within:
        raise ProofNeededError
