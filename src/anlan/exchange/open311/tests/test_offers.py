"""The text of the further questions keeps the rules of the specification."""

from datetime import date

from anlan.casework.catalogue import items
from anlan.exchange.open311.offers import DATATYPES, offered, questions

DAY = date(2026, 11, 22)


def test_questions_are_ones_that_a_definition_can_hold() -> None:
    groups = {item.group for item in items(DAY).values()}
    found = questions()
    assert len({one.code for one in found}) == len({one.order for one in found}) == len(found) > 0
    for one in found:
        assert one.datatype in DATATYPES
        assert one.groups <= groups
        assert all(one.description.values())
        assert bool(one.values) is one.datatype.endswith("list")
        assert len({key for key, _ in one.values}) == len(one.values)


def test_only_what_may_be_published_is_offered() -> None:
    found = offered(DAY)
    assert found
    for code, item in found.items():
        assert (code, item.public, item.personal_data) == (item.service_code, True, "NONE")
    assert len(found) < len(items(DAY))
