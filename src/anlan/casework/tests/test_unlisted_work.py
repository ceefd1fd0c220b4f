"""What the catalogue does not list is refused: by the service, and by the database itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from tests.people import EVERYTHING, organisation_id

from anlan.casework.catalogue import item
from anlan.casework.errors import UnknownItemError
from anlan.casework.models import Case, ListedItem, TemporaryItem
from anlan.casework.services.listing import list_item
from anlan.casework.tests.office import PAVEMENT, PLACE
from anlan.kernel import clock
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db

CELL = 990101001001001
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def asked(**more: object) -> dict[str, object]:
    today = clock.now().date()
    return {
        "name_zh": "台风后倒伏围挡", "name_en": "Hoarding blown over by the storm",
        "filing_zh": "台风后围挡倒伏在步道上。", "filing_en": "A hoarding lies on a pavement.",
        "closing_zh": "围挡已扶正或清走。", "closing_en": "It stands again or is gone.",
        "reason": "storm of the night", "needs_photo": False, "lead": "URBAN_ORDER",
        "clock": "U", "valid_from": str(today), "valid_until": str(today + timedelta(days=30)),
    } | more  # fmt: skip


def approved(office, desk) -> dict[str, object]:
    found = office.works.post("temporary-items", asked()).json()
    reply = office.centre.post(
        f"temporary-items/{found['id']}/moves/approve", {"reason": "until the next edition"}
    )
    assert reply.status_code == 200, reply.content
    return reply.json()


def insert(item_code: str, filed_at: datetime = AT) -> None:
    Case.objects.create(
        number=f"C{filed_at:%H%M%S}{item_code}", item_code=item_code, area=CELL, **PLACE,
        text="", channel="STAFF", filed_at=filed_at,
    )  # fmt: skip


@pytest.mark.parametrize("code", ["9999", "T9999", PAVEMENT])
def test_database_refuses_a_case_of_an_item_that_is_not_listed(code):
    with scoped(EVERYTHING):
        with pytest.raises(DatabaseError, match="is not in the catalogue"), transaction.atomic():
            insert(code)
        assert Case.objects.count() == 0


def test_database_takes_what_is_listed_on_the_day_and_there():
    first, last = date(2026, 11, 1), date(2026, 11, 22)
    with scoped(EVERYTHING):
        list_item(PAVEMENT, "2026.9", 990101001000000, (first, last), AT)
        insert(PAVEMENT)
        for day in (datetime(2026, 10, 31, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)):
            with pytest.raises(DatabaseError), transaction.atomic():
                insert(PAVEMENT, day)
        with pytest.raises(DatabaseError), transaction.atomic():
            Case.objects.filter(area=CELL).update(item_code="9999")
        assert list(Case.objects.values_list("item_code", flat=True)) == [PAVEMENT]


def test_a_later_edition_counts_from_its_first_day():
    with scoped(EVERYTHING):
        list_item(PAVEMENT, "2026.8", CELL, (date(2026, 1, 1), None), AT)
        list_item(PAVEMENT, "2026.9", CELL, (date(2026, 11, 1), date(2026, 11, 2)), AT)
        insert(PAVEMENT, datetime(2026, 10, 31, tzinfo=UTC))
        with pytest.raises(DatabaseError), transaction.atomic():
            insert(PAVEMENT)


def test_saying_the_same_twice_adds_nothing_to_the_register(office):
    office.file(PAVEMENT)
    office.file(PAVEMENT)
    with scoped(EVERYTHING):
        listed = ListedItem.objects.get(code=PAVEMENT)
        assert (listed.version, listed.area) == (item(PAVEMENT, on=AT.date()).version, 99 * 10**13)


def test_register_is_never_changed(office):
    office.file(PAVEMENT)
    with scoped(EVERYTHING), connection.cursor() as cursor:
        for statement in ("UPDATE casework_listed_item SET code = 'X'",
                          "DELETE FROM casework_listed_item"):  # fmt: skip
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(statement)


def test_department_asks_another_decides_and_the_item_may_be_filed(office, desk):
    item_for_a_time = approved(office, desk)
    assert item_for_a_time["state"] == "APPROVED"
    listed = office.officer.get("items").json()
    assert listed[-1]["code"] == item_for_a_time["code"]
    assert (listed[-1]["group"], listed[-1]["public"]) == ("T", False)
    case_id = office.file(item_for_a_time["code"])
    office.bring(case_id, "assign", "report")


def test_an_item_that_is_only_asked_for_may_not_be_filed(office):
    code = office.works.post("temporary-items", asked()).json()["code"]
    reply = office.officer.post("cases", {"item_code": code, **PLACE})
    assert (reply.status_code, reply.json()["code"]) == (422, "item.unknown")


def test_whoever_asked_does_not_decide(office, desk):
    found = office.centre.post("temporary-items", asked()).json()
    assert found["moves"] == []
    reply = office.centre.post(f"temporary-items/{found['id']}/moves/approve", {"reason": "mine"})
    assert (reply.status_code, reply.json()["code"]) == (409, "item.own")
    with scoped(EVERYTHING):
        assert TemporaryItem.objects.get().state == "ASKED"
        mine = {"state": "APPROVED", "decided_by": F("asked_by"), "decided_at": AT}
        with pytest.raises(DatabaseError), transaction.atomic():
            TemporaryItem.objects.update(**mine)


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"name_en": "Visitors of block 3"}, "name_en", "item.kept_out"),
        ({"filing_zh": "出租屋内流动人口登记。"}, "filing_zh", "item.kept_out"),
        ({"lead": "NOBODY"}, "lead", "invalid"),
        ({"clock": "D9"}, "clock", "invalid"),
        ({"valid_until": "2027-12-31"}, "valid_until", "invalid"),
        ({"valid_until": "2020-01-01"}, "valid_until", "invalid"),
    ],
)
def test_what_no_item_may_say_is_refused(office, more, field, code):
    reply = office.works.post("temporary-items", asked(**more))
    assert (reply.status_code, reply.json()["code"]) == (422, code)
    with scoped(EVERYTHING):
        assert TemporaryItem.objects.count() == 0


def test_ended_item_is_refused_and_its_cases_go_on_but_not_to_grid_officers(office, desk):
    item_for_a_time = approved(office, desk)
    case_id = office.file(item_for_a_time["code"])
    ended = office.centre.post(
        f"temporary-items/{item_for_a_time['id']}/moves/end", {"reason": "storm is over"}
    )
    assert ended.json()["state"] == "ENDED"
    reply = office.officer.post("cases", {"item_code": item_for_a_time["code"], **PLACE})
    assert reply.status_code == 422
    with scoped(EVERYTHING), pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case_id).update(
            organisation_id=organisation_id("COMMUNITY_11"), state="ASSIGNED"
        )
    office.bring(case_id, "assign", "report")


def test_grid_officer_asks_for_nothing_and_decides_nothing(office):
    assert office.officer.post("temporary-items", asked()).status_code == 403
    found = office.works.post("temporary-items", asked()).json()
    reply = office.works.post(f"temporary-items/{found['id']}/moves/approve", {"reason": "x"})
    assert reply.status_code == 403


def test_unknown_item_is_refused_before_the_database_has_to(office):
    with pytest.raises(UnknownItemError):
        item("T9999", on=AT.date())
