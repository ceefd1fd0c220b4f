"""The search box: numbers and call signs, and nothing that tells of a person."""

import pytest
from tests.people import EVERYTHING, Desk, unit_id

from anlan.casework.models import Case
from anlan.casework.tests.office import Office
from anlan.dispatch.models import Incident
from anlan.dispatch.tests.room import FIRE, Room, done
from anlan.kernel.identifiers import number_ranges
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
NOTHING: dict[str, list[str]] = {"incidents": [], "cases": [], "units": []}
CALLER = {"name": "Watkins at the door", "telephone": "+358 40 765 4321"}


@pytest.fixture
def office(desk) -> Office:
    return Office.opened(desk)


def number_of(case_id: str) -> str:
    with scoped(EVERYTHING):
        return Case.objects.get(pk=case_id).number


def found(desk: Desk, text: str) -> dict[str, list[str]]:
    """Return the ids that a desk finds, by what they are of."""
    reply = done(desk.get("search", text=text))
    return {kind: [row["id"] for row in rows] for kind, rows in reply.items()}


def test_case_is_found_by_the_beginning_of_its_number_however_it_is_typed(office):
    case_id, _ = office.file(), office.file()
    number = number_of(case_id)
    for typed in (number, number.lower(), number[:6], number[2:7], number.replace("-", " ")):
        assert found(office.centre, typed)["cases"] == [case_id], typed
    assert found(office.centre, number[:4]) == NOTHING


def test_incident_and_unit_are_found_by_number_and_call_sign():
    room = Room()
    incident = room.call()
    with scoped(EVERYTHING):
        number = Incident.objects.get(pk=incident).number
    assert found(room.dispatcher, number[:7])["incidents"] == [incident]
    assert found(room.dispatcher, "p01")["units"] == [str(unit_id("P01"))]


def test_role_finds_only_what_it_may_read(office, desk):
    case_id = office.file()
    assert found(desk("CREW", unit="P02"), number_of(case_id))["cases"] == []
    assert desk("AUDITOR").get("search", text="C-12345").status_code == 403


def test_sealed_case_is_found_by_nobody(office):
    case_id = office.file()
    number = number_of(case_id)
    done(
        office.centre.post(f"cases/{case_id}/moves/seal", {"reason": "the reporter is threatened"})
    )
    for desk in (office.centre, office.works, office.officer):
        assert found(desk, number) == NOTHING


def test_person_telephone_contact_and_words_of_a_report_find_nothing(office, desk):
    office.file(text="Slabs by the fountain are loose", place_text="Fountain Square 4")
    taker = desk("CALL_TAKER")
    report = FIRE | {"contact": CALLER, "text": "Smoke from the bakery", "place_text": "Baker's"}
    done(taker.post("reports", report))
    for typed in (
        "Watkins", "Watkins at the door", "+358 40 765 4321", "0407654321", "7654321", "4321",
        "Smoke", "bakery", "Baker's", "Slabs", "Fountain Square", "supervisor", "loose",
    ):  # fmt: skip
        assert found(office.centre, typed) == NOTHING, typed


@pytest.mark.parametrize(
    ("typed", "ranges"),
    [
        ("C-7K3", ["C-7K3"]),
        ("c7k3f9q2", ["C-7K3F9-Q2", "C-C7K3F-9Q2"]),
        ("7l3", ["C-713"]),
        ("C-7K", []),
        ("7K3F9-Q2MXC0", []),
        ("七K3F9", []),
        ("", []),
    ],
)
def test_what_is_typed_is_read_as_the_beginning_of_a_number(typed, ranges):
    assert [low for low, _ in number_ranges(typed, "C")] == ranges
