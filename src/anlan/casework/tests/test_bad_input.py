"""Bad input: the field and the rule are named, and nothing is written."""

import pytest
from tests.people import EVERYTHING

from anlan.casework.models import Case, CaseStep
from anlan.casework.tests.office import DISPUTE, PLACE, kept
from anlan.kernel.scope import scoped
from anlan.kernel.wording import LANGUAGES, catalogue

pytestmark = pytest.mark.django_db
GOOD = {"item_code": DISPUTE, **PLACE}


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        ({"item_code": "9999"}, "item_code", "known_item"),
        ({"item_code": None}, "item_code", "string_type"),
        ({"item_code": "0" * 9}, "item_code", "string_too_long"),
        ({"lon": "east"}, "lon", "float_parsing"),
        ({"lon": 180.1}, "lon", "less_than_equal"),
        ({"lat": -90.1}, "lat", "greater_than_equal"),
        ({"lon": 0.0, "lat": 0.0}, "lon,lat", "within_jurisdiction"),
        ({"lon": 25.5}, "lon,lat", "within_jurisdiction"),
        ({"text": "x" * 4001}, "text", "string_too_long"),
        ({"text": ["x"]}, "text", "string_type"),
        ({"text": "nul \0 byte"}, "text", "no_control_characters"),
        ({"place_text": "x" * 201}, "place_text", "string_too_long"),
        ({"place_text": "bell \a"}, "place_text", "no_control_characters"),
        ({"reporter": "x"}, "reporter", "extra_forbidden"),
        ({"state": "CLOSED"}, "state", "extra_forbidden"),
    ],
)
def test_case_that_breaks_a_rule_is_not_filed(office, change, field, rule):
    reply = office.officer.post("cases", GOOD | change)
    problem = reply.json()
    assert (reply.status_code, problem["field"], problem["rule"]) == (422, field, rule)
    with scoped(EVERYTHING):
        assert (Case.objects.count(), CaseStep.objects.count()) == (0, 0)


@pytest.mark.parametrize("missing", GOOD)
def test_case_without_a_needed_field_is_not_filed(office, missing):
    body = {name: value for name, value in GOOD.items() if name != missing}
    problem = office.officer.post("cases", body).json()
    assert (problem["status"], problem["field"], problem["rule"]) == (422, missing, "missing")


@pytest.mark.parametrize("body", ["{", "[]", '"case"', '{"lon": NaN}', ""])
def test_body_that_is_no_object_is_refused(office, body):
    reply = office.officer.client.post(
        "/api/v1/cases",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": "6f1f9c1e-9f5d-4b57-8d5a-0a4b8f6f5a12"},
    )
    assert reply.status_code in {400, 422}
    assert reply["Content-Type"] == "application/problem+json"
    with scoped(EVERYTHING):
        assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "body", "field", "rule"),
    [
        ("assign", {}, "organisation_id", "required"),
        ("assign", {"organisation_id": "works"}, "organisation_id", "uuid_parsing"),
        ("assign", {"reason": "because"}, "reason", "extra_forbidden"),
        ("assign", {"colour": "red"}, "colour", "extra_forbidden"),
        ("assign", [], "body", "model_attributes_type"),
    ],
)
def test_facts_that_break_a_rule_move_nothing(office, name, body, field, rule):
    case_id = office.file()
    before = kept(case_id)
    reply = office.centre.post(f"cases/{case_id}/moves/{name}", body)
    problem = reply.json()
    assert (reply.status_code, problem["field"], problem["rule"]) == (422, field, rule)
    assert kept(case_id) == before


def test_disposition_outside_the_code_list_closes_nothing(office):
    case_id = office.file()
    office.bring(case_id, "assign", "report", "verify")
    before = kept(case_id)
    reply = office.move(case_id, "close", disposition="FORGOTTEN")
    problem = reply.json()
    assert (reply.status_code, problem["field"], problem["rule"]) == (422, "disposition", "enum")
    assert "RESOLVED" in problem["detail"]
    assert kept(case_id) == before


@pytest.mark.parametrize("name", ["escalate", "file", "ASSIGN", "assign "])
def test_move_that_is_none_here_names_those_that_are(office, name):
    case_id = office.file()
    before = kept(case_id)
    reply = office.centre.post(f"cases/{case_id}/moves/{name}", {})
    problem = reply.json()
    assert (reply.status_code, problem["field"], problem["rule"]) == (422, "move", "literal_error")
    assert "'assign'" in problem["detail"]
    assert kept(case_id) == before


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [("cases/none", 422, "case_id"), ("cases/00000000-0000-7000-8000-000000000000", 404, None)],
)
def test_unknown_case_is_told(office, path, status, field):
    reply = office.centre.get(path)
    assert (reply.status_code, reply.json().get("field")) == (status, field)


def test_filing_needs_its_permission(desk):
    for role, status in ((None, 401), ("CREW", 403), ("DEPARTMENT_DESK", 403)):
        reply = desk(role).post("cases", GOOD)
        assert reply.status_code == status
    with scoped(EVERYTHING):
        assert Case.objects.count() == 0


@pytest.mark.parametrize("path", ["cases", "cases/00000000-0000-7000-8000-000000000000"])
def test_reading_needs_its_permission(desk, path):
    assert desk(None).get(path).status_code == 401
    assert desk("CREW").get(path).status_code == 403


def test_problem_speaks_the_language_of_the_reader(office):
    case_id = office.file()
    titles = []
    for language in LANGUAGES:
        office.works.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        titles.append(office.move(case_id, "report").json()["title"])
    assert titles == ["该事项不由本单位办理。", "This is not with your organisation."]


def test_every_state_and_disposition_has_its_words():
    for language in LANGUAGES:
        words = catalogue(language)
        for state in ("FILED", "ASSIGNED", "REPORTED", "VERIFIED", "CLOSED", "RETURNED"):
            assert words[f"case.state.{state}"]
