"""The steps of an incident as log events in the manner of NENA i3 (NENA-STA-010.3).

A step that i3 has a name for gets it. Any other changed the incident, whose object i3 logs when it
is sent on: it is an `EidoLogEvent`, outgoing, with our own move in `extension`.
Source: NENA911/Logging-Service, loggingservice.yaml (names, required properties).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

NAMES: Mapping[str, str] = {
    "open": "CallProcessLogEvent",
    "attach": "CallProcessLogEvent",
    "share": "AdditionalAgencyLogEvent",
    "close": "IncidentClearLogEvent",
    "return": "IncidentReopenLogEvent",
    "reopen": "IncidentReopenLogEvent",
}
OTHERWISE = "EidoLogEvent"


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step of an incident's history."""

    id: UUID
    move: str
    source: str
    target: str
    made_by_name: str
    made_at: datetime
    facts: Mapping[str, Any]


def incident_urn(incident_id: UUID, issuer: str) -> str:
    """Return the name of an incident between systems."""
    return f"urn:emergency:uid:incidentid:{incident_id.hex}:{issuer}"


def log_event(step: StepFacts, incident_id: UUID, issuer: str) -> dict[str, Any]:
    """Return one step as a log event, as JSON types."""
    name = NAMES.get(step.move, OTHERWISE)
    event: dict[str, Any] = {
        "logEventType": name,
        "clientAssignedIdentifier": str(step.id),
        "timestamp": step.made_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "elementId": issuer,
        "agencyId": issuer,
        "agencyAgentId": f"{step.made_by_name}@{issuer}",
        "incidentId": incident_urn(incident_id, issuer),
        "extension": {"move": step.move, "source": step.source, "target": step.target},
    }
    if name == OTHERWISE:
        event["direction"] = "outgoing"
    if name == "AdditionalAgencyLogEvent":
        event["agencyId"] = f"urn:uuid:{step.facts.get('agency_id', '')}"
    return event
