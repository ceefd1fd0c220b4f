"""Tasks for volunteers through the API: published, offered for, ended by who asks for hours."""

from datetime import timedelta

import pytest
from tests.people import EVERYTHING, Desk

from anlan.kernel.clock import now
from anlan.kernel.models import FieldLook
from anlan.kernel.scope import scoped
from anlan.orgs.sign_in import VISITOR
from anlan.volunteering import services
from anlan.volunteering.errors import HoursFullError, OffersAtOnceError, TaskOverError
from anlan.volunteering.models import HoursOffer, VolunteerContact, VolunteerStep, VolunteerTask
from anlan.volunteering.services import (
    contact_kept_after,
    erase_expired_volunteer_contacts,
)
from anlan.volunteering.tests.work import KIM, offered, published, task_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(desk) -> Desk:
    return desk("GRID_OFFICER", organisation="COMMUNITY_11")


def there(desk: Desk, task: dict) -> dict:
    return dict(desk.get(f"volunteer-tasks/{task['id']}").json())


def counts() -> tuple[int, ...]:
    """Return how many rows of each table there are."""
    tables = (VolunteerTask, HoursOffer, VolunteerContact, VolunteerStep)
    with scoped(EVERYTHING):
        return tuple(table.objects.count() for table in tables)


def test_published_task_stands_in_the_list_with_the_hours_offered(officer):
    task = published(officer, now())
    assert (task["state"], task["hours_offered"], task["moves"]) == (
        "OPEN",
        0,
        ["finish", "cancel"],
    )
    offered(task, 4, now())
    (row,) = officer.get("volunteer-tasks", state="OPEN").json()["items"]
    assert (row["number"], row["hours_offered"], row["hours_wanted"]) == (task["number"], 4, 10)
    assert officer.get("volunteer-tasks", state="DONE").json()["items"] == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"text": "a\x00"}, "text"),
        ({"hours_wanted": 0}, "hours_wanted"),
        ({"hours_wanted": 2_001}, "hours_wanted"),
        ({"begins_at": "2020-01-01T08:00:00Z", "ends_at": "2020-01-01T09:00:00Z"}, "ends_at"),
        ({"ends_at": "2199-01-01T09:00:00Z"}, "ends_at"),
        (
            {"begins_at": "2199-01-01T08:00:00Z", "ends_at": "2199-01-01T09:00:00Z"},
            "begins_at",
        ),
        ({"lon": 25.5}, "lon,lat"),
        ({"person": "Kim"}, "person"),
    ],
)
def test_task_that_breaks_a_rule_is_refused_at_its_field(officer, changed, field):
    before = counts()
    reply = officer.post("volunteer-tasks", task_body(now(), **changed))
    assert (reply.status_code, reply.json()["field"]) == (422, field)
    assert counts() == before


def test_hours_count_in_their_order_until_all_are_there(officer):
    task = published(officer, now(), hours_wanted=6)
    offered(task, 4, now())
    with pytest.raises(HoursFullError) as refused:
        offered(task, 3, now())
    assert refused.value.facts == {"left": 2}
    offered(task, 2, now())
    assert there(officer, task)["hours_offered"] == 6


def test_offers_of_one_task_are_bounded_by_the_hour_taken_back_or_not(officer, monkeypatch):
    monkeypatch.setattr(services, "OFFERS_PER_HOUR_LIMIT", 2)
    at = now()
    task, other = published(officer, at), published(officer, at)
    with scoped(VISITOR):
        services.withdraw(offered(task, 4, at).number, actor=VISITOR, at=at)
    offered(task, 1, at + timedelta(minutes=1))
    before = counts()
    with pytest.raises(OffersAtOnceError):
        offered(task, 1, at + timedelta(minutes=59))
    assert counts() == before
    offered(other, 1, at + timedelta(minutes=59))
    offered(task, 1, at + timedelta(minutes=60))
    assert there(officer, task)["hours_offered"] == 2


def test_staff_see_hours_and_never_the_number_that_follows_them(officer):
    task = published(officer, now())
    offer = offered(task, 4, now())
    shown = there(officer, task)
    (row,) = shown["offers"]
    assert (row["hours"], row["state"], row["contact_kept"]) == (4, "OFFERED", True)
    assert row["moves"] == ["release"]
    secrets = (offer.number, KIM.name, KIM.telephone)
    assert [word for word in secrets if word in str(shown)] == []


def test_who_asks_for_the_hours_looks_for_a_purpose_and_it_stays_on_the_record(officer):
    task = published(officer, now())
    offer = offered(task, 4, now())
    refused = officer.post(f"volunteer-offers/{offer.id}/contact-views", {"purpose": " "})
    assert (refused.status_code, refused.json()["field"]) == (422, "purpose")
    reply = officer.post(f"volunteer-offers/{offer.id}/contact-views", {"purpose": "it rains"})
    assert reply.json() == {"name": "Kim", "telephone": "+358 40 5556667"}
    assert reply["Cache-Control"] == "no-store"
    with scoped(EVERYTHING):
        (look,) = FieldLook.objects.all()
    assert (look.field, look.subject_id, look.purpose) == (
        "volunteer.contact",
        offer.id,
        "it rains",
    )


