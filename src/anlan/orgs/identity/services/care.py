"""What an administrator does for the account of somebody else: each act with its reason."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from anlan.kernel.access import Actor, require
from anlan.kernel.texts import clean_text
from anlan.orgs.identity.errors import (
    AuthenticatorMissingError,
    NotLinkedError,
    OwnAccountError,
    UnknownAccountError,
)
from anlan.orgs.identity.models import AccountStep, ProviderLink
from anlan.orgs.identity.selectors import state_of
from anlan.orgs.identity.services.authenticators import take_everything_off
from anlan.orgs.identity.services.proofs import require_recent_proof
from anlan.orgs.identity.services.sessions import end_all
from anlan.orgs.identity.transitions import ACCOUNT_MOVES
from anlan.orgs.models import REASON_MAX_CHARACTERS, Account


def move_account(
    account_id: UUID, name: str, *, reason: str, actor: Actor, at: datetime, machine_at: datetime
) -> Account:
    """Make a move of an account in scope: end its sign-ins, take its authenticator off, close it.

    A step keeps who did so and why. Raises what `account_in_care` raises, what a table of moves
    raises, `AuthenticatorMissingError`, `NotLinkedError`.
    """
    ACCOUNT_MOVES.named(name)
    account, why = account_in_care(account_id, reason, actor=actor, machine_at=machine_at)
    move = ACCOUNT_MOVES.check(state_of(account), name, {"reason"})
    keep_step(account, name, move.after(state_of(account)), reason=why, actor=actor, at=at)
    _ACTS[name](account)
    return account


def account_in_care(
    account_id: UUID, reason: str, *, actor: Actor, machine_at: datetime
) -> tuple[Account, str]:
    """Return somebody else's account in scope, locked, and the reason, where `actor` may act.

    `machine_at` is the time that proofs age by. Raises `DeniedError`, `UnknownAccountError`,
    `InvalidError` for a missing reason, `OwnAccountError`, `ProofNeededError`.
    """
    require(actor, "account.write")
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise UnknownAccountError
    why = clean_text(reason, field="reason", limit_characters=REASON_MAX_CHARACTERS, required=True)
    if str(account.id) == actor.id:
        raise OwnAccountError
    require_recent_proof(actor, machine_at)
    return account, why


def keep_step(
    account: Account, move: str, target: str, *, reason: str, actor: Actor, at: datetime
) -> None:
    """Write down what is done for an account, by whom and why."""
    AccountStep.objects.create(
        area=account.area,
        subject_id=account.id,
        move=move,
        source=state_of(account),
        target=target,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts={"reason": reason},
    )


def _end_sign_ins(account: Account) -> None:
    end_all(account.id)


def _take_authenticator_off(account: Account) -> None:
    if not take_everything_off(account.id):
        raise AuthenticatorMissingError


def _unlink(account: Account) -> None:
    if not ProviderLink.objects.filter(account=account).delete()[0]:
        raise NotLinkedError


def _close(account: Account) -> None:
    account.active = False
    account.save(update_fields=["active"])  # the database ends its sign-ins


def _reopen(account: Account) -> None:
    account.active = True
    account.save(update_fields=["active"])


_ACTS: Mapping[str, Callable[[Account], None]] = {
    "end_sign_ins": _end_sign_ins,
    "take_authenticator_off": _take_authenticator_off,
    "unlink": _unlink,
    "close": _close,
    "reopen": _reopen,
}
