"""An incident as an EIDO (NENA-STA-021.1b-2022), version 1.0: built from plain facts, no Django.

Where NENA's registries have no word for what we mean, the common text is the nearest one and the
internal text ours. Nothing of a caller is ever in it: no component of calls or persons is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape as escape_xml

VERSION = "1.0"
STATUS_BY_PHASE: Mapping[str, str] = {
    "WAITING": "Pending", "ASSIGNED": "Dispatched", "EN_ROUTE": "En Route", "ON_SCENE": "On Scene",
    "REPORTED": "Active", "DIVERTED": "Transferred", "CLOSED": "Closed", "LINKED": "Merged",
    "OPEN": "Active",
}  # fmt: skip
UNIT_STATUS: Mapping[str, str] = {
    "ASSIGNED": "Dispatched", "EN_ROUTE": "En Route", "ON_SCENE": "On Scene", "CLEARED": "Cleared",
    "CANCELLED": "Cancelled",
}  # fmt: skip
_PLACE = (
    '<?xml version="1.0" encoding="UTF-8"?><presence xmlns="urn:ietf:params:xml:ns:pidf"'
    ' xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" xmlns:gml="http://www.opengis.net/gml"'
    ' xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" entity="pres:{entity}">'
    '<dm:device id="place"><gp:geopriv><gp:location-info>'
    '<gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>{lat:.6f} {lon:.6f}</gml:pos>'
    "</gml:Point></gp:location-info><gp:usage-rules/></gp:geopriv></dm:device></presence>"
)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One unit of the incident; its state is None where it is not told."""

    call_sign: str
    state: str | None


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What is to be told of an incident; None is what is not told."""

    id: UUID
    number: str
    state: str
    changed_at: datetime
    kind: str | None = None
    kind_name: str | None = None
    priority: int | None = None
    phase: str | None = None
    lon: float | None = None
    lat: float | None = None
    place_text: str | None = None
    text: str | None = None
    disposition: str | None = None
    units: Sequence[UnitFacts] = ()


def eido(facts: IncidentFacts, issuer: str) -> dict[str, Any]:
    """Return the EIDO of an incident, as JSON types; `issuer` is the name of this installation."""
    built = _Builder(facts, issuer)
    whole: dict[str, Any] = built.prologue(f"urn:emergency:uid:incidentid:{facts.id.hex}:{issuer}")
    whole |= {"eidoVersion": VERSION, "issuingElementIdentification": issuer}
    whole["agencyComponent"] = [built.agency()]
    whole["incidentComponent"] = built.incident()
    if facts.lon is not None and facts.lat is not None:
        whole["locationComponent"] = [built.location(facts.lon, facts.lat)]
    if facts.text:
        whole["notesComponent"] = [built.note(facts.text)]
    if facts.units:
        whole["agentComponent"] = [built.agent(unit) for unit in facts.units]
        whole["emergencyResourceComponent"] = [built.resource(unit) for unit in facts.units]
    return whole


class _Builder:
    """The components of one EIDO; each begins with the same prologue."""

    def __init__(self, facts: IncidentFacts, issuer: str) -> None:
        self.facts = facts
        self.issuer = issuer
        self.changed = facts.changed_at.astimezone(UTC).isoformat(timespec="milliseconds")

    def prologue(self, name: str) -> dict[str, Any]:
        return {
            "$id": name,
            "lastUpdateTimeStamp": self.changed,
            "updatedByAgencyReference": {"$ref": self.issuer},
        }

    def named(self, part: str) -> str:
        return f"{self.facts.id}-{part}"

    def agency(self) -> dict[str, Any]:
        return self.prologue(self.issuer) | {
            "agencyRoleDescriptionRegistryText": ["CallReceiving", "Dispatching"],
            "agencyType": ["psap"],
            "incidentOwningAgencyIndicator": True,
        }

    def incident(self) -> dict[str, Any]:
        facts = self.facts
        phase = facts.phase or facts.state
        found = self.prologue(self.named("incident")) | {
            "incidentTypeCommonRegistryText": "Other",
            "internalIncidentId": facts.number,
            "incidentStatusCommonRegistryText": [STATUS_BY_PHASE[phase]],
            "incidentStatusInternalText": [phase],
        }
        if facts.kind is not None:
            found["incidentTypeInternalCode"] = facts.kind
            found["incidentTypeInternalText"] = facts.kind_name or facts.kind
        if facts.priority is not None:
            found["incidentPriorityInternalText"] = str(facts.priority)
            found["incidentCommonPriorityNumber"] = facts.priority
        if facts.lon is not None:
            found["locationReference"] = [{"$ref": self.named("place")}]
        if facts.text:
            found["notesReference"] = [{"$ref": self.named("note")}]
        if facts.disposition:
            ended = {"dispositionCommonRegistryCode": "Other"}
            ended["dispositionDescriptionText"] = facts.disposition
            found["dispositionComponent"] = [self.prologue(self.named("disposition")) | ended]
        return found

    def location(self, lon: float, lat: float) -> dict[str, Any]:
        value = _PLACE.format(lon=lon, lat=lat, entity=escape_xml(self.issuer, {'"': "&quot;"}))
        found = self.prologue(self.named("place")) | {
            "locationTypeDescriptionRegistryText": "IncidentLocation",
            "locationByValue": value,
        }
        if self.facts.place_text:
            found["locationDescriptionText"] = self.facts.place_text
        return found

    def note(self, text: str) -> dict[str, Any]:
        return self.prologue(self.named("note")) | {"notesActionComments": escape(text)}

    def agent(self, unit: UnitFacts) -> dict[str, Any]:
        return self.prologue(self.named(f"agent-{unit.call_sign}")) | {
            "agentRoleRegistryText": ["Responder"],
            "agencyReference": {"$ref": self.issuer},
        }

    def resource(self, unit: UnitFacts) -> dict[str, Any]:
        return self.prologue(self.named(f"unit-{unit.call_sign}")) | {
            "emergencyResourceName": unit.call_sign,
            "emergencyResourceTypeCommonRegistryText": "Other",
            "primaryUnitStatusRegistryText": UNIT_STATUS.get(unit.state or "", "Unknown"),
            "secondaryUnitStatusRegistryText": [],
            "unitStatusInternal": [unit.state] if unit.state else [],
            "resourceAttributeRegistryText": [],
            "agentReference": [{"$ref": self.named(f"agent-{unit.call_sign}")}],
        }
