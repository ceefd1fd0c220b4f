"""HTTP of the keys of connected systems, as administrators look after them."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.orgs.api.organisations import Strict
from anlan.orgs.api.session import NO_CONTROLS
from anlan.orgs.identity import selectors
from anlan.orgs.identity.models import KEY_NAME_MAX_CHARACTERS, ServiceKey
from anlan.orgs.identity.services.service_keys import DAYS_LIMIT, add_key, end_key, grantable
from anlan.orgs.selectors import organisation

router = Router()
PERMISSIONS_LIMIT = 50


class ServiceKeyOut(Schema):
    """A key of a connected system: never the key itself, which nobody has but the system."""

    id: UUID
    name: str
    organisation_id: UUID
    permissions: list[str]
    added_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    last_used_at: datetime | None
    in_force: bool


class ServiceKeysOut(Schema):
    """The keys, those in force first, and what the reader may put on a new one."""

    items: list[ServiceKeyOut]
    grantable: list[str]
    days_limit: int


class ServiceKeyBody(Strict):
    """A key to be made: for what, in whose area, for how many days."""

    name: str = Field(max_length=KEY_NAME_MAX_CHARACTERS, pattern=NO_CONTROLS)
    organisation_id: UUID
    permissions: list[str] = Field(min_length=1, max_length=PERMISSIONS_LIMIT)
    days: int = Field(ge=1, le=DAYS_LIMIT)


class NewServiceKeyOut(Schema):
    """A key that was just made, with its text: shown this once."""

    item: ServiceKeyOut
    key: str


def _shown(row: ServiceKey, at: datetime) -> ServiceKeyOut:
    return ServiceKeyOut(
        id=row.id,
        name=row.label,
        organisation_id=row.organisation_id,
        permissions=row.permissions,
        added_at=row.added_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        last_used_at=row.last_used_at,
        in_force=row.ended_at is None and row.expires_at > at,
    )


@router.get("/service-keys", response=ServiceKeysOut, operation_id="list_service_keys")
def get_service_keys(request: HttpRequest) -> ServiceKeysOut:
    """List the keys of connected systems in scope."""
    actor, at = actor_of(request), clock.machine_now()
    require(actor, "account.write")
    return ServiceKeysOut(
        items=[_shown(row, at) for row in selectors.service_keys(at)],
        grantable=sorted(grantable(actor)),
        days_limit=DAYS_LIMIT,
    )


@router.post("/service-keys", response=NewServiceKeyOut, operation_id="add_service_key")
def post_service_key(
    request: HttpRequest, response: HttpResponse, body: ServiceKeyBody
) -> NewServiceKeyOut:
    """Make a key for a connected system; it is shown this once.

    Wants a proof of the last quarter of an hour, and gives no more than the maker holds.
    """
    actor, at = actor_of(request), clock.machine_now()
    require(actor, "account.write")
    made, key = add_key(
        body.name,
        organisation(body.organisation_id).code,
        body.permissions,
        days=body.days,
        actor=actor,
        at=at,
    )
    response["Cache-Control"] = "no-store"
    return NewServiceKeyOut(item=_shown(made, at), key=key)


@router.post("/service-keys/{key_id}/end", response=ServiceKeyOut, operation_id="end_service_key")
def post_end(request: HttpRequest, key_id: UUID) -> ServiceKeyOut:
    """End a key: the next request with it is refused."""
    actor, at = actor_of(request), clock.machine_now()
    require(actor, "account.write")
    return _shown(end_key(selectors.service_key(key_id), actor=actor, at=at), at)
