"""Signing in and out, and who makes a request: its cookie holds the token of a row."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple, cast
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse

from anlan.kernel import clock
from anlan.kernel.access import (
    ANONYMOUS_ROLE,
    AREA_HIGHEST,
    AREA_LOWEST,
    AREA_NOWHERE,
    Actor,
)
from anlan.kernel.areas import area_range
from anlan.kernel.errors import AnlanError
from anlan.kernel.http import API_PREFIX, AWAY, ActorRequest, DatabaseAwayError, actor_of
from anlan.kernel.policies import permissions_of
from anlan.kernel.problems import problem_reply
from anlan.orgs.identity.errors import (
    FactorNeededError,
    UnknownSessionError,
    WrongServiceKeyError,
)
from anlan.orgs.identity.selectors import signed_in
from anlan.orgs.identity.services import sessions
from anlan.orgs.identity.services.service_keys import actor_of_key
from anlan.orgs.identity.services.sessions import note_use
from anlan.orgs.identity.whence import remember
from anlan.orgs.models import Account
from anlan.orgs.roles import Role

VISITOR = Actor(
    id="visitor",
    name="visitor",
    role=ANONYMOUS_ROLE,
    organisation_id=None,
    area_low=AREA_LOWEST,
    area_high=AREA_HIGHEST,
    permissions=permissions_of(Role.RESIDENT),
    purpose="REPORTING",
)
KEY_SCHEME = "bearer"  # RFC 6750, 2.1; schemes are compared without case
ENROLMENT_PATHS = (f"{API_PREFIX}v1/session", f"{API_PREFIX}v1/own/")
"""What an account may ask that lacks the second factor its role demands; all of it is its own."""


class Found(NamedTuple):
    """Who a token stands for, and whether that is let in to take a second factor on alone."""

    actor: Actor
    may_only_enrol: bool = False


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
        purpose="",
        unit_id=account.unit_id,
    )


def found_by(token: str) -> Found:
    """Return who a sign-in's token stands for; the visitor when it opens nothing (any more)."""
    at = clock.machine_now()
    known = signed_in(token, at)
    if known is None:
        return Found(VISITOR)
    note_use(known, at)
    actor = actor_for(known.account)
    actor = replace(actor, session_id=known.session_id, proven_at=known.proven_at)
    return Found(actor, known.lacks_factor)


def actor_of_token(token: str) -> Actor:
    """Return who a token stands for; the visitor also when it is good for enrolling alone."""
    found = found_by(token)
    return VISITOR if found.may_only_enrol else found.actor


def actor_of_cookies(header: str) -> Actor:
    """Return who sent a Cookie header, for applications that run beside Django."""
    try:
        kept = SimpleCookie(header).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return VISITOR
    try:
        return actor_of_token(kept.value) if kept else VISITOR
    finally:
        close_old_connections()  # no request ends here: a broken one would stay for ever


def sign_in(request: HttpRequest, reply: HttpResponse, account: Account) -> None:
    """Begin a sign-in of `account` in the reply's cookie; the one that the request came with ends.

    The cookie bears no end of its own: the row decides.
    """
    sign_out(request, reply)
    remember(reply, account.id)
    agent = request.headers.get("User-Agent", "")
    reply.set_cookie(
        settings.SESSION_COOKIE_NAME,
        sessions.begin(account, user_agent=agent, at=clock.machine_now()),
        max_age=sessions.LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def sign_out(request: HttpRequest, reply: HttpResponse) -> None:
    """End the sign-in that the request came with, if it did, and take its cookie away."""
    actor = actor_of(request)
    if actor.session_id is not None:
        with suppress(UnknownSessionError):  # it ended meanwhile
            sessions.end(UUID(actor.id), actor.session_id)
    reply.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")


class FindActor:
    """Middleware: set `request.actor` from a system's key or a sign-in's cookie, for the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request` with its actor known; other addresses than the API's need none."""
        if not request.path.startswith(API_PREFIX):
            return self.get_response(request)
        try:
            actor = _admitted(request)
        except AWAY:
            return problem_reply(DatabaseAwayError(), request)
        except AnlanError as error:
            return problem_reply(error, request)
        cast("ActorRequest", request).actor = actor
        return self.get_response(request)


def _admitted(request: HttpRequest) -> Actor:
    """Return who makes a request: a system by its key, or whoever signed in.

    Raises `FactorNeededError` where that may only enrol, and what `actor_of_key` raises: a key that
    opens nothing is refused, not taken for a visitor's silence.
    """
    presented = request.headers.get("Authorization")
    if presented is not None:
        scheme, _, key = presented.partition(" ")
        if scheme.lower() != KEY_SCHEME:
            raise WrongServiceKeyError
        return actor_of_key(key.strip(), at=clock.machine_now())
    token = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    found = found_by(token) if token else Found(VISITOR)
    if found.may_only_enrol and not request.path.startswith(ENROLMENT_PATHS):
        raise FactorNeededError
    return found.actor
