"""Routing tables through the API: written, looked through, published by another, and in force."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.people import CITY, EVERYTHING, organisation_id

from anlan.casework.models import CaseRoute, RoutingTable
from anlan.casework.tests.editors import TO_LEAD
from anlan.casework.tests.office import DISPUTE, PAVEMENT, PLACE, Office, kept
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db

HOME = 990101001001000


def case_of(office: Office, case_id: str) -> dict[str, Any]:
    return dict(office.centre.get(f"cases/{case_id}").json())


def why(office: Office, case_id: str) -> list[dict[str, Any]]:
    return list(office.centre.get(f"cases/{case_id}/routes").json())


def test_first_draft_begins_with_the_shipped_text(editors):
    begun = editors.writer.post("routing-tables", {}).json()
    assert [(row["number"], row["to"]) for row in begun["rows"]] == [(1, "@LEAD")]
    assert (begun["state"], begun["edition"], begun["area"]) == ("DRAFT", None, CITY)
    assert begun["moves"] == ["propose", "drop"]


def test_without_a_table_the_desk_gives_the_work(office):
    case_id = office.file(PAVEMENT)
    assert case_of(office, case_id)["state"] == "FILED"
    assert why(office, case_id) == []


def test_case_goes_where_the_table_says_and_tells_why(office, editors):
    table = editors.publish(TO_LEAD, {"number": 2, "level": 1, "items": ["16"], "to": "@DESK"})
    assert (table["edition"], table["in_force"]) == (1, True)
    case_id = office.file(PAVEMENT)
    case = case_of(office, case_id)
    works = str(organisation_id("MUNICIPAL_WORKS"))
    assert (case["state"], case["organisation_id"]) == ("ASSIGNED", works)
    assert [step["move"] for step in case["timeline"]] == ["file", "assign"]
    assert case["timeline"][1]["facts"] == {"organisation_id": works}
    (route,) = why(office, case_id)
    assert (route["reason"], route["holder"], route["edition"]) == ("GIVEN", "MUNICIPAL_WORKS", 1)
    assert route["organisation_id"] == works
    assert (route["matter"]["item"], route["matter"]["source"]) == (PAVEMENT, "STAFF")
    (hop,) = route["hops"]
    assert [(one["row"]["number"], one["decided"], one["failed"]) for one in hop["considered"]] == [
        (1, True, []),
        (2, False, ["item"]),
    ]


def test_row_that_says_so_leaves_the_case_to_the_desk(office, editors):
    editors.publish(TO_LEAD, {"number": 2, "level": 1, "items": ["16"], "to": "@DESK"})
    case_id = office.file(DISPUTE)
    assert case_of(office, case_id)["state"] == "FILED"
    (route,) = why(office, case_id)
    assert (route["reason"], route["organisation_id"]) == ("DESK", None)


def test_hand_over_is_followed_and_shown(office, editors):
    editors.publish(TO_LEAD, {"number": 2, "held_by": "MUNICIPAL_WORKS", "to": "@COMMUNITY"})
    case_id = office.file(PAVEMENT)
    assert case_of(office, case_id)["organisation_id"] == str(organisation_id("COMMUNITY_11"))
    (route,) = why(office, case_id)
    assert [(hop["held_by"], hop["to"]) for hop in route["hops"]] == [
        (None, "MUNICIPAL_WORKS"),
        ("MUNICIPAL_WORKS", "@COMMUNITY"),
    ]


def test_organisation_that_does_not_serve_the_place_leaves_it_to_the_desk(office, editors):
    editors.publish({"number": 1, "to": "COMMUNITY_23"})
    case_id = office.file(PAVEMENT)
    assert case_of(office, case_id)["state"] == "FILED"
    assert [route["reason"] for route in why(office, case_id)] == ["NOT_SERVED"]


def test_site_of_a_case_is_asked_where_a_row_asks(office, editors):
    rows = (
        {"number": 1, "to": "@DESK"},
        {"number": 2, "level": 1, "sites": ["NONE"], "to": "WATER"},
    )
    editors.publish(*rows)
    reply = office.officer.post("cases", {"item_code": PAVEMENT, **PLACE}).json()
    assert reply["organisation_id"] == str(organisation_id("WATER"))
    assert reply["state"] == "ASSIGNED"


def test_correcting_the_item_routes_anew(office, editors):
    editors.publish(TO_LEAD, {"number": 2, "level": 1, "items": [DISPUTE], "to": "@DESK"})
    case_id = office.file(DISPUTE)
    office.bring(case_id, "reclassify")
    case = case_of(office, case_id)
    assert (case["state"], case["item_code"]) == ("ASSIGNED", PAVEMENT)
    assert [route["reason"] for route in why(office, case_id)] == ["DESK", "GIVEN"]


def test_answer_stays_when_another_edition_comes_into_force(office, editors):
    editors.publish(TO_LEAD)
    case_id = office.file(PAVEMENT)
    before = why(office, case_id)
    editors.publish({"number": 1, "to": "WATER"})
    assert why(office, case_id) == before
    later = office.file(PAVEMENT)
    assert [route["edition"] for route in why(office, later)] == [2]


def test_edition_of_a_later_day_is_not_in_force_today(office, editors):
    table = editors.draft(TO_LEAD)
    later = (now().date() + timedelta(2)).isoformat()  # in the city it may be tomorrow already
    table = editors.change(table, TO_LEAD, valid_from=later).json()
    editors.move(editors.writer, table, "propose")
    published = editors.move(editors.publisher, table, "publish").json()
    assert (published["state"], published["in_force"]) == ("PUBLISHED", False)
    assert case_of(office, office.file(PAVEMENT))["state"] == "FILED"


def test_whoever_wrote_any_of_it_does_not_publish_it(desk, editors):
    second = desk("ADMINISTRATOR", organisation="COORDINATION_CENTRE")
    table = editors.draft(TO_LEAD)
    editors.move(second, table, "propose")
    refused = editors.move(editors.writer, table, "publish")
    assert (refused.status_code, refused.json()["code"]) == (409, "routing.own")
    assert editors.writer.get(f"routing-tables/{table['id']}").json()["state"] == "PROPOSED"
    assert editors.move(second, table, "publish").status_code == 200


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([{"number": 1, "items": ["01"], "to": "@LEAD"}], "GAP"),
        ([TO_LEAD, {"number": 2, "to": "WATER"}], "CONFLICT"),
        ([TO_LEAD, {"number": 2, "held_by": "WATER", "to": "POWER"},
          {"number": 3, "held_by": "POWER", "to": "WATER"}], "CYCLE"),
        ([TO_LEAD, {"number": 2, "level": 1, "items": ["01"], "to": "NO_SUCH"}], "UNKNOWN"),
    ],
)  # fmt: skip
def test_table_with_a_grave_finding_is_not_proposed(editors, rows, kind):
    table = editors.draft(*rows)
    found = editors.writer.get(f"routing-tables/{table['id']}/findings").json()
    assert kind in {one["kind"] for one in found["findings"] if one["forbids"]}
    refused = editors.move(editors.writer, table, "propose")
    assert (refused.status_code, refused.json()["code"]) == (409, "routing.faulty")
    assert editors.writer.get(f"routing-tables/{table['id']}").json()["state"] == "DRAFT"


def test_draft_that_somebody_changed_is_not_written_over(editors):
    table = editors.draft(TO_LEAD)
    assert editors.change(table, {"number": 1, "to": "WATER"}).status_code == 200
    refused = editors.change(table, {"number": 1, "to": "POWER"})
    assert (refused.status_code, refused.json()["code"]) == (409, "routing.changed")
    rows = editors.writer.get(f"routing-tables/{table['id']}").json()["rows"]
    assert [row["to"] for row in rows] == ["WATER"]


def test_what_was_proposed_is_changed_only_after_it_was_sent_back(editors):
    table = editors.draft(TO_LEAD)
    editors.move(editors.writer, table, "propose")
    assert editors.change(table, TO_LEAD).json()["code"] == "routing.not_a_draft"
    editors.move(editors.publisher, table, "revise", reason="Water belongs to the water works")
    assert editors.change(table, TO_LEAD).status_code == 200


def test_rows_that_contradict_themselves_are_refused(editors):
    table = editors.draft(TO_LEAD)
    for row in ({"begins": 480}, {"begins": 480, "ends": 480}, {"level": 10}, {"items": ["1"]}):
        assert editors.change(table, TO_LEAD | row).status_code == 422
    assert editors.change(table, TO_LEAD, TO_LEAD).status_code == 422


def test_replay_tells_who_would_go_elsewhere(office, editors):
    editors.publish(TO_LEAD)
    handled = office.file(PAVEMENT)
    office.move(handled, "report")  # refused without a photo: it stays with the works
    office.file(DISPUTE)
    table = editors.draft({"number": 1, "to": "@DESK"}, {"number": 2, "level": 1, "items": ["01"],
                                                         "to": "WATER"})  # fmt: skip
    found = editors.writer.get(f"routing-tables/{table['id']}/replay").json()
    assert (found["total"], found["looked_at"], found["next"]) == (2, 2, None)
    pairs = {(one["before"], one["after"]): one["count"] for one in found["pairs"]}
    assert pairs[("MUNICIPAL_WORKS", "WATER")] == 1
    assert found["elsewhere"] == sum(pairs.values())
    (example,) = next(one for one in found["pairs"] if one["after"] == "WATER")["examples"]
    assert example["number"] == case_of(office, handled)["number"]
    assert kept(handled).row["organisation_id"] == organisation_id("MUNICIPAL_WORKS")


def test_replay_goes_on_page_by_page(office, editors, monkeypatch):
    monkeypatch.setattr("anlan.casework.selectors.routing_replay.REPLAY_PAGE_ROWS", 2)
    for _ in range(3):
        office.file(DISPUTE)
    table = editors.draft({"number": 1, "to": "WATER"})
    path = f"routing-tables/{table['id']}/replay"
    first = editors.writer.get(path).json()
    assert (first["total"], first["looked_at"]) == (3, 2)
    second = editors.writer.get(path, after=first["next"], page=2).json()
    assert (second["looked_at"], second["next"]) == (1, None)
    assert [one["count"] for one in first["pairs"] + second["pairs"]] == [2, 1]


def refused_by_database(**changes: Any) -> str:
    with scoped(EVERYTHING), pytest.raises(DatabaseError) as caught, transaction.atomic():
        RoutingTable.objects.update(**changes)
    return str(caught.value)


def test_database_keeps_what_was_published(editors):
    editors.publish(TO_LEAD)
    for changes in ({"rows": []}, {"title": "x"}, {"state": "DRAFT"}, {"written_by": []}):
        assert "remembers by whom" in refused_by_database(**changes)


def test_database_refuses_publishing_ones_own_and_forgetting_who_wrote(editors):
    table = editors.draft(TO_LEAD)
    editors.move(editors.writer, table, "propose")
    assert "remembers by whom" in refused_by_database(written_by=["somebody"])
    assert "remembers by whom" in refused_by_database(rows=[], revision=9)
    with scoped(EVERYTHING):
        (writer,) = RoutingTable.objects.get(pk=table["id"]).written_by
    own = {"state": "PUBLISHED", "edition": 1, "published_by": writer, "published_at": now()}
    assert "not_own" in refused_by_database(**own)


def test_database_keeps_where_a_case_was_sent(office, editors):
    editors.publish(TO_LEAD)
    office.file(PAVEMENT)
    with scoped(EVERYTHING):
        assert CaseRoute.objects.count() == 1
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE casework_case_route SET reason = 'DESK'")
        with pytest.raises(DatabaseError), transaction.atomic():
            CaseRoute.objects.all().delete()
