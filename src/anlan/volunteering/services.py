"""Every write of volunteering: tasks are published and ended, hours offered and taken back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import orjson

from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.errors import DeniedError, InvalidError
from anlan.kernel.identifiers import new_number
from anlan.kernel.looks import record_look
from anlan.kernel.moves import Move, MoveTable, NotHeldError, require_one
from anlan.kernel.outbox import publish
from anlan.kernel.purposes import require_sight
from anlan.kernel.retention import kept_for
from anlan.kernel.scope import scoped
from anlan.kernel.texts import clean_telephone, clean_text
from anlan.kernel.vault import SealedColumn, open_sealed, seal
from anlan.orgs.protected import VOLUNTEERS_CONTACT
from anlan.places.selectors import cell_of_point
from anlan.volunteering import selectors
from anlan.volunteering.errors import (
    HoursFullError,
    NotBegunError,
    NoVolunteerContactError,
    OffersAtOnceError,
    TaskOverError,
    UnknownOfferError,
    UnknownVolunteerTaskError,
)
from anlan.volunteering.models import (
    HOURS_PER_TASK_LIMIT,
    PLACE_TEXT_LIMIT_CHARACTERS,
    TASK_LENGTH_LIMIT,
    TEXT_LIMIT_CHARACTERS,
    TITLE_LIMIT_CHARACTERS,
    HoursOffer,
    VolunteerContact,
    VolunteerStep,
    VolunteerTask,
)
from anlan.volunteering.transitions import OFFER_MOVES, TASK_MOVES, ReleaseGround

CONTACT_KEPT_LIMIT = timedelta(days=7)  # the database lets none stand longer
ERASE_BATCH_ROWS = 1_000
OFFERS_PER_HOUR_LIMIT = 60
"""Of one task: nobody fills it, or the tables, by offering and taking back without end."""
AHEAD_LIMIT = timedelta(days=366)
NAME_LIMIT_CHARACTERS = 80
REASON_LIMIT_CHARACTERS = 500
ERASER = system_actor("volunteer-contact-expiry")
SEALED = SealedColumn("volunteering_contact", "sealed")


@dataclass(frozen=True, slots=True)
class TaskGiven:
    """What an organisation asks hours for: place in degrees WGS84, times with zone."""

    title: str
    text: str
    place_text: str
    lon: float
    lat: float
    begins_at: datetime
    ends_at: datetime
    hours_wanted: int


@dataclass(frozen=True, slots=True)
class VolunteerReached:
    """How somebody who offered hours may be reached for that task."""

    name: str
    telephone: str


class Held(NamedTuple):
    """What a table of moves asks of a task, or of hours offered for it."""

    state: str
    organisation_id: UUID | None


def contact_kept_after(at: datetime) -> timedelta:
    """Return for how long after a task the contacts are kept that come at a time."""
    return min(kept_for("volunteer_contact", at), CONTACT_KEPT_LIMIT)


def publish_task(given: TaskGiven, *, actor: Actor, at: datetime) -> VolunteerTask:
    """Publish a task for which hours can be offered from now on; return it.

    Raises `InvalidError` naming the field, `OutsideJurisdictionError` for a place elsewhere.
    """
    require(actor, "volunteering.publish")
    if actor.organisation_id is None:
        raise DeniedError(permission="volunteering.publish")
    _check_times(given, at)
    if not 1 <= given.hours_wanted <= HOURS_PER_TASK_LIMIT:
        raise InvalidError(field="hours_wanted", rule="between_1_and_2000")
    task = VolunteerTask.objects.create(
        area=cell_of_point(given.lon, given.lat).area,
        number=new_number("V"),
        organisation_id=actor.organisation_id,
        title=_clean("title", given.title, TITLE_LIMIT_CHARACTERS),
        text=_clean("text", given.text, TEXT_LIMIT_CHARACTERS),
        place_text=_clean("place_text", given.place_text, PLACE_TEXT_LIMIT_CHARACTERS),
        lon=given.lon,
        lat=given.lat,
        begins_at=given.begins_at,
        ends_at=given.ends_at,
        hours_wanted=given.hours_wanted,
        published_at=at,
    )
    _write(task, "publish", "", {}, actor, at)
    return task


def _clean(field: str, typed: str, limit_characters: int) -> str:
    return clean_text(typed, field=field, limit_characters=limit_characters, required=True)


def _check_times(given: TaskGiven, at: datetime) -> None:
    if not at < given.ends_at:
        raise InvalidError(field="ends_at", rule="later_than_now")
    if not given.begins_at < given.ends_at <= given.begins_at + TASK_LENGTH_LIMIT:
        raise InvalidError(field="ends_at", rule="at_most_14_days_after_begins_at")
    if given.begins_at > at + AHEAD_LIMIT:
        raise InvalidError(field="begins_at", rule="within_a_year")


def end_task(
    task_id: UUID, name: str, facts: Mapping[str, str], *, actor: Actor, at: datetime
) -> VolunteerTask:
    """Finish a task, with the hours that were given in all, or call it off for a reason.

    Raises `UnknownVolunteerTaskError`, `NotBegunError`, the refusals of the table, or
    `InvalidError` for a fact.
    """
    require_one(actor, TASK_MOVES.named(name).rights)
    task = _locked_task(task_id)
    move = _allowed(TASK_MOVES, name, Held(task.state, task.organisation_id), actor, facts)
    if name == "finish":
        if at < task.begins_at:
            raise NotBegunError
        task.hours_given = _whole(facts["hours_given"], "hours_given", 0, HOURS_PER_TASK_LIMIT)
        told = {"hours_given": str(task.hours_given)}
    else:
        told = {"reason": _clean("reason", facts["reason"], REASON_LIMIT_CHARACTERS)}
    source, task.state, task.ended_at = task.state, move.target, at
    task.save(update_fields=["state", "hours_given", "ended_at"])
    _write(task, name, source, told, actor, at)
    return task


def offer_hours(
    number: str, hours: int, contact: VolunteerReached | None, *, actor: Actor, at: datetime
) -> HoursOffer:
    """Offer hours for the task with this number; return the offer, whose number follows it.

    Hours count in the order in which they come. Raises `UnknownVolunteerTaskError`,
    `TaskOverError`, `HoursFullError` where fewer are wanted, `OffersAtOnceError`, `InvalidError`
    naming the field.
    """
    require(actor, "volunteering.offer")
    task = _locked_task(selectors.task_by_number(number).id)
    if task.state != "OPEN" or task.ends_at <= at:
        raise TaskOverError
    most = selectors.most_hours(task)
    if not 1 <= hours <= most:
        raise InvalidError(field="hours", rule="hours_of_the_task", most=most)
    reached = None if contact is None else _checked(contact)
    lately = HoursOffer.objects.filter(task=task, offered_at__gt=at - timedelta(hours=1))
    if lately.count() >= OFFERS_PER_HOUR_LIMIT:
        raise OffersAtOnceError(most=OFFERS_PER_HOUR_LIMIT)
    left = task.hours_wanted - selectors.task(task.id).hours_offered
    if hours > left:
        raise HoursFullError(left=left)
    offer = HoursOffer.objects.create(
        area=task.area, task=task, number=new_number("H"), hours=hours, offered_at=at
    )
    if reached is not None:
        kept = VolunteerContact(
            area=task.area, offer=offer, expires_at=task.ends_at + contact_kept_after(at)
        )
        kept.sealed = seal(orjson.dumps(asdict(reached)).decode(), SEALED, kept.id)
        kept.save(force_insert=True)
    _write(task, "offer", task.state, {"hours": str(hours)}, actor, at)
    return offer


def _checked(contact: VolunteerReached) -> VolunteerReached:
    limit = NAME_LIMIT_CHARACTERS
    return VolunteerReached(
        name=clean_text(contact.name, field="contact.name", limit_characters=limit),
        telephone=clean_telephone(contact.telephone, field="contact.telephone"),
    )


def withdraw(number: str, *, actor: Actor, at: datetime) -> HoursOffer:
    """Take back the hours of the offer with this number; its contact is deleted at once."""
    offer = selectors.offer_by_number(number)
    return _end_offer(offer.id, "withdraw", "", actor=actor, at=at)


def release(offer_id: UUID, ground: str, *, actor: Actor, at: datetime) -> HoursOffer:
    """Give offered hours free again on a ground; the contact is deleted at once."""
    if ground not in {one.value for one in ReleaseGround}:
        raise InvalidError(field="ground", rule="enum", expected=", ".join(ReleaseGround))
    return _end_offer(offer_id, "release", ground, actor=actor, at=at)


def _end_offer(offer_id: UUID, name: str, ground: str, *, actor: Actor, at: datetime) -> HoursOffer:
    require_one(actor, OFFER_MOVES.named(name).rights)
    offer, task = _locked_offer(offer_id)
    facts = {"ground": ground} if ground else {}
    held = Held(offer.state, task.organisation_id)
    move = _allowed(OFFER_MOVES, name, held, actor, facts)
    offer.state, offer.ground, offer.ended_at = move.target, ground, at
    offer.save(update_fields=["state", "ground", "ended_at"])  # a trigger deletes the contact
    _write(task, name, task.state, {"hours": str(offer.hours), **facts}, actor, at)
    return offer


def look_at_volunteer(
    offer_id: UUID, purpose: str, *, actor: Actor, at: datetime
) -> VolunteerReached:
    """Return how to reach who offered hours; the look and its purpose stay on the record.

    Only the organisation that published the task looks. Raises `UnknownOfferError`,
    `NoVolunteerContactError`, `DeniedError`, or `InvalidError` without a purpose.
    """
    require(actor, "volunteering.publish")
    offer, task = _locked_offer(offer_id)
    if task.organisation_id != actor.organisation_id:
        raise NotHeldError(move="look")
    require_sight(actor, VOLUNTEERS_CONTACT)
    kept = VolunteerContact.objects.filter(offer=offer, expires_at__gt=at).first()
    if kept is None:
        raise NoVolunteerContactError
    record_look(
        actor,
        field=VOLUNTEERS_CONTACT,
        subject_id=offer.id,
        area=offer.area,
        purpose=purpose,
        at=at,
    )
    return VolunteerReached(**orjson.loads(open_sealed(kept.sealed, SEALED, kept.id)))


def erase_expired_volunteer_contacts(at: datetime) -> int:
    """Delete up to `ERASE_BATCH_ROWS` contacts whose time is over; return how many."""
    with scoped(ERASER):
        expired = VolunteerContact.objects.filter(expires_at__lte=at).order_by("expires_at")
        ids = list(expired.values_list("pk", flat=True)[:ERASE_BATCH_ROWS])
        return VolunteerContact.objects.filter(pk__in=ids).delete()[0]


def _allowed(
    table: MoveTable, name: str, held: Held, actor: Actor, facts: Mapping[str, str]
) -> Move:
    refused = table.named(name).refusal(held, actor)
    if refused is not None:
        raise refused
    return table.check(held.state, name, facts.keys())


def _whole(typed: str, field: str, low: int, high: int) -> int:
    if not (typed.isascii() and typed.isdigit() and low <= int(typed) <= high):
        raise InvalidError(field=field, rule=f"between_{low}_and_{high}")
    return int(typed)


def _locked_task(task_id: UUID) -> VolunteerTask:
    found = VolunteerTask.objects.select_for_update().filter(pk=task_id).first()
    if found is None:
        raise UnknownVolunteerTaskError
    return found


def _locked_offer(offer_id: UUID) -> tuple[HoursOffer, VolunteerTask]:
    """Return an offer and its task, both locked: the task first, as everywhere."""
    task_id = HoursOffer.objects.filter(pk=offer_id).values_list("task_id", flat=True).first()
    if task_id is None:
        raise UnknownOfferError
    task = _locked_task(task_id)
    return HoursOffer.objects.select_for_update().get(pk=offer_id), task


def _write(
    task: VolunteerTask, move: str, source: str, facts: dict[str, str], actor: Actor, at: datetime
) -> None:
    """Add a step to the history of a task, and tell the screens."""
    VolunteerStep.objects.create(
        area=task.area,
        subject_id=task.id,
        move=move,
        source=source,
        target=task.state,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts=facts,
    )
    body = {"id": str(task.id), "number": task.number, "state": task.state}
    publish("volunteering.changed", area=task.area, subject_id=task.id, body=body, at=at)
