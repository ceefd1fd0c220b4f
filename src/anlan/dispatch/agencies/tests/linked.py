"""A dispatch room and the desks of the agencies that it is linked with."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from tests.people import EVERYTHING, Desk, make_desk, organisation_id

from anlan.dispatch.agencies.models import Agreement
from anlan.dispatch.tests.room import Room, done
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped

ALL = ["kind", "priority", "place", "text", "needs", "phase", "units", "times"]
WATER, FIRE, POWER = "WATER_WORKS", "FIRE_SERVICE", "POWER_GRID"


@dataclass
class Linked(Room):
    """A room whose doings with agencies must succeed unless they are tried."""

    administrator: Desk = field(default_factory=lambda: make_desk("ADMINISTRATOR"))
    agencies: dict[str, Desk] = field(default_factory=dict)

    def agency(self, code: str) -> Desk:
        """Return the desk of an agency."""
        if code not in self.agencies:
            self.agencies[code] = make_desk("AGENCY_DESK", organisation=code)
        return self.agencies[code]

    def try_to_offer(self, code: str, **more: Any) -> HttpResponse:
        """Offer an agreement on every field for a month; return the answer."""
        at = now()
        body = {
            "agency_id": str(organisation_id(code)),
            "fields": ALL,
            "begins_at": (at - timedelta(minutes=1)).isoformat(),
            "ends_at": (at + timedelta(days=30)).isoformat(),
        }
        return self.administrator.post("agreements", body | more)

    def agree(self, code: str, **more: Any) -> str:
        """Let an agency accept an agreement; return its id."""
        offered = done(self.try_to_offer(code, **more))["id"]
        done(self.agency(code).post(f"agreements/{offered}/moves/accept"))
        return str(offered)

    def try_to_share(self, incident: str, code: str, **more: Any) -> HttpResponse:
        """Share an incident with an agency; return the answer."""
        body = {"agency_id": str(organisation_id(code)), **more}
        return self.dispatcher.post(f"incidents/{incident}/shares", body)

    def share(self, incident: str, code: str, **more: Any) -> str:
        """Share an incident with an agency; return the share's id."""
        return str(done(self.try_to_share(incident, code, **more))["id"])

    def try_to_ask(self, incident: str, code: str, **more: Any) -> HttpResponse:
        """Ask an agency for help; return the answer."""
        body = {"agency_id": str(organisation_id(code)), "capabilities": ["UTILITY_CREW"], **more}
        return self.dispatcher.post(f"incidents/{incident}/help-requests", body)

    def ask(self, incident: str, code: str, **more: Any) -> str:
        """Ask an agency for help; return the request's id."""
        return str(done(self.try_to_ask(incident, code, **more))["id"])

    def inbox(self, code: str) -> list[dict[str, Any]]:
        """Return the incidents that an agency sees."""
        return list(done(self.agency(code).get("shared-incidents"))["items"])

    def timeline(self, incident: str) -> list[tuple[str, str, str]]:
        """Return the moves of an incident with what they led from and to."""
        steps = self.shown(incident)["timeline"]
        return [(step["move"], step["source"], step["target"]) for step in steps]


def agreed_until(code: str, ends_at: datetime) -> None:
    """Give an agency an accepted agreement that ends at a time, as if made long before."""
    with scoped(EVERYTHING):
        made = Agreement.objects.create(
            area=990101000000000,
            agency_id=organisation_id(code),
            fields=ALL,
            begins_at=ends_at - timedelta(days=30),
            ends_at=ends_at,
            offered_by="somebody",
            offered_at=ends_at - timedelta(days=30),
        )
        Agreement.objects.filter(pk=made.pk).update(state="ACCEPTED")
