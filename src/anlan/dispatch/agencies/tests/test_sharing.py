"""What an agency sees: what was agreed and shared, while it is shared, and nothing else."""

from datetime import timedelta

import pytest
from tests.people import EVERYTHING, make_desk, organisation_id

from anlan.dispatch.agencies.models import Share, SharedIncident
from anlan.dispatch.agencies.services.shares import Wanted, share
from anlan.dispatch.agencies.tests.linked import ALL, FIRE, POWER, WATER, Linked, agreed_until
from anlan.dispatch.models import Assignment, Incident, IncidentStep
from anlan.dispatch.tests.room import PLACE, done, kept
from anlan.kernel.clock import now
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped
from anlan.orgs.models import Unit

CONTACT = {"name": "caller at the door", "telephone": "+358 40 765 4321"}


def test_responding_child_agency_sees_the_parents_incident(linked: Linked) -> None:
    """The scenario of TicketsCAD #70: the parent's ticket was invisible to the child agency."""
    linked.agree(FIRE)
    incident = linked.call(text="Smoke from a window")
    assert linked.agency(FIRE).get(f"incidents/{incident}").status_code == 403
    (seen,) = linked.inbox(FIRE)
    assert (seen["incident_id"], seen["kind"], seen["state"]) == (
        incident, "FIRE_STRUCTURE", "OPEN",
    )  # fmt: skip
    assert (seen["lon"], seen["lat"]) == (PLACE["lon"], PLACE["lat"])
    assert (seen["phase"], seen["units"]) == ("WAITING", [])
    linked.send(incident, "F01")
    again = done(linked.agency(FIRE).get(f"shared-incidents/{seen['id']}"))
    assert (again["phase"], again["units"]) == ("ASSIGNED", ["F01"])


def test_agency_sees_only_the_agreed_fields(linked: Linked) -> None:
    linked.agree(WATER, fields=["kind", "place"])
    incident = linked.call(text="Smoke", place_text="3rd floor")
    shown = linked.share(incident, WATER)
    seen = done(linked.agency(WATER).get(f"shared-incidents/{shown}"))
    filled = {name for name, value in seen.items() if value is not None}
    assert filled == {
        "id", "incident_id", "number", "state", "fields", "begins_at", "ends_at",
        "kind", "lon", "lat", "place_text",
    }  # fmt: skip


def test_share_may_show_less_than_agreed_and_never_more(linked: Linked) -> None:
    linked.agree(WATER, fields=["kind", "place"])
    incident = linked.call()
    linked.share(incident, WATER, fields=["kind"])
    (seen,) = linked.inbox(WATER)
    assert (seen["kind"], seen["lon"]) == ("FIRE_STRUCTURE", None)
    before = kept(incident)
    refused = linked.try_to_share(incident, WATER, fields=["kind", "text"])
    assert (refused.status_code, refused.json()["field"]) == (422, "fields")
    assert kept(incident) == before


def test_nothing_is_shared_without_the_agencys_consent(linked: Linked) -> None:
    incident = linked.call()
    before = kept(incident)
    assert linked.try_to_share(incident, WATER).json()["code"] == "agency.no_agreement"
    done(linked.try_to_offer(WATER))
    assert linked.try_to_share(incident, WATER).json()["code"] == "agency.no_agreement"
    with scoped(EVERYTHING):
        assert kept(incident)[:3] == before[:3]
        assert Share.objects.count() == 0


def test_agreement_for_some_kinds_covers_no_other(linked: Linked) -> None:
    linked.agree(WATER, kinds=["WATER_MAIN_BURST"])
    incident = linked.call()
    assert linked.try_to_share(incident, WATER).status_code == 409
    burst = linked.call(kind="WATER_MAIN_BURST")
    assert [one["incident_id"] for one in linked.inbox(WATER)] == [burst]


def test_share_ends_by_itself(linked: Linked) -> None:
    at = now()
    agreed_until(WATER, at + timedelta(days=1))
    incident = linked.call()
    an_hour = Wanted(ends_at=at - timedelta(hours=1))
    with scoped(EVERYTHING):
        share(
            incident, organisation_id(WATER), an_hour, actor=EVERYTHING, at=at - timedelta(hours=2)
        )
    assert linked.inbox(WATER) == []
    with scoped(linked.agency(WATER).actor):
        assert (Share.objects.count(), SharedIncident.objects.count()) == (0, 0)


def test_share_that_has_not_begun_shows_nothing(linked: Linked) -> None:
    at = now()
    agreed_until(WATER, at + timedelta(days=2))
    incident = linked.call()
    with scoped(EVERYTHING):
        share(
            incident, organisation_id(WATER), Wanted(), actor=EVERYTHING, at=at + timedelta(hours=1)
        )
    assert linked.inbox(WATER) == []


def test_agreement_that_ran_out_shows_nothing(linked: Linked) -> None:
    at = now()
    agreed_until(WATER, at - timedelta(minutes=1))
    incident = linked.call()
    assert linked.try_to_share(incident, WATER).json()["code"] == "agency.no_agreement"


def test_ended_share_shows_nothing_and_stays_ended(linked: Linked) -> None:
    linked.agree(WATER)
    incident = linked.call()
    shown = linked.share(incident, WATER)
    ended = done(linked.dispatcher.post(f"shares/{shown}/end", {"reason": "Not needed"}))
    assert ended["running"] is False
    assert linked.inbox(WATER) == []
    assert linked.agency(WATER).get(f"shared-incidents/{shown}").json()["code"] == "share.unknown"
    assert linked.timeline(incident)[-2:] == [
        ("share", "OPEN", "OPEN"), ("end_share", "OPEN", "OPEN"),
    ]  # fmt: skip


