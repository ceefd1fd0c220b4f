"""Nothing that was acknowledged is nowhere, and the share of valid calls by month."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from tests.people import EVERYTHING

from anlan.flows.selectors import recent_gaps
from anlan.flows.selectors.conservation import all_gaps
from anlan.flows.services.conservation import tell_gaps
from anlan.intake.models import Report
from anlan.kernel.identifiers import new_id
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
FIRE = {
    "channel": "PHONE", "kind": "FIRE_STRUCTURE", "text": "Smoke", "lon": 24.9425, "lat": 60.169,
}  # fmt: skip
LAMP = FIRE | {"kind": "LAMP_OUT", "text": "Dark"}
AT = datetime(2026, 11, 22, tzinfo=UTC)
DIVERT = {"reason": "No danger.", "item_code": "0103"}


def the_day(desk: Any) -> dict[str, Any]:
    """Take calls that lead everywhere a call can lead; return the replies by name."""
    taker = desk("CALL_TAKER")
    dispatcher = desk("SUPERVISOR", organisation="COORDINATION_CENTRE")
    taken = {name: taker.post("reports", FIRE).json() for name in ("open", "over", "back", "false")}
    taken["joined"] = taker.post(
        "reports", FIRE | {"attach_to": taken["open"]["incident_id"]}
    ).json()
    taken["case"] = taker.post("reports", LAMP).json()
    for name in ("over", "back"):
        moved = dispatcher.post(f"incidents/{taken[name]['incident_id']}/moves/divert", DIVERT)
        assert moved.status_code == 200, moved.content
    (back,) = (
        case
        for case in dispatcher.get("cases", state="FILED").json()["items"]
        if case["incident_id"] == taken["back"]["incident_id"]
    )
    returned = dispatcher.post(f"cases/{back['id']}/moves/return", {"reason": "It burns."})
    assert returned.status_code == 200, returned.content
    closing = {"disposition": "FALSE_ALARM"}
    dispatcher.post(f"incidents/{taken['false']['incident_id']}/moves/close", closing)
    return taken


def tampered(statement: str, *values: object) -> None:
    """Change a row as only a fault could: with the rights of the tables' owner."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_day_that_leads_everywhere_has_no_gap(desk: Any) -> None:
    the_day(desk)
    with scoped(EVERYTHING):
        assert (recent_gaps(), all_gaps()) == ([], [])
    assert desk("DISPATCHER").get("conservation").json() == []


def test_report_of_an_incident_that_is_nowhere_is_found_and_told(desk: Any) -> None:
    taken = the_day(desk)
    with scoped(EVERYTHING):
        Report.objects.filter(pk=taken["joined"]["id"]).update(incident_id=new_id())
        (gap,) = recent_gaps()
        assert (gap.rule, gap.number) == ("report_leads_somewhere", taken["joined"]["number"])
        assert [one.rule for one in all_gaps()] == ["report_leads_somewhere"]
    assert tell_gaps(AT) == 1
    with scoped(EVERYTHING):
        told = OutboxEntry.objects.filter(topic="conservation.broken").get()
    assert told.body == {"rule": gap.rule, "number": gap.number}
    (shown,) = desk("DISPATCHER").get("conservation").json()
    assert shown == {"rule": gap.rule, "number": gap.number, "id": taken["joined"]["id"]}


def test_incident_that_nobody_reported_is_found(desk: Any) -> None:
    taken = the_day(desk)
    with scoped(EVERYTHING):
        Report.objects.filter(pk=taken["false"]["id"]).update(
            incident_id=taken["open"]["incident_id"]
        )
        (gap,) = recent_gaps()
    assert (gap.rule, gap.number) == ("incident_has_a_report", taken["false"]["led_to"])


def test_incident_that_came_back_from_casework_and_lost_its_report_is_found(desk: Any) -> None:
    taken = the_day(desk)
    with scoped(EVERYTHING):
        Report.objects.filter(pk=taken["back"]["id"]).update(
            incident_id=taken["open"]["incident_id"]
        )
        (gap,) = recent_gaps()
    assert (gap.rule, gap.number) == ("incident_has_a_report", taken["back"]["led_to"])


def test_diverted_incident_and_its_case_miss_each_other(desk: Any) -> None:
    taken = the_day(desk)
    with scoped(EVERYTHING):
        for name, state in (("over", "OPEN"), ("open", "DIVERTED")):
            tampered(
                "UPDATE dispatch_incident SET state = %s WHERE id = %s",
                state, taken[name]["incident_id"],
            )  # fmt: skip
        found = {(gap.rule, gap.number) for gap in recent_gaps()}
    rules = {rule for rule, _ in found}
    assert rules == {"diverted_incident_has_a_case", "case_of_incident_was_diverted"}
    assert ("diverted_incident_has_a_case", taken["open"]["led_to"]) in found


def test_case_says_why_the_desk_diverted_it(desk: Any) -> None:
    taken = the_day(desk)
    supervisor = desk("SUPERVISOR", organisation="COORDINATION_CENTRE")
    cases = supervisor.get("cases").json()["items"]
    (over,) = (one for one in cases if one["incident_id"] == taken["over"]["incident_id"])
    (filed,) = supervisor.get(f"cases/{over['id']}").json()["timeline"]
    assert (filed["move"], filed["facts"]["reason"]) == ("file", DIVERT["reason"])


def test_share_of_valid_calls_by_month(desk: Any) -> None:
    the_day(desk)
    (month,) = desk("DISPATCHER").get("months", zone="Asia/Shanghai").json()
    first = date.fromisoformat(month.pop("month"))
    assert first.day == 1
    low, high = month.pop("valid_share_low"), month.pop("valid_share_high")
    assert low < 0.5 < high
    assert month == {
        "calls": 6, "valid": 3, "diverted": 1, "to_casework": 1, "false_alarms": 1,
        "sent_over": 2, "came_back": 1, "valid_share": 0.5,
    }  # fmt: skip


def test_unknown_time_zone_is_refused_by_name(desk: Any) -> None:
    refused = desk("DISPATCHER").get("months", zone="Moon/Crater")
    assert (refused.status_code, refused.json()["field"]) == (422, "zone")
    assert refused.json()["rule"] == "iana_time_zone"
