"""An application outside: it has a service key and speaks GeoReport v2."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client
from tests.people import EVERYTHING

from anlan.kernel.clock import machine_now
from anlan.kernel.scope import scoped
from anlan.orgs.identity.services.service_keys import add_key

FORM = "application/x-www-form-urlencoded; charset=utf-8"
PLACE = {"lat": "60.182", "long": "24.935"}
PAVEMENT = {"service_code": "pavement_damage", **PLACE, "description": "A slab is loose."}


def new_key(
    name: str = "an application", *, organisation: str = "COORDINATION_CENTRE", days: int = 30,
    scopes: tuple[str, ...] = ("request.send", "update.send"),
) -> str:  # fmt: skip
    """Return a fresh service key."""
    with scoped(EVERYTHING):
        return add_key(name, organisation, scopes, days=days, actor=EVERYTHING, at=machine_now())[1]


@dataclass
class Outside:
    """Sends and reads; `key` is sent with every form unless another is given."""

    key: str = ""
    client: Client = field(default_factory=lambda: Client(headers={"accept-language": "en"}))

    def get(self, path: str, **query: str) -> HttpResponse:
        """GET `/open311/v2/<path>`."""
        return self.client.get(f"/open311/v2/{path}", query)

    def rows(self, path: str, **query: str) -> list[dict[str, Any]]:
        """GET a list in JSON; it must be answered."""
        reply = self.get(f"{path}.json", **query)
        assert reply.status_code == 200, reply.content
        found: list[dict[str, Any]] = reply.json()
        return found

    def send(
        self, fields: dict[str, Any], *, path: str = "requests.json", **headers: str
    ) -> HttpResponse:
        """POST a form with the key."""
        body = urlencode({"api_key": self.key} | fields, doseq=True)
        return self.client.post(f"/open311/v2/{path}", body, content_type=FORM, headers=headers)

    def sent(self, **fields: Any) -> str:
        """Send a request that must be taken; return its id."""
        reply = self.send(PAVEMENT | fields)
        assert reply.status_code == 200, reply.content
        number: str = reply.json()[0]["service_request_id"]
        return number
