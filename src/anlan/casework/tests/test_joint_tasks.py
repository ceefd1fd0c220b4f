"""A street calls departments up: they report in, do their part, refuse; the arbiter decides."""

from datetime import datetime, timedelta

import pytest
from tests.people import EVERYTHING, organisation_id

from anlan.casework.models import JointStep
from anlan.casework.services.joint_tasks import PART_DUE, PART_HANDLER
from anlan.casework.tests.joint import FOUR, PLACE, kept, part, refusal
from anlan.casework.tests.office import picture
from anlan.kernel.clock import now
from anlan.kernel.deadlines import handle_due
from anlan.kernel.models import Deadline
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
MINUTES = {"reporting in": 30, "whole": 120}


def tell(at: datetime) -> None:
    """Let the loop handle all that is due by a time."""
    while handle_due({PART_DUE: PART_HANDLER}, at):
        pass


def told(part_id: str) -> list[str]:
    """Return the moves in a part's history."""
    with scoped(EVERYTHING):
        return [one.move for one in JointStep.objects.filter(subject_id=part_id).order_by("pk")]


def test_four_departments_are_called_each_with_its_own_clock(street):
    task = street.call_up()
    assert task["number"].startswith("J-")
    assert [one["state"] for one in task["parts"]] == ["CALLED"] * 4
    opened = datetime.fromisoformat(task["opened_at"])
    for one in task["parts"]:
        assert datetime.fromisoformat(one["holder_due_at"]) - opened == timedelta(minutes=30)
        assert datetime.fromisoformat(one["due_at"]) - opened == timedelta(hours=2)
    inbox = street.department("WATER").get("joint-tasks", only="called").json()["items"]
    assert [one["id"] for one in inbox] == [task["id"]]
    mine = part(inbox[0], "WATER")["id"]
    assert inbox[0]["part_moves"][mine] == ["report_in", "refuse"]
    assert street.department("PARKS").get("joint-tasks", only="called").json()["items"] == []


def test_task_closes_when_every_part_is_done_or_waived_with_a_reason(street):
    task = street.call_up()
    for code in FOUR[:3]:
        task = street.bring(task, code, "report_in", "finish")
    before = kept(task["id"])
    refused = street.close(task)
    assert (refused.status_code, refused.json()["code"]) == (409, "task.parts_open")
    unreasoned = street.move(task, "POWER", "waive", reason=" ")
    assert (unreasoned.status_code, unreasoned.json()["field"]) == (422, "reason")
    assert kept(task["id"]) == before
    task = street.bring(task, "POWER", "waive")
    closed = street.close(task).json()
    assert (closed["state"], closed["moves"]) == ("CLOSED", [])
    assert part(closed, "POWER")["outcome"] == "no cable is in the water"
    with scoped(EVERYTHING):
        ids = [one["id"] for one in task["parts"]]
        assert not Deadline.objects.filter(subject_id__in=ids).exists()


def test_only_who_was_called_answers_and_only_who_called_waives(street):
    task = street.call_up()
    before = kept(task["id"])
    for name, code, desk in (
        ("report_in", "WATER", street.department("POWER")),
        ("report_in", "WATER", street.street),
        ("waive", "WATER", street.department("WATER")),
        ("waive", "WATER", street.centre),
        ("waive", "WATER", street.desk("STREET_DESK", organisation="STREET_1")),
    ):
        reply = street.move(task, code, name, desk)
        another = desk.account.organisation.code == "STREET_1"
        if another and name == "waive":
            assert reply.status_code == 200  # the street's, whoever sits there
        else:
            assert reply.status_code == 403, (name, reply.content)
            assert kept(task["id"]) == before


