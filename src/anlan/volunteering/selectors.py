"""Every read of tasks for volunteers that more than one caller needs."""

import math
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from anlan.kernel.identifiers import tidy_number
from anlan.volunteering.errors import UnknownOfferError, UnknownVolunteerTaskError
from anlan.volunteering.models import (
    HOURS_PER_OFFER_LIMIT,
    HoursOffer,
    VolunteerContact,
    VolunteerStep,
    VolunteerTask,
)

PUBLISHED_LIMIT_ROWS = 100


def tasks() -> "QuerySet[VolunteerTask]":
    """Return the tasks in scope, each with `hours_offered`."""
    offered = Sum("offers__hours", filter=Q(offers__state="OFFERED"))
    counted = {"hours_offered": Coalesce(offered, 0)}  # the model declares it
    return VolunteerTask.objects.annotate(**counted)


def published_tasks(at: datetime) -> list[VolunteerTask]:
    """Return the open tasks that are not over, the next first: at most `PUBLISHED_LIMIT_ROWS`."""
    rows = tasks().filter(state="OPEN", ends_at__gt=at).order_by("begins_at", "pk")
    return list(rows[:PUBLISHED_LIMIT_ROWS])


def tasks_to_finish(
    organisation_id: UUID, at: datetime, limit_rows: int
) -> list[tuple[UUID, str, str, datetime]]:
    """Return the open tasks of an organisation that are over: id, title, place, when they ended.

    Nobody has said yet how many hours were given; the longest over stand first.
    """
    rows = VolunteerTask.objects.filter(
        state="OPEN", organisation_id=organisation_id, ends_at__lte=at
    ).order_by("ends_at", "pk")
    return list(rows.values_list("id", "title", "place_text", "ends_at")[:limit_rows])


def task(task_id: UUID) -> VolunteerTask:
    """Return a task of the area, or raise `UnknownVolunteerTaskError`."""
    found = tasks().filter(pk=task_id).first()
    if found is None:
        raise UnknownVolunteerTaskError
    return found


def most_hours(found: VolunteerTask) -> int:
    """Return how many hours one person can offer for a task: no more than it lasts."""
    lasts = math.ceil((found.ends_at - found.begins_at) / timedelta(hours=1))
    return min(lasts, HOURS_PER_OFFER_LIMIT)


def task_by_number(number: str) -> VolunteerTask:
    """Return the task with this number, or raise `UnknownVolunteerTaskError`."""
    found = tasks().filter(number=tidy_number(number)).first()
    if found is None:
        raise UnknownVolunteerTaskError
    return found


def offer_by_number(number: str) -> HoursOffer:
    """Return the offer with this number and its task, or raise `UnknownOfferError`."""
    found = HoursOffer.objects.select_related("task").filter(number=tidy_number(number)).first()
    if found is None:
        raise UnknownOfferError
    return found


def offers_of(task_id: UUID) -> list[HoursOffer]:
    """Return the offers for a task in the order in which they came."""
    return list(HoursOffer.objects.filter(task_id=task_id).order_by("pk"))


def with_contact(task_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return those offers for a task with which a contact still stands."""
    kept = VolunteerContact.objects.filter(offer__task_id=task_id, expires_at__gt=at)
    return frozenset(kept.values_list("offer_id", flat=True))


def steps(task_id: UUID) -> list[VolunteerStep]:
    """Return what happened to a task and to hours offered for it, oldest first."""
    return list(VolunteerStep.objects.filter(subject_id=task_id).order_by("made_at", "pk"))
