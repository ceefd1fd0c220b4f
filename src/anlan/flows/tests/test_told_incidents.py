"""Another centre tells of an incident by EIDO: here once, brought up to date, never believed."""

import copy
import json
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.people import EVERYTHING, organisation_id
from tests.together import at_once

from anlan.dispatch.agencies.tests.linked import FIRE, WATER, Linked
from anlan.dispatch.models import Incident
from anlan.dispatch.tests.room import done
from anlan.exchange import eido_types
from anlan.exchange.eido import IncidentFacts, eido
from anlan.exchange.eido_types import EidoTypes
from anlan.exchange.models import ReceivedIncident, TakenMessage
from anlan.exchange.signatures import headers_for
from anlan.exchange.tests.test_eido import faults, official  # noqa: F401 - a fixture
from anlan.intake.models import Contact
from anlan.kernel.clock import now
from anlan.kernel.rule_files import RuleFolder
from anlan.kernel.scope import scoped
from anlan.kernel.text_files import data_folder

WHEN = datetime(2026, 11, 21, 8, tzinfo=UTC)
FACTS = IncidentFacts(
    id=uuid4(), number="N-77", state="OPEN", changed_at=WHEN, kind="FIRE_STRUCTURE", priority=2,
    lon=24.942, lat=60.1712, place_text="Behind the station", text="Smoke <b>on</b> the roof",
)  # fmt: skip
TYPE = "incidentComponent.incidentTypeCommonRegistryText"
PLACE = "locationComponent.locationByValue"


def told(minutes: int = 0, **changed: Any) -> dict[str, Any]:
    """Return what the neighbour tells, so many minutes after its first word."""
    facts = {name: getattr(FACTS, name) for name in FACTS.__slots__} | changed
    facts["changed_at"] = WHEN + timedelta(minutes=minutes)
    return eido(IncidentFacts(**facts), "neighbour.example")


class Neighbour:
    """A linked centre with a webhook of its own."""

    def __init__(self, linked: Linked, code: str = FIRE, *, agreed: bool = True) -> None:
        if agreed:
            linked.agree(code)
        body = {"agency_id": str(organisation_id(code)), "url": "https://centre.example/anlan"}
        self.hook = done(linked.administrator.post("webhooks", body))

    def send(self, document: Any, message_id: str = "m1", secret: str = "") -> HttpResponse:
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        return Client(headers={"accept-language": "en"}).post(
            f"/api/v1/signed/webhooks/{self.hook['id']}/eido",
            body,
            content_type="application/EmergencyCallData.eido+json",
            headers=headers_for(secret or self.hook["secret"], message_id, body, now()),
        )


def opened() -> list[Incident]:
    with scoped(EVERYTHING):
        return list(Incident.objects.order_by("id"))


def kept() -> tuple[int, int, int]:
    """Return how many incidents, records and used message ids there are."""
    with scoped(EVERYTHING):
        rows = (Incident.objects, ReceivedIncident.objects, TakenMessage.objects)
        return tuple(one.count() for one in rows)  # type: ignore[return-value]


@pytest.fixture
def linked(db: None) -> Linked:
    return Linked()


def test_what_a_neighbour_tells_is_valid_and_opens_an_incident(linked, official) -> None:  # noqa: F811
    assert faults(official, told()) == []
    reply = done(Neighbour(linked).send(told()))
    (incident,) = opened()
    assert (incident.kind, incident.priority, incident.channel) == ("FIRE_STRUCTURE", 2, "API")
    assert (incident.lon, incident.lat) == (24.942, 60.1712)
    assert incident.place_text == "Behind the station"
    assert incident.text == "Smoke <b>on</b> the roof"
    assert reply["done_now"] is True
    shown = done(linked.dispatcher.get(f"reports/{reply['report_id']}"))
    assert (shown["number"], shown["incident_id"]) == (reply["number"], str(incident.id))
    with scoped(EVERYTHING):
        assert Contact.objects.count() == 0


