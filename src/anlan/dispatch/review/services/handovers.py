"""Writes of hand-overs: one shift hands the desk on, another person takes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.dispatch.review import selectors
from anlan.dispatch.review.errors import OwnHandoverError, TakenOverError
from anlan.dispatch.review.models import TEXT_MAX_CHARACTERS, Handover, Takeover
from anlan.kernel.access import Actor, require
from anlan.kernel.outbox import publish
from anlan.kernel.texts import clean_text


@transaction.atomic
def hand_over(picture: Mapping[str, Any], text: str, *, actor: Actor, at: datetime) -> Handover:
    """Keep the picture of the actor's desk as it stands, with the words of the leaving shift."""
    require(actor, "handover.write")
    said = clean_text(text, field="text", limit_characters=TEXT_MAX_CHARACTERS)
    made = Handover.objects.create(
        area=actor.area_low,
        text=said,
        picture=dict(picture),
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
    )
    _tell(made, at)
    return made


@transaction.atomic
def take_over(handover_id: UUID, remark: str, *, actor: Actor, at: datetime) -> Takeover:
    """Acknowledge a hand-over: who has read it has the desk.

    Raises `UnknownHandoverError`, `OwnHandoverError`, `TakenOverError` (naming who was first).
    """
    require(actor, "handover.write")
    said = clean_text(remark, field="remark", limit_characters=TEXT_MAX_CHARACTERS)
    handed = selectors.handover(actor.area_low, handover_id)
    if handed.made_by == actor.id:
        raise OwnHandoverError(rule="taken_by_another")
    try:
        with transaction.atomic():
            taken = Takeover.objects.create(
                area=handed.area,
                handover=handed,
                remark=said,
                taken_by=actor.id,
                taken_by_name=actor.name,
                taken_at=at,
            )
    except IntegrityError:
        first = Takeover.objects.get(handover=handed)
        raise TakenOverError(rule="taken_once", by=first.taken_by_name) from None
    _tell(handed, at)
    return taken


def _tell(handed: Handover, at: datetime) -> None:
    publish("handover.changed", area=handed.area, subject_id=handed.id, body={}, at=at)
