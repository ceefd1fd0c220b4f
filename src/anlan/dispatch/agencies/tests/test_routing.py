"""Which agency is told or asked by itself, which is proposed, and what a broken rule leaves."""

from datetime import UTC, datetime

import pytest
from tests.people import EVERYTHING, organisation_id

from anlan.dispatch.agencies.models import HelpRequest, Share
from anlan.dispatch.agencies.routing_rules import FILES, Route, routes_for
from anlan.dispatch.agencies.tests.linked import FIRE, POWER, WATER, Linked
from anlan.dispatch.tests.room import done
from anlan.kernel.scope import scoped

AT = datetime(2026, 11, 21, 8, tzinfo=UTC)
CELL = 990101001001001


def test_shipped_rules_are_in_order() -> None:
    assert FILES.broken() == []
    assert set(FILES.in_force(AT.date())) == {"city_routing"}


def test_route_fits_by_kind_priority_and_place() -> None:
    route = Route(
        code="A", agency="B", action="TELL", kinds=("K",), priority_at_most=2,
        within=(990101001000000,), reason_zh="因", reason_en="why",
    )  # fmt: skip
    assert route.fits("K", 2, CELL)
    assert not route.fits("L", 2, CELL)
    assert not route.fits("K", 3, CELL)
    assert not route.fits("K", 2, 990101002001001)


def test_first_fitting_route_of_an_agency_counts() -> None:
    found = [route.code for route, _ in routes_for("FIRE_STRUCTURE", 1, CELL, AT)]
    assert found == [
        "STRUCTURE_FIRE_TO_POWER_GRID",
        "STRUCTURE_FIRE_TO_WATER_WORKS",
        "FIRE_TO_FIRE_SERVICE",
    ]
    assert [r.code for r, _ in routes_for("FIRE_STRUCTURE", 2, CELL, AT)] == [
        "FIRE_TO_FIRE_SERVICE"
    ]


def test_told_agency_sees_the_incident_as_it_is_opened(linked: Linked) -> None:
    linked.agree(FIRE)
    incident = linked.call()
    (shown,) = done(linked.dispatcher.get(f"incidents/{incident}/agencies"))["shares"]
    assert (shown["rule_id"], shown["rule_version"]) == (
        "city_routing.FIRE_TO_FIRE_SERVICE", "2026.1",
    )  # fmt: skip
    assert linked.timeline(incident)[:2] == [("open", "", "OPEN"), ("share", "OPEN", "OPEN")]


def test_asked_agency_is_asked_as_the_incident_is_opened(linked: Linked) -> None:
    linked.agree(WATER)
    incident = linked.call(kind="WATER_MAIN_BURST")
    links = done(linked.dispatcher.get(f"incidents/{incident}/agencies"))
    assert [one["capabilities"] for one in links["requests"]] == [["UTILITY_CREW"]]
    assert links["requests"][0]["rule_id"] == "city_routing.WATER_BURST_TO_WATER_WORKS"
    assert links["proposals"] == []


def test_proposed_agency_is_left_to_the_desk(linked: Linked) -> None:
    linked.agree(POWER)
    incident = linked.call()
    links = done(linked.dispatcher.get(f"incidents/{incident}/agencies"))
    assert (links["shares"], links["requests"]) == ([], [])
    assert {(one["agency_id"], one["agreed"]) for one in links["proposals"]} == {
        (str(organisation_id(POWER)), True),
        (str(organisation_id(WATER)), False),
        (str(organisation_id(FIRE)), False),
    }
    linked.ask(incident, POWER)
    left = done(linked.dispatcher.get(f"incidents/{incident}/agencies"))["proposals"]
    assert str(organisation_id(POWER)) not in {one["agency_id"] for one in left}


def test_call_is_taken_although_nothing_is_agreed(linked: Linked) -> None:
    incident = linked.call(kind="WATER_MAIN_BURST")
    assert linked.timeline(incident) == [("open", "", "OPEN")]
    with scoped(EVERYTHING):
        assert (Share.objects.count(), HelpRequest.objects.count()) == (0, 0)


def test_residents_report_is_routed_too(linked: Linked, desk) -> None:
    linked.agree(FIRE)
    body = {"kind": "FIRE_STRUCTURE", "text": "Smoke", "lon": 24.9425, "lat": 60.169}
    done(desk(None).post("public/reports", body))
    assert [one["kind"] for one in linked.inbox(FIRE)] == ["FIRE_STRUCTURE"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "ASK"},
        {"action": "SEND"},
        {"priority_at_most": 0},
        {"agency": "water works"},
        {"reason_zh": ""},
        {"colour": "red"},
    ],
)
def test_route_that_breaks_a_rule_is_none(wrong) -> None:
    good = {"code": "A", "agency": "B", "action": "TELL", "reason_zh": "因", "reason_en": "why"}
    Route.model_validate(good)
    with pytest.raises(ValueError, match="validation error"):
        Route.model_validate(good | wrong)
