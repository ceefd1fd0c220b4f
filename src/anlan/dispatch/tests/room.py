"""A dispatch room at work: calls come in, units go out, crews report."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from tests.people import EVERYTHING, Desk, make_desk, unit_id

from anlan.dispatch.models import Assignment, Incident, IncidentStep
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped

PLACE = {"lon": 24.9425, "lat": 60.1690}
FIRE = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "text": "Smoke from a window", **PLACE}
WAY: tuple[tuple[str, dict[str, str]], ...] = (
    ("en_route", {}),
    ("on_scene", {}),
    ("clear", {"outcome": "Out."}),
)


@dataclass
class Room:
    """The people of a dispatch room and their ordinary doings; each must succeed."""

    taker: Desk = field(default_factory=lambda: make_desk("CALL_TAKER"))
    dispatcher: Desk = field(default_factory=lambda: make_desk("DISPATCHER"))
    crews: dict[str, Desk] = field(default_factory=dict)

    def call(self, **more: object) -> str:
        """Take a call; return the id of its incident."""
        return str(done(self.taker.post("reports", FIRE | more))["incident_id"])

    def send(self, incident: str, *call_signs: str) -> list[str]:
        """Send units to an incident; return the ids of their assignments in the same order."""
        made = done(self.try_to_send(incident, *call_signs))
        by_sign = {one["call_sign"]: one["id"] for one in made}
        return [by_sign[call_sign] for call_sign in call_signs]

    def try_to_send(
        self, incident: str, *call_signs: str, desk: Desk | None = None
    ) -> HttpResponse:
        """Ask to send units; return the answer."""
        body = {"unit_ids": [str(unit_id(call_sign)) for call_sign in call_signs]}
        return (desk or self.dispatcher).post(f"incidents/{incident}/assignments", body)

    def crew(self, call_sign: str) -> Desk:
        """Return the desk of a unit's crew."""
        if call_sign not in self.crews:
            self.crews[call_sign] = make_desk("CREW", unit=call_sign)
        return self.crews[call_sign]

    def move(self, assignment: str, name: str, desk: Desk, **facts: str) -> HttpResponse:
        """Ask to move an assignment; return the answer."""
        return desk.post(f"assignments/{assignment}/moves/{name}", facts)

    def bring(self, assignment: str, desk: Desk, *, steps: int = len(WAY)) -> None:
        """Make the first `steps` moves of an assignment's way."""
        for name, facts in WAY[:steps]:
            done(self.move(assignment, name, desk, **facts))

    def close(self, incident: str, desk: Desk | None = None) -> HttpResponse:
        """Ask to close an incident; return the answer."""
        closing = {"disposition": "RESOLVED"}
        return (desk or self.dispatcher).post(f"incidents/{incident}/moves/close", closing)

    def shown(self, incident: str) -> dict[str, Any]:
        """Return an incident as its page shows it."""
        return dict(done(self.dispatcher.get(f"incidents/{incident}")))


def done(reply: HttpResponse) -> Any:
    """Return the content of an answer that must be a good one."""
    assert reply.status_code in {200, 201}, reply.content
    return reply.json()


def kept(incident: str) -> tuple[object, ...]:
    """Return all that the database holds of an incident: compared before and after a refusal."""
    with scoped(EVERYTHING):
        return (
            Incident.objects.filter(pk=incident).values().get(),
            list(Assignment.objects.filter(incident_id=incident).order_by("pk").values()),
            IncidentStep.objects.filter(subject_id=incident).count(),
            OutboxEntry.objects.count(),
        )
