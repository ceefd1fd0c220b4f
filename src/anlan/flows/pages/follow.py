"""The pages on which a resident follows a report by its number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from anlan.casework.transitions import FACT_LIMIT_CHARACTERS
from anlan.flows.pages.answering import public_page, shown
from anlan.flows.pages.language import language_asked
from anlan.flows.selectors import follow
from anlan.flows.services.following import ask_reopen
from anlan.intake.kinds import kind_of
from anlan.kernel import clock
from anlan.kernel.errors import InvalidError, UnknownError
from anlan.kernel.identifiers import tidy_number
from anlan.kernel.wording import word
from anlan.orgs.sign_in import VISITOR

TYPED_LIMIT_CHARACTERS = 40


@require_safe
@public_page
def follow_start(request: HttpRequest) -> HttpResponse:
    """Ask for a number, and go to its page."""
    typed = request.GET.get("number", "")[:TYPED_LIMIT_CHARACTERS].strip()
    if not typed:
        return shown(request, "follow.html", {"typed": ""})
    return redirect("followed", number=tidy_number(typed))


@require_safe
@public_page
def followed(request: HttpRequest, number: str) -> HttpResponse:
    """Show how far a report has come."""
    return _progress(request, number)


@require_POST
@public_page
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once that a closed case be opened again."""
    reason, language = request.POST.get("reason", ""), language_asked(request)
    if not reason.strip():
        return _progress(request, number, reason, word("public.error.no_reason", language))
    try:
        ask_reopen(number, reason=reason, actor=VISITOR, at=clock.now())
    except InvalidError as error:
        return _progress(
            request, number, reason, word(f"rule.{error.rule}", language, **error.facts)
        )
    return redirect("followed", number=number)


def _progress(
    request: HttpRequest, number: str, reason: str = "", reason_error: str = ""
) -> HttpResponse:
    """Return the page of one report; a number that is none goes back to the question."""
    try:
        progress = follow(number, actor=VISITOR)
    except UnknownError:
        typed = number[:TYPED_LIMIT_CHARACTERS]
        return shown(request, "follow.html", {"typed": typed, "unknown": True}, status=404)
    facts = {
        "progress": progress,
        "kind": kind_of(progress.kind),
        "reason": reason,
        "reason_error": reason_error,
        "reason_limit": FACT_LIMIT_CHARACTERS,
    }
    return shown(request, "followed.html", facts, status=422 if reason_error else 200)
