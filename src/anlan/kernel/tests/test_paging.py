"""Keyset paging: every row once, whatever arrives meanwhile."""

import pytest
from tests.people import EVERYTHING

from anlan.kernel.errors import InvalidError
from anlan.kernel.identifiers import new_id
from anlan.kernel.models import FieldLook
from anlan.kernel.paging import PageQuery, page_of
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
CELL = 990101001001001


@pytest.fixture
def look(at):
    """Return a maker of rows, within a scope that sees them."""

    def make(purpose: str) -> FieldLook:
        return FieldLook.objects.create(
            area=CELL, actor_id="a", actor_name="a", field="f", subject_id=new_id(),
            purpose=purpose, looked_at=at,
        )  # fmt: skip

    with scoped(EVERYTHING):
        yield make


def purposes(asked: PageQuery) -> tuple[list[str], str | None]:
    page, after = page_of(FieldLook.objects.all(), asked)
    return [row.purpose for row in page], after


def test_pages_follow_one_another_from_the_newest_without_gap_or_repeat(look):
    made = [look(str(number)).purpose for number in range(7)]
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page, after = purposes(PageQuery(limit=3, after=after))
        seen += page
    assert seen == made[::-1]


def test_row_that_arrives_meanwhile_moves_no_other_page(look):
    for number in range(4):
        look(str(number))
    first, after = purposes(PageQuery(limit=2))
    look("late")
    second, end = purposes(PageQuery(limit=2, after=after or ""))
    assert (first, second, end) == (["3", "2"], ["1", "0"], None)


def test_full_last_page_has_no_cursor(look):
    for number in range(2):
        look(str(number))
    assert purposes(PageQuery(limit=2)) == (["1", "0"], None)


def test_empty_list_has_no_cursor(look):
    assert purposes(PageQuery()) == ([], None)


@pytest.mark.parametrize("limit", [0, -1, 201, 10**30])
def test_limit_out_of_bounds_is_refused(look, limit):
    with pytest.raises(InvalidError) as refused:
        page_of(FieldLook.objects.all(), PageQuery(limit=limit))
    assert (refused.value.field, refused.value.rule) == ("limit", "between_1_and_200")


@pytest.mark.parametrize("after", ["x", "1", "00000000-0000-7000-8000-00000000000g", "\0"])
def test_cursor_that_is_none_is_refused(look, after):
    with pytest.raises(InvalidError) as refused:
        page_of(FieldLook.objects.all(), PageQuery(after=after))
    assert (refused.value.field, refused.value.rule) == ("after", "cursor")
