"""The pages on which a resident follows a report by its number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from anlan.casework.transitions import FACT_LIMIT_CHARACTERS, Verdict
from anlan.flows.pages.answering import public_page, shown
from anlan.flows.pages.language import language_asked
from anlan.flows.selectors import follow
from anlan.flows.services.following import add_words, ask_reopen, rate
from anlan.intake.errors import TooManyUpdatesError
from anlan.intake.kinds import kind_of
from anlan.intake.services.thread import UPDATE_LIMIT_CHARACTERS
from anlan.kernel import clock
from anlan.kernel.errors import InvalidError, UnknownError
from anlan.kernel.identifiers import tidy_number
from anlan.kernel.wording import word
from anlan.orgs.sign_in import VISITOR

TYPED_LIMIT_CHARACTERS = 40
VERDICTS = tuple(verdict.value for verdict in Verdict)


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
    return _progress(request, number, added="added" in request.GET)


@require_POST
@public_page
def words(request: HttpRequest, number: str) -> HttpResponse:
    """Add further words to a report."""
    text, language = request.POST.get("text", ""), language_asked(request)
    try:
        add_words(number, text, actor=VISITOR, at=clock.now())
    except InvalidError as error:
        wrong = word(f"rule.{error.rule}", language, **error.facts)
        return _progress(request, number, text=text, text_error=wrong)
    except TooManyUpdatesError as error:
        wrong = word(f"problem.{error.code}", language, **error.facts)
        return _progress(request, number, text=text, text_error=wrong)
    except UnknownError:
        return _progress(request, number)
    return redirect(f"{reverse('followed', args=[number])}?added")


@require_POST
@public_page
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once that a closed case be opened again."""
    reason, language = request.POST.get("reason", ""), language_asked(request)
    if not reason.strip():
        wrong = word("public.error.no_reason", language)
        return _progress(request, number, reason=reason, reason_error=wrong)
    try:
        ask_reopen(number, reason=reason, actor=VISITOR, at=clock.now())
    except InvalidError as error:
        wrong = word(f"rule.{error.rule}", language, **error.facts)
        return _progress(request, number, reason=reason, reason_error=wrong)
    return redirect("followed", number=number)


@require_POST
@public_page
def rating(request: HttpRequest, number: str) -> HttpResponse:
    """Say once of a closing whether the matter was put right."""
    verdict, language = request.POST.get("verdict", ""), language_asked(request)
    if verdict not in VERDICTS:
        wrong = word("public.error.no_verdict", language)
        return _progress(request, number, verdict_error=wrong)
    rate(number, verdict=verdict, actor=VISITOR, at=clock.now())
    return redirect("followed", number=number)


def _progress(request: HttpRequest, number: str, **typed: object) -> HttpResponse:
    """Return the page of one report with what was typed; no number goes back to the question."""
    try:
        progress = follow(number, actor=VISITOR, at=clock.now())
    except UnknownError:
        asked = number[:TYPED_LIMIT_CHARACTERS]
        return shown(request, "follow.html", {"typed": asked, "unknown": True}, status=404)
    facts = {
        "progress": progress,
        "kind": kind_of(progress.kind),
        "verdicts": VERDICTS,
        "reason_limit": FACT_LIMIT_CHARACTERS,
        "text_limit": UPDATE_LIMIT_CHARACTERS,
        **typed,
    }
    wrong = any(name.endswith("_error") for name in typed)
    return shown(request, "followed.html", facts, status=422 if wrong else 200)
