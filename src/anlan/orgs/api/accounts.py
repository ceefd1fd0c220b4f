"""HTTP of accounts as administrators look after them."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router

from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.paging import PAGE_DEFAULT_ROWS, PAGE_LIMIT_ROWS
from anlan.kernel.schemas import Schema
from anlan.orgs.api.organisations import Strict
from anlan.orgs.api.session import NO_CONTROLS
from anlan.orgs.identity import selectors
from anlan.orgs.identity.selectors import AccountRow
from anlan.orgs.identity.services.care import move_account
from anlan.orgs.identity.services.providers import link_account
from anlan.orgs.identity.transitions import ACCOUNT_MOVES

router = Router()


class AccountQuery(Schema):
    """Which page of the accounts: those with `text` in a name, after the name `after`."""

    text: str = Field("", max_length=64, pattern=NO_CONTROLS)
    after: str = Field("", max_length=64, pattern=NO_CONTROLS)
    limit: int = Field(PAGE_DEFAULT_ROWS, ge=1, le=PAGE_LIMIT_ROWS)


class AccountOut(Schema):
    """An account of somebody else: who it is for, and what can be done for it now.

    Nothing of what its owner does, and not when or from where the owner signed in.
    """

    id: UUID
    username: str
    name_zh: str
    name_en: str
    role: str
    organisation_id: UUID
    active: bool
    second_factor: bool
    linked: bool
    moves: list[str]


class AccountPage(Schema):
    """A page of accounts by name, and the cursor of the next one."""

    items: list[AccountOut]
    next: str | None


class AccountLinkBody(Strict):
    """Whom a provider means by which subject (or address), and why that is linked."""

    provider_id: UUID
    subject: str
    reason: str


class AccountMoveBody(Strict):
    """Why something is done for an account."""

    reason: str


def _shown(row: AccountRow, reader: str) -> AccountOut:
    account, second_factor, linked = row
    lacking = {
        move
        for move, there in (("take_authenticator_off", second_factor), ("unlink", linked))
        if not there
    }
    offered = ACCOUNT_MOVES.offered(selectors.state_of(account))
    return AccountOut(
        id=account.id,
        username=account.username,
        name_zh=account.display_name_zh,
        name_en=account.display_name_en,
        role=account.role,
        organisation_id=account.organisation_id,
        active=account.active,
        second_factor=second_factor,
        linked=linked,
        moves=[move for move in offered if str(account.id) != reader and move not in lacking],
    )


@router.get("/accounts", response=AccountPage, operation_id="list_accounts")
def get_accounts(request: HttpRequest, asked: Annotated[AccountQuery, Query(...)]) -> AccountPage:
    """List the accounts in scope by name."""
    actor = actor_of(request)
    require(actor, "account.write")
    rows, after = selectors.accounts(asked.text, asked.after, asked.limit)
    return AccountPage(items=[_shown(row, actor.id) for row in rows], next=after)


@router.post("/accounts/{account_id}/links", response=AccountOut, operation_id="link_account")
def post_link(request: HttpRequest, account_id: UUID, body: AccountLinkBody) -> AccountOut:
    """Let somebody sign in to an account by the provider of its organisation."""
    actor = actor_of(request)
    account = link_account(
        account_id,
        provider_id=body.provider_id,
        subject=body.subject,
        reason=body.reason,
        actor=actor,
        at=clock.now(),
        machine_at=clock.machine_now(),
    )
    return _shown(selectors.account(account.id), actor.id)


@router.post(
    "/accounts/{account_id}/moves/{move}", response=AccountOut, operation_id="move_account"
)
def post_move(
    request: HttpRequest, account_id: UUID, move: str, body: AccountMoveBody
) -> AccountOut:
    """Do something for an account: end its sign-ins, take its authenticator off, close it, reopen.

    Wants a proof of the last quarter of an hour; the reason stays on the record.
    """
    actor = actor_of(request)
    account = move_account(
        account_id,
        move,
        reason=body.reason,
        actor=actor,
        at=clock.now(),
        machine_at=clock.machine_now(),
    )
    return _shown(selectors.account(account.id), actor.id)
