"""Who is not responsible says so twice at most, naming who is; then an arbiter decides."""

import pytest
from tests.people import organisation_id

from anlan.casework.tests.office import kept, refused

pytestmark = pytest.mark.django_db


def test_matter_refused_twice_is_arbitrated_and_then_done(office):
    case_id = office.file()
    office.bring(case_id, "assign", "send_back", "assign", "dispute", "arbitrate")
    before = kept(case_id)
    for name in ("send_back", "dispute"):
        again = office.move(case_id, name)
        assert (again.status_code, again.json()["code"]) == (409, "case.decided")
    assert kept(case_id) == before
    office.bring(case_id, "report", "verify", "close", "evaluate")
    case = office.centre.get(f"cases/{case_id}").json()
    assert (case["state"], case["verdict"], case["sent_back_count"]) == ("CLOSED", "PUT_RIGHT", 2)
    assert [step["move"] for step in case["timeline"]] == [
        "file", "assign", "send_back", "assign", "dispute", "arbitrate",
        "report", "verify", "close", "evaluate",
    ]  # fmt: skip
    assert case["timeline"][4]["facts"] == refused()


def test_first_refusal_cannot_go_to_the_arbiter_and_second_cannot_avoid_it(office):
    case_id = office.file()
    office.bring(case_id, "assign")
    assert office.move(case_id, "dispute").json()["code"] == "case.not_sent_back_yet"
    office.bring(case_id, "send_back", "assign")
    before = kept(case_id)
    assert office.move(case_id, "send_back").json()["code"] == "case.sent_back_before"
    assert kept(case_id) == before


def test_reopening_opens_no_new_refusals(office):
    case_id = office.file()
    office.bring(case_id, "assign", "send_back", "assign", "dispute", "arbitrate")
    office.bring(case_id, "report", "verify", "close", "reopen")
    assert office.move(case_id, "send_back").json()["code"] == "case.decided"
    assert office.works.get(f"cases/{case_id}").json()["moves"] == ["start", "report", "divert"]


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        ({"ground": "TOO_MUCH_WORK"}, "ground", "enum"),
        ({"ground": None}, "ground", "required"),
        ({"proposed_id": None}, "proposed_id", "required"),
        ({"reason": " "}, "reason", "required"),
    ],
)
def test_refusal_names_ground_and_who_is_responsible(office, change, field, rule):
    case_id = office.file()
    office.bring(case_id, "assign")
    before = kept(case_id)
    facts = {name: value for name, value in (refused() | change).items() if value is not None}
    reply = office.move(case_id, "send_back", **facts)
    assert (reply.status_code, reply.json()["field"], reply.json()["rule"]) == (422, field, rule)
    assert kept(case_id) == before


def test_who_refuses_does_not_propose_itself(office):
    case_id = office.file()
    office.bring(case_id, "assign")
    before = kept(case_id)
    facts = refused() | {"proposed_id": str(organisation_id("MUNICIPAL_WORKS"))}
    reply = office.move(case_id, "send_back", **facts)
    assert (reply.status_code, reply.json()["code"]) == (422, "case.proposed_itself")
    assert kept(case_id) == before


def test_wrong_item_is_put_right_without_a_new_report(office):
    case_id = office.file()
    office.bring(case_id, "assign")
    before = kept(case_id)
    reply = office.move(case_id, "reclassify", item_code="9999", reason="no such thing")
    assert (reply.status_code, reply.json()["code"]) == (422, "item.unknown")
    assert kept(case_id) == before
    office.bring(case_id, "reclassify")
    row = kept(case_id).row
    assert (row["item_code"], row["state"], row["number"]) == (
        "0103", "ASSIGNED", before.row["number"],
    )  # fmt: skip
    missing = office.move(case_id, "report")
    assert missing.json()["code"] == "case.photo_missing"


def test_closing_is_evaluated_once_and_anew_after_reopening(office):
    case_id = office.closed()
    office.bring(case_id, "evaluate")
    before = kept(case_id)
    assert office.move(case_id, "evaluate").json()["code"] == "case.evaluated_before"
    assert kept(case_id) == before
    office.bring(case_id, "reopen", "report", "verify", "close", "evaluate")
