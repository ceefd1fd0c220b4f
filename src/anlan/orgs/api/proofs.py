"""HTTP of what proves who somebody is: authenticator, recovery codes, a proof given again."""

import segno
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from anlan.kernel import clock
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.orgs.api.organisations import Strict
from anlan.orgs.api.own import own_sign_in
from anlan.orgs.api.session import NO_CONTROLS
from anlan.orgs.identity.services import authenticators, proofs
from anlan.orgs.identity.whence import whence

router = Router()
PICTURE_SCALE = 4


class ProofBody(Strict):
    """A code of one's authenticator or a recovery code; without an authenticator, the password."""

    proof: str = Field(max_length=256, pattern=NO_CONTROLS)


class CodeBody(Strict):
    """A code of the authenticator that was offered."""

    code: str = Field(max_length=32, pattern=NO_CONTROLS)


class AuthenticatorOut(Schema):
    """Whether there is an authenticator, and how many recovery codes are unused."""

    present: bool
    recovery_codes_left: int


class OfferedOut(Schema):
    """A secret for an authenticator: as text, as its address, and as a picture of that."""

    secret: str
    address: str
    picture: str


class RecoveryCodesOut(Schema):
    """Recovery codes, shown this once."""

    codes: list[str]


@router.post("/own/proof", response={204: None}, operation_id="prove_again")
def post_proof(request: HttpRequest, body: ProofBody) -> HttpResponse:
    """Prove again who one is; for a quarter of an hour nothing more is asked for."""
    proofs.prove_again(
        *own_sign_in(request), body.proof, whence=whence(request), at=clock.machine_now()
    )
    return HttpResponse(status=204)


@router.get("/own/authenticator", response=AuthenticatorOut, operation_id="get_own_authenticator")
def get_authenticator(request: HttpRequest) -> AuthenticatorOut:
    """Say whether one has an authenticator."""
    account_id, _ = own_sign_in(request)
    return AuthenticatorOut(
        present=authenticators.says_codes(account_id),
        recovery_codes_left=authenticators.recovery_codes_left(account_id),
    )


@router.post("/own/authenticator", response=OfferedOut, operation_id="offer_authenticator")
def post_authenticator(request: HttpRequest, response: HttpResponse) -> OfferedOut:
    """Get a secret for an authenticator; it counts once `confirm` was given a code of it."""
    account_id, _ = own_sign_in(request)
    at = clock.machine_now()
    proofs.require_recent_proof(actor_of(request), at)
    offered = authenticators.offer(account_id, at)
    response["Cache-Control"] = "no-store"
    picture = segno.make(offered.address, micro=False).svg_data_uri(scale=PICTURE_SCALE)
    return OfferedOut(secret=offered.secret, address=offered.address, picture=picture)


@router.post(
    "/own/authenticator/confirm", response=RecoveryCodesOut, operation_id="confirm_authenticator"
)
def post_confirm(request: HttpRequest, response: HttpResponse, body: CodeBody) -> RecoveryCodesOut:
    """Put the offered authenticator in force; the recovery codes are shown this once."""
    account_id, _ = own_sign_in(request)
    codes = authenticators.confirm(account_id, body.code, clock.machine_now())
    response["Cache-Control"] = "no-store"
    return RecoveryCodesOut(codes=codes)


@router.delete("/own/authenticator", response={204: None}, operation_id="take_authenticator_off")
def delete_authenticator(request: HttpRequest) -> HttpResponse:
    """Take one's authenticator and its recovery codes off."""
    account_id, _ = own_sign_in(request)
    proofs.require_recent_proof(actor_of(request), clock.machine_now())
    authenticators.take_off(account_id)
    return HttpResponse(status=204)


@router.post("/own/recovery-codes", response=RecoveryCodesOut, operation_id="renew_recovery_codes")
def post_recovery_codes(request: HttpRequest, response: HttpResponse) -> RecoveryCodesOut:
    """Get new recovery codes in the place of all others; they are shown this once."""
    account_id, _ = own_sign_in(request)
    proofs.require_recent_proof(actor_of(request), clock.machine_now())
    codes = authenticators.renew_recovery_codes(account_id)
    response["Cache-Control"] = "no-store"
    return RecoveryCodesOut(codes=codes)
