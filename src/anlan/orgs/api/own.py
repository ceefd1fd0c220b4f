"""HTTP of what a person looks after alone: the own sign-ins and the own password."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from anlan.kernel import clock
from anlan.kernel.errors import UnauthenticatedError
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.orgs.api.organisations import Strict
from anlan.orgs.identity import selectors
from anlan.orgs.identity.services import proofs, sessions
from anlan.orgs.identity.whence import whence
from anlan.orgs.sign_in import sign_in

router = Router()


class SessionOut(Schema):
    """A sign-in of one's own that is in force."""

    id: UUID
    seen_from: str
    began_at: datetime
    last_seen_at: datetime
    ends_at: datetime
    this: bool


class PasswordBody(Strict):
    """The password as it is, and as it is to be."""

    present: str = Field(max_length=256)
    password: str = Field(max_length=256)


class EndedOut(Schema):
    """How many sign-ins ended."""

    ended: int


def own_sign_in(request: HttpRequest) -> tuple[UUID, UUID]:
    """Return the account that is signed in and its sign-in; a visitor is asked to sign in."""
    actor = actor_of(request)
    if actor.session_id is None:
        raise UnauthenticatedError
    return UUID(actor.id), actor.session_id


@router.get("/own/sessions", response=list[SessionOut], operation_id="list_own_sessions")
def get_sessions(request: HttpRequest) -> list[SessionOut]:
    """List one's own sign-ins in force, the latest used first."""
    account_id, this = own_sign_in(request)
    return [
        SessionOut(
            id=one.id,
            seen_from=one.seen_from,
            began_at=one.began_at,
            last_seen_at=one.last_seen_at,
            ends_at=one.ends_at,
            this=one.id == this,
        )
        for one in selectors.sessions_of(account_id, clock.machine_now())
    ]


@router.delete("/own/sessions/{session_id}", response={204: None}, operation_id="end_own_session")
def delete_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """End one of one's own sign-ins; its open screens end within seconds."""
    account_id, _ = own_sign_in(request)
    sessions.end(account_id, session_id)
    return HttpResponse(status=204)


@router.post("/own/end-other-sessions", response=EndedOut, operation_id="end_other_sessions")
def post_end_others(request: HttpRequest) -> EndedOut:
    """End all of one's own sign-ins but this one."""
    return EndedOut(ended=sessions.end_others(*own_sign_in(request)))


@router.post("/own/password", response={204: None}, operation_id="change_own_password")
def post_password(request: HttpRequest, body: PasswordBody) -> HttpResponse:
    """Change one's own password: every sign-in ends, and this one begins anew."""
    account_id, _ = own_sign_in(request)
    account = proofs.change_password(
        account_id,
        present=body.present,
        new=body.password,
        whence=whence(request),
        at=clock.machine_now(),
    )
    reply = HttpResponse(status=204)
    sign_in(request, reply, account)
    reply["Cache-Control"] = "no-store"  # its cookie cannot be given twice
    return reply
