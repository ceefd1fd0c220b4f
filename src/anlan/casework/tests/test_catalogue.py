"""The catalogue of items."""

from datetime import UTC, date, datetime

import pytest

from anlan.casework.catalogue import departments, item, items, was_known
from anlan.casework.errors import UnknownItemError
from anlan.casework.models import Case
from anlan.casework.services import Filing, file_case
from anlan.casework.tests.office import PAVEMENT, PLACE
from anlan.kernel.scope import scoped

DAY = date(2026, 11, 22)


def test_item_holds_what_its_text_says():
    pavement = item(PAVEMENT, on=DAY)
    assert (pavement.name_en, pavement.name_zh) == ("Damaged road or pavement", "路面、步道破损")
    assert (pavement.group, pavement.lead) == ("01", "MUNICIPAL_WORKS")
    assert pavement.evidence == ("PHOTO", "NOTE")
    assert (pavement.pausable, pavement.public, pavement.personal_data) == (True, True, "NONE")
    assert (pavement.clock.code, pavement.clock.unit, pavement.clock.amount) == (
        "D3",
        "WORKING_DAYS",
        3,
    )


def test_departments_have_names():
    assert departments(DAY)["PARKS"].name_en == "Parks"


@pytest.mark.parametrize("code", ["", "9999", "0103 ", "01"])
def test_unknown_item_is_refused_by_name(code):
    for ask in (item, was_known):
        with pytest.raises(UnknownItemError) as caught:
            ask(code, on=DAY)
        assert (caught.value.field, caught.value.rule) == ("item_code", "known_item")


def test_item_is_known_from_its_first_day_on():
    first = item(PAVEMENT, on=DAY).valid_from
    assert item(PAVEMENT, on=first).code == PAVEMENT
    with pytest.raises(UnknownItemError):
        item(PAVEMENT, on=date(2025, 12, 31))
    assert items(date(2025, 12, 31)) == {}


@pytest.mark.django_db
def test_everybody_may_read_the_catalogue(desk):
    listed = desk(None).get("items").json()
    assert [one["code"] for one in listed] == sorted(items(DAY))
    assert listed[2]["code"] == PAVEMENT
    assert listed[2]["clock"] == {
        "code": "D3", "name_zh": "三个工作日", "name_en": "3 working days",
        "unit": "WORKING_DAYS", "amount": 3,
    }  # fmt: skip
    assert (listed[2]["version"], listed[2]["valid_until"]) == ("2026.2", None)


@pytest.mark.django_db
def test_nothing_is_filed_under_an_item_before_its_first_day(office):
    filing = Filing(item_code=PAVEMENT, **PLACE, area=990101001001001, text="")
    with scoped(office.officer.actor):
        with pytest.raises(UnknownItemError):
            file_case(
                filing, actor=office.officer.actor, at=datetime(2025, 12, 31, 23, 0, tzinfo=UTC)
            )
        assert Case.objects.count() == 0
