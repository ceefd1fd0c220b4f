"""Volunteers on the public pages: tasks, hours offered without an account, followed, taken back."""

from uuid import uuid4

import pytest
from tests.people import EVERYTHING, Desk

from anlan.flows.pages.tests.pages import Page, Visitor
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped
from anlan.volunteering.models import HoursOffer, VolunteerContact
from anlan.volunteering.tests.work import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(desk) -> Desk:
    return desk("GRID_OFFICER", organisation="COMMUNITY_11")


def send(visitor: Visitor, number: str, **fields: str):
    """Send the form of a task, with a key of its own unless one is given."""
    return visitor.client.post(f"/volunteer/{number}", {"key": str(uuid4()), **fields})


def kept() -> tuple[int, int]:
    with scoped(EVERYTHING):
        return HoursOffer.objects.count(), VolunteerContact.objects.count()


def test_tasks_are_listed_with_what_is_offered(officer) -> None:
    visitor = Visitor()
    assert "no-tasks" in visitor.get("/volunteer").elements
    task = published(officer, now())
    page = visitor.get("/volunteer")
    assert "Clear the river path" in page.text
    assert "0 of 10 hours are offered" in page.text
    path = f"volunteer-tasks/{task['id']}/moves/cancel"
    assert officer.post(path, {"reason": "It rains"}).status_code == 200
    assert "no-tasks" in visitor.get("/volunteer").elements
    assert "The task was called off" in visitor.get(f"/volunteer/{task['number']}").text


def test_hours_are_offered_followed_and_taken_back_without_an_account(officer) -> None:
    visitor, task = Visitor(), published(officer, now())
    reply = send(visitor, task["number"], hours="3", telephone="+358 40 5556667", name="Kim")
    assert reply.status_code == 302
    page = visitor.get(reply["Location"])
    assert page.elements["number"]["class"] == "number"
    assert "3 hours are offered" in page.text
    assert kept() == (1, 1)
    whole = Visitor().client.get(reply["Location"]).content.decode()
    assert [word for word in ("Kim", "5556667") if word in whole] == []
    assert "3 of 10 hours are offered" in visitor.get(f"/volunteer/{task['number']}").text
    back = visitor.client.post(f"{reply['Location']}/withdrawal", follow=True)
    assert "You took these hours back" in Page(back).text
    assert kept() == (1, 0)
    again = visitor.client.post(f"{reply['Location']}/withdrawal", follow=True)
    assert (again.status_code, "You took these hours back" in Page(again).text) == (200, True)
    assert "0 of 10 hours are offered" in visitor.get(f"/volunteer/{task['number']}").text


def test_contact_is_not_asked_for(officer) -> None:
    task = published(officer, now())
    assert send(Visitor(), task["number"], hours="1").status_code == 302
    assert kept() == (1, 0)


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"hours": ""}, "hours", "in whole numbers"),
        ({"hours": "1.5"}, "hours", "in whole numbers"),
        ({"hours": "²"}, "hours", "in whole numbers"),
        ({"hours": "0"}, "hours", "from 1 to 4"),
        ({"hours": "5"}, "hours", "from 1 to 4"),
        ({"hours": "9" * 190}, "hours", "from 1 to 4"),
        ({"hours": "1", "telephone": "12"}, "telephone", "no telephone number"),
        ({"hours": "1", "name": "Kim"}, "telephone", "A name alone"),
        ({"hours": "1", "telephone": "12345", "name": "x" * 81}, "name", "at most 80"),
    ],
)
def test_field_that_breaks_a_rule_is_named_and_keeps_what_was_typed(
    officer, fields, field, said
) -> None:
    task = published(officer, now())
    page = Page(send(Visitor(), task["number"], **fields))
    assert (page.status, page.wrong()) == (422, {field})
    assert said in page.text
    assert page.values["hours"] == fields["hours"]
    assert f"{field}-wrong" in page.elements[field]["aria-describedby"].split()
    assert kept() == (0, 0)


def test_form_sent_twice_is_one_offer_and_with_other_content_asks_first(officer) -> None:
    visitor, task, key = Visitor(), published(officer, now()), str(uuid4())
    first, second = (send(visitor, task["number"], hours="2", key=key) for _ in range(2))
    assert first["Location"] == second["Location"]
    other = Page(send(visitor, task["number"], hours="3", key=key))
    assert (other.status, "You sent this form before" in other.text) == (422, True)
    assert other.values["key"] != key
    assert kept() == (1, 0)


def test_last_hours_are_told_and_a_full_task_offers_no_form(officer) -> None:
    visitor, task = Visitor(), published(officer, now(), hours_wanted=4)
    send(visitor, task["number"], hours="3")
    late = Page(send(visitor, task["number"], hours="2"))
    assert (late.status, "Only 1 hours are still wanted" in late.text) == (422, True)
    send(visitor, task["number"], hours="1")
    full = visitor.get(f"/volunteer/{task['number']}")
    assert ("full" in full.elements, "hours" in full.elements) == (True, False)


@pytest.mark.parametrize("path", ["/volunteer/V-00000-00000", "/volunteer/hours/H-00000-00000"])
def test_number_that_is_none_is_said(path) -> None:
    assert Visitor().get(path).status == 404
    assert Visitor().client.post(f"{path}/withdrawal").status_code == 404


def test_number_is_found_however_it_is_typed(officer) -> None:
    visitor, task = Visitor(), published(officer, now())
    reply = send(visitor, task["number"].lower().replace("-", ""), hours="1")
    assert visitor.get(reply["Location"].lower()).status == 200
