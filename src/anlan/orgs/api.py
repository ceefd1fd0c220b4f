"""HTTP of organisations, staff and units."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema
from pydantic import AwareDatetime, ConfigDict, FiniteFloat

from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.errors import UnauthenticatedError
from anlan.kernel.http import actor_of
from anlan.orgs import selectors
from anlan.orgs.models import Account
from anlan.orgs.services import positions
from anlan.orgs.services.positions import Fix
from anlan.orgs.sign_in import actor_for, check_sign_in, sign_in

router = Router()
NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"


class Strict(Schema):
    """A body that holds no unknown field."""

    model_config = ConfigDict(extra="forbid")


class SignInBody(Strict):
    """A name and its password."""

    username: str = Field(max_length=64, pattern=NO_CONTROLS)
    password: str = Field(max_length=256)


class OrganisationOut(Schema):
    """An organisation as lists show it."""

    id: UUID
    code: str
    kind: str
    area: int
    name_zh: str
    name_en: str
    lon: float | None
    lat: float | None


class MeOut(Schema):
    """Who is signed in, and what this person may do."""

    account_id: UUID
    username: str
    name_zh: str
    name_en: str
    role: str
    organisation: OrganisationOut
    permissions: list[str]
    area: int
    unit_id: UUID | None


class FixIn(Strict):
    """Where a unit was."""

    unit_id: UUID
    lon: FiniteFloat
    lat: FiniteFloat
    at: AwareDatetime


class PositionsBody(Strict):
    """Positions of units, at most 500."""

    positions: list[FixIn] = Field(max_length=positions.POSITION_BATCH_LIMIT)


class PositionsOut(Schema):
    """How many positions were taken, how many were old or off duty."""

    accepted: int
    ignored: int


def _me(account: Account) -> MeOut:
    return MeOut(
        account_id=account.id,
        username=account.username,
        name_zh=account.display_name_zh,
        name_en=account.display_name_en,
        role=account.role,
        organisation=OrganisationOut.model_validate(account.organisation, from_attributes=True),
        permissions=sorted(actor_for(account).permissions),
        area=account.area,
        unit_id=account.unit_id,
    )


@router.post("/session", response=MeOut, operation_id="sign_in")
def post_session(request: HttpRequest, body: SignInBody) -> MeOut:
    """Sign in; the session cookie is set."""
    account = check_sign_in(body.username, body.password)
    sign_in(request, account)
    return _me(selectors.account_at_door(account.id))


@router.get("/session", response=MeOut, operation_id="who_am_i")
def get_session(request: HttpRequest) -> MeOut:
    """Say who is signed in."""
    actor = actor_of(request)
    if not actor.signed_in:
        raise UnauthenticatedError
    return _me(selectors.account_at_door(UUID(actor.id)))


@router.delete("/session", response={204: None}, operation_id="sign_out")
def delete_session(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    request.session.flush()
    return HttpResponse(status=204)


@router.get("/organisations", response=list[OrganisationOut], operation_id="list_organisations")
def get_organisations(request: HttpRequest) -> list[OrganisationOut]:
    """List the organisations in scope, and those that serve the reader's area from above it."""
    actor = actor_of(request)
    require(actor, "organisation.read")
    found = selectors.organisations() + selectors.organisations_above(actor.area_low)
    return [OrganisationOut.model_validate(one, from_attributes=True) for one in found]


@router.post("/unit-positions", response=PositionsOut, operation_id="record_positions")
def post_positions(request: HttpRequest, body: PositionsBody) -> PositionsOut:
    """Take positions of units on duty; a batch is taken whole or not at all."""
    fixes = [Fix(fix.unit_id, fix.lon, fix.lat, fix.at) for fix in body.positions]
    accepted, ignored = positions.record_positions(fixes, actor=actor_of(request), at=clock.now())
    return PositionsOut(accepted=accepted, ignored=ignored)
