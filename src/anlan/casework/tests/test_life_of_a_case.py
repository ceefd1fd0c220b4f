"""Journeys of a case, by hand."""

import pytest

from anlan.casework.tests.office import PAVEMENT, picture

pytestmark = pytest.mark.django_db


def test_case_goes_from_filing_to_closing(office):
    case_id = office.file(PAVEMENT, text="loose slabs", place_text="Mannerheimintie 1")
    office.bring(case_id, "assign")
    photo = office.works.upload(f"cases/{case_id}/photos", {"photo": picture()})
    assert photo.status_code == 201
    office.bring(case_id, "report", "verify", "close")
    case = office.centre.get(f"cases/{case_id}").json()
    assert [(step["move"], step["source"], step["target"]) for step in case["timeline"]] == [
        ("file", "", "FILED"),
        ("assign", "FILED", "ASSIGNED"),
        ("report", "ASSIGNED", "REPORTED"),
        ("verify", "REPORTED", "VERIFIED"),
        ("close", "VERIFIED", "CLOSED"),
    ]
    assert (case["state"], case["disposition"], case["text"]) == (
        "CLOSED",
        "RESOLVED",
        "loose slabs",
    )
    assert case["closed_at"] == case["timeline"][-1]["made_at"]
    assert [photo["phase"] for photo in case["photos"]] == ["HANDLED"]
