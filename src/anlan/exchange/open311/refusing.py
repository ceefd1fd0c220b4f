"""Refusals in the form of the specification, in the reader's language."""

from django.http import HttpRequest, HttpResponse

from anlan.exchange.open311.writing import TYPES, in_format
from anlan.kernel.errors import (
    AnlanError,
    DeniedError,
    UnauthenticatedError,
    UnavailableError,
    UnknownError,
)
from anlan.kernel.problems import RETRY_AFTER_S, problem_document
from anlan.kernel.wording import language_of

DEFECT = 500


def status_of(error: AnlanError) -> int:
    """Return 403 for a wrong key, 404 for what is not there, 400 for any other refusal.

    What is no refusal stays what it is: 503 where a part is away, 500 for a defect.
    """
    if isinstance(error, UnauthenticatedError | DeniedError):
        return 403
    if isinstance(error, UnknownError):
        return 404
    return error.status if error.status >= DEFECT else 400


def refusal(error: AnlanError, request: HttpRequest, format: str) -> HttpResponse:
    """Return a refusal in the format that was asked for; CSV has none, so in XML there."""
    kind = format if format == "json" else "xml"
    language = language_of(request.headers.get("Accept-Language", ""))
    problem = problem_document(error, language)
    status = status_of(error)
    words = " ".join(str(problem[name]) for name in ("title", "detail") if name in problem)
    body = in_format(kind, "errors", [{"code": status, "description": words}])
    reply = HttpResponse(body, status=status, content_type=TYPES[kind])
    reply["Content-Language"] = language
    reply["Access-Control-Allow-Origin"] = "*"
    reply["Cross-Origin-Resource-Policy"] = "cross-origin"
    if status == UnavailableError.status:
        reply["Retry-After"] = str(RETRY_AFTER_S)
    return reply
