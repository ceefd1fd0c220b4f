"""Reporting on the public page, without a script."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.people import EVERYTHING

from anlan.flows.pages.tests.pages import (
    LAMP,
    STATION,
    Page,
    Visitor,
    number_in,
    photo,
    picture,
    reports,
)
from anlan.intake.models import Contact
from anlan.intake.selectors import counts_by_kind
from anlan.kernel.clock import now
from anlan.kernel.photos import UPLOAD_LIMIT_BYTES
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db


def test_report_that_needs_no_unit_becomes_a_case() -> None:
    number = Visitor().report()
    (report,) = reports()
    assert (report.number, report.channel, report.kind) == (number, "WEB", "LAMP_OUT")
    assert (report.place_text, report.text) == ("Kaivokatu 1", LAMP["text"])
    assert (report.lon, report.lat) == (24.9414, 60.1719)
    assert (report.incident_id is None, report.case_id is None) == (True, False)


def test_report_that_needs_a_unit_opens_an_incident(desk) -> None:
    Visitor().report(kind="LIFT_TRAPPED")
    (report,) = reports()
    incident = desk("DISPATCHER").get(f"incidents/{report.incident_id}").json()
    assert (incident["kind"], incident["priority"], incident["state"]) == (
        "LIFT_TRAPPED", 2, "OPEN",
    )  # fmt: skip


def test_number_is_shown_large_with_the_way_to_follow_it() -> None:
    visitor = Visitor()
    reply = visitor.send(**LAMP)
    done = visitor.get(reply["Location"])
    assert done.elements["number"]["class"] == "number"
    assert number_in(reply) in done.text


@pytest.mark.parametrize("number", ["", "R-1", "<script>", "R-AAAAA-AAAAA/.."])
def test_number_page_shows_nothing_that_is_no_number(number) -> None:
    reply = Client().get("/report/done", {"number": number})
    assert (reply.status_code, reply["Location"]) == (302, "/report")


def test_address_is_found_by_name_and_chosen() -> None:
    visitor = Visitor()
    searched = Page(visitor.send("search", address="Mannerheimintie", text="Dark"))
    assert (searched.status, searched.values["text"]) == (200, "Dark")
    assert 1 <= len(searched.radios) <= 6
    assert "Mannerheimintie" in searched.radios[0]
    number = visitor.report(key=searched.values["key"], place=searched.radios[0])
    (report,) = reports()
    assert (report.number, report.place_text.startswith("Mannerheimintie")) == (number, True)


def test_own_position_is_given_its_address() -> None:
    searched = Page(Visitor().send("search", place="24.952200,60.169000,"))
    (choice,) = searched.radios
    assert choice.startswith("24.952200,60.169000,")
    assert len(choice) > len("24.952200,60.169000,")
    assert searched.values["place"] == choice


def test_address_that_is_not_known_is_said_at_its_field() -> None:
    searched = Page(Visitor().send("search", address="Zzzyxq 99"))
    assert (searched.status, searched.radios, searched.wrong()) == (200, [], {"address"})
    assert "No place of this name is known" in searched.text


def test_everything_that_is_missing_is_said_at_once() -> None:
    sent = Page(Visitor().send(name="A name alone"))
    assert sent.status == 422
    assert sent.wrong() == {"address", "kind", "text", "telephone"}
    for field in sent.wrong():
        assert f"{field}-wrong" in sent.elements[field]["aria-describedby"].split()
        assert f"{field}-wrong" in sent.elements
    assert sent.elements["summary"]["role"] == "alert"
    assert reports() == []


def test_errors_keep_what_was_typed() -> None:
    typed = {
        "address": "Mannerheimintie 5", "place": STATION, "kind": "LAMP_OUT", "text": "Dark <b>",
        "name": 'Kim "K"', "telephone": "not a number",
    }  # fmt: skip
    sent = Page(Visitor().send(**typed, photo=photo(picture())))
    assert (sent.status, sent.wrong()) == (422, {"telephone"})
    assert {name: sent.values[name] for name in typed} == typed
    assert "choose it again" in sent.text
    assert reports() == []


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"place": "25.500000,60.171900,Far away"}, "address", "outside the city"),
        ({"place": "200.0,60.1,Nowhere"}, "address", "Say where it is"),
        ({"place": "here"}, "address", "Say where it is"),
        ({"kind": "FIRE_ALARM"}, "kind", "not for the public form"),
        ({"kind": "DRAGON"}, "kind", "Choose what kind"),
        ({"text": "x" * 2_001}, "text", "at most 2000 characters"),
        ({"text": "a\x00b"}, "text", "control characters"),
        ({"telephone": "12"}, "telephone", "no telephone number"),
        ({"telephone": "12345", "name": "x" * 81}, "name", "at most 80 characters"),
    ],
)
def test_field_that_breaks_a_rule_is_named_in_plain_words(changes, field, said) -> None:
    sent = Page(Visitor().send(**{**LAMP, **changes}))
    assert (sent.status, sent.wrong()) == (422, {field})
    assert said in sent.text
    assert reports() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x" * (UPLOAD_LIMIT_BYTES + 1), "larger than 5 MB"),
        (b"no picture", "no photo that can be read"),
        (b"", "no photo that can be read"),
        (picture()[:300], "no photo that can be read"),
        (picture(kind="GIF"), "no photo that can be read"),
    ],
)
def test_photo_that_cannot_be_kept_is_refused_in_plain_words(content, said) -> None:
    sent = Page(Visitor().send(**LAMP, photo=photo(content)))
    assert (sent.status, sent.wrong()) == (422, {"photo"})
    assert said in sent.text
    assert reports() == []


def test_contact_is_sealed_and_stays_off_the_pages() -> None:
    visitor = Visitor()
    number = visitor.report(name="Kim", telephone="+358 40 5556667")
    with scoped(EVERYTHING):
        (contact,) = Contact.objects.all()
    (report,) = reports()
    assert (contact.report_id, contact.expires_at - report.received_at) == (
        report.id, timedelta(days=30),
    )  # fmt: skip
    for path in (f"/report/done?number={number}", f"/follow/{number}"):
        assert "5556667" not in visitor.get(path).text


def test_form_sent_twice_is_one_report() -> None:
    visitor = Visitor()
    key = visitor.get("/report").values["key"]
    first, second = (visitor.report(key=key, photo=photo(picture())) for _ in range(2))
    assert first == second
    with scoped(EVERYTHING):
        assert counts_by_kind() == {"LAMP_OUT": 1}


def test_form_sent_again_days_later_was_taken_and_is_not_taken_again(monkeypatch) -> None:
    visitor, key, late = Visitor(), str(uuid4()), now() + timedelta(days=3)
    visitor.report(key=key)
    monkeypatch.setattr("anlan.kernel.clock.now", lambda: late)
    again = Page(visitor.send(**{**LAMP, "key": key}))
    assert (again.status, again.values["key"]) == (422, key)
    assert "You sent this form days ago" in again.text
    assert len(reports()) == 1


def test_form_sent_again_with_other_content_asks_first_and_is_then_a_new_report() -> None:
    visitor, key = Visitor(), str(uuid4())
    first = visitor.report(key=key)
    again = Page(visitor.send(**{**LAMP, "text": "Another lamp.", "key": key}))
    assert (again.status, again.values["text"]) == (422, "Another lamp.")
    assert "You sent this form before" in again.text
    assert again.values["key"] != key
    assert len(reports()) == 1
    second = visitor.report(text="Another lamp.", key=again.values["key"])
    assert second != first
    assert [report.text for report in reports()] == [LAMP["text"], "Another lamp."]


def test_each_form_has_a_key_of_its_own() -> None:
    visitor = Visitor()
    assert visitor.get("/report").values["key"] != visitor.get("/report").values["key"]


def test_form_without_a_token_of_this_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.get("/report")
    refused = Page(client.post("/report", {"key": str(uuid4()), "step": "send", **LAMP}))
    assert (refused.status, "This form is too old" in refused.text) == (403, True)
    assert reports() == []


def test_form_with_its_token_is_taken() -> None:
    client = Client(enforce_csrf_checks=True)
    values = Page(client.get("/report")).values
    token = {"csrfmiddlewaretoken": values["csrfmiddlewaretoken"], "key": values["key"]}
    assert client.post("/report", {**token, **LAMP}).status_code == 302


def test_only_kinds_for_the_public_are_offered() -> None:
    page = Client().get("/report").content.decode()
    assert 'value="LIFT_TRAPPED"' in page
    assert 'value="FIRE_ALARM"' not in page


def test_signed_in_person_reports_as_a_visitor(desk) -> None:
    crew = desk("CREW")
    key = Page(crew.client.get("/report")).values["key"]
    reply = crew.client.post("/report", {"key": key, **LAMP})
    assert reply.status_code == 302
    assert [report.taken_by for report in reports()] == ["visitor"]
