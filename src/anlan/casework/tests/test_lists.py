"""Lists, counts, and what is told in public."""

from uuid import UUID

import pytest
from tests.people import organisation_id

from anlan.casework import selectors
from anlan.casework.errors import UnknownCaseError
from anlan.casework.tests.office import PAVEMENT
from anlan.kernel.scope import scoped
from anlan.orgs.sign_in import VISITOR

pytestmark = pytest.mark.django_db


def ids(reply) -> list[str]:
    return [case["id"] for case in reply.json()["items"]]


def test_list_is_newest_first_and_pages_without_gap_or_repeat(office):
    filed = [office.file() for _ in range(5)]
    found, after = [], ""
    for length in (2, 2, 1):
        reply = office.centre.get("cases", limit=2, after=after)
        assert len(ids(reply)) == length
        found += ids(reply)
        after = reply.json()["next"]
    assert (found, after) == (filed[::-1], None)


def test_page_stays_in_place_while_cases_are_filed(office):
    first, second, third = (office.file() for _ in range(3))
    page = office.centre.get("cases", limit=1)
    office.file()
    rest = office.centre.get("cases", limit=2, after=page.json()["next"])
    assert (ids(page), ids(rest)) == ([third], [second, first])


def test_list_is_filtered_by_state_and_organisation(office):
    filed, assigned, closed = office.file(), office.file(), office.closed()
    office.bring(assigned, "assign")
    works, lighting = (str(organisation_id(code)) for code in ("MUNICIPAL_WORKS", "LIGHTING"))
    assert ids(office.centre.get("cases", state="FILED")) == [filed]
    assert ids(office.centre.get("cases", state="ASSIGNED", organisation_id=works)) == [assigned]
    assert ids(office.centre.get("cases", organisation_id=works)) == [closed, assigned]
    assert ids(office.centre.get("cases", organisation_id=lighting)) == []


@pytest.mark.parametrize(
    ("query", "field", "rule"),
    [
        ({"state": "LOST"}, "state", "enum"),
        ({"organisation_id": "works"}, "organisation_id", "uuid_parsing"),
        ({"limit": 0}, "limit", "between_1_and_200"),
        ({"limit": 201}, "limit", "between_1_and_200"),
        ({"after": "yesterday"}, "after", "cursor"),
    ],
)
def test_query_that_breaks_a_rule_is_named(office, query, field, rule):
    reply = office.centre.get("cases", **query)
    assert (reply.status_code, reply.json()["field"], reply.json()["rule"]) == (422, field, rule)


def test_list_holds_no_words_of_the_reporter(office):
    office.file(text="I live next door")
    assert b"next door" not in office.centre.get("cases").content


def test_counts_are_of_the_area_and_exact(office, desk):
    office.file()
    office.closed()
    reopened = office.closed()
    office.bring(reopened, "reopen")
    with scoped(office.centre.actor):
        assert selectors.counts() == selectors.CaseCounts(filed=3, closed=1)
    with scoped(desk("GRID_OFFICER", organisation="COMMUNITY_12").actor):
        assert selectors.counts() == selectors.CaseCounts(filed=0, closed=0)


def test_public_learns_state_and_dates_and_nothing_else(office):
    case_id = office.file(PAVEMENT, text="my own words", place_text="Mannerheimintie 1")
    number = office.centre.get(f"cases/{case_id}").json()["number"]
    office.bring(case_id, "assign", "send_back")
    with scoped(VISITOR):
        told = selectors.public_case_by_number(f" {number.lower().replace('-', ' ')} ")
        assert told == selectors.public_case(UUID(case_id))
    assert (told.number, told.item_code, told.state) == (number, PAVEMENT, "FILED")
    assert [step.state for step in told.steps] == ["FILED", "ASSIGNED", "FILED"]
    assert told.steps[0].at == told.filed_at
    assert not told.may_reopen
    for hidden in ("my own words", "Mannerheimintie", "water works", "officer", "desk"):
        assert hidden not in repr(told)


def test_unknown_number_is_told_apart_from_nothing(office):
    office.file()
    with scoped(VISITOR), pytest.raises(UnknownCaseError):
        selectors.public_case_by_number("C-00000-00000")


def test_case_is_found_by_its_number_however_it_is_typed(office):
    wanted, _ = office.file(), office.file()
    number = office.centre.get(f"cases/{wanted}").json()["number"]
    for typed in (number, number.lower().replace("-", " ")):
        found = office.centre.get("cases", number=typed).json()["items"]
        assert [row["id"] for row in found] == [wanted]
    assert office.centre.get("cases", number="C-00000-00000").json()["items"] == []


def test_what_was_encoded_twice_is_decoded_once(desk):
    client = desk("SUPERVISOR").client
    once, twice = (
        client.get(f"/api/v1/cases?state={typed}") for typed in ("%41SSIGNED", "%2541SSIGNED")
    )
    assert (once.status_code, twice.status_code) == (200, 422)
    assert twice.json()["field"] == "state"
