"""Open cases on a map: all counted, some listed, none that is out of sight."""

import pytest
from tests.people import EVERYTHING

from anlan.casework.models import Case
from anlan.casework.selectors import on_map
from anlan.casework.tests.office import DISPUTE
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
CITY = {"west": 24.9, "south": 60.1, "east": 25.0, "north": 60.2}
HERE = (24.9350, 60.1820)
FAR = (24.9440, 60.1660)


def filed(office, *places):
    """File a case at each place as the centre, which has the whole city; return the ids."""
    bodies = [{"item_code": DISPUTE, "lon": lon, "lat": lat} for lon, lat in places]
    return [office.centre.post("cases", body).json()["id"] for body in bodies]


def test_cases_near_each_other_are_one_group_with_its_count(office):
    near = filed(office, HERE, HERE)
    (alone,) = filed(office, FAR)
    told = office.centre.get("cases-on-map", **CITY).json()
    by_count = {group["count"]: group for group in told["groups"]}
    assert (told["total"], told["late"], set(by_count)) == (3, 0, {1, 2})
    assert by_count[2]["id"] is None
    assert by_count[1]["id"] == alone
    assert (by_count[2]["lon"], by_count[2]["lat"]) == pytest.approx(HERE)
    assert {row["id"] for row in told["listed"]} == {*near, alone}


def test_groups_fall_apart_as_the_box_gets_smaller(office):
    filed(office, (24.9350, 60.1820), (24.9356, 60.1820))
    wide = office.centre.get("cases-on-map", **CITY).json()
    narrow = {"west": 24.9345, "south": 60.1815, "east": 24.9360, "north": 60.1825}
    close = office.centre.get("cases-on-map", **narrow).json()
    assert [group["count"] for group in wide["groups"]] == [2]
    assert [group["count"] for group in close["groups"]] == [1, 1]


def test_what_is_closed_or_outside_the_box_is_not_there(office):
    office.closed()
    filed(office, FAR)
    box = CITY | {"south": 60.175}
    told = office.centre.get("cases-on-map", **box).json()
    assert told == {"total": 0, "late": 0, "groups": [], "listed": []}


def test_late_ones_are_counted_and_stand_first(office):
    early, late = filed(office, HERE, FAR)
    with scoped(EVERYTHING):
        Case.objects.filter(pk=late).update(due_at="2020-01-01T00:00:00Z", clock="RUNNING")
    told = office.centre.get("cases-on-map", **CITY).json()
    assert told["late"] == 1
    assert [(row["id"], row["late"]) for row in told["listed"]] == [(late, True), (early, False)]


def test_list_is_bounded_and_the_count_is_not(office, monkeypatch):
    monkeypatch.setattr(on_map, "LISTED_LIMIT_ROWS", 2)
    filed(office, HERE, HERE, HERE)
    told = office.centre.get("cases-on-map", **CITY).json()
    assert (told["total"], len(told["listed"])) == (3, 2)


def test_nobodys_words_are_told(office):
    office.file(text="they know who I am", place_text="third floor")
    body = office.centre.get("cases-on-map", **CITY).content.decode()
    assert "they know" not in body
    assert "third floor" not in body


def test_sealed_case_and_another_areas_case_are_not_counted(office, desk):
    sealed, _ = filed(office, HERE, FAR)
    office.bring(sealed, "assign")
    reason = {"reason": "the reporter is threatened"}
    assert office.centre.post(f"cases/{sealed}/moves/seal", reason).status_code == 200
    assert office.centre.get("cases-on-map", **CITY).json()["total"] == 2
    elsewhere = desk("SUPERVISOR", organisation="EMERGENCY_CENTRE")
    assert elsewhere.get("cases-on-map", **CITY).json()["total"] == 1