def test_who_came_late_is_told_once_by_the_clock(street):
    task = street.call_up()
    street.bring(task, "WATER", "report_in")
    start = datetime.fromisoformat(task["opened_at"])
    for minutes in (29, 31, 31, 90, 121, 121, 200):
        tell(start + timedelta(minutes=minutes))
    found = street.centre.get(f"joint-tasks/{task['id']}").json()
    late = {code: (part(found, code)["came_late"], part(found, code)["late"]) for code in FOUR}
    assert late == {
        "MUNICIPAL_WORKS": (True, True),
        "WATER": (False, True),
        "TRAFFIC_POLICE": (True, True),
        "POWER": (True, True),
    }
    assert told(part(task, "WATER")["id"]) == ["call_up", "report_in", "late"]
    assert told(part(task, "POWER")["id"]) == ["call_up", "came_late", "late"]
    listed = street.centre.get("joint-tasks", only="late").json()["items"]
    assert [one["id"] for one in listed] == [task["id"]]
    steps = [one for one in found["timeline"] if one["move"] in {"came_late", "late"}]
    assert {one["facts"]["called_id"] for one in steps} == {
        str(organisation_id(code)) for code in FOUR
    }
    assert {one["made_by_name"] for one in steps} == {"clock"}


def test_move_before_the_worker_tells_the_same_lateness(street, monkeypatch):
    task = street.call_up()
    later = now() + timedelta(minutes=31)
    monkeypatch.setattr("anlan.kernel.clock.now", lambda: later)
    found = street.bring(task, "WATER", "report_in")
    assert part(found, "WATER")["came_late"] is True
    assert told(part(task, "WATER")["id"]) == ["call_up", "came_late", "report_in"]


def test_refusal_goes_to_the_arbiter_who_gives_the_part_to_another(street):
    task = street.call_up(("MUNICIPAL_WORKS", "POWER"))
    refused = street.move(task, "POWER", "refuse", **refusal("WATER"))
    assert refused.status_code == 200, refused.content
    waiting = part(refused.json(), "POWER")
    assert (waiting["state"], waiting["due_at"]) == ("REFUSED", None)
    assert waiting["holder_due_at"] is not None
    listed = street.centre.get("joint-tasks", only="refused").json()["items"]
    assert listed[0]["part_moves"][waiting["id"]] == ["arbitrate"]
    own = street.desk("SUPERVISOR", organisation="POWER")
    facts = {"organisation_id": str(organisation_id("WATER")), "reason": "the main is theirs"}
    before = kept(task["id"])
    assert street.move(task, "POWER", "arbitrate", own, **facts).json()["code"] == "case.own_work"
    assert kept(task["id"]) == before
    decided = street.move(task, "POWER", "arbitrate", **facts).json()
    given = part(decided, "WATER")
    assert (given["id"], given["state"], given["decided"]) == (waiting["id"], "CALLED", True)
    again = street.department("WATER").post(
        f"joint-parts/{given['id']}/moves/refuse", refusal("POWER")
    )
    assert (again.status_code, again.json()["code"]) == (409, "case.decided")
    assert street.department("POWER").get("joint-tasks", only="called").json()["items"] == []


def test_refusal_that_does_not_hold_wins_no_time(street, monkeypatch):
    task = street.call_up(("MUNICIPAL_WORKS", "POWER"))
    start = now()
    due = datetime.fromisoformat(part(task, "POWER")["holder_due_at"])

    def at(minutes: int) -> None:
        moment = start + timedelta(minutes=minutes)
        monkeypatch.setattr("anlan.kernel.clock.now", lambda: moment)

    at(10)
    street.move(task, "POWER", "refuse", **refusal("WATER"))
    tell(start + timedelta(minutes=40))
    at(40)
    facts = {"organisation_id": str(organisation_id("POWER")), "reason": "it is your cable"}
    decided = part(street.move(task, "POWER", "arbitrate", **facts).json(), "POWER")
    moved = datetime.fromisoformat(decided["holder_due_at"]) - due
    assert timedelta(minutes=29) < moved <= timedelta(minutes=30)  # what the arbiter took
    assert (decided["came_late"], decided["late"]) == (False, False)


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"ground": "WEATHER"}, "ground", "invalid"),
        ({"proposed_id": "POWER"}, "proposed_id", "case.proposed_itself"),
        ({"proposed_id": "COMMUNITY_11"}, "proposed_id", "task.not_callable"),
        ({"proposed_id": "COMMUNITY_23"}, "proposed_id", "case.organisation_elsewhere"),
        ({"reason": ""}, "reason", "invalid"),
    ],
)
def test_refusal_names_ground_holder_and_reason(street, body, field, code):
    task = street.call_up()
    before = kept(task["id"])
    if "proposed_id" in body:
        body = {"proposed_id": str(organisation_id(body["proposed_id"]))}
    reply = street.move(task, "POWER", "refuse", **(refusal() | body))
    assert (reply.status_code, reply.json()["code"]) == (422, code), reply.content
    assert field in reply.json()["field"]
    assert kept(task["id"]) == before


