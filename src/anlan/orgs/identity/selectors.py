"""Reads of sign-ins."""

import hashlib
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from anlan.kernel.access import system_actor
from anlan.kernel.scope import scoped
from anlan.orgs.identity.demands import roles_with_second_factor
from anlan.orgs.identity.errors import UnknownServiceKeyError
from anlan.orgs.identity.models import Passkey, Provider, ProviderLink, ServiceKey, Session, Totp
from anlan.orgs.models import Account

DOOR = system_actor("sign-in")
IDLE_LIMIT = timedelta(hours=4)
"""A telephone may lie in a cellar for half a shift with its acts unsent."""
SESSIONS_LIMIT_ROWS = 100
PROVIDERS_LIMIT_ROWS = 100
KEYS_LIMIT_ROWS = 500
_FIELDS = ("id", "username", "role", "organisation_id", "area", "unit_id")
_AT_DOOR = f"""
    SELECT s.id, s.last_seen_at, s.proven_at, s.ends_at,
        a.role = ANY(%s) AND NOT sign_in_has_second_factor(a.id),
        {", ".join(f"a.{f}" for f in _FIELDS)}
    FROM sign_in_session_at_door(%s) s, LATERAL orgs_account_at_door(s.account_id) a
"""  # noqa: S608 - columns of ours
ENDED_AMONG = """
    SELECT id FROM sign_in_session
    WHERE id = ANY(%s) AND (ended_at IS NOT NULL OR ends_at <= now())
"""


class SignedIn(NamedTuple):
    """Whose sign-in a token opens, since when it was last used and proven.

    Who `lacks_factor` may do nothing but take one on.
    """

    session_id: UUID
    last_seen_at: datetime
    proven_at: datetime
    lacks_factor: bool
    account: Account


class AccountRow(NamedTuple):
    """An account as administrators see it: nothing of what its owner does, or when."""

    account: Account
    second_factor: bool
    linked: bool


def digest_of(token: str) -> bytes:
    """Return what is kept of a token. It holds 256 random bits, so a plain hash tells nothing."""
    return hashlib.sha256(token.encode()).digest()


def signed_in(token: str, at: datetime) -> SignedIn | None:
    """Return whose sign-in a token opens; None if it is forged, ended, idle or past its end."""
    with connection.cursor() as cursor:
        cursor.execute(_AT_DOOR, [list(roles_with_second_factor(at)), digest_of(token)])
        row = cursor.fetchone()
    if row is None:
        return None
    session_id, last_seen_at, proven_at, ends_at, lacks_factor, *of_account = row
    if ends_at <= at or last_seen_at + IDLE_LIMIT <= at:
        return None
    account = Account(**dict(zip(_FIELDS, of_account, strict=True)))
    return SignedIn(session_id, last_seen_at, proven_at, lacks_factor, account)


def sessions_of(account_id: UUID, at: datetime) -> list[Session]:
    """Return an account's sign-ins in force, the latest used first, at most a named limit."""
    with scoped(DOOR):
        rows = Session.objects.filter(
            account_id=account_id,
            ended_at__isnull=True,
            ends_at__gt=at,
            last_seen_at__gt=at - IDLE_LIMIT,
        )
        return list(rows.order_by("-last_seen_at", "-id")[:SESSIONS_LIMIT_ROWS])


def _accounts() -> QuerySet[Any]:
    confirmed = Totp.objects.filter(account_id=OuterRef("pk"), confirmed_at__isnull=False)
    linked = ProviderLink.objects.filter(account_id=OuterRef("pk"))
    passkeys = Passkey.objects.filter(account_id=OuterRef("pk"))
    second = Exists(confirmed) | Exists(passkeys)
    return Account.objects.annotate(second_factor=second, linked=Exists(linked))


def accounts(text: str, after: str, limit: int) -> tuple[list[AccountRow], str | None]:
    """Return a page of the accounts in scope by their names, and the cursor of the next, or None.

    `text` is looked for in their names; `after` is the name that the page before ended with.
    """
    rows = _accounts().filter(username__gt=after)
    if text:
        rows = rows.filter(
            Q(username__icontains=text)
            | Q(display_name_zh__icontains=text)
            | Q(display_name_en__icontains=text)
        )
    found = list(rows.order_by("username")[: limit + 1])
    page = [AccountRow(one, one.second_factor, one.linked) for one in found[:limit]]
    return page, page[-1].account.username if len(found) > limit else None


def accounts_lacking_factor(at: datetime, limit: int) -> list[Account]:
    """Return the open accounts in scope that must take a second factor on and have none, by age."""
    roles = roles_with_second_factor(at)
    rows = _accounts().filter(active=True, role__in=roles, second_factor=False)
    return list(rows.order_by("added_at", "pk")[:limit])


def account(account_id: UUID) -> AccountRow:
    """Return one account in scope as administrators see it."""
    found = _accounts().get(pk=account_id)
    return AccountRow(found, found.second_factor, found.linked)


def providers() -> list[Provider]:
    """Return the providers by which people may sign in, by code, whatever the scope."""
    with scoped(DOOR):
        return list(Provider.objects.filter(active=True).order_by("code")[:PROVIDERS_LIMIT_ROWS])


def service_keys(at: datetime) -> list[ServiceKey]:
    """Return the keys of systems in scope, those in force first, at most a named limit."""
    in_force = Q(ended_at__isnull=True, expires_at__gt=at)
    rows = ServiceKey.objects.annotate(in_force=ExpressionWrapper(in_force, BooleanField()))
    return list(rows.order_by("-in_force", "label")[:KEYS_LIMIT_ROWS])


def service_key(key_id: UUID) -> ServiceKey:
    """Return one key in scope, or raise `UnknownServiceKeyError`."""
    found = ServiceKey.objects.filter(pk=key_id).first()
    if found is None:
        raise UnknownServiceKeyError
    return found


def service_key_named(name: str) -> ServiceKey:
    """Return the key of this name in scope, or raise `UnknownServiceKeyError`."""
    found = ServiceKey.objects.filter(label=name).first()
    if found is None:
        raise UnknownServiceKeyError
    return found


def state_of(account: Account) -> str:
    """Return where an account is in its life."""
    return "ACTIVE" if account.active else "CLOSED"
