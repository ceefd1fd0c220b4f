"""Incidents as EIDO: valid by NENA's own schema, and mutations of them are not."""

import copy
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.shared_data import shared

from anlan.dispatch.agencies.tests.linked import WATER, Linked
from anlan.dispatch.tests.room import done
from anlan.exchange.eido import STATUS_BY_PHASE, UNIT_STATUS, IncidentFacts, UnitFacts, eido
from anlan.exchange.log_events import NAMES

NUMERIC = {"minItems", "maxItems", "minLength", "maxLength"}
WHOLE = IncidentFacts(
    id=UUID("01a20000-0000-7000-8000-000000000001"), number="I-7K3F9-Q2MXC", state="OPEN",
    changed_at=datetime(2026, 11, 21, 8, tzinfo=UTC), kind="FIRE_STRUCTURE", kind_name="Fire",
    priority=1, phase="EN_ROUTE", lon=24.94, lat=60.17, place_text="3rd floor & roof",
    text="Smoke <b>now</b>", disposition="RESOLVED",
    units=(UnitFacts("F01", "EN_ROUTE"), UnitFacts("F02", None)),
)  # fmt: skip
LEAST = IncidentFacts(id=WHOLE.id, number=WHOLE.number, state="OPEN", changed_at=WHOLE.changed_at)


def mended(node: Any) -> Any:
    """Return the schema with what its file writes wrongly put right.

    Numeric keywords that are written as text (`minItems: 1,` reads as "1,") become numbers, and the
    vocabularies of NIEM that lie in files of their own may hold anything: we send none of theirs.
    """
    if isinstance(node, list):
        return [mended(one) for one in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str) and node["$ref"].startswith("NIEMComponents"):
        return {}
    return {
        key: int(str(value).strip(" ,"))
        if key in NUMERIC and isinstance(value, str)
        else mended(value)
        for key, value in node.items()
    }


@pytest.fixture(scope="module")
def official() -> Draft202012Validator:
    """Return NENA's schema of an EIDO."""
    text = shared("e3_eido_ucri2", "eido", "openapi.yaml").read_text(encoding="utf-8")
    schema = mended(yaml.safe_load(text))
    whole = {"$ref": "#/components/schemas/EmergencyIncidentDataObjectType"}
    return Draft202012Validator(
        whole | {"components": schema["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def faults(official: Draft202012Validator, document: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:80]}" for error in official.iter_errors(document)]


def test_published_sample_is_valid(official) -> None:
    sample = shared("e3_eido_ucri2", "eido", "sample_call_transfer.json")
    assert faults(official, json.loads(sample.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("facts", [WHOLE, LEAST], ids=["whole", "least"])
def test_incident_is_valid(official, facts) -> None:
    assert faults(official, eido(facts, "anlan.example")) == []


@pytest.mark.parametrize(
    "path",
    [
        ("eidoVersion",), ("issuingElementIdentification",), ("agencyComponent",), ("$id",),
        ("lastUpdateTimeStamp",), ("updatedByAgencyReference",),
        ("incidentComponent", "incidentTypeCommonRegistryText"),
        ("locationComponent", 0, "locationTypeDescriptionRegistryText"),
        ("notesComponent", 0, "notesActionComments"),
        ("emergencyResourceComponent", 0, "primaryUnitStatusRegistryText"),
        ("emergencyResourceComponent", 0, "agentReference"),
        ("agentComponent", 0, "agencyReference"),
        ("agencyComponent", 0, "agencyType"),
    ],
)  # fmt: skip
def test_whatever_is_left_out_of_it_is_missed(official, path) -> None:
    """So that the schema above is known to look at each of them."""
    document = copy.deepcopy(eido(WHOLE, "anlan.example"))
    inner: Any = document
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    assert faults(official, document) != []


@pytest.mark.parametrize(
    "change",
    [
        {"eidoVersion": "2.0"}, {"agencyComponent": "anlan"}, {"incidentComponent": []},
        {"eidoVersion": 1.0},
        {"incidentComponent": {"incidentCommonPriorityNumber": "high"}},
    ],
    ids=str,
)  # fmt: skip
def test_wrong_value_is_refused_by_the_schema(official, change) -> None:
    assert faults(official, eido(WHOLE, "anlan.example") | change) != []


def test_every_state_has_its_word() -> None:
    phases = {
        "WAITING",
        "ASSIGNED",
        "EN_ROUTE",
        "ON_SCENE",
        "REPORTED",
        "DIVERTED",
        "CLOSED",
        "LINKED",
        "OPEN",
    }
    assert STATUS_BY_PHASE.keys() == phases
    assert UNIT_STATUS.keys() == {"ASSIGNED", "EN_ROUTE", "ON_SCENE", "CLEARED", "CANCELLED"}


def test_incident_of_the_desk_and_what_an_agency_sees_are_valid(official, linked: Linked) -> None:
    linked.agree(WATER, fields=["kind", "units"])
    contact = {"name": "caller at the door", "telephone": "+358 40 765 4321"}
    incident = linked.call(text="Smoke", contact=contact)
    linked.send(incident, "F01")
    shown = linked.share(incident, WATER)
    ours = linked.dispatcher.get(f"incidents/{incident}/eido")
    theirs = linked.agency(WATER).get(f"shared-incidents/{shown}/eido")
    for reply in (ours, theirs):
        assert faults(official, done(reply)) == []
        assert b"765 4321" not in reply.content
        assert b"caller at the door" not in reply.content
        assert not {"callComponent", "callbackComponent", "personComponent"} & set(reply.json())
    assert ours.json()["$id"] == theirs.json()["$id"]
    assert "notesComponent" in ours.json()
    assert not {"notesComponent", "locationComponent"} & set(theirs.json())
    assert linked.agency(WATER).get(f"incidents/{incident}/eido").status_code == 403


def test_history_is_told_as_log_events(linked: Linked) -> None:
    linked.agree(WATER)
    incident = linked.call()
    linked.share(incident, WATER)
    (job,) = linked.send(incident, "F01")
    linked.bring(job, linked.crew("F01"))
    done(linked.close(incident))
    events = done(linked.dispatcher.get(f"incidents/{incident}/log-events"))
    assert [(one["logEventType"], one["extension"]["move"]) for one in events] == [
        ("CallProcessLogEvent", "open"),
        ("AdditionalAgencyLogEvent", "share"),
        ("EidoLogEvent", "assign"),
        ("EidoLogEvent", "en_route"),
        ("EidoLogEvent", "on_scene"),
        ("EidoLogEvent", "clear"),
        ("IncidentClearLogEvent", "close"),
    ]
    for one in events:
        assert {"logEventType", "timestamp", "agencyId", "elementId", "incidentId"} <= one.keys()
        assert ("direction" in one) == (one["logEventType"] == "EidoLogEvent")
        assert datetime.fromisoformat(one["timestamp"]).tzinfo is not None
    assert set(NAMES.values()) <= LOG_EVENT_TYPES


LOG_EVENT_TYPES = {
    "CallProcessLogEvent", "AdditionalAgencyLogEvent", "IncidentClearLogEvent",
    "IncidentReopenLogEvent", "IncidentLinkLogEvent", "IncidentUnLinkLogEvent",
    "IncidentMergeLogEvent", "IncidentUnMergeLogEvent", "IncidentSplitLogEvent", "EidoLogEvent",
}  # fmt: skip
"""Of those that NENA911/Logging-Service lists, the ones about incidents."""
