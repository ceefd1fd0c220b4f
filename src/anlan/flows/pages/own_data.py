"""The page on which a resident sees, corrects and erases what is kept about one report."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from anlan.flows.pages.answering import public_page, shown
from anlan.flows.pages.language import language_asked
from anlan.flows.selectors import by_number
from anlan.flows.services.own_data import erase_words
from anlan.intake.errors import TooManyProofsError
from anlan.intake.services.contacts import NAME_LIMIT_CHARACTERS, ContactGiven
from anlan.intake.services.own_data import (
    Proven,
    correct_own_contact,
    erase_own_contact,
    own_data,
    prove,
)
from anlan.kernel import clock
from anlan.kernel.errors import InvalidError, UnknownError
from anlan.kernel.wording import word
from anlan.orgs.sign_in import VISITOR

PROOF_LIMIT_CHARACTERS = 200
ASKED = {
    "show": "own request: access",
    "correct": "own request: correction",
    "erase_contact": "own request: erasure of the contact",
    "erase_words": "own request: erasure of words",
}


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def own(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a proof, then show what is kept, or do what was asked with it."""
    with by_number(VISITOR):
        return _own(request, number)


def _own(request: HttpRequest, number: str) -> HttpResponse:
    facts = {"number": number, "name_limit": NAME_LIMIT_CHARACTERS}
    if request.method != "POST":
        return shown(request, "own.html", facts)
    asked = request.POST.get("asked", "show")
    proof = request.POST.get("proof", "")[:PROOF_LIMIT_CHARACTERS]
    language, at = language_asked(request), clock.now()
    try:
        proven = prove(number, proof, ASKED.get(asked, ASKED["show"]), actor=VISITOR, at=at)
    except UnknownError:
        return redirect("followed", number=number)
    except TooManyProofsError as error:
        wrong = word(f"problem.{error.code}", language, **error.facts)
        return shown(request, "own.html", {**facts, "proof_error": wrong}, status=409)
    if proven is None:  # answered as done, so that what counts the failures is kept
        return shown(
            request, "own.html", {**facts, "proof_error": word("public.own.wrong", language)}
        )
    return _done(request, proven, asked, {**facts, "proof": proof})


def _done(
    request: HttpRequest, proven: Proven, asked: str, facts: dict[str, object]
) -> HttpResponse:
    language, at = language_asked(request), clock.now()
    if asked == "erase_contact":
        erase_own_contact(proven)
        return shown(request, "own.html", {**facts, "proof": "", "done": "contact"})
    if asked == "erase_words":
        erase_words(proven, at)
    elif asked == "correct":
        given = ContactGiven(
            name=request.POST.get("name", ""),
            telephone=request.POST.get("telephone", ""),
            email=request.POST.get("email", ""),
        )
        try:
            correct_own_contact(proven, given, at)
        except InvalidError as error:
            wrong = word(f"rule.{error.rule}", language, **error.facts)
            shown_still = {**facts, "own": own_data(proven, at), "contact_error": wrong}
            return shown(request, "own.html", shown_still, status=422)
        facts["proof"] = given.telephone or given.email
    done = {"erase_words": "words", "correct": "corrected"}.get(asked, "")
    return shown(request, "own.html", {**facts, "own": own_data(proven, at), "done": done})
