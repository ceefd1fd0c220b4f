"""The catalogue of items."""

from datetime import UTC, date, datetime

import pytest

from anlan.casework.catalogue import item, items, read_items
from anlan.casework.errors import CatalogueError, UnknownItemError
from anlan.casework.models import Case
from anlan.casework.services import Filing, file_case
from anlan.casework.tests.office import PAVEMENT, PLACE
from anlan.kernel.scope import scoped
from anlan.kernel.text_files import data_folder


def test_catalogue_has_sixty_items_in_sixteen_groups():
    assert len(items()) == 60
    assert len({item.group for item in items().values()}) == 16
    assert list(items()) == sorted(items())


def test_item_holds_what_its_text_says():
    pavement = item(PAVEMENT)
    assert (pavement.name_en, pavement.name_zh) == ("Damaged road or pavement", "路面、步道破损")
    assert (pavement.group, pavement.lead) == ("01", "MUNICIPAL_WORKS")
    assert pavement.evidence == ("PHOTO", "NOTE")
    assert (pavement.clock.code, pavement.clock.unit, pavement.clock.amount) == (
        "D3",
        "WORKING_DAYS",
        3,
    )


@pytest.mark.parametrize("code", ["", "9999", "0103 ", "01"])
def test_unknown_item_is_refused_by_name(code):
    with pytest.raises(UnknownItemError) as caught:
        item(code)
    assert (caught.value.field, caught.value.rule) == ("item_code", "known_item")


def test_item_is_known_from_its_first_day_on():
    first = item(PAVEMENT).valid_from
    assert item(PAVEMENT, on=first).code == PAVEMENT
    with pytest.raises(UnknownItemError):
        item(PAVEMENT, on=date(2025, 12, 31))


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (("schema = 1", "schema = 2"), "schema is not 1"),
        (('clock = "E"', 'clock = "ETERNITY"'), "'ETERNITY'"),
        (('lead = "MUNICIPAL_WORKS"', ""), "lead"),
        (("pausable = false", 'pausable = false\ncolour = "red"'), "colour"),
    ],
)
def test_text_of_another_shape_is_refused_by_its_file(tmp_path, damage, reason):
    folder = data_folder() / "catalogue"
    for name in ("clock_classes.toml", "01_roads.toml"):
        text = (folder / name).read_text(encoding="utf-8")
        if name == "01_roads.toml":
            text = text.replace(*damage)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_items(tmp_path)
    assert caught.value.facts["file"] == "01_roads.toml"
    assert reason in str(caught.value.facts["reason"])


@pytest.mark.django_db
def test_everybody_may_read_the_catalogue(desk):
    listed = desk(None).get("items").json()
    assert len(listed) == 60
    assert listed[2]["code"] == PAVEMENT
    assert listed[2]["clock"] == {
        "code": "D3", "name_zh": "三个工作日", "name_en": "3 working days",
        "unit": "WORKING_DAYS", "amount": 3,
    }  # fmt: skip


@pytest.mark.django_db
def test_nothing_is_filed_under_an_item_before_its_first_day(office):
    filing = Filing(item_code=PAVEMENT, **PLACE, area=990101001001001, text="")
    with scoped(office.officer.actor):
        with pytest.raises(UnknownItemError):
            file_case(
                filing, actor=office.officer.actor, at=datetime(2025, 12, 31, 23, 0, tzinfo=UTC)
            )
        assert Case.objects.count() == 0
