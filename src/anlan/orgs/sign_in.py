"""Signing in and out, and who makes a request. Signed cookies: no table of sessions to leak."""

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse

from anlan.kernel.access import (
    ANONYMOUS_ROLE,
    AREA_HIGHEST,
    AREA_LOWEST,
    AREA_NOWHERE,
    Actor,
    system_actor,
)
from anlan.kernel.areas import area_range
from anlan.kernel.http import API_PREFIX, AWAY, ActorRequest, DatabaseAwayError
from anlan.kernel.policies import permissions_of
from anlan.kernel.problems import problem_reply
from anlan.kernel.scope import scoped
from anlan.orgs.errors import SignInFailedError
from anlan.orgs.models import Account
from anlan.orgs.roles import Role

SESSION_KEY = "account"
DOOR = system_actor("sign-in")
_NOBODY_PASSWORD = make_password("nobody has this password")

VISITOR = Actor(
    id="visitor",
    name="visitor",
    role=ANONYMOUS_ROLE,
    organisation_id=None,
    area_low=AREA_LOWEST,
    area_high=AREA_HIGHEST,
    permissions=permissions_of(Role.RESIDENT),
    purpose="reporting",
)


def actor_for(account: Account) -> Actor:
    """Return the actor that stands for `account`.

    Whoever works for a linked agency stands nowhere: the database shows it no row of any area, only
    what was opened to its organisation.
    """
    linked = account.role == Role.AGENCY_DESK
    low, high = (AREA_NOWHERE, AREA_NOWHERE) if linked else area_range(account.area)
    return Actor(
        id=str(account.id),
        name=account.username,
        role=account.role,
        organisation_id=account.organisation_id,
        area_low=low,
        area_high=high,
        permissions=permissions_of(account.role),
        purpose="duty",
        unit_id=account.unit_id,
    )


def _account(account_id: str) -> Account | None:
    try:
        key = UUID(account_id)
    except ValueError:
        return None
    found = Account.objects.raw("SELECT * FROM orgs_account_at_door(%s)", [key])
    return next(iter(found), None)


def actor_of_session(session: SessionStore) -> Actor:
    """Return who a session belongs to; the visitor when it belongs to nobody."""
    account = _account(str(session.get(SESSION_KEY, "")))
    return actor_for(account) if account else VISITOR


def actor_of_cookies(header: str) -> Actor:
    """Return who sent a Cookie header, for applications that run beside Django."""
    try:
        cookies = SimpleCookie(header)
    except CookieError:
        return VISITOR
    kept = cookies.get(settings.SESSION_COOKIE_NAME)
    try:
        return actor_of_session(SessionStore(kept.value)) if kept else VISITOR
    finally:
        close_old_connections()  # no request ends here: a broken one would stay for ever


def check_sign_in(username: str, password: str) -> Account:
    """Return the account of `username` if `password` is its own, else raise `SignInFailedError`.

    An unknown name costs as long as a wrong password, so that names cannot be tried out.
    """
    with scoped(DOOR):
        account = Account.objects.filter(username=username, active=True).first()
    kept = account.password if account else _NOBODY_PASSWORD
    if not check_password(password, kept) or account is None:
        raise SignInFailedError
    return account


def sign_in(request: HttpRequest, account: Account) -> None:
    """Make the request's session the account's."""
    request.session.flush()
    request.session[SESSION_KEY] = str(account.id)


class FindActor:
    """Middleware: set `request.actor` from the session, where the API is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request` with its actor known; other addresses than the API's need none."""
        if not request.path.startswith(API_PREFIX):
            return self.get_response(request)
        try:
            actor = actor_of_session(cast("SessionStore", request.session))
        except AWAY:
            return problem_reply(DatabaseAwayError(), request)
        cast("ActorRequest", request).actor = actor
        return self.get_response(request)
