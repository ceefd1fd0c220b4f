"""The page on which a resident reports something, and the one that gives the number."""

import re
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from anlan.flows.pages.answering import public_page, shown
from anlan.flows.pages.language import language_asked
from anlan.flows.pages.place_choice import PlaceChoice, chosen_place, places_named
from anlan.flows.pages.report_form import (
    FIELDS,
    TypedReport,
    digest_of,
    given_in,
    missing,
    public_kinds,
    refusal_by_field,
    typed_in,
)
from anlan.flows.selectors.known_matters import known_matters
from anlan.flows.services.known_matters import take_public_report
from anlan.intake.services.contacts import NAME_LIMIT_CHARACTERS, contact_kept_for
from anlan.intake.services.reports import TEXT_LIMIT_CHARACTERS, ReportGiven
from anlan.kernel import clock, kept_replies
from anlan.kernel.errors import AnlanError, RefusedError, UnavailableError
from anlan.kernel.photos import UPLOAD_LIMIT_BYTES
from anlan.kernel.wording import word
from anlan.orgs.sign_in import VISITOR

NUMBER = re.compile(r"R-[0-9A-Z]{5}-[0-9A-Z]{5}")
LIMITS = {
    "text_limit": TEXT_LIMIT_CHARACTERS,
    "name_limit": NAME_LIMIT_CHARACTERS,
    "photo_limit_bytes": UPLOAD_LIMIT_BYTES,
}


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, search a place for it, or take what it says."""
    if request.method != "POST":
        return _form(request, TypedReport(), None)
    typed, photo = typed_in(request.POST), _photo(request)
    place, language = chosen_place(typed.place), language_asked(request)
    if request.POST.get("step") == "search":
        return _form(request, typed, place, photo_lost=photo is not None)
    errors = missing(typed, place, language)
    if place is not None and not errors:
        try:
            number = _taken_once(typed, given_in(typed, place, photo))
        except RefusedError as error:
            typed, errors = _sent_already(typed, error, language)
        except AnlanError as error:
            errors = refusal_by_field(error, language)
            if not errors:
                raise
        else:
            return redirect(f"{reverse('reported')}?number={number}")
    lost = photo is not None and "photo" not in errors
    return _form(request, typed, place, errors, photo_lost=lost)


def _sent_already(
    typed: TypedReport, error: RefusedError, language: str
) -> tuple[TypedReport, dict[str, str]]:
    """Say that this form was taken; with other content in it, it may be sent as a new one."""
    if isinstance(error, kept_replies.DoneBeforeError):
        return typed, {"form": word("public.error.sent_days_ago", language)}
    again = replace(typed, key=str(uuid4()))
    return again, {"form": word("public.error.sent_before", language)}


def _photo(request: HttpRequest) -> bytes | None:
    sent = request.FILES.get("photo")
    return sent.read() if sent else None


def _taken_once(typed: TypedReport, given: ReportGiven) -> str:
    """Take a report and return its number; the same form sent again returns the same number."""
    at = clock.now()
    claimed = kept_replies.claim(VISITOR, UUID(typed.key), digest_of(given), at)
    if isinstance(claimed, HttpResponse):
        return claimed.content.decode()
    number = take_public_report(given, same=typed.same, actor=VISITOR, at=at).number
    kept_replies.keep(claimed, HttpResponse(number))
    return number


def _form(
    request: HttpRequest,
    typed: TypedReport,
    place: PlaceChoice | None,
    errors: Mapping[str, str] | None = None,
    *,
    photo_lost: bool = False,
) -> HttpResponse:
    """Return the form with what was typed, the places to choose from and what is wrong."""
    language, wrong = language_asked(request), dict(errors or {})
    try:
        choices = places_named(typed.address.strip(), place)
    except UnavailableError:
        choices = []
        wrong["address"] = word("public.error.search_away", language)
    if typed.address.strip() and not choices:
        wrong.setdefault("address", word("public.error.place_unknown", language))
    facts = {
        "typed": typed,
        "choices": choices,
        "chosen": place.value if place else "",
        "grouped_kinds": public_kinds(),
        "known": known_matters(typed.kind, place.lon, place.lat, at=clock.now()) if place else [],
        "errors": wrong,
        "summary": [(name, wrong[name]) for name in ("form", *FIELDS) if name in wrong],
        "photo_lost": photo_lost,
        **LIMITS,
        "contact_days": contact_kept_for(clock.now()).days,
    }
    return shown(request, "report.html", facts, status=422 if errors else 200)


@require_safe
@public_page
def reported(request: HttpRequest) -> HttpResponse:
    """Give the number under which a report can be followed."""
    number = request.GET.get("number", "")
    if not NUMBER.fullmatch(number):
        return redirect("report")
    return shown(request, "reported.html", {"number": number})