def test_same_again_changes_nothing_by_its_id_or_by_its_content(linked) -> None:
    neighbour = Neighbour(linked)
    first, before = done(neighbour.send(told())), len(opened())
    again = [done(neighbour.send(told(), key)) for key in ("m1", "m2")]
    assert [one["done_now"] for one in again] == [False, False]
    assert {one["number"] for one in again} == {first["number"]}
    assert len(opened()) == before == 1
    assert done(linked.dispatcher.get(f"reports/{first['report_id']}"))["updates"] == []


def test_later_word_raises_and_adds_and_an_older_one_does_neither(linked) -> None:
    neighbour = Neighbour(linked)
    report = done(neighbour.send(told(5)))["report_id"]
    later = told(9, text="The roof is coming down", priority=1, phase="ON_SCENE")
    assert done(neighbour.send(later, "m2"))["done_now"] is True
    assert done(neighbour.send(told(7, priority=4), "m3"))["done_now"] is False
    (incident,) = opened()
    assert incident.priority == 1
    (words,) = done(linked.dispatcher.get(f"reports/{report}"))["updates"]
    assert words["text"] == "The roof is coming down\nneighbour.example: On Scene"


def test_end_that_a_neighbour_tells_is_for_the_desk_to_decide(linked) -> None:
    neighbour = Neighbour(linked)
    report = done(neighbour.send(told()))["report_id"]
    done(neighbour.send(told(5, state="CLOSED", phase="CLOSED"), "m2"))
    (incident,) = opened()
    assert incident.state == "OPEN"
    (words,) = done(linked.dispatcher.get(f"reports/{report}"))["updates"]
    assert words["text"].endswith("neighbour.example: Closed")


def test_common_type_of_a_centre_with_codes_of_its_own_has_its_kind(linked) -> None:
    document = told()
    document["incidentComponent"] |= {
        "incidentTypeInternalCode": "69D6", "incidentTypeCommonRegistryText": "structure fire",
    }  # fmt: skip
    done(Neighbour(linked).send(document))
    assert [one.kind for one in opened()] == ["FIRE_STRUCTURE"]


STRANGE = {
    "incidentTypeInternalCode": "71C1", "incidentTypeInternalText": "Vehicle against tram",
    "incidentTypeCommonRegistryText": "Rail Accident",
}  # fmt: skip


def test_type_without_a_kind_here_is_an_other_emergency_in_the_senders_own_words(linked) -> None:
    document = told()
    document["incidentComponent"] |= STRANGE
    del document["incidentComponent"]["incidentCommonPriorityNumber"]
    done(Neighbour(linked).send(document))
    (incident,) = opened()
    assert (incident.kind, incident.priority) == ("OTHER_EMERGENCY", 2)
    assert incident.text == (
        "neighbour.example: 71C1 · Vehicle against tram · Rail Accident\nSmoke <b>on</b> the roof"
    )


def test_sender_s_words_are_kept_where_the_notes_are_too_long(linked) -> None:
    document = told(text="x" * 5_000)
    document["incidentComponent"] |= STRANGE
    done(Neighbour(linked).send(document))
    (incident,) = opened()
    assert len(incident.text) == 2_000
    assert incident.text.startswith("neighbour.example: 71C1 · ")


def test_type_is_refused_where_no_text_names_a_general_kind(linked, tmp_path, monkeypatch) -> None:
    file = data_folder() / "eido_types" / "common_2026_1.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    (tmp_path / file.name).write_text(
        "\n".join(line for line in lines if not line.startswith("otherwise")), encoding="utf-8"
    )
    own = RuleFolder(eido_types.FOLDER, EidoTypes, folders=lambda: [tmp_path], recheck_s=0)
    monkeypatch.setattr(eido_types, "EIDO_TYPES", own)
    document = told()
    document["incidentComponent"] |= STRANGE
    refused = Neighbour(linked).send(document)
    problem = refused.json()
    assert (refused.status_code, problem["rule"]) == (422, "known_incident_type")
    assert problem["field"] == TYPE
    assert "data/eido_types" in problem["detail"]
    assert kept() == (0, 0, 0)


