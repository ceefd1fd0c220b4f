"""What an item asks a report to tell beside its outcome: a measured value, a document's number."""

import pytest

from anlan.casework.tests.office import DISPUTE, kept

pytestmark = pytest.mark.django_db
LIGHT = "0211"  # light shining into dwellings: words and a measured value
WAGES = "1606"  # words and the number of a document
NIGHT_WORKS = "1209"  # words, a measured value and a document
OUTCOME = {"outcome": "the lamp is screened"}
READING = {"reading": "2.1 lx at the window, luxmeter, 21:40"}
DOCUMENT = {"document": "order 2026-118"}


def assigned(office, item_code):
    """File a case of an item and give it to the works; return its id."""
    case_id = office.file(item_code)
    office.bring(case_id, "assign")
    return case_id


@pytest.mark.parametrize(
    ("item_code", "told", "field", "rule"),
    [
        (LIGHT, {}, "reading", "required"),
        (LIGHT, {"reading": "  "}, "reading", "required"),
        (LIGHT, READING | DOCUMENT, "document", "extra_forbidden"),
        (WAGES, {}, "document", "required"),
        (NIGHT_WORKS, READING, "document", "required"),
        (DISPUTE, READING, "reading", "extra_forbidden"),
    ],
)
def test_report_tells_what_the_item_asks_for_and_no_more(office, item_code, told, field, rule):
    case_id = assigned(office, item_code)
    before = kept(case_id)
    reply = office.move(case_id, "report", **OUTCOME, **told)
    assert (reply.status_code, reply.json()["field"], reply.json()["rule"]) == (422, field, rule)
    assert kept(case_id) == before


@pytest.mark.parametrize(
    ("item_code", "told"),
    [(LIGHT, READING), (WAGES, DOCUMENT), (NIGHT_WORKS, READING | DOCUMENT)],
)
def test_what_was_told_stands_in_the_history(office, item_code, told):
    case_id = assigned(office, item_code)
    reply = office.move(case_id, "report", **OUTCOME, **told)
    assert (reply.status_code, reply.json()["state"]) == (200, "REPORTED")
    assert reply.json()["timeline"][-1]["facts"] == OUTCOME | told


def test_each_rework_is_measured_anew(office):
    case_id = assigned(office, LIGHT)
    assert office.move(case_id, "report", **OUTCOME, **READING).status_code == 200
    office.bring(case_id, "rework")
    refused = office.move(case_id, "report", **OUTCOME)
    assert (refused.status_code, refused.json()["field"]) == (422, "reading")
