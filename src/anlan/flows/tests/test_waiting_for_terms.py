"""What waits because of a term, a second person or a half-done work: each until it is done."""

from datetime import timedelta
from typing import Any

import pytest
from tests.people import Desk, make_desk
from tests.postures import POSTURE

from anlan.dispatch.agencies.tests.linked import WATER, Linked
from anlan.dispatch.tests.room import Room, done
from anlan.exchange.tests.test_warnings import body as warning
from anlan.flows.selectors import waiting as selectors
from anlan.kernel.clock import now
from anlan.volunteering.tests.work import published

pytestmark = pytest.mark.django_db
CIRCLE = {"lon": 24.942, "lat": 60.1712, "radius_m": 60}
STUDY = {"zone": "Europe/Helsinki", "past_days": 1, "days": 2, "replications": 6, "scale": 8}


def rows(desk: Desk, name: str) -> list[dict[str, Any]] | None:
    """Return what waits in a queue; None where it is no queue of the desk's."""
    queues = {one["name"]: one["rows"] for one in done(desk.get("waiting"))}
    return queues.get(name)


def test_closures_wait_in_their_last_hours_the_first_to_end_first():
    dispatcher = make_desk("DISPATCHER")
    ids = {}
    for reason, hours in (("Concrete", 13), ("Main", 11), ("Crane", 2)):
        until = (now() + timedelta(hours=hours)).isoformat()
        body = CIRCLE | {"reason": reason, "until_at": until}
        ids[reason] = done(dispatcher.post("road-closures", body))["id"]
    done(dispatcher.post("road-closures", CIRCLE | {"reason": "Flood"}))
    found = [(one["name"], one["id"]) for one in rows(dispatcher, "CLOSURE_ENDING")]
    assert found == [("Crane", ids["Crane"]), ("Main", ids["Main"])]
    assert rows(make_desk("DEPARTMENT_DESK", organisation="PARKS"), "CLOSURE_ENDING") is None


def test_warning_waits_for_a_second_person_and_then_for_who_publishes():
    drafter, approver = make_desk("SUPERVISOR"), make_desk("SUPERVISOR")
    drafted = done(drafter.post("warnings", warning()))
    assert rows(drafter, "WARNING_TO_APPROVE") == []
    assert [one["name"] for one in rows(approver, "WARNING_TO_APPROVE")] == [drafted["number"]]
    assert rows(approver, "WARNING_TO_PUBLISH") == []
    done(approver.post(f"warnings/{drafted['id']}/moves/approve", {}))
    assert rows(approver, "WARNING_TO_APPROVE") == []
    assert [one["name"] for one in rows(drafter, "WARNING_TO_PUBLISH")] == [drafted["number"]]
    done(drafter.post(f"warnings/{drafted['id']}/moves/publish", {}))
    assert rows(drafter, "WARNING_TO_PUBLISH") == []


def test_hours_wait_to_be_confirmed_by_who_asked_for_them_once_the_task_is_over(monkeypatch):
    officer = make_desk("GRID_OFFICER", organisation="COMMUNITY_11")
    centre = make_desk("SUPERVISOR")
    at = now()
    task = published(officer, at)
    assert rows(officer, "HOURS_TO_CONFIRM") == []
    monkeypatch.setattr("anlan.kernel.clock.now", lambda: at + timedelta(days=1, hours=4))
    (row,) = rows(officer, "HOURS_TO_CONFIRM")
    assert (row["id"], row["name"]) == (task["id"], task["title"])
    assert rows(centre, "HOURS_TO_CONFIRM") == []
    done(officer.post(f"volunteer-tasks/{task['id']}/moves/finish", {"hours_given": "3"}))
    assert rows(officer, "HOURS_TO_CONFIRM") == []


def test_study_waits_until_it_is_played_to_its_end():
    room, planner = Room(), make_desk("SUPERVISOR")
    (job,) = room.send(room.call(), "F01")
    room.bring(job, room.dispatcher)
    first = done(planner.post("postures", POSTURE))["id"]
    second = done(planner.post("postures", POSTURE | {"name": "Again"}))["id"]
    study = done(planner.post("posture-studies", STUDY | {"a": first, "b": second}))
    (row,) = rows(planner, "STUDY_UNFINISHED")
    assert (row["id"], row["name"]) == (study["id"], "Two ends – Again")
    done(planner.post(f"posture-studies/{study['id']}/stop"))
    assert rows(planner, "STUDY_UNFINISHED") == []


def test_agreement_waits_in_its_last_month_until_it_is_over(monkeypatch):
    linked, at = Linked(), now()
    linked.agree(WATER, ends_at=(at + timedelta(days=40)).isoformat())
    assert rows(linked.administrator, "AGREEMENT_ENDING") == []
    monkeypatch.setattr("anlan.kernel.clock.now", lambda: at + timedelta(days=11))
    (row,) = rows(linked.administrator, "AGREEMENT_ENDING")
    assert row["organisation_id"] is not None
    monkeypatch.setattr("anlan.kernel.clock.now", lambda: at + timedelta(days=41))
    assert rows(linked.administrator, "AGREEMENT_ENDING") == []


def test_kind_that_no_card_answers_waits_for_who_plans_and_may_read_cards(monkeypatch):
    planner, administrator = make_desk("SUPERVISOR"), make_desk("ADMINISTRATOR")
    assert rows(planner, "KIND_WITHOUT_CARD") == []
    in_force = selectors.cards_in_force
    monkeypatch.setattr(
        selectors,
        "cards_in_force",
        lambda day: [card for card in in_force(day) if "FIRE_STRUCTURE" not in card.text.kinds],
    )
    found = {one["code"]: one["name"] for one in rows(planner, "KIND_WITHOUT_CARD")}
    assert found["FIRE_STRUCTURE"] == "1, 2, 3, 4"
    assert rows(administrator, "KIND_WITHOUT_CARD") == []
    assert rows(make_desk("DISPATCHER"), "KIND_WITHOUT_CARD") is None
