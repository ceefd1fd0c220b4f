"""What everybody may read: public matters, and nothing of who reported or in which words."""

import csv
import io
from datetime import timedelta

import pytest
from tests.people import EVERYTHING

from anlan.casework.models import Case
from anlan.casework.tests.office import DISPUTE, WAY, Office
from anlan.exchange.open311.tests.outside import Outside
from anlan.exchange.open311.writing import w3c
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db


def test_a_public_case_is_read_without_words_names_or_doorbells(
    outside: Outside, office: Office
) -> None:
    case_id = office.file("0103", text="My neighbour Aino Virta says so", place_text="door 7 B")
    office.bring(case_id, "assign")
    (row,) = outside.rows("requests")
    with scoped(EVERYTHING):
        case = Case.objects.get(pk=case_id)
    assert row["service_request_id"] == case.number
    assert row["requested_datetime"] == w3c(case.filed_at)
    assert (row["status"], row["service_code"]) == ("open", "pavement_damage")
    assert row["service_name"] == "Damaged road or pavement"
    assert row["status_notes"] == "With the department that sees to it."
    assert row["description"] is None
    assert row["agency_responsible"]
    assert (row["lat"], row["long"]) == (60.182, 24.935)
    told = outside.get("requests.xml").content.decode()
    assert "Virta" not in told
    assert "door 7" not in told


def test_cases_that_are_not_public_are_nowhere(outside: Outside, office: Office) -> None:
    case_id = office.file(DISPUTE)
    with scoped(EVERYTHING):
        number = Case.objects.get(pk=case_id).number
    assert outside.rows("requests") == []
    assert outside.rows("requests", service_request_id=number) == []
    assert outside.get(f"requests/{number}.json").status_code == 404
    assert outside.rows("servicerequestupdates") == []
    codes = {one["service_code"] for one in outside.rows("services")}
    assert "neighbour_dispute" not in codes
    assert outside.rows("requests", service_code="neighbour_dispute") == []


def test_an_open_case_says_how_far_it_has_come(outside: Outside, office: Office) -> None:
    number = outside.sent(service_code="fallen_line")
    with scoped(EVERYTHING):
        case_id = str(Case.objects.get(number=number).id)
    (opened,) = outside.rows("requests", status="open")
    assert opened["service_request_id"] == number
    assert outside.rows("requests", status="closed") == []
    office.bring(case_id, "assign")
    first, second = outside.rows("servicerequestupdates")
    assert second["description"] == "With the department that sees to it."
    assert (first["status"], first["description"]) == ("open", "Received.")


def test_a_case_that_is_closed_says_when_and_how(outside: Outside, office: Office) -> None:
    number = outside.sent(service_code="odour")
    with scoped(EVERYTHING):
        case_id = str(Case.objects.get(number=number).id)
    office.bring(case_id, *WAY)
    (row,) = outside.rows("requests", status="closed")
    with scoped(EVERYTHING):
        closed_at = Case.objects.get(pk=case_id).closed_at
    assert (row["status"], row["status_notes"]) == ("closed", "Put right.")
    assert row["updated_datetime"] == w3c(closed_at)
    assert outside.rows("requests", status="open") == []
    assert outside.rows("servicerequestupdates")[-1]["status"] == "closed"


def test_an_open_case_says_by_when_it_is_promised(outside: Outside, office: Office) -> None:
    number = outside.sent(service_code="odour")
    (row,) = outside.rows("requests", service_request_id=number)
    with scoped(EVERYTHING):
        case = Case.objects.get(number=number)
    assert case.due_at is not None
    assert row["expected_datetime"] == w3c(case.due_at)
    office.bring(str(case.id), *WAY)
    (row,) = outside.rows("requests", service_request_id=number)
    assert row["expected_datetime"] is None


def test_requests_are_asked_for_by_time_status_service_and_number(outside: Outside) -> None:
    numbers = [outside.sent(), outside.sent(service_code="street_lamp_out")]
    with scoped(EVERYTHING):
        filed = Case.objects.get(number=numbers[0]).filed_at
    found = lambda **query: {row["service_request_id"] for row in outside.rows("requests", **query)}  # noqa: E731
    assert found() == set(numbers)
    assert found(service_code="street_lamp_out") == {numbers[1]}
    assert found(service_code="street_lamp_out,pavement_damage") == set(numbers)
    assert found(end_date=w3c(filed - timedelta(minutes=1))) == set()
    assert found(start_date=w3c(filed - timedelta(minutes=1))) == set(numbers)
    ids = {"service_request_id": f"{numbers[0]},C-00000-00000"}
    assert found(**ids, status="closed", start_date="2001-01-01T00:00:00Z") == {numbers[0]}
    assert found(page="2", page_size="1") == {numbers[0]}


@pytest.mark.parametrize(
    "query",
    [
        {"start_date": "yesterday"},
        {"start_date": "2026-01-01"},
        {"start_date": "2026-01-01T00:00:00"},
        {"start_date": "2026-13-01T00:00:00Z"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"},
        {"status": "pending"},
        {"page_size": "0"},
        {"page_size": "1001"},
        {"page": "-1"},
        {"service_code": ",".join(f"s{n}" for n in range(101))},
    ],
)
def test_what_cannot_be_served_is_400_in_the_format_that_was_asked_for(
    outside: Outside, query: dict[str, str]
) -> None:
    reply = outside.get("requests.json", **query)
    assert reply.status_code == 400
    assert [set(one) for one in reply.json()] == [{"code", "description"}]
    assert b"<errors><error><code>400</code>" in outside.get("requests.xml", **query).content


@pytest.mark.parametrize("path", ["nothing.json", "services/none.json", "tokens/R-1.json"])
def test_what_is_not_there_is_404(outside: Outside, path: str) -> None:
    reply = outside.get(path)
    assert (reply.status_code, reply.json()[0]["code"]) == (404, 404)


def test_the_words_are_in_the_readers_language(outside: Outside) -> None:
    outside.sent()
    reply = outside.client.get("/open311/v2/requests.json", headers={"accept-language": "zh-CN"})
    assert (reply.json()[0]["service_name"], reply.json()[0]["status_notes"]) == (
        "路面、步道破损", "已受理。",
    )  # fmt: skip


def test_bulk_has_every_column_and_no_formula(outside: Outside) -> None:
    number = outside.sent(description="=cmd()")
    reply = outside.get("bulk.csv")
    (row,) = csv.DictReader(io.StringIO(reply.content.decode(), newline=""))
    assert len(row) == 14
    assert (row["service_request_id"], row["status_description"]) == (number, "Open")
    assert (row["source"], row["closed_date"], row["description"]) == ("API", "", "")
    assert "cmd()" not in reply.content.decode()


def test_anybody_may_read_from_another_site(outside: Outside) -> None:
    reply = outside.get("services.json")
    assert reply["Access-Control-Allow-Origin"] == "*"
    assert reply["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in reply
