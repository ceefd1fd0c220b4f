"""The addresses of GeoReport v2. Reading is open to everybody, sending needs a service key."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from anlan.casework import selectors as casework
from anlan.exchange.open311 import offers, selectors
from anlan.exchange.open311.arguments import (
    BULK_LIMIT_ROWS,
    Asked,
    asked_for,
    form_fields,
)
from anlan.exchange.open311.errors import (
    BadArgumentError,
    UnknownJurisdictionError,
    UnknownRequestError,
)
from anlan.exchange.open311.refusing import refusal
from anlan.exchange.open311.services.keys import sender_of
from anlan.exchange.open311.services.requests import Fields, first, take_request
from anlan.exchange.open311.services.updates import take_update
from anlan.exchange.open311.writing import TYPES, Content, as_csv, in_format, w3c
from anlan.intake.errors import UnknownReportError
from anlan.intake.selectors import report_by_number
from anlan.kernel import clock, kept_replies
from anlan.kernel.access import Actor, system_actor
from anlan.kernel.errors import AnlanError
from anlan.kernel.http import AWAY, away
from anlan.kernel.scope import scoped
from anlan.kernel.wording import language_of, word

READER = system_actor("open311")
READ = ("GET", "HEAD")
ANY = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
FRESH_FOR_S = 15
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
MEDIA_TYPES = {"xml": "text/xml", "json": "application/json"}
View = Callable[..., HttpResponse]


def answering(*methods: str) -> Callable[[View], View]:
    """Let a view answer `methods` in the format of its address, refusals in the same.

    Reading is done in one transaction of its own; sending opens the scope of its key.
    """

    def wrapped(view: View) -> View:
        def answer(request: HttpRequest, format: str | None = None, **named: str) -> HttpResponse:
            asked = format or "xml"
            try:
                return _answer(view, methods, request, asked, named)
            except AnlanError as error:
                return refusal(error, request, asked)
            except AWAY as error:
                return refusal(away(error, request), request, asked)

        return csrf_exempt(answer)  # a key is no cookie: a foreign page has none to send

    return wrapped


def _answer(
    view: View, methods: tuple[str, ...], request: HttpRequest, format: str, named: dict[str, str]
) -> HttpResponse:
    if request.method not in methods:
        raise BadArgumentError(field="method", rule="known_method")
    if request.method not in READ:
        return view(request, format, **named)
    _check_jurisdiction(request.GET.get("jurisdiction_id", ""))
    with scoped(READER):
        return view(request, format, **named)


def _check_jurisdiction(told: str) -> None:
    if told not in {"", settings.OPEN311_JURISDICTION}:
        raise UnknownJurisdictionError(field="jurisdiction_id", rule="served_here")


def _shown(root: str, content: Content, format: str, *, status: int = 200) -> HttpResponse:
    body = in_format(format, root, content)
    reply = HttpResponse(body, status=status, content_type=TYPES[format])
    reply["Access-Control-Allow-Origin"] = "*"  # public, and read without any cookie
    reply["Cross-Origin-Resource-Policy"] = "cross-origin"
    reply["Vary"] = "Accept-Language"
    reply["Cache-Control"] = f"public, max-age={FRESH_FOR_S}"
    return reply


def _language(request: HttpRequest) -> str:
    return language_of(request.headers.get("Accept-Language", ""))


def _asked(request: HttpRequest, at: datetime, **more: int) -> Asked:
    return asked_for({name: str(value) for name, value in request.GET.items()}, at, **more)


@answering(*READ)
def discovery(request: HttpRequest, format: str) -> HttpResponse:
    """Say where which version is, and whom to ask for a key."""
    changed = max(item.valid_from for item in offers.offered(clock.now().date()).values())
    changeset, language = f"{changed:%Y-%m-%d} 00:00", _language(request)
    sender = settings.EXCHANGE_SENDER
    content = {
        "changeset": changeset,
        "contact": word("open311.contact", language, sender=sender),
        "key_service": word("open311.key_service", language, sender=sender),
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": request.build_absolute_uri("/open311/v2"),
                "changeset": changeset,
                "type": settings.OPEN311_TYPE,
                "formats": list(MEDIA_TYPES.values()),
            }
        ],
    }
    return _shown("discovery", content, format)


@answering(*READ)
def services(request: HttpRequest, format: str) -> HttpResponse:
    """List the services on offer."""
    found = offers.offered(clock.now().date()).values()
    rows = [offers.service_row(item, _language(request)) for item in found]
    return _shown("services", rows, format)


@answering(*READ)
def service(request: HttpRequest, format: str, service_code: str) -> HttpResponse:
    """Show the definition of one service."""
    item = offers.offered_item(service_code, clock.now().date())
    return _shown("service_definition", offers.definition_of(item, _language(request)), format)


@answering(*READ, "POST")
def requests(request: HttpRequest, format: str) -> HttpResponse:
    """List public requests, or take one that is sent."""
    if request.method == "POST":
        return _sending(request, format, "request.send", _take_request)
    at = clock.now()
    rows = selectors.request_rows(_asked(request, at), _language(request), at)
    return _shown("service_requests", rows, format)


@answering(*READ)
def one_request(request: HttpRequest, format: str, number: str) -> HttpResponse:
    """Show one public request."""
    rows = selectors.request_row(number, _language(request), clock.now())
    return _shown("service_requests", rows, format)


@answering(*READ)
def token(request: HttpRequest, format: str, number: str) -> HttpResponse:
    """Lead from the number that a reporter was given to the public number of the matter."""
    try:
        report = report_by_number(number)
    except UnknownReportError:
        raise UnknownRequestError(field="token", rule="known_request") from None
    if report.case_id is None:
        raise UnknownRequestError(field="token", rule="known_request")
    case = casework.public_case(report.case_id)
    selectors.request_row(case.number, _language(request), clock.now())  # public, or unknown
    return _shown(
        "service_requests", [{"service_request_id": case.number, "token": report.number}], format
    )


@answering(*READ, "POST")
def updates(request: HttpRequest, format: str) -> HttpResponse:
    """List the changes of public requests, or take words that are added to one."""
    if request.method == "POST":
        return _sending(request, format, "update.send", _take_update)
    at = clock.now()
    rows = selectors.update_rows(_asked(request, at), _language(request), at)
    return _shown("service_request_updates", rows, format)


@answering(*READ)
def bulk(request: HttpRequest, format: str) -> HttpResponse:
    """Hand out public requests in the columns of the bulk profile, a page at a time."""
    at = clock.now()
    asked = _asked(request, at, most=BULK_LIMIT_ROWS)
    rows = selectors.bulk_rows(asked, _language(request), at)
    if format != "csv":
        return _shown("service_requests", rows, format)
    reply = _shown("service_requests", [], "xml")
    reply.content, reply["Content-Type"] = as_csv(selectors.BULK_COLUMNS, rows), TYPES["csv"]
    reply["Content-Disposition"] = f'attachment; filename="requests-{w3c(asked.start)[:10]}.csv"'
    return reply


@answering(*ANY)
def elsewhere(request: HttpRequest, format: str, **_: str) -> HttpResponse:
    """Answer what the specification does not have."""
    raise UnknownRequestError(field="path", rule="known_resource")


Taking = Callable[[Fields, HttpRequest, Actor, datetime], tuple[str, list[dict[str, Any]]]]


def _sending(request: HttpRequest, format: str, scope: str, take: Taking) -> HttpResponse:
    """Take a form under its key; with an Idempotency-Key the same form counts once."""
    at = clock.now()
    fields = form_fields(request.body, request.headers.get("Content-Type", ""))
    actor = sender_of(first(fields, "api_key"), scope, at=clock.machine_now())
    _check_jurisdiction(first(fields, "jurisdiction_id"))
    with scoped(actor), transaction.atomic():
        claimed = _claimed(request, actor, at)
        if isinstance(claimed, HttpResponse):
            return claimed
        root, rows = take(fields, request, actor, at)
        reply = _shown(root, rows, format)
        reply["Cache-Control"] = "private, max-age=0"
        if claimed is not None:
            kept_replies.keep(claimed, reply)
    return reply


def _claimed(request: HttpRequest, actor: Actor, at: datetime) -> Any:
    if kept_replies.HEADER not in request.headers:
        return None
    key, digest = kept_replies.key_of(request), kept_replies.digest_of(request)
    return kept_replies.claim(actor, key, digest, at)


def _take_request(
    fields: Fields, request: HttpRequest, actor: Actor, at: datetime
) -> tuple[str, list[dict[str, Any]]]:
    sent = take_request(fields, actor=actor, at=at)
    follow = request.build_absolute_uri(f"/follow/{sent.report_number}")
    notice = word("open311.notice", _language(request), address=follow)
    row: Mapping[str, Any] = {
        "service_request_id": sent.case_number, "service_notice": notice, "account_id": None,
    }  # fmt: skip
    return "service_requests", [dict(row)]


def _take_update(
    fields: Fields, request: HttpRequest, actor: Actor, at: datetime
) -> tuple[str, list[dict[str, Any]]]:
    return "service_request_updates", [{"update_id": str(take_update(fields, actor=actor, at=at))}]