def test_another_organisation_of_the_area_sees_no_offers_and_does_nothing(officer, desk):
    task = published(officer, now())
    offer = offered(task, 4, now())
    centre = desk("SUPERVISOR", organisation="COORDINATION_CENTRE")
    shown = there(centre, task)
    assert (shown["hours_offered"], shown["offers"], shown["moves"]) == (4, [], [])
    before = counts()
    asked = [
        centre.post(f"volunteer-offers/{offer.id}/contact-views", {"purpose": "curious"}),
        centre.post(f"volunteer-offers/{offer.id}/moves/release", {"ground": "TWICE"}),
        centre.post(f"volunteer-tasks/{task['id']}/moves/cancel", {"reason": "no"}),
    ]
    assert [reply.status_code for reply in asked] == [403, 403, 403]
    assert counts() == before
    with scoped(EVERYTHING):
        assert FieldLook.objects.count() == 0


def test_task_elsewhere_is_not_there(officer, desk):
    task = published(officer, now())
    elsewhere = desk("GRID_OFFICER", organisation="COMMUNITY_23")
    assert elsewhere.get(f"volunteer-tasks/{task['id']}").status_code == 404
    assert elsewhere.get("volunteer-tasks").json()["items"] == []


@pytest.mark.parametrize("role", ["CREW", "DISPATCHER", "DEPARTMENT_DESK", None])
def test_others_neither_read_nor_publish(desk, role):
    before = counts()
    other = desk(role, **({"unit": "P01"} if role == "CREW" else {}))
    expected = 401 if role is None else 403
    assert other.get("volunteer-tasks").status_code == expected
    assert other.post("volunteer-tasks", task_body(now())).status_code == expected
    assert counts() == before


def test_released_hours_are_free_again_and_their_contact_is_gone_at_once(officer):
    task = published(officer, now(), hours_wanted=4)
    offer = offered(task, 4, now())
    wrong = officer.post(f"volunteer-offers/{offer.id}/moves/release", {"ground": "UNFRIENDLY"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "ground")
    reply = officer.post(f"volunteer-offers/{offer.id}/moves/release", {"ground": "NOT_REACHED"})
    assert reply.json()["hours_offered"] == 0
    with scoped(EVERYTHING):
        assert VolunteerContact.objects.count() == 0
    gone = officer.post(f"volunteer-offers/{offer.id}/contact-views", {"purpose": "late"})
    assert (gone.status_code, gone.json()["code"]) == (404, "volunteering.no_contact")
    again = officer.post(f"volunteer-offers/{offer.id}/moves/release", {"ground": "NOT_REACHED"})
    assert (again.status_code, again.json()["code"]) == (409, "move.not_allowed")
    offered(task, 4, now())


def test_task_is_finished_with_one_sum_for_everybody(officer):
    task = published(officer, now(), begins_at=now().isoformat())
    offered(task, 4, now())
    path = f"volunteer-tasks/{task['id']}/moves/finish"
    missing = officer.post(path, {})
    assert (missing.status_code, missing.json()["field"]) == (422, "hours_given")
    reply = officer.post(path, {"hours_given": 9}).json()
    assert (reply["state"], reply["hours_given"], reply["moves"]) == ("DONE", 9, [])
    assert [step["move"] for step in reply["timeline"]] == ["publish", "offer", "finish"]
    assert reply["timeline"][1]["facts"] == {"hours": "4"}
    with pytest.raises(TaskOverError):
        offered(task, 1, now())


def test_task_that_has_not_begun_is_called_off_and_not_finished(officer):
    task = published(officer, now())
    path = f"volunteer-tasks/{task['id']}/moves"
    early = officer.post(f"{path}/finish", {"hours_given": 1})
    assert (early.status_code, early.json()["code"]) == (409, "volunteering.not_begun")
    reply = officer.post(f"{path}/cancel", {"reason": "It rains"})
    assert (reply.status_code, reply.json()["state"]) == (200, "CANCELLED")


def test_nothing_is_offered_for_a_task_whose_time_is_over(officer):
    task = published(officer, now())
    with pytest.raises(TaskOverError):
        offered(task, 1, now() + timedelta(days=1, hours=4))


def test_contact_is_erased_a_week_after_the_task(officer):
    task = published(officer, now())
    offered(task, 4, now())
    with scoped(EVERYTHING):
        over = VolunteerTask.objects.get(pk=task["id"]).ends_at + contact_kept_after(now())
    assert erase_expired_volunteer_contacts(over - timedelta(seconds=1)) == 0
    assert erase_expired_volunteer_contacts(over) == 1
    with scoped(EVERYTHING):
        assert (VolunteerContact.objects.count(), HoursOffer.objects.count()) == (0, 1)
