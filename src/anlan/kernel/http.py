"""The edge: one request, one transaction, one scope; refusals become problem documents."""

import re
from collections.abc import Callable
from typing import Any, cast

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from psycopg_pool import PoolTimeout

from anlan.kernel import clock, kept_replies
from anlan.kernel.access import Actor
from anlan.kernel.errors import (
    AnlanError,
    DeniedError,
    InvalidError,
    TooLargeError,
    UnavailableError,
    UnknownError,
)
from anlan.kernel.observed import route_of
from anlan.kernel.problems import CONTENT_TYPE, ProblemReply, problem_reply
from anlan.kernel.purposes import (
    HEADER,
    HIDDEN_HEADER,
    PARAMETER,
    for_purpose,
    noting_hidden,
)
from anlan.kernel.riding import base as riding
from anlan.kernel.scope import scoped


class MalformedError(InvalidError):
    """The body cannot be read at all."""

    code = "body.malformed"
    status = 400


class DatabaseAwayError(UnavailableError):
    """The database does not answer; the server does, and the same request may be sent again."""

    code = "database.away"


class OutcomeUnknownError(UnavailableError):
    """A write was sent to the database, and whether it stays is not known yet.

    It is neither done nor refused: the same request with the same key finds out.
    """

    code = "outcome.unknown"


class WrongMethodError(AnlanError):
    """The address exists, but not with this method."""

    code = "http.405"
    status = 405


View = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
API_PREFIX = "/api/"
SIGNED_PREFIX = "/api/v1/signed/"  # a signed message has an id of its own, by which it counts once
BODY_LIMIT_BYTES = 6 * 1024 * 1024
FIELD_NAME = re.compile(r"[A-Za-z0-9_]{1,64}", re.ASCII)
SAID_LIMITS = frozenset({"le", "ge", "lt", "gt", "max_length", "min_length", "expected"})
OWN_SITES = frozenset({"same-origin", "none"})
AWAY = (OperationalError, InterfaceError, PoolTimeout)

log = structlog.get_logger("anlan.http")


