"""What live screens hear of a case."""

import pytest
from tests.people import EVERYTHING

from anlan.casework.tests.office import picture
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db


def notices(case_id):
    with scoped(EVERYTHING):
        found = OutboxEntry.objects.filter(subject_id=case_id).order_by("position")
        return [(entry.topic, entry.area, entry.body) for entry in found]


def test_filing_tells_the_shape_of_the_list(office):
    case_id = office.file(text="my own words")
    [row] = office.centre.get("cases").json()["items"]
    assert notices(case_id) == [("case.filed", row["area"], row)]
    assert row["area"] == 990101001001001


def test_each_move_and_photo_tells_one_change(office):
    case_id = office.file()
    office.bring(case_id, "assign")
    office.works.upload(f"cases/{case_id}/photos", {"photo": picture()})
    office.bring(case_id, "report")
    told = [(topic, body["state"]) for topic, _, body in notices(case_id)]
    assert told == [
        ("case.filed", "FILED"),
        ("case.changed", "ASSIGNED"),
        ("case.changed", "ASSIGNED"),
        ("case.changed", "REPORTED"),
    ]


def test_no_notice_holds_what_somebody_wrote(office):
    case_id = office.file(text="my own words")
    office.bring(case_id, "assign", "report", "rework")
    whole = repr(notices(case_id))
    for written in ("my own words", "three slabs", "still loose"):
        assert written not in whole
