"""The pages on which somebody offers hours for a task, follows that and takes it back."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlan.flows.pages.answering import public_page, shown
from anlan.flows.pages.language import language_asked
from anlan.kernel import clock, kept_replies
from anlan.kernel.errors import AnlanError, InvalidError, RefusedError, UnknownError
from anlan.kernel.moves import MoveNotAllowedError
from anlan.kernel.wording import word
from anlan.orgs import selectors as orgs
from anlan.orgs.sign_in import VISITOR
from anlan.volunteering import selectors, services
from anlan.volunteering.services import (
    NAME_LIMIT_CHARACTERS,
    VolunteerReached,
    contact_kept_after,
)

TYPED_LIMIT_CHARACTERS = 200  # of one field; what is longer is refused by the field's own rule
FIELDS = ("hours", "telephone", "name")


@dataclass(frozen=True, slots=True)
class TypedOffer:
    """What stands in the form, as it was typed; `key` makes sending it twice harmless."""

    key: str = field(default_factory=lambda: str(uuid4()))
    hours: str = ""
    telephone: str = ""
    name: str = ""


@require_safe
@public_page
def volunteer(request: HttpRequest) -> HttpResponse:
    """Show the tasks for which hours are asked, the next first."""
    tasks = selectors.published_tasks(clock.now())
    names = orgs.organisation_names({task.organisation_id for task in tasks})
    shown_tasks = [(task, names.get(task.organisation_id, ("", ""))) for task in tasks]
    return shown(request, "volunteer.html", {"tasks": shown_tasks})


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def volunteer_task(request: HttpRequest, number: str) -> HttpResponse:
    """Show one task, or take the hours that the form offers."""
    at = clock.now()
    if request.method != "POST":
        return _task(request, number, TypedOffer(), at)
    typed, language = _typed(request.POST), language_asked(request)
    errors = _missing(typed, language)
    if not errors:
        try:
            return redirect("hours", number=_offered_once(number, typed, at))
        except (InvalidError, RefusedError) as error:
            errors = _in_words(error, language)
            if isinstance(error, kept_replies.DoneBeforeError):
                errors = {"form": word("public.error.sent_days_ago", language)}
            elif error.named.startswith("idempotency."):
                typed = TypedOffer(hours=typed.hours, telephone=typed.telephone, name=typed.name)
                errors = {"form": word("public.error.sent_before", language)}
    return _task(request, number, typed, at, errors)


@require_safe
@public_page
def hours(request: HttpRequest, number: str) -> HttpResponse:
    """Show what was offered, to whoever has its number."""
    return _hours(request, number)


@require_POST
@public_page
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take offered hours back; pressed twice it is done once."""
    try:
        services.withdraw(number, actor=VISITOR, at=clock.now())
    except MoveNotAllowedError:
        return _hours(request, number)
    except UnknownError:
        return _hours(request, number)
    return redirect("hours", number=number)


def _typed(sent: QueryDict) -> TypedOffer:
    cut = {name: sent.get(name, "")[:TYPED_LIMIT_CHARACTERS] for name in FIELDS}
    try:
        return TypedOffer(key=str(UUID(sent.get("key", ""))), **cut)
    except ValueError:
        return TypedOffer(**cut)


def _missing(typed: TypedOffer, language: str) -> dict[str, str]:
    """Return what must still be put right before the server is asked, by field, in words."""
    found = {}
    if not (typed.hours.strip().isascii() and typed.hours.strip().isdigit()):
        found["hours"] = "no_hours"
    if typed.name.strip() and not typed.telephone.strip():
        found["telephone"] = "no_telephone"
    return {name: word(f"public.error.{code}", language) for name, code in found.items()}


def _in_words(error: AnlanError, language: str) -> dict[str, str]:
    name = (error.field or "form").removeprefix("contact.")
    for key in (
        f"public.error.{name}.{error.rule}",
        f"rule.{error.rule}",
        f"problem.{error.named}",
    ):
        text = word(key, language, **error.facts)
        if text != key:
            return {name if name in FIELDS else "form": text}
    return {"form": word("public.error.other", language)}


def _offered_once(number: str, typed: TypedOffer, at: datetime) -> str:
    """Offer hours and return the offer's number; the same form sent again returns the same."""
    digest = "\0".join((number, typed.hours, typed.telephone, typed.name)).encode()
    claimed = kept_replies.claim(VISITOR, UUID(typed.key), digest, at)
    if isinstance(claimed, HttpResponse):
        return claimed.content.decode()
    contact = VolunteerReached(typed.name, typed.telephone) if typed.telephone.strip() else None
    offer = services.offer_hours(number, int(typed.hours), contact, actor=VISITOR, at=at)
    kept_replies.keep(claimed, HttpResponse(offer.number))
    return offer.number


def _task(
    request: HttpRequest, number: str, typed: TypedOffer, at: datetime,
    errors: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    task = selectors.task_by_number(number)
    wrong = errors or {}
    facts = {
        "task": task,
        "organisation": orgs.organisation_names([task.organisation_id])[task.organisation_id],
        "left": task.hours_wanted - task.hours_offered,
        "over": task.state != "OPEN" or task.ends_at <= at,
        "most": min(selectors.most_hours(task), task.hours_wanted - task.hours_offered),
        "typed": typed,
        "errors": wrong,
        "name_limit": NAME_LIMIT_CHARACTERS,
        "contact_days": contact_kept_after(clock.now()).days,
    }
    return shown(request, "volunteer_task.html", facts, status=422 if wrong else 200)


def _hours(request: HttpRequest, number: str) -> HttpResponse:
    offer = selectors.offer_by_number(number)
    days = contact_kept_after(clock.now()).days
    facts = {"offer": offer, "task": offer.task, "contact_days": days}
    return shown(request, "volunteer_hours.html", facts)
