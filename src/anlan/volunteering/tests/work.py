"""A task for volunteers as tests publish it, and hours offered as a visitor does."""

from datetime import datetime, timedelta
from typing import Any

from tests.people import Desk

from anlan.kernel.scope import scoped
from anlan.orgs.sign_in import VISITOR
from anlan.volunteering.models import HoursOffer
from anlan.volunteering.services import VolunteerReached, offer_hours

KIM = VolunteerReached("Kim", "+358 40 5556667")


def task_body(at: datetime, **more: Any) -> dict[str, Any]:
    """Return a task of four hours that begins tomorrow."""
    begins = at + timedelta(days=1)
    return {
        "title": "Clear the river path",
        "text": "Gloves and bags are there.",
        "place_text": "River path 3",
        "lon": 24.935,
        "lat": 60.182,
        "begins_at": begins.isoformat(),
        "ends_at": (begins + timedelta(hours=4)).isoformat(),
        "hours_wanted": 10,
        **more,
    }


def published(desk: Desk, at: datetime, **more: Any) -> dict[str, Any]:
    """Publish a task; return it."""
    reply = desk.post("volunteer-tasks", task_body(at, **more))
    assert reply.status_code == 201, reply.content
    found: dict[str, Any] = reply.json()
    return found


def offered(
    task: dict[str, Any], hours: int, at: datetime, contact: VolunteerReached | None = KIM
) -> HoursOffer:
    """Offer hours as a visitor."""
    with scoped(VISITOR):
        return offer_hours(task["number"], hours, contact, actor=VISITOR, at=at)
