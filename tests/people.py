"""People at their desks: test clients that are signed in and send keys as the API asks."""

import itertools
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.http.request import HttpHeaders
from django.test import Client

from anlan.kernel.access import Actor, system_actor
from anlan.kernel.clock import now
from anlan.kernel.policies import permissions_of
from anlan.kernel.purposes import HEADER, for_purpose
from anlan.kernel.scope import scoped
from anlan.orgs.models import Account, Organisation, Unit
from anlan.orgs.roles import Role
from anlan.orgs.services.passwords import hashed
from anlan.orgs.services.staff import add_account
from anlan.orgs.sign_in import actor_for

CITY = 990101000000000
PASSWORD = "correct horse battery"
_EVERY_RIGHT = frozenset().union(*map(permissions_of, Role))
EVERYTHING = system_actor("tests", *_EVERY_RIGHT, sees_sealed=True)
_numbers = itertools.count(1)


class Desk:
    """A client of the API with somebody signed in (or nobody: a visitor)."""

    def __init__(self, account: Account | None) -> None:
        self.account = account
        self.purpose = ""
        self.client = Client(headers={"accept-language": "en"})
        if account is not None:
            reply = self.client.post(
                "/api/v1/session",
                {"username": account.username, "password": PASSWORD},
                content_type="application/json",
            )
            assert reply.status_code == 200, reply.content
            self.reads_for(reply.json()["purposes"][0])

    @property
    def actor(self) -> Actor:
        """Return the actor that this desk's requests have."""
        assert self.account is not None
        return for_purpose(actor_for(self.account), self.purpose)

    def reads_for(self, purpose: str) -> None:
        """State `purpose` with every request from now on; none where it is empty."""
        self.purpose = purpose
        self.client.defaults |= HttpHeaders.to_wsgi_names({HEADER: purpose})

    def get(self, path: str, **query: object) -> HttpResponse:
        """GET `/api/v1/<path>`."""
        return self.client.get(f"/api/v1/{path}", query)

    def post(self, path: str, body: Any = None, key: UUID | str | None = None) -> HttpResponse:
        """POST JSON to `/api/v1/<path>` with an idempotency key, a fresh one unless given."""
        return self._send("post", path, body, key)

    def put(self, path: str, body: Any = None, key: UUID | str | None = None) -> HttpResponse:
        """PUT JSON to `/api/v1/<path>`."""
        return self._send("put", path, body, key)

    def upload(self, path: str, files: dict[str, Any]) -> HttpResponse:
        """POST a form with files to `/api/v1/<path>`."""
        headers = {"Idempotency-Key": str(uuid4())}
        return self.client.post(f"/api/v1/{path}", files, headers=headers)

    def _send(self, method: str, path: str, body: Any, key: UUID | str | None) -> HttpResponse:
        headers = {"Idempotency-Key": str(key or uuid4())}
        send = getattr(self.client, method)
        return send(
            f"/api/v1/{path}",
            {} if body is None else body,
            content_type="application/json",
            headers=headers,
        )


def make_desk(
    role: str | None, *, organisation: str = "EMERGENCY_CENTRE", unit: str | None = None
) -> Desk:
    """Return a desk of `role` in an organisation of the demonstration city; None is a visitor."""
    if role is None:
        return Desk(None)
    with scoped(EVERYTHING):
        if unit is not None:
            organisation = Unit.objects.get(call_sign=unit).organisation.code
        account = add_account(
            username=f"{role.lower()}-{next(_numbers)}",
            password=hashed(PASSWORD),
            role=role,
            organisation_code=organisation,
            display_name=(role, role),
            unit_call_sign=unit,
            actor=EVERYTHING,
            at=now(),
        )
        return Desk(Account.objects.select_related("organisation").get(pk=account.pk))


def organisation_id(code: str) -> UUID:
    """Return the id of an organisation of the demonstration city."""
    with scoped(EVERYTHING):
        return Organisation.objects.get(code=code).id


def unit_id(call_sign: str) -> UUID:
    """Return the id of a unit of the demonstration city."""
    with scoped(EVERYTHING):
        return Unit.objects.get(call_sign=call_sign).id