@pytest.mark.parametrize("side", ["ADMINISTRATOR", "AGENCY_DESK"])
def test_either_side_ends_the_agreement_and_with_it_every_share(linked: Linked, side: str) -> None:
    agreement = linked.agree(WATER)
    incident = linked.call()
    linked.share(incident, WATER)
    request = linked.ask(incident, WATER)
    who = linked.administrator if side == "ADMINISTRATOR" else linked.agency(WATER)
    assert who.post(f"agreements/{agreement}/moves/end", {}).status_code == 422
    done(who.post(f"agreements/{agreement}/moves/end", {"reason": "Budget"}))
    assert linked.inbox(WATER) == []
    assert linked.try_to_share(incident, WATER).status_code == 409
    links = done(linked.dispatcher.get(f"incidents/{incident}/agencies"))
    assert [(one["id"], one["state"]) for one in links["requests"]] == [(request, "WITHDRAWN")]
    assert [one["running"] for one in links["shares"]] == [False]


def test_agency_sees_nothing_of_another_agencys(linked: Linked) -> None:
    linked.agree(WATER)
    linked.agree(POWER)
    incident = linked.call()
    shown = linked.share(incident, WATER)
    request = linked.ask(incident, WATER)
    power = linked.agency(POWER)
    assert linked.inbox(POWER) == []
    assert power.get(f"shared-incidents/{shown}").status_code == 404
    assert done(power.get("help-requests"))["items"] == []
    assert power.post(f"help-requests/{request}/moves/accept").status_code == 404
    assert {one["agency_id"] for one in done(power.get("agreements"))["items"]} == {
        str(organisation_id(POWER))
    }


def test_agency_has_no_way_to_share_onward(linked: Linked) -> None:
    linked.agree(WATER)
    linked.agree(POWER)
    incident = linked.call()
    shown = linked.share(incident, WATER)
    before = kept(incident)
    water, to_power = linked.agency(WATER), {"agency_id": str(organisation_id(POWER))}
    asking = to_power | {"capabilities": ["UTILITY_CREW"]}
    assert water.post(f"incidents/{incident}/shares", to_power).status_code == 403
    assert water.post(f"incidents/{incident}/help-requests", asking).status_code == 403
    assert water.post(f"shares/{shown}/end", {"reason": "x"}).status_code == 403
    assert kept(incident) == before


@pytest.mark.parametrize(
    "path",
    ["incidents", "incidents/{id}", "incidents/{id}/agencies", "incidents/{id}/reports",
     "assignments", "units", "cases", "tallies"],
)  # fmt: skip
def test_agency_desk_reads_nothing_of_the_centre(linked: Linked, path: str) -> None:
    linked.agree(WATER)
    incident = linked.call()
    linked.share(incident, WATER)
    assert linked.agency(WATER).get(path.format(id=incident)).status_code == 403


def test_database_shows_an_agency_no_row_of_the_centre(linked: Linked) -> None:
    """Not by any query, whatever the code above it forgets."""
    linked.agree(WATER)
    incident = linked.call()
    linked.send(incident, "F01")
    linked.share(incident, WATER, fields=["kind"])
    with scoped(linked.agency(WATER).actor):
        for table in (Incident, Assignment, IncidentStep, Unit, OutboxEntry):
            assert table.objects.count() == 0, table
        assert SharedIncident.objects.values_list("kind", "text", "lon").get() == (
            "FIRE_STRUCTURE", None, None,
        )  # fmt: skip
    with scoped(linked.dispatcher.actor):
        assert SharedIncident.objects.count() == 0


def test_no_caller_goes_with_a_share_not_even_a_number_in_the_text(linked: Linked) -> None:
    linked.agree(WATER)
    text = "Caller 040-765 4321 says the 3rd floor burns, 13812345678 too"
    incident = linked.call(text=text, place_text="ring 0407654321", contact=CONTACT)
    shown = linked.share(incident, WATER)
    reply = linked.agency(WATER).get(f"shared-incidents/{shown}")
    assert reply.json()["text"] == "Caller … says the 3rd floor burns, … too"
    assert reply.json()["place_text"] == "ring …"
    assert b"caller at the door" not in reply.content
    assert not {"contact", "caller", "telephone", "report"} & set(reply.json())


def test_agency_desk_of_no_agency_sees_nothing(linked: Linked) -> None:
    linked.agree(WATER)
    linked.share(linked.call(), WATER)
    stranger = make_desk("AGENCY_DESK", organisation="COMMUNITY_23")
    assert done(stranger.get("shared-incidents"))["items"] == []


def test_sharing_again_takes_the_place_of_the_first(linked: Linked) -> None:
    linked.agree(WATER)
    incident = linked.call()
    linked.share(incident, WATER, fields=["kind"])
    second = linked.share(incident, WATER, fields=ALL)
    assert [one["id"] for one in linked.inbox(WATER)] == [second]


def test_shared_agency_is_told_by_an_event_for_it_alone(linked: Linked) -> None:
    linked.agree(WATER)
    incident = linked.call()
    shown = linked.share(incident, WATER)
    with scoped(EVERYTHING):
        told = OutboxEntry.objects.filter(audience=organisation_id(WATER), topic="share.changed")
        assert [(str(one.subject_id), one.body.keys()) for one in told] == [
            (shown, {"number", "ended"})
        ]
