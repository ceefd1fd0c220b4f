"""HTTP of the ways to sign in beside the password, and of a department's own provider."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from anlan.kernel import clock
from anlan.kernel.schemas import Schema
from anlan.orgs import selectors as orgs
from anlan.orgs.api.organisations import Strict
from anlan.orgs.api.session import NO_CONTROLS, MeOut, me_of
from anlan.orgs.identity.selectors import providers
from anlan.orgs.identity.services import provider_sign_ins
from anlan.orgs.identity.services.provider_sign_ins import TRY_LIFE, Answered
from anlan.orgs.identity.whence import whence
from anlan.orgs.sign_in import sign_in

router = Router()


class ProviderOut(Schema):
    """A provider by which the accounts of an organisation may sign in."""

    id: UUID
    name_zh: str
    name_en: str
    organisation_id: UUID


class WaysOut(Schema):
    """How somebody may sign in here beside by a password."""

    passkeys: bool
    providers: list[ProviderOut]


class BeginBody(Strict):
    """By which provider."""

    provider_id: UUID


class BegunOut(Schema):
    """The provider's address to which the browser goes now."""

    address: str


class AnswerBody(Strict):
    """What the browser brings back, and the code of an authenticator where one is asked for."""

    state: str = Field(max_length=128, pattern=NO_CONTROLS)
    code: str = Field(max_length=2048, pattern=NO_CONTROLS)
    issuer: str | None = Field(None, max_length=300, pattern=NO_CONTROLS)
    second: str | None = Field(None, max_length=32, pattern=NO_CONTROLS)


@router.get("/sign-in-ways", response=WaysOut, operation_id="list_ways_to_sign_in")
def get_ways(request: HttpRequest) -> WaysOut:
    """Say what the sign-in page offers beside the password."""
    found = [ProviderOut.model_validate(one, from_attributes=True) for one in providers()]
    return WaysOut(passkeys=bool(settings.ORIGIN), providers=found)


@router.post("/session/provider", response=BegunOut, operation_id="begin_provider_sign_in")
def post_begin(request: HttpRequest, response: HttpResponse, body: BeginBody) -> BegunOut:
    """Begin to sign in by a provider: what comes back counts in this browser alone, once."""
    begun = provider_sign_ins.begin(body.provider_id, clock.machine_now())
    response["Cache-Control"] = "no-store"
    response.set_cookie(
        settings.PROVIDER_COOKIE_NAME,
        begun.handle,
        max_age=TRY_LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return BegunOut(address=begun.address)


@router.post("/session/provider/answer", response=MeOut, operation_id="finish_provider_sign_in")
def post_answer(request: HttpRequest, response: HttpResponse, body: AnswerBody) -> MeOut:
    """Sign in with what the provider answered; the session cookie is set."""
    account = provider_sign_ins.finish(
        Answered(body.state, body.code, body.issuer),
        request.COOKIES.get(settings.PROVIDER_COOKIE_NAME, ""),
        second=body.second,
        whence=whence(request),
        at=clock.machine_now(),
    )
    response["Cache-Control"] = "no-store"
    response.delete_cookie(settings.PROVIDER_COOKIE_NAME, samesite="Strict")
    sign_in(request, response, account)
    return me_of(orgs.account_at_door(account.id))
