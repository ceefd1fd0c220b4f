"""Agreements need both sides, and only as long as both want."""

from datetime import timedelta

import pytest
from tests.people import EVERYTHING, organisation_id

from anlan.dispatch.agencies.models import Agreement
from anlan.dispatch.agencies.tests.linked import POWER, WATER, Linked
from anlan.dispatch.tests.room import done
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped


def states() -> list[str]:
    """Return the states of all agreements, oldest first."""
    with scoped(EVERYTHING):
        return list(Agreement.objects.order_by("pk").values_list("state", flat=True))


def test_centre_cannot_accept_its_own_offer(linked: Linked) -> None:
    offered = done(linked.try_to_offer(WATER))
    assert offered["moves"] == ["withdraw"]
    refused = linked.administrator.post(f"agreements/{offered['id']}/moves/accept")
    assert refused.status_code == 403
    assert states() == ["OFFERED"]


def test_agency_cannot_offer_itself_anything(linked: Linked) -> None:
    at = now()
    body = {"agency_id": str(organisation_id(WATER)), "fields": ["kind"],
            "begins_at": f"{at}", "ends_at": f"{at + timedelta(days=1)}"}  # fmt: skip
    assert linked.agency(WATER).post("agreements", body).status_code == 403
    assert states() == []


def test_agency_cannot_accept_for_another(linked: Linked) -> None:
    offered = done(linked.try_to_offer(WATER))["id"]
    assert linked.agency(POWER).post(f"agreements/{offered}/moves/accept").status_code == 404
    assert states() == ["OFFERED"]


def test_one_offer_at_a_time(linked: Linked) -> None:
    done(linked.try_to_offer(WATER))
    refused = linked.try_to_offer(WATER)
    assert (refused.status_code, refused.json()["code"]) == (409, "agreement.offer_open")
    assert states() == ["OFFERED"]


def test_newly_accepted_agreement_replaces_the_one_before(linked: Linked) -> None:
    linked.agree(WATER)
    linked.agree(WATER, fields=["kind"])
    assert states() == ["ENDED", "ACCEPTED"]


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"fields": []}, 422, "fields"),
        ({"fields": ["contact"]}, 422, "fields.0"),
        ({"ends_at": "2020-01-01T00:00:00Z"}, 422, "ends_at"),
        ({"ends_at": "2040-01-01T00:00:00Z"}, 422, "ends_at"),
        ({"kinds": ["fire"]}, 422, "kinds.0"),
    ],
)
def test_senseless_offer_is_refused(linked: Linked, wrong, status, field) -> None:
    refused = linked.try_to_offer(WATER, **wrong)
    assert (refused.status_code, refused.json()["field"]) == (status, field)
    assert states() == []


def test_only_what_can_be_linked_is_offered_anything(linked: Linked) -> None:
    refused = linked.try_to_offer("COMMUNITY_23")
    assert (refused.status_code, refused.json()["code"]) == (404, "agency.unknown")
    assert states() == []
