"""What one day's catalogue says otherwise than another's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from anlan.casework.catalogue import changes_between, clock_classes, item, items
from anlan.casework.catalogue.changes import FieldChange, ItemChange, differences

DAY = date(2026, 11, 22)
PAVEMENT, LAMP = "0103", "0201"


def test_same_day_changes_nothing():
    assert changes_between(DAY, DAY) == []
    assert changes_between(DAY, DAY + timedelta(days=1)) == []


def test_before_its_first_day_all_of_the_catalogue_is_new_and_after_it_gone():
    first = min(one.valid_from for one in items(DAY).values())
    came = changes_between(first - timedelta(days=1), DAY)
    assert [(one.code, one.change) for one in came] == [(code, "ADDED") for code in items(DAY)]
    went = changes_between(DAY, first - timedelta(days=1))
    assert [(one.code, one.change) for one in went] == [(code, "ENDED") for code in items(DAY)]
    assert {one.fields for one in (*came, *went)} == {()}


def test_what_reads_otherwise_is_told_field_by_field_in_the_order_of_the_codes():
    old = {code: item(code, on=DAY) for code in (PAVEMENT, LAMP)}
    slower = clock_classes(DAY)["D20"]
    new = {
        LAMP: replace(old[LAMP], evidence=("NOTE",), version="2027.1", valid_from=DAY),
        PAVEMENT: replace(old[PAVEMENT], clock=slower, public=False),
    }
    pavement, lamp = differences(old, new)
    assert pavement == ItemChange(
        PAVEMENT, "路面、步道破损", "Damaged road or pavement", "CHANGED",
        (FieldChange("clock", "D3", "D20"), FieldChange("public", "True", "False")),
    )  # fmt: skip
    assert (lamp.code, lamp.fields) == (LAMP, (FieldChange("evidence", "PHOTO, NOTE", "NOTE"),))


def test_new_edition_that_says_the_same_is_no_change():
    old = {PAVEMENT: item(PAVEMENT, on=DAY)}
    new = {PAVEMENT: replace(old[PAVEMENT], version="2027.1", valid_from=DAY)}
    assert list(differences(old, new)) == []


@pytest.mark.django_db
def test_api_tells_what_changed_between_two_days(desk):
    told = desk(None).get("catalogue/changes", before="2025-12-31", after=DAY.isoformat()).json()
    assert [one["code"] for one in told] == sorted(items(DAY))
    assert (told[2]["code"], told[2]["change"], told[2]["name_zh"]) == (
        PAVEMENT, "ADDED", "路面、步道破损",
    )  # fmt: skip
