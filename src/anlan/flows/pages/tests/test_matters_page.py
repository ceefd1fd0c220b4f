"""The public picture of the city's matters: counts by area, never one matter, never a person."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import EVERYTHING, make_desk

from anlan.casework.models import Case
from anlan.flows.pages.matters import PICTURE
from anlan.flows.pages.tests.pages import Page, Visitor
from anlan.flows.selectors.matters import city_matters, public_items
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped
from anlan.orgs.sign_in import VISITOR

pytestmark = pytest.mark.django_db
PAVEMENT, DISPUTE = "0103", "1601"
NORTH_WEST = {"lon": 24.935, "lat": 60.182}
CENTRE = {"lon": 24.9468, "lat": 60.1712}
CITY = 990101000000000


@pytest.fixture(autouse=True)
def let_go() -> None:
    """Begin without a picture of another test's city."""
    PICTURE.let_go()


def file(count: int, item_code: str = PAVEMENT, **place: float) -> None:
    """File some cases that say what must not be published."""
    desk = make_desk("SUPERVISOR", organisation="COORDINATION_CENTRE")
    for _ in range(count):
        body = {"item_code": item_code, "text": "Kim lives here", "place_text": "Sturenkatu 1"}
        reply = desk.post("cases", body | place)
        assert reply.status_code == 201, reply.content


def counted(days: int = 0) -> dict[int, tuple[int, int, int]]:
    """Return what is shown so many days from now: in time, overdue, closed by area."""
    with scoped(VISITOR):
        found = city_matters(now() + timedelta(days=days)).shown
    return {one.area: (one.counts.in_time, one.counts.overdue, one.counts.closed) for one in found}


def test_fewer_than_five_are_not_published_at_all():
    file(4, **NORTH_WEST)
    page = Visitor().get("/matters")
    assert (page.status, counted()) == (200, {})
    assert "too-few" in page.elements
    assert "matters" not in page.elements


def test_areas_are_split_only_where_every_part_has_enough():
    file(5, **NORTH_WEST)
    file(4, **CENTRE)
    assert list(counted().values()) == [(9, 0, 0)]
    file(1, **CENTRE)
    assert list(counted().values()) == [(5, 0, 0), (5, 0, 0)]


def test_overdue_ones_are_marked():
    file(6, **NORTH_WEST)
    late = counted(days=20)
    assert sum(overdue for _, overdue, _ in late.values()) == 6
    assert sum(in_time for in_time, _, _ in late.values()) == 0


def test_only_items_that_are_public_in_the_catalogue_count():
    file(6, DISPUTE, **NORTH_WEST)
    assert counted() == {}
    assert DISPUTE not in public_items(now())
    assert PAVEMENT in public_items(now())


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_page_tells_of_no_report_and_nobody(language):
    file(6, **NORTH_WEST)
    visitor = Visitor(language)
    page = visitor.client.get("/matters").content.decode()
    with scoped(EVERYTHING):
        case = Case.objects.first()
    assert case is not None
    hidden = ["Kim", "Sturenkatu", "24.935", "60.182", case.number, str(case.id)]
    assert [word for word in hidden if word in page] == []
    assert {"matters", "promises", "city-map-title"} <= Page(
        visitor.client.get("/matters")
    ).elements.keys()
    assert page.count("<polygon") > 0


def test_promises_are_those_of_the_public_items():
    with scoped(VISITOR):
        promised = city_matters(now()).promised
    assert sum(one.items for one in promised) == len(public_items(now()))
    text = Visitor().get("/matters").text
    assert [one.term.name_en for one in promised if one.term.name_en not in text] == []


def test_picture_is_counted_once_for_a_crowd():
    file(6, **NORTH_WEST)
    visitor = Visitor()
    first = visitor.client.get("/matters").content
    assert b'id="counted-at"' in first
    file(6, **NORTH_WEST)
    with CaptureQueriesContext(connection) as asked:
        again = visitor.client.get("/matters").content
    assert again == first
    assert [query for query in asked.captured_queries if "casework_case" in query["sql"]] == []
    PICTURE.let_go()
    assert visitor.client.get("/matters").content != first
