"""A case that never was an incident turns out to be one, and dispatch has it from then on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.people import EVERYTHING, Desk

from anlan.casework.models import Case
from anlan.casework.tests.office import DISPUTE, PLACE, Office, kept
from anlan.dispatch.models import Incident
from anlan.flows.selectors import recent_gaps
from anlan.flows.selectors.conservation import all_gaps
from anlan.intake.models import Report
from anlan.kernel.identifiers import new_id
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
NOISE = {"channel": "PHONE", "kind": "NOISE", "text": "Shouting next door", **PLACE}
CONTACT = {"name": "Kim", "telephone": "0405556667"}
FIRE = {"kind": "FIRE_STRUCTURE", "reason": "Now it burns."}


@pytest.fixture
def office(desk: Callable[..., Desk]) -> Office:
    return Office.opened(desk)


def reported(desk: Callable[..., Desk]) -> dict[str, Any]:
    """Take a call that files a case; return what it led to."""
    reply = desk("CALL_TAKER").post("reports", NOISE | {"contact": CONTACT})
    assert reply.status_code == 201, reply.content
    return dict(reply.json())


def divert(who: Desk, case_id: str, **facts: str) -> Any:
    return who.post(f"cases/{case_id}/moves/divert", FIRE | facts)


def incidents() -> int:
    with scoped(EVERYTHING):
        return Incident.objects.count()


def test_department_gives_what_it_handles_to_dispatch_with_the_report(
    office: Office, desk: Callable[..., Desk]
) -> None:
    taken = reported(desk)
    case_id = taken["case_id"]
    office.bring(case_id, "assign", "start")
    moved = divert(office.works, case_id)
    assert (moved.status_code, moved.json()["state"]) == (200, "RETURNED"), moved.content
    step, incident_id = moved.json()["timeline"][-1], moved.json()["incident_id"]
    assert (step["move"], step["source"]) == ("divert", "ASSIGNED")
    assert step["facts"] == FIRE | {"incident_id": incident_id}
    assert (moved.json()["due_at"], moved.json()["clock"]) == (None, "STOPPED")
    dispatcher = desk("DISPATCHER")
    incident = dispatcher.get(f"incidents/{incident_id}").json()
    assert (incident["state"], incident["kind"]) == ("OPEN", "FIRE_STRUCTURE")
    assert (incident["text"], incident["report_count"]) == (NOISE["text"], 1)
    assert incident["received_at"] == step["made_at"]
    assert incident["timeline"][0]["facts"]["case"] == moved.json()["number"]
    (report,) = dispatcher.get(f"incidents/{incident_id}/reports").json()
    assert (report["id"], report["contact_kept"]) == (taken["id"], True)
    with scoped(EVERYTHING):
        assert (recent_gaps(), all_gaps()) == ([], [])


def test_reporter_is_told_by_the_same_number(office: Office, desk: Callable[..., Desk]) -> None:
    taken, visitor = reported(desk), desk(None)
    office.bring(taken["case_id"], "assign")
    moved = divert(office.works, taken["case_id"]).json()
    told = visitor.get(f"public/reports/{taken['number']}").json()
    assert (told["stage"], told["promise"]) == ("WITH_DISPATCH", None)
    assert [one["stage"] for one in told["milestones"]] == ["RECEIVED", "IN_HAND", "WITH_DISPATCH"]
    dispatcher, back = desk("DISPATCHER"), {"reason": "It is out.", "item_code": DISPUTE}
    sent = dispatcher.post(f"incidents/{moved['incident_id']}/moves/divert", back)
    assert sent.status_code == 200, sent.content
    told = visitor.get(f"public/reports/{taken['number']}").json()
    assert [one["stage"] for one in told["milestones"]][2:] == ["WITH_DISPATCH", "RECEIVED"]
    assert told["promise"]["standing"] == "DUE"


def test_case_that_nobody_reported_becomes_an_incident_and_nothing_is_missing(
    office: Office,
) -> None:
    case_id = office.file()
    moved = divert(office.centre, case_id)
    assert (moved.status_code, moved.json()["state"]) == (200, "RETURNED")
    with scoped(EVERYTHING):
        assert all_gaps() == []


def test_case_given_to_dispatch_whose_incident_is_nowhere_is_found(office: Office) -> None:
    case_id = office.file()
    with scoped(EVERYTHING):
        Case.objects.filter(pk=case_id).update(state="RETURNED", incident_id=new_id())
        assert [gap.rule for gap in recent_gaps()] == ["case_given_to_dispatch_is_an_incident"]


@pytest.mark.parametrize(
    ("facts", "field", "rule"),
    [
        ({"kind": "NOISE"}, "kind", "kind_needs_a_unit"),
        ({"kind": "NO_SUCH_KIND"}, "kind", "known_kind"),
        ({"reason": "\x07"}, "reason", "no_control_characters"),
    ],
)
def test_kind_that_needs_no_unit_is_refused_and_nothing_is_kept(
    office: Office, facts: dict[str, str], field: str, rule: str
) -> None:
    case_id = office.file()
    before = kept(case_id)
    refused = divert(office.centre, case_id, **facts)
    assert (refused.status_code, refused.json()["field"]) == (422, field)
    assert refused.json()["rule"] == rule
    assert (kept(case_id), incidents()) == (before, 0)


def test_who_may_not_give_it_away_is_refused_and_no_incident_is_left(
    office: Office, desk: Callable[..., Desk]
) -> None:
    case_id = office.file()
    before = kept(case_id)
    lighting = desk("DEPARTMENT_DESK", organisation="LIGHTING")
    codes = [
        divert(who, case_id).json()["code"] for who in (office.officer, office.works, lighting)
    ]
    assert codes == ["denied", "move.not_yours", "move.not_yours"]
    assert (kept(case_id), incidents()) == (before, 0)


def test_case_goes_to_dispatch_once(office: Office) -> None:
    case_id = office.file()
    divert(office.centre, case_id)
    before = kept(case_id)
    again = divert(office.centre, case_id)
    assert (again.status_code, again.json()["code"]) == (409, "move.not_allowed")
    assert (kept(case_id), incidents()) == (before, 1)


def test_report_never_goes_from_an_incident_to_a_case(
    office: Office, desk: Callable[..., Desk]
) -> None:
    taken = reported(desk)
    divert(office.centre, taken["case_id"])
    with scoped(EVERYTHING), pytest.raises(IntegrityError) as caught, transaction.atomic():
        Report.objects.filter(pk=taken["id"]).update(incident_id=None, case_id=new_id())
    assert caught.value.__cause__.diag.constraint_name == "intake_report_outcome_one_way"