def changed(*path: Any, value: Any) -> dict[str, Any]:
    """Return a good EIDO with one member changed; None leaves it out."""
    document = copy.deepcopy(told())
    inner: Any = document
    for step in path[:-1]:
        inner = inner[step]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return document


WHERE = ("locationComponent", 0, "locationByValue")
DTD = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
POINT = '<a xmlns:g="http://www.opengis.net/gml"><g:pos>{}</g:pos></a>'


@pytest.mark.parametrize(
    ("document", "field", "rule"),
    [
        (b"{", "body", "json_invalid"),
        (b"[]", "body", "model_type"),
        (changed("eidoVersion", value="2.0"), "eidoVersion", "literal_error"),
        (changed("$id", value=None), "$id", "missing"),
        (changed("$id", value="x" * 201), "$id", "string_too_long"),
        (
            changed("lastUpdateTimeStamp", value="2026-11-21T08:00:00"),
            "lastUpdateTimeStamp",
            "timezone_aware",
        ),
        (changed("incidentComponent", value=None), "incidentComponent", "missing"),
        (
            changed("incidentComponent", "incidentTypeCommonRegistryText", value=None),
            TYPE,
            "missing",
        ),
        (
            changed("incidentComponent", "incidentCommonPriorityNumber", value="high"),
            "incidentComponent.incidentCommonPriorityNumber",
            "int_parsing",
        ),
        (changed("locationComponent", value=None), "locationComponent", "place_of_the_incident"),
        (
            changed("incidentComponent", "locationReference", 0, "$ref", value="elsewhere"),
            "locationComponent",
            "place_of_the_incident",
        ),
        (changed(*WHERE, value="somewhere"), PLACE, "well_formed_xml"),
        (changed(*WHERE, value=DTD), PLACE, "no_document_type"),
        (changed(*WHERE, value=POINT.format("60.17")), PLACE, "a_point"),
        (changed(*WHERE, value=POINT.format("nan nan")), PLACE, "a_point"),
        (changed(*WHERE, value=POINT.format("99 181")), PLACE, "a_point"),
        (changed(*WHERE, value=POINT.format("39.7 -75.5")), PLACE, "within_the_jurisdiction"),
    ],
)
def test_what_cannot_be_read_is_refused_by_member_and_rule(linked, document, field, rule) -> None:
    neighbour = Neighbour(linked)
    refused = neighbour.send(document)
    problem = refused.json()
    assert refused.status_code == 422, problem
    assert (problem["field"], problem["rule"]) == (field, rule)
    assert "rule." not in problem["detail"]
    assert kept() == (0, 0, 0)
    assert done(neighbour.send(told()))["done_now"] is True


def test_who_did_not_sign_or_is_not_linked_is_heard_by_nobody(linked) -> None:
    neighbour = Neighbour(linked)
    stranger = Neighbour(linked, WATER, agreed=False)
    forged = neighbour.send(told(), secret=stranger.hook["secret"])
    assert (forged.status_code, forged.json()["code"]) == (401, "webhook.bad_signature")
    unlinked = stranger.send(told())
    assert (unlinked.status_code, unlinked.json()["code"]) == (403, "eido.not_linked")
    too_long = neighbour.send(json.dumps(told()).encode() + b" " * 600_000)
    assert (too_long.status_code, too_long.json()["rule"]) == (413, "at_most_512_kb")
    assert kept() == (0, 0, 0)


def test_same_incident_told_at_once_is_opened_once(committing) -> None:
    neighbour = Neighbour(Linked())
    works = [partial(neighbour.send, told(), f"m{number}") for number in range(4)]
    replies = [done(reply) for reply in at_once(works)]
    assert sorted(one["done_now"] for one in replies) == [False, False, False, True]
    assert len({one["report_id"] for one in replies}) == 1
    assert len(opened()) == 1
