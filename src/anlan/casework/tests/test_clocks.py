"""The service clock of a case: told once, paused with proof, explained, restarted without loss."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from tests.people import EVERYTHING

from anlan.casework.models import Case, CaseStep
from anlan.casework.service_clock.rules import asked_for
from anlan.casework.services import CLOCK_DUE
from anlan.casework.services.clocks import CLOCK_HANDLER
from anlan.casework.services.pauses import PAUSE_ENDS, PAUSE_HANDLER
from anlan.casework.tests.office import DISPUTE, PAVEMENT, kept
from anlan.kernel.clock import now
from anlan.kernel.deadlines import handle_due
from anlan.kernel.models import Deadline
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
HANDLERS = {CLOCK_DUE: CLOCK_HANDLER, PAUSE_ENDS: PAUSE_HANDLER}


def tell(at: datetime) -> None:
    """Let the loop handle all that is due by a time."""
    while handle_due(HANDLERS, at):
        pass


def told(case_id: str) -> list[tuple[str, str]]:
    """Return what the clock told of a case."""
    with scoped(EVERYTHING):
        steps = CaseStep.objects.filter(subject_id=case_id, made_by="system:clock")
        return [(one.move, one.facts.get("subject", "")) for one in steps.order_by("made_at", "pk")]


def ask(office, case_id: str, days: float = 2, reason: str = "REPORTER"):
    body = {
        "reason": reason,
        "proof": "agreed for Friday",
        "until": str(now() + timedelta(days=days)),
    }
    return office.works.post(f"cases/{case_id}/pauses", body)


def test_warning_lateness_and_each_level_are_told_once(office):
    case_id = office.file()  # a day round the clock
    office.bring(case_id, "assign")
    start = now()
    assert office.centre.get(f"cases/{case_id}").json()["due_at"] is not None
    for hours in (17, 19, 19, 23, 25, 25, 37, 49, 60):
        tell(start + timedelta(hours=hours))
    assert told(case_id) == [
        ("clock_warning", "PROMISE"),
        ("escalate", "1"),
        ("holder_late", str(kept(case_id).row["organisation_id"])),
        ("escalate", "2"),
        ("escalate", "3"),
    ]
    row = kept(case_id).row
    assert (row["escalation_level"], row["listed_at"]) == (3, start + timedelta(hours=49))
    listed = office.centre.get("cases", only="listed").json()["items"]
    assert [one["id"] for one in listed] == [case_id]
    office.bring(case_id, "report", "verify", "close")
    assert kept(case_id).row["listed_at"] is None
    with scoped(EVERYTHING):
        assert not Deadline.objects.filter(subject_id=case_id).exists()


def test_loop_that_was_away_tells_all_that_it_missed(office):
    case_id = office.file()
    tell(now() + timedelta(hours=30))
    assert [move for move, _ in told(case_id)] == ["holder_late", "escalate"]


def test_pause_is_asked_with_proof_and_granted_by_another_organisation(office, desk):
    case_id = office.file()
    office.bring(case_id, "assign")
    pause = ask(office, case_id).json()
    assert kept(case_id).row["clock"] == "RUNNING"
    own = desk("SUPERVISOR", organisation="MUNICIPAL_WORKS")
    refused = own.post(f"case-pauses/{pause['id']}/moves/grant", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "case.own_work")
    granted = office.centre.post(f"case-pauses/{pause['id']}/moves/grant", {})
    assert (granted.status_code, granted.json()["state"]) == (200, "GRANTED")
    row = kept(case_id).row
    assert (row["clock"], row["due_at"]) == ("PAUSED", None)
    tell(now() + timedelta(days=2, minutes=1))  # the end of the pause, and nothing late before
    assert kept(case_id).row["clock"] == "RUNNING"
    assert kept(case_id).row["due_at"] > now() + timedelta(days=2)
    assert told(case_id) == [("resume", "")]


def test_pause_ends_when_the_case_leaves_the_holder(office):
    case_id = office.file()
    office.bring(case_id, "assign")
    pause = ask(office, case_id).json()
    assert office.centre.post(f"case-pauses/{pause['id']}/moves/grant", {}).status_code == 200
    office.bring(case_id, "send_back")
    explained = office.centre.get(f"cases/{case_id}/clock").json()
    assert (explained["state"], explained["holder"]) == ("RUNNING", "ASSIGNING")
    assert [one["state"] for one in explained["pauses"]] == ["ENDED"]


@pytest.mark.parametrize(
    ("days", "reason", "status", "code"),
    [
        (16, "REPORTER", 422, "case.pause_too_long"),
        (-1, "REPORTER", 422, "case.pause_too_long"),
        (1, "HOLIDAY", 422, "invalid"),
    ],
)
def test_pause_beyond_the_rules_is_refused(office, days, reason, status, code):
    case_id = office.file()
    office.bring(case_id, "assign")
    before = kept(case_id)
    reply = ask(office, case_id, days, reason)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert kept(case_id) == before


def test_second_pause_and_item_without_pause_are_refused(office):
    case_id = office.file()
    office.bring(case_id, "assign")
    assert ask(office, case_id).status_code == 201
    assert ask(office, case_id).json()["code"] == "case.paused_already"
    unpausable = office.file("1201")
    office.bring(unpausable, "assign")
    assert ask(office, unpausable).json()["code"] == "case.not_pausable"


def test_explanation_adds_up(office):
    case_id = office.file(PAVEMENT)
    office.bring(case_id, "assign")
    clock = office.centre.get(f"cases/{case_id}/clock").json()
    assert clock["term"]["unit"] == "WORKING_DAYS"
    assert sum(day["counted"] for day in clock["days"]) == clock["term"]["amount"]
    assert sum(one["minutes"] for one in clock["holders"]) == clock["minutes"]
    assert clock["rules"] == "standard@2026.1"
    assert clock["due_at"] == office.centre.get(f"cases/{case_id}").json()["due_at"]


def test_changed_item_changes_the_promise_at_once(office):
    case_id = office.file(DISPUTE)
    before = kept(case_id).row["due_at"]
    office.bring(case_id, "reclassify")
    assert kept(case_id).row["due_at"] > before


def test_next_years_working_days_are_asked_for_in_november():
    assert asked_for(date(2026, 10, 31)) == []
    assert asked_for(date(2026, 11, 1)) == [("china", 2027)]
    assert asked_for(date(2027, 1, 1)) == [("china", 2027)]


def test_late_cases_are_listed_the_longest_first_without_gap_or_repeat(office):
    late_h = {office.file(): hours for hours in (1, 3, 2, 3, 3)}
    with scoped(EVERYTHING):
        at = now()
        for case_id, hours in late_h.items():
            Case.objects.filter(pk=case_id).update(due_at=at - timedelta(hours=hours))
    office.file()
    found, after = [], ""
    for length in (2, 2, 1):
        page = office.centre.get("cases", only="late", limit=2, after=after).json()
        assert len(page["items"]) == length
        found += [one["id"] for one in page["items"]]
        after = page["next"]
    assert (found, after) == (sorted(late_h, key=lambda one: (-late_h[one], one)), None)


@pytest.mark.parametrize("cursor", ["x", "1", "1.x", f"{10**30}.{UUID(int=1)}", str(UUID(int=1))])
def test_cursor_that_is_none_of_the_late_ones_is_named(office, cursor):
    reply = office.centre.get("cases", only="late", after=cursor)
    assert (reply.status_code, reply.json()["field"], reply.json()["rule"]) == (
        422, "after", "cursor",
    )  # fmt: skip
