"""How a public page is answered: one transaction as a visitor, in one language.

Whoever is signed in on the same browser is a visitor here: the pages show everybody the same.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anlan.flows.pages.assets import asset_url
from anlan.flows.pages.language import keep_choice, language_asked, switch_links
from anlan.kernel.errors import AnlanError, DeniedError
from anlan.kernel.http import AWAY, away
from anlan.kernel.scope import scoped
from anlan.kernel.wording import word
from anlan.orgs.sign_in import VISITOR


def shown(
    request: HttpRequest, template: str, facts: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page: `template` filled with `facts`, in the language of `request`."""
    language = language_asked(request)
    frame = {
        "language": language,
        "switch_links": switch_links(request),
        "way": request.path.split("/")[1],
        "style_url": asset_url("public.css"),
        "script_url": asset_url("public.js"),
        "icon_url": asset_url("icon.svg"),
    }
    reply = render(request, f"public/{template}", {**frame, **facts}, status=status)
    reply["Content-Language"] = language
    reply["Vary"] = "Accept-Language, Cookie"
    reply["Cache-Control"] = "no-store"  # a number that opens a report stands on most of them
    keep_choice(request, reply)
    return reply


def refused(request: HttpRequest, error: AnlanError) -> HttpResponse:
    """Return the page that tells a visitor what cannot be done."""
    language = language_asked(request)
    title = word(f"problem.{error.named}", language)
    if title == f"problem.{error.named}":
        title = word(f"problem.{error.code}", language)
    return shown(request, "refused.html", {"title": title}, status=error.status)


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let `view` answer as a visitor in one transaction; a reply of 400 or more keeps nothing."""

    def answer(request: HttpRequest, **captured: str) -> HttpResponse:
        try:
            with scoped(VISITOR):
                reply = view(request, **captured)
                if reply.status_code >= 400:
                    transaction.set_rollback(True)
                return reply
        except AnlanError as error:
            return refused(request, error)
        except AWAY as error:
            return refused(request, away(error, request))

    return answer


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that carries no valid token (Django's CSRF failure view)."""
    return refused(request, DeniedError(code="denied.form_expired"))
