"""Somebody else's case does not exist for who serves another area."""

import pytest

from anlan.casework.tests.office import DISPUTE, PLACE, kept, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbour(desk):
    """Return a grid officer of the next community."""
    return desk("GRID_OFFICER", organisation="COMMUNITY_12")


def test_case_of_another_area_is_invisible(office, neighbour):
    case_id = office.file()
    photo = office.officer.upload(f"cases/{case_id}/photos", {"photo": picture()}).json()
    assert neighbour.get("cases").json() == {"items": [], "next": None}
    for path, code in (
        (f"cases/{case_id}", "case.unknown"),
        (f"photos/{photo['id']}", "case.photo_unknown"),
    ):
        reply = neighbour.get(path)
        assert (reply.status_code, reply.json()["code"]) == (404, code)


def test_case_of_another_area_cannot_be_touched(office, neighbour):
    case_id = office.file()
    office.bring(case_id, "assign", "report")
    before = kept(case_id)
    moved = office.move(case_id, "verify", neighbour)
    shown = neighbour.upload(f"cases/{case_id}/photos", {"photo": picture()})
    for reply in (moved, shown):
        assert (reply.status_code, reply.json()["code"]) == (404, "case.unknown")
    assert kept(case_id) == before


def test_grid_officer_files_only_where_they_serve(neighbour):
    reply = neighbour.post("cases", {"item_code": DISPUTE, **PLACE})
    problem = reply.json()
    assert (reply.status_code, problem["code"]) == (422, "place.outside")
    assert (problem["field"], problem["rule"]) == ("lon,lat", "within_jurisdiction")
    assert neighbour.get("cases").json()["items"] == []