@pytest.mark.parametrize(
    ("codes", "rule"),
    [
        (("WATER", "WATER"), "each_department_once"),
        (("WATER", "STREET_1"), "another_organisation"),
        (("WATER", "COMMUNITY_11"), "a_department"),
        (("WATER", "COMMUNITY_23"), "serves_the_area"),
    ],
)
def test_wrong_departments_are_refused(street, codes, rule):
    reply = street.street.post("joint-tasks", street.asked(codes))
    assert (reply.status_code, reply.json()["rule"]) == (422, rule), reply.content
    assert street.centre.get("joint-tasks").json()["items"] == []


def test_case_with_an_open_joint_task_is_not_closed(street, office):
    case_id = office.file()
    task = street.call_up(("WATER", "POWER"), case_id=case_id)
    assert (task["case_id"], task["item_code"]) == (case_id, "1601")
    office.bring(case_id, "assign", "report", "verify")
    refused = office.move(case_id, "close")
    assert (refused.status_code, refused.json()["code"]) == (409, "case.called_up")
    assert "close" not in office.centre.get(f"cases/{case_id}").json()["moves"]
    for code in ("WATER", "POWER"):
        task = street.bring(task, code, "report_in", "finish")
    assert street.close(task).status_code == 200
    assert office.move(case_id, "close").status_code == 200
    moves = [one["move"] for one in office.centre.get(f"cases/{case_id}").json()["timeline"]]
    assert moves == ["file", "call_up", "assign", "report", "verify", "joint_done", "close"]
    late = street.street.post("joint-tasks", street.asked(("WATER", "POWER"), case_id=case_id))
    assert (late.status_code, late.json()["code"]) == (409, "task.case_ended")
    found = street.street.get("joint-tasks", case_id=case_id).json()["items"]
    assert [one["state"] for one in found] == ["CLOSED"]


def test_department_adds_photos_and_a_note_when_it_reports_in(street):
    task = street.call_up(("WATER", "POWER"))
    one = part(task, "WATER")
    water = street.department("WATER")
    added = water.upload(f"joint-parts/{one['id']}/photos", {"photo": picture()})
    assert added.status_code == 201, added.content
    found = street.move(task, "WATER", "report_in", note="two pumps on the way").json()
    shown = part(found, "WATER")
    assert (shown["note"], len(shown["photos"])) == ("two pumps on the way", 1)
    image = street.street.get(f"joint-photos/{shown['photos'][0]['id']}")
    assert (image.status_code, image["content-type"]) == (200, "image/jpeg")
    before = kept(task["id"])
    path = f"joint-parts/{one['id']}/photos"
    assert street.department("POWER").upload(path, {"photo": picture()}).status_code == 403
    street.bring(task, "WATER", "finish")
    ended = water.upload(path, {"photo": picture()})
    assert (ended.status_code, ended.json()["code"]) == (409, "task.photo_not_now")
    assert before[1] != kept(task["id"])[1]


def test_street_asks_for_rework_and_the_part_is_open_again(street):
    task = street.bring(street.call_up(("WATER", "POWER")), "WATER", "report_in", "finish")
    found = street.bring(task, "WATER", "rework")
    again = part(found, "WATER")
    assert (again["state"], again["outcome"], again["ended_at"]) == ("REPORTED_IN", "", None)
    assert again["holder_due_at"] == again["due_at"] != None  # noqa: E711


def test_another_street_sees_nothing_of_it(street):
    task = street.call_up()
    other = street.desk("STREET_DESK", organisation="STREET_2")
    assert other.get("joint-tasks").json()["items"] == []
    assert other.get(f"joint-tasks/{task['id']}").status_code == 404
    assert other.post("joint-tasks", street.asked(**PLACE)).status_code == 422


def test_street_knows_the_departments_that_serve_it(street):
    found = {one["code"] for one in street.street.get("organisations").json()}
    assert {"WATER", "STREET_1", "COMMUNITY_11"} <= found
    assert not {"STREET_2", "COMMUNITY_21"} & found