class ActorRequest(HttpRequest):
    """A request after the actor was found."""

    actor: Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return who makes this request."""
    return cast("ActorRequest", request).actor


class ScopedRequests:
    """Middleware: run each request of the API in one transaction, within its actor's scope.

    A reply of 400 or more rolls everything back, unless its refusal keeps its writes. A write needs
    an Idempotency-Key: a header that a foreign page cannot send, so it is the defence against
    forged requests too.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`."""
        if not request.path.startswith(API_PREFIX):
            return self.get_response(request)
        try:
            _check_origin_and_size(request)
            _check_each_once(request)
            actor = for_purpose(actor_of(request), _stated_purpose(request))
            cast("ActorRequest", request).actor = actor
            with noting_hidden() as hidden, scoped(actor):
                reply = self._answer(request)
                if reply.status_code >= 400 and not _keeps_writes(reply):
                    transaction.set_rollback(True)
            if hidden:
                reply[HIDDEN_HEADER] = ", ".join(sorted(hidden))
        except AnlanError as error:
            return problem_reply(error, request)
        except AWAY as error:
            return problem_reply(away(error, request), request)
        return _as_problem(reply, request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if not _is_kept_write(request):
            return self.get_response(request)
        claimed = kept_replies.claim(
            actor_of(request),
            kept_replies.key_of(request),
            kept_replies.digest_of(request),
            clock.now(),
        )
        if isinstance(claimed, HttpResponse):
            return claimed
        reply = self.get_response(request)
        if reply.status_code < 400:
            kept_replies.keep(claimed, reply)
        elif _keeps_writes(reply):
            claimed.delete()  # what was refused may be asked again under its key
        return reply


def away(raised: Exception, request: HttpRequest) -> UnavailableError:
    """Return the refusal for one of `AWAY`; who only reads has lost nothing by a lost COMMIT."""
    if isinstance(raised, riding.OutcomeUnknownError) and request.method not in SAFE_METHODS:
        log.warning("outcome_unknown", path=route_of(request))
        return OutcomeUnknownError()
    log.warning("database_away", path=route_of(request))
    return DatabaseAwayError()


def _keeps_writes(reply: HttpResponse) -> bool:
    return isinstance(reply, ProblemReply) and reply.keeps_writes


def _is_kept_write(request: HttpRequest) -> bool:
    if request.path in settings.KEYLESS_PATHS or request.path.startswith(SIGNED_PREFIX):
        return False
    return request.method not in SAFE_METHODS


def _stated_purpose(request: HttpRequest) -> str:
    return request.headers.get(HEADER) or request.GET.get(PARAMETER, "")


def _check_origin_and_size(request: HttpRequest) -> None:
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in OWN_SITES:
        raise DeniedError(code="denied.foreign_site")
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY_LIMIT_BYTES:
        raise TooLargeError(code="too_large", field="body", rule="at_most_6_mb")


def _check_each_once(request: HttpRequest) -> None:
    """Refuse a parameter that comes twice: which one counts would depend on who reads it first."""
    for name, values in request.GET.lists():
        if len(values) > 1:
            raise InvalidError(field=name if FIELD_NAME.fullmatch(name) else "query", rule="once")


def _as_problem(reply: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Return `reply`, or a problem document where a library refused in its own form."""
    if reply.status_code < 400 or reply.get("Content-Type", "") == CONTENT_TYPE:
        return reply
    if reply.status_code == 405:
        return problem_reply(WrongMethodError(method=request.method), request)
    return problem_reply(UnknownError(code="unknown.path"), request)


def _first_broken_rule(errors: list[dict[str, object]]) -> InvalidError:
    """Return the first broken rule of a validation, named by field and rule.

    The offending value is left out on purpose: it may be somebody's telephone number.
    """
    first = errors[0]
    path = [str(part) for part in cast("tuple[object, ...]", first["loc"])]
    if first["type"] == "extra_forbidden" and not FIELD_NAME.fullmatch(path[-1]):
        path.pop()  # made up by the client: words, a key, anything
    spelled = [p for p in path if p not in {"body", "query", "path", "form", "file", "payload"}]
    context = {k: str(v) for k, v in cast("dict[str, object]", first.get("ctx", {})).items()}
    return InvalidError(
        field=".".join(spelled) or "body",
        rule=str(first["type"]),
        count=len(errors),
        **{name: value for name, value in context.items() if name in SAID_LIMITS},
    )


def _unreadable(raised: Exception) -> AnlanError | None:
    """Return the refusal of a body that the framework could not read; None for anything else."""
    if isinstance(raised, HttpError) and raised.status_code == 400:
        return MalformedError(field="body", rule="json")
    if isinstance(raised, RequestDataTooBig):
        return TooLargeError(field="body", rule="at_most_6_mb")
    if isinstance(raised, MultiPartParserError | SuspiciousOperation):
        return MalformedError(field="body", rule="readable_form")
    return None


def _error_for(raised: Exception) -> AnlanError:
    """Return the refusal that stands for anything raised while a request was answered."""
    if isinstance(raised, AnlanError):
        return raised
    if isinstance(raised, ValidationError):
        return _first_broken_rule(raised.errors)
    unreadable = _unreadable(raised)
    if unreadable is not None:
        return unreadable
    if isinstance(raised, AWAY):
        log.warning("database_away", kind=type(raised).__name__)
        return DatabaseAwayError()
    log.error("defect", kind=type(raised).__name__, exc_info=raised)
    return AnlanError()


def add_problem_handlers(api: NinjaAPI) -> None:
    """Make `api` answer everything that is raised with a problem document."""

    def answer(request: HttpRequest, raised: Any) -> HttpResponse:
        return problem_reply(_error_for(raised), request)

    for family in (Exception, AnlanError, ValidationError, HttpError):
        api.add_exception_handler(family, answer)


def unknown_path(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a path that leads nowhere with a problem document."""
    return problem_reply(UnknownError(code="unknown.path"), request)
