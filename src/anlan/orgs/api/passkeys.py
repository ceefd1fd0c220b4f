"""HTTP of passkeys: one's own, signing in by one, proving again by one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from anlan.kernel import clock
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.orgs import selectors as orgs
from anlan.orgs.api.organisations import Strict
from anlan.orgs.api.own import own_sign_in
from anlan.orgs.api.session import NO_CONTROLS, MeOut, me_of
from anlan.orgs.identity.models import KEY_NAME_MAX_CHARACTERS, Passkey
from anlan.orgs.identity.services import passkeys, proofs
from anlan.orgs.identity.services.passkeys import ANSWER_LIMIT_CHARACTERS
from anlan.orgs.sign_in import sign_in

router = Router()


class PasskeyOut(Schema):
    """A passkey of one's own; `fell_back_at`: when an answer looked like a copy's."""

    id: UUID
    name: str
    added_at: datetime
    last_used_at: datetime | None
    fell_back_at: datetime | None


class PasskeysOut(Schema):
    """Whether passkeys count here at all, and one's own."""

    available: bool
    items: list[PasskeyOut]


class AskedOut(Schema):
    """What the browser is to ask for, as Web Authentication writes it in JSON."""

    options: dict[str, Any]


class PasskeyAnswerBody(Strict):
    """What a passkey answered, as the JSON text of the browser's credential."""

    answer: str = Field(max_length=ANSWER_LIMIT_CHARACTERS, pattern=NO_CONTROLS)


class NewPasskeyBody(PasskeyAnswerBody):
    """A passkey that a device has made, and how its owner calls it."""

    name: str = Field(max_length=KEY_NAME_MAX_CHARACTERS, pattern=NO_CONTROLS)


class NewPasskeyOut(Schema):
    """A passkey that was added; recovery codes, this once, where there were none."""

    item: PasskeyOut
    codes: list[str]


def _shown(row: Passkey) -> PasskeyOut:
    return PasskeyOut(
        id=row.id,
        name=row.label,
        added_at=row.added_at,
        last_used_at=row.last_used_at,
        fell_back_at=row.fell_back_at,
    )


@router.get("/own/passkeys", response=PasskeysOut, operation_id="list_own_passkeys")
def get_passkeys(request: HttpRequest) -> PasskeysOut:
    """List one's own passkeys."""
    account_id, _ = own_sign_in(request)
    rows = passkeys.passkeys_of(account_id)
    return PasskeysOut(available=bool(settings.ORIGIN), items=[_shown(row) for row in rows])


@router.post("/own/passkeys/begin", response=AskedOut, operation_id="begin_own_passkey")
def post_begin(request: HttpRequest, response: HttpResponse) -> AskedOut:
    """Begin to add a passkey; wants a proof of the last quarter of an hour."""
    account_id, _ = own_sign_in(request)
    at = clock.machine_now()
    proofs.require_recent_proof(actor_of(request), at)
    response["Cache-Control"] = "no-store"
    return AskedOut(options=passkeys.begin_adding(account_id, at))


@router.post("/own/passkeys", response=NewPasskeyOut, operation_id="add_own_passkey")
def post_passkey(
    request: HttpRequest, response: HttpResponse, body: NewPasskeyBody
) -> NewPasskeyOut:
    """Add the passkey that a device has made."""
    account_id, _ = own_sign_in(request)
    kept, codes = passkeys.add(account_id, body.name, body.answer, clock.machine_now())
    response["Cache-Control"] = "no-store"
    return NewPasskeyOut(item=_shown(kept), codes=codes)


@router.delete(
    "/own/passkeys/{passkey_id}", response={204: None}, operation_id="remove_own_passkey"
)
def delete_passkey(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    """Remove a passkey; wants a proof of the last quarter of an hour."""
    account_id, _ = own_sign_in(request)
    proofs.require_recent_proof(actor_of(request), clock.machine_now())
    passkeys.remove(account_id, passkey_id)
    return HttpResponse(status=204)


@router.post("/own/proof/passkey/begin", response=AskedOut, operation_id="begin_proof_by_passkey")
def post_proof_begin(request: HttpRequest, response: HttpResponse) -> AskedOut:
    """Begin to prove again by a passkey."""
    account_id, _ = own_sign_in(request)
    response["Cache-Control"] = "no-store"
    return AskedOut(options=passkeys.begin_proof(account_id, clock.machine_now()))


@router.post("/own/proof/passkey", response={204: None}, operation_id="prove_by_passkey")
def post_proof(request: HttpRequest, body: PasskeyAnswerBody) -> HttpResponse:
    """Prove again by a passkey; for a quarter of an hour nothing more is asked for."""
    proofs.prove_by_passkey(*own_sign_in(request), body.answer, clock.machine_now())
    return HttpResponse(status=204)


@router.post("/session/passkey/begin", response=AskedOut, operation_id="begin_passkey_sign_in")
def post_sign_in_begin(request: HttpRequest, response: HttpResponse) -> AskedOut:
    """Begin to sign in by a passkey: whose it is, the answer says."""
    response["Cache-Control"] = "no-store"
    return AskedOut(options=passkeys.begin_sign_in(clock.machine_now()))


@router.post("/session/passkey", response=MeOut, operation_id="finish_passkey_sign_in")
def post_sign_in(request: HttpRequest, response: HttpResponse, body: PasskeyAnswerBody) -> MeOut:
    """Sign in by a passkey alone; the session cookie is set."""
    account = passkeys.finish_sign_in(body.answer, clock.machine_now())
    response["Cache-Control"] = "no-store"
    sign_in(request, response, account)
    return me_of(orgs.account_at_door(account.id))
