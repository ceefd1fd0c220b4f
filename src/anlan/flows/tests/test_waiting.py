"""What waits for whom: each role's queues, in matters and never in people."""

from typing import Any

import pytest
from tests.people import Desk, organisation_id

from anlan.casework.tests.office import Office
from anlan.dispatch.tests.room import Room, done

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(desk) -> Office:
    return Office.opened(desk)


def waiting(desk: Desk) -> dict[str, list[Any]]:
    """Return the ids that wait in each queue of a desk that is not empty."""
    queues = done(desk.get("waiting"))
    for queue in queues:
        assert queue["count"] == len(queue["rows"]), queue
    return {one["name"]: [row["id"] for row in one["rows"]] for one in queues if one["count"]}


def test_case_waits_for_one_after_the_other(office):
    case_id = office.file()
    # Who is to act: the centre assigns, the department takes on, handles, another checks.
    assert waiting(office.centre)["CASE_TO_ASSIGN"] == [case_id]
    assert waiting(office.works) == {}
    office.bring(case_id, "assign")
    assert "CASE_TO_ASSIGN" not in waiting(office.centre)
    assert waiting(office.works) == {"CASE_TO_TAKE": [case_id]}
    office.bring(case_id, "start")
    assert waiting(office.works) == {"CASE_IN_HAND": [case_id]}
    office.bring(case_id, "report")
    assert waiting(office.works) == {}
    assert waiting(office.officer)["CASE_TO_VERIFY"] == [case_id]
    office.bring(case_id, "verify")
    assert waiting(office.centre)["CASE_TO_CLOSE"] == [case_id]
    office.bring(case_id, "close")
    assert not any(case_id in rows for rows in waiting(office.centre).values())


def test_refusals_wait_for_the_arbiter(office):
    case_id = office.file()
    office.bring(case_id, "assign", "send_back")
    assert waiting(office.centre)["CASE_SENT_BACK"] == [case_id]
    office.bring(case_id, "assign", "dispute")
    assert waiting(office.centre)["CASE_DISPUTED"] == [case_id]


def test_department_sees_its_own_cases_alone(office, desk):
    case_id = office.file()
    office.bring(case_id, "assign")
    assert waiting(desk("DEPARTMENT_DESK", organisation="PARKS")) == {}


def test_street_sees_who_has_not_answered_and_the_department_what_to_answer(office, desk):
    street = desk("STREET_DESK", organisation="STREET_1")
    place = {"lon": 24.94, "lat": 60.176, "place_text": "Underpass"}
    parts = [
        {"organisation_id": str(organisation_id(code)), "duty": "Pump."}
        for code in ("MUNICIPAL_WORKS", "PARKS")
    ]
    body = place | {"item_code": "0303", "text": "Under water.", "parts": parts}
    task = done(street.post("joint-tasks", body))
    assert waiting(street) == {"PART_UNANSWERED": [task["id"]] * 2}
    assert waiting(office.works) == {"PART_TO_ANSWER": [task["id"]]}


def test_incident_waits_until_a_unit_goes_and_an_owed_call_until_it_is_made():
    room = Room()
    incident = room.call()
    assert waiting(room.dispatcher)["INCIDENT_WAITING"] == [incident]
    room.send(incident, "P01")
    assert "INCIDENT_WAITING" not in waiting(room.dispatcher)


def test_hand_over_waits_for_another_person():
    room = Room()
    made = done(room.dispatcher.post("handovers", {"text": "All quiet."}))["id"]
    assert "HANDOVER_TO_TAKE" not in waiting(room.dispatcher)
    assert waiting(room.taker)["HANDOVER_TO_TAKE"] == [made]
    done(room.taker.post(f"handovers/{made}/takeover", {"remark": "Seen."}))
    assert "HANDOVER_TO_TAKE" not in waiting(room.taker)


def test_administrator_is_told_what_is_not_set_up(desk):
    names = {one["name"] for one in done(desk("ADMINISTRATOR").get("waiting"))}
    assert names == {
        "ACCOUNT_WITHOUT_FACTOR", "UNIT_WITHOUT_ACCOUNT", "CELL_WITHOUT_OWNER", "HOOK_FAILING",
        "KEY_ENDING", "ROUTING_DRAFT", "ROUTING_TO_PUBLISH", "AGREEMENT_ENDING",
        "STUDY_UNFINISHED", "KIND_WITHOUT_CARD",
    }  # fmt: skip


def test_auditor_is_told_of_the_log_and_of_looks_alone(desk):
    names = [one["name"] for one in done(desk("AUDITOR").get("waiting"))]
    assert names == ["GLASS_TO_REVIEW", "LOG_WRONG"]


def test_long_queue_is_cut_and_says_so(office):
    for number in range(7):
        office.file(text=f"Slab {number} is loose")
    (queue,) = [
        one for one in done(office.centre.get("waiting")) if one["name"] == "CASE_TO_ASSIGN"
    ]
    assert (queue["count"], queue["more"], len(queue["rows"])) == (7, False, 5)
