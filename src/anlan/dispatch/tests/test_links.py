"""Incidents that hang together: the same event, parts of a larger one, and apart again."""

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from tests.people import EVERYTHING, Desk

from anlan.dispatch.models import Incident
from anlan.dispatch.tests.room import Room, done, kept
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
WHY = "One fire, two callers"


def hang(
    room: Room, child: str, parent: str, relation: str = "SAME", desk: Desk | None = None
) -> HttpResponse:
    """Ask to hang one incident on another; return the answer."""
    body = {"parent_id": parent, "relation": relation, "reason": WHY}
    return (desk or room.dispatcher).put(f"incidents/{child}/parent", body)


def free(room: Room, child: str) -> HttpResponse:
    """Ask to take an incident off its parent; return the answer."""
    return room.dispatcher.post(f"incidents/{child}/unlink", {"reason": "Two fires"})


def test_same_event_leaves_the_queue_and_its_reports_count_with_its_parent(room: Room) -> None:
    first, second = room.call(), room.call()
    linked = done(hang(room, second, first))
    assert (linked["state"], linked["phase"], linked["parent"]["id"]) == ("LINKED", "LINKED", first)
    shown = room.shown(first)
    assert shown["report_count"] == 2
    assert [child["id"] for child in shown["children"]] == [second]
    total = done(room.dispatcher.get("tallies"))["total"]
    assert total == {
        "received": 2, "open": 1, "linked": 1, "diverted": 0, "closed": 0, "conserved": True,
    }  # fmt: skip


def test_unlinked_incident_is_at_the_desk_again_as_it_was(room: Room) -> None:
    first, second = room.call(), room.call()
    done(hang(room, second, first))
    back = done(free(room, second))
    assert (back["state"], back["parent"], back["report_count"]) == ("OPEN", None, 1)
    assert room.shown(first)["report_count"] == 1
    assert [step["move"] for step in back["timeline"]] == ["open", "link", "unlink"]
    assert [step["move"] for step in room.shown(first)["timeline"]] == ["open", "link", "unlink"]


def test_part_keeps_its_own_life_and_crew(room: Room) -> None:
    whole, part = room.call(), room.call()
    (assignment,) = room.send(part, "P01")
    placed = done(hang(room, part, whole, "PART"))
    assert (placed["state"], placed["parent"]["id"]) == ("OPEN", whole)
    room.bring(assignment, room.crew("P01"))
    assert done(room.close(part))["state"] == "CLOSED"
    assert room.shown(whole)["state"] == "OPEN"
    assert room.shown(whole)["report_count"] == 1


def test_incident_with_a_crew_is_not_linked_away(room: Room) -> None:
    first, second = room.call(), room.call()
    room.send(second, "P01")
    before = kept(second)
    refused = hang(room, second, first)
    assert (refused.status_code, refused.json()["code"]) == (409, "incident.crews_assigned")
    assert kept(second) == before


def test_what_followed_an_incident_follows_where_it_goes(room: Room) -> None:
    first, second, third = room.call(), room.call(), room.call()
    done(hang(room, third, second))
    done(hang(room, second, first))
    shown = room.shown(first)
    assert (shown["report_count"], {child["id"] for child in shown["children"]}) == (
        3, {second, third},
    )  # fmt: skip
    done(free(room, third))
    done(free(room, second))
    assert [room.shown(one)["report_count"] for one in (first, second, third)] == [1, 1, 1]


@pytest.mark.parametrize("relation", ["SAME", "PART"])
def test_incident_is_not_linked_to_itself(room: Room, relation: str) -> None:
    incident = room.call()
    before = kept(incident)
    refused = hang(room, incident, incident, relation)
    assert (refused.status_code, refused.json()["code"]) == (409, "incident.no_link")
    assert kept(incident) == before


def test_nothing_hangs_on_what_is_linked_or_closed(room: Room) -> None:
    first, second, third, closed = (room.call() for _ in range(4))
    done(hang(room, second, first))
    done(room.close(closed))
    for parent in (second, closed):
        refused = hang(room, third, parent)
        assert (refused.status_code, refused.json()["code"]) == (409, "incident.no_link")
    assert room.shown(third)["state"] == "OPEN"


def test_part_has_no_parts_and_a_whole_is_no_part(room: Room) -> None:
    whole, part, other = (room.call() for _ in range(3))
    done(hang(room, part, whole, "PART"))
    for child, parent, relation in (
        (other, part, "PART"), (whole, other, "PART"), (whole, other, "SAME"),
        (part, other, "SAME"),
    ):  # fmt: skip
        refused = hang(room, child, parent, relation)
        assert (refused.status_code, refused.json()["code"]) == (409, "incident.no_link")


def test_linked_incident_takes_no_unit_and_is_not_closed(room: Room) -> None:
    first, second = room.call(), room.call()
    done(hang(room, second, first))
    assert room.try_to_send(second, "P01").status_code == 409
    assert room.close(second).status_code == 409
    assert room.shown(second)["state"] == "LINKED"


def test_crew_may_not_link(room: Room) -> None:
    first, second = room.call(), room.call()
    before = kept(first), kept(second)
    assert hang(room, second, first, desk=room.crew("P01")).status_code == 403
    assert (kept(first), kept(second)) == before


def test_database_itself_keeps_links_one_deep(room: Room) -> None:
    first, second, third = (room.call() for _ in range(3))
    done(hang(room, second, first))
    with scoped(EVERYTHING):
        for change in (
            {"pk": third, "parent_id": second, "state": "LINKED"},
            {"pk": first, "parent_id": third, "state": "LINKED"},
            {"pk": third, "parent_id": third, "state": "OPEN"},
            {"pk": third, "parent_id": None, "state": "LINKED"},
        ):
            row = Incident.objects.filter(pk=change.pop("pk"))
            with pytest.raises(IntegrityError), transaction.atomic():
                row.update(**change)
