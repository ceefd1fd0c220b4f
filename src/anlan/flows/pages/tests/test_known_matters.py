"""What has been reported near already: shown before somebody reports it again, and joined."""

from datetime import timedelta

import pytest
from tests.people import EVERYTHING, organisation_id

from anlan.casework.models import Case
from anlan.flows.pages.tests.pages import STATION, Page, Visitor, reports
from anlan.flows.selectors.known_matters import KnownMatter, known_matters
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped
from anlan.orgs.sign_in import VISITOR

pytestmark = pytest.mark.django_db
LON, LAT = 24.941400, 60.171900
STEP = 0.0001  # degrees of latitude: eleven metres


def looked(visitor: Visitor, kind: str = "LAMP_OUT", place: str = STATION) -> Page:
    """Choose a place and a kind, as the page does by itself with a script."""
    return Page(visitor.send("search", place=place, kind=kind))


def found(kind: str = "LAMP_OUT", lon: float = LON, lat: float = LAT) -> list[KnownMatter]:
    with scoped(VISITOR):
        return known_matters(kind, lon, lat, at=now())


def cases() -> dict[str, Case]:
    """Return every case by its number."""
    with scoped(EVERYTHING):
        return {case.number: case for case in Case.objects.order_by("pk")}


def test_open_matter_near_is_shown_without_a_word_of_anybody(desk) -> None:
    visitor = Visitor()
    assert "same" not in looked(visitor).values
    number = visitor.report(text="My neighbour broke it.", name="Kim", telephone="0405556667")
    (case,) = cases().values()
    page = looked(visitor, place=f"{LON:.6f},{LAT + STEP:.6f},Corner")
    assert "About 10 m away" in page.text
    assert (case.number in page.radios, page.values["same"]) == (True, "")
    hidden = ["My neighbour", "Kim", "0405556667", number, str(case.id)]
    assert [word for word in hidden if word in page.text] == []
    assert "The city promises to have it closed by" in page.text


def test_only_near_open_and_lately_filed_matters_are_shown() -> None:
    Visitor().report()
    (near,) = found()
    assert (near.stage, near.distance_m, near.overdue) == ("RECEIVED", 0, False)
    assert found(lat=LAT + 60 * STEP) == []
    assert found(kind="NOISE") == []
    with scoped(VISITOR):
        assert known_matters("LAMP_OUT", LON, LAT, at=now() + timedelta(days=400)) == []


def test_nothing_is_told_of_what_is_not_published(monkeypatch) -> None:
    Visitor().report()
    Visitor().report(kind="LIFT_TRAPPED")
    assert [found(kind=kind) for kind in ("LIFT_TRAPPED", "DRAGON", "")] == [[], [], []]
    assert len(found()) == 1
    monkeypatch.setattr("anlan.flows.selectors.known_matters.public_items", lambda at: {})
    assert found() == []


def test_asking_from_many_places_tells_no_more_than_the_published_place() -> None:
    """The edge of what is near runs around where it is published, not around where it is."""
    Visitor().report(place=f"{LON + 0.00004:.6f},{LAT - 0.00004:.6f},Here")
    kept = [step for step in range(-130, 131) if found(lat=LAT + step * STEP / 40)]
    assert kept[0] + kept[-1] in {-1, 0, 1}


def test_report_of_the_same_is_added_and_follows_the_one_that_leads(desk) -> None:
    visitor, other = Visitor(), Visitor()
    visitor.report()
    (lead,) = cases().values()
    number = other.report(same=lead.number, text="Dark here too.")
    second = next(case for key, case in cases().items() if key != lead.number)
    assert (second.state, second.merged_into_id) == ("MERGED", lead.id)
    centre = desk("SUPERVISOR", organisation="COORDINATION_CENTRE")
    works = {"organisation_id": str(organisation_id("LIGHTING"))}
    assert centre.post(f"cases/{lead.id}/moves/assign", works).status_code == 200
    assert "A department is working on it" in other.get(f"/follow/{number}").text
    shown = centre.get(f"cases/{second.id}").json()
    assert shown["leading"]["organisation_id"] == works["organisation_id"]
    step = next(one for one in shown["timeline"] if one["move"] == "merge")
    assert step["made_by_name"] == "same-matter"
    assert len(reports()) == 2


@pytest.mark.parametrize("named", ["C-00000-00000", "井盖", "x" * 400])
def test_number_that_was_not_offered_leaves_the_report_by_itself(named) -> None:
    Visitor().report(same=named)
    assert [case.state for case in cases().values()] == ["FILED"]


def test_matter_elsewhere_is_not_joined(desk) -> None:
    Visitor().report(place=f"{LON:.6f},{LAT + 60 * STEP:.6f},Far")
    (far,) = cases()
    Visitor().report(same=far)
    assert [case.merged_into_id for case in cases().values()] == [None, None]


def test_form_sent_twice_is_added_once() -> None:
    visitor = Visitor()
    visitor.report()
    (lead,) = cases()
    key = visitor.get("/report").values["key"]
    first, again = visitor.report(key=key, same=lead), visitor.report(key=key, same=lead)
    assert (first, len(reports()), len(cases())) == (again, 2, 2)
