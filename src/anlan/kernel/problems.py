"""Refusals as RFC 9457 problem documents, in the reader's language."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from anlan.kernel.errors import AnlanError, DeniedError, UnavailableError
from anlan.kernel.policies import roles_holding
from anlan.kernel.wording import language_of, word

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER_S = 2


def problem_document(error: AnlanError, language: str) -> dict[str, Any]:
    """Return the members of the problem document for `error`, worded in `language`."""
    facts = {"field": error.field or "", "rule": error.rule or "", **error.facts}
    title = word(f"problem.{error.named}", language, **facts)
    if title == f"problem.{error.named}":
        title = word(f"problem.{error.code}", language, **facts)
    document: dict[str, Any] = {
        "type": f"urn:anlan:problem:{error.named}",
        "title": title,
        "status": error.status,
        "code": error.named,
        "facts": _told(error),
    }
    if error.field is not None:
        rule = word(f"rule.{error.rule}", language, **facts)
        document["field"] = error.field
        document["rule"] = error.rule
        document["detail"] = word("problem.field_rule", language, field=error.field, rule=rule)
    return document


def _told(error: AnlanError) -> dict[str, object]:
    """Return the facts of `error`; of a missing permission also which roles hold it."""
    if not isinstance(error, DeniedError) or "permission" not in error.facts:
        return error.facts
    return error.facts | {"roles": roles_holding(str(error.facts["permission"]))}


class ProblemReply(HttpResponse):
    """A refusal as a reply; whether what was written before it stays written."""

    keeps_writes = False


def problem_reply(error: AnlanError, request: HttpRequest) -> HttpResponse:
    """Return `error` as a reply to `request`."""
    language = language_of(request.headers.get("Accept-Language", ""))
    reply = ProblemReply(
        orjson.dumps(problem_document(error, language), default=str),
        status=error.status,
        content_type=CONTENT_TYPE,
    )
    reply.keeps_writes = error.keeps_writes
    reply["Content-Language"] = language
    if error.status == UnavailableError.status:
        reply["Retry-After"] = str(RETRY_AFTER_S)
    if "wait_s" in error.facts:
        reply["Retry-After"] = str(error.facts["wait_s"])
    return reply
