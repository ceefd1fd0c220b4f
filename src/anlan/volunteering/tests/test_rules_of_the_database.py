"""What the database refuses, whoever asks: more hours than wanted, contacts that outlive a task."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.people import CITY, EVERYTHING, make_desk
from tests.together import at_once

from anlan.kernel.clock import now
from anlan.kernel.identifiers import new_number
from anlan.kernel.scope import scoped
from anlan.volunteering.errors import HoursFullError
from anlan.volunteering.models import HoursOffer, VolunteerContact, VolunteerTask
from anlan.volunteering.tests.work import offered, published

HOURS = 6


@pytest.fixture
def task(desk) -> VolunteerTask:
    made = published(desk("GRID_OFFICER", organisation="COMMUNITY_11"), now(), hours_wanted=HOURS)
    with scoped(EVERYTHING):
        return VolunteerTask.objects.get(pk=made["id"])


def offer(task: VolunteerTask, hours: int, **more: object) -> HoursOffer:
    columns = {"area": task.area, "number": new_number("H"), "offered_at": now()} | more
    return HoursOffer.objects.create(task=task, hours=hours, **columns)


def refused(work, *arguments, **more) -> str:
    """Return which rule of the database refuses."""
    with pytest.raises(DatabaseError) as caught, scoped(EVERYTHING), transaction.atomic():
        work(*arguments, **more)
    return str(caught.value.__cause__.diag.constraint_name or caught.value)


@pytest.mark.django_db
def test_no_more_hours_than_are_wanted(task):
    with scoped(EVERYTHING):
        offer(task, HOURS - 1)
    assert refused(offer, task, 2) == "volunteering_offer_no_more_than_wanted"
    assert refused(offer, task, 25) == "volunteering_offer_no_more_than_wanted"
    assert refused(offer, task, 0) == "volunteering_offer_hours"


@pytest.mark.django_db
def test_nothing_for_a_task_that_is_over_ended_or_elsewhere(task):
    over = refused(offer, task, 1, offered_at=task.ends_at)
    elsewhere = refused(offer, task, 1, area=CITY + 1)
    with scoped(EVERYTHING):
        VolunteerTask.objects.filter(pk=task.pk).update(state="CANCELLED", ended_at=now())
    assert {over, elsewhere, refused(offer, task, 1)} == {"volunteering_offer_open_task"}


@pytest.mark.django_db
def test_contact_ends_with_the_offer_and_a_week_after_the_task(task):
    with scoped(EVERYTHING):
        made = offer(task, 1)

    def contact(expires_at):
        VolunteerContact.objects.create(
            area=task.area, offer=made, sealed=b"x", expires_at=expires_at
        )

    week = task.ends_at + timedelta(days=7)
    assert refused(contact, week + timedelta(seconds=1)) == "volunteering_contact_ends"
    with scoped(EVERYTHING):
        contact(week)
        HoursOffer.objects.filter(pk=made.pk).update(state="WITHDRAWN", ended_at=now())
        assert VolunteerContact.objects.count() == 0
    assert refused(contact, week) == "volunteering_contact_ends"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE volunteering_task SET hours_wanted = 2000",
        "UPDATE volunteering_offer SET hours = 1",
        "UPDATE volunteering_offer SET number = 'H-1'",
        "UPDATE volunteering_contact SET expires_at = now()",
        "DELETE FROM volunteering_step",
        "DELETE FROM volunteering_offer",
    ],
)
def test_what_was_published_and_offered_stays(task, change):
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(change)

    assert "permission denied" in refused(run)


def test_of_those_who_offer_the_last_hours_at_once_one_gets_them(committing):
    made = published(make_desk("GRID_OFFICER", organisation="COMMUNITY_11"), now(), hours_wanted=4)

    def take() -> int:
        try:
            return offered(made, 4, now()).hours
        except HoursFullError as full:
            return -int(str(full.facts["left"]))

    assert sorted(at_once([take] * 4)) == [0, 0, 0, 4]
