"""HTTP of signing in and out."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from anlan.kernel import clock
from anlan.kernel.errors import UnauthenticatedError
from anlan.kernel.http import actor_of
from anlan.kernel.policies import purposes_of
from anlan.kernel.schemas import Schema
from anlan.orgs import selectors
from anlan.orgs.api.organisations import OrganisationOut, Strict
from anlan.orgs.identity.demands import roles_with_second_factor
from anlan.orgs.identity.services import authenticators
from anlan.orgs.identity.services.proofs import check_sign_in
from anlan.orgs.identity.whence import whence
from anlan.orgs.models import Account
from anlan.orgs.sign_in import actor_for, sign_in, sign_out

router = Router()
NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"


class SignInBody(Strict):
    """A name, its password, and the code of its authenticator where it has one."""

    username: str = Field(max_length=64, pattern=NO_CONTROLS)
    password: str = Field(max_length=256)
    code: str | None = Field(None, max_length=32, pattern=NO_CONTROLS)


class MeOut(Schema):
    """Who is signed in, what this person may do, and for what read: the usual purpose first.

    While `factor_needed` is true, nothing is answered but what takes a second factor on.
    """

    account_id: UUID
    username: str
    name_zh: str
    name_en: str
    role: str
    organisation: OrganisationOut
    permissions: list[str]
    purposes: list[str]
    area: int
    unit_id: UUID | None
    factor_needed: bool


def me_of(account: Account) -> MeOut:
    """Return what a sign-in of an account is told of itself."""
    return MeOut(
        account_id=account.id,
        username=account.username,
        name_zh=account.display_name_zh,
        name_en=account.display_name_en,
        role=account.role,
        organisation=OrganisationOut.model_validate(account.organisation, from_attributes=True),
        permissions=sorted(actor_for(account).permissions),
        purposes=list(purposes_of(account.role)),
        area=account.area,
        unit_id=account.unit_id,
        factor_needed=account.role in roles_with_second_factor(clock.machine_now())
        and not authenticators.in_force(account.id),
    )


@router.post("/session", response=MeOut, operation_id="sign_in")
def post_session(request: HttpRequest, response: HttpResponse, body: SignInBody) -> MeOut:
    """Sign in; the session cookie is set."""
    account = check_sign_in(
        body.username,
        body.password,
        body.code,
        whence=whence(request),
        at=clock.machine_now(),
    )
    sign_in(request, response, account)
    return me_of(selectors.account_at_door(account.id))


@router.get("/session", response=MeOut, operation_id="who_am_i")
def get_session(request: HttpRequest) -> MeOut:
    """Say who is signed in."""
    actor = actor_of(request)
    if actor.session_id is None:  # a visitor, or a system by its key
        raise UnauthenticatedError
    return me_of(selectors.account_at_door(UUID(actor.id)))


@router.delete("/session", response={204: None}, operation_id="sign_out")
def delete_session(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    reply = HttpResponse(status=204)
    sign_out(request, reply)
    return reply
