"""Asking for an item for a time, and deciding on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from anlan.casework.catalogue import clock_classes, departments
from anlan.casework.catalogue.kept_out import word_kept_out
from anlan.casework.catalogue.temporary import MARK
from anlan.casework.errors import KeptOutError, OwnItemError, UnknownTemporaryItemError
from anlan.casework.models import TEMPORARY_TERM_LIMIT_DAYS, TemporaryItem, TemporaryItemStep
from anlan.casework.services.listing import list_item
from anlan.casework.transitions import TEMPORARY_MOVES
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError
from anlan.kernel.texts import clean_text
from anlan.orgs import selectors as orgs

NAME_LIMIT_CHARACTERS = 80
CONDITION_LIMIT_CHARACTERS = 400
WORDS = ("name_zh", "name_en", "filing_zh", "filing_en", "closing_zh", "closing_en", "reason")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item that a department asks for: its words by the name of the field, its days."""

    words: Mapping[str, str]
    needs_photo: bool
    lead: str
    clock: str
    valid_from: date
    valid_until: date


@transaction.atomic
def ask_item(wanted: Wanted, *, actor: Actor, at: datetime) -> TemporaryItem:
    """Ask for an item for a time, in the area of the actor's organisation.

    Raises `KeptOutError` for what no item may be about, `InvalidError` for an unknown department or
    clock class, for days that are over or more than 90.
    """
    require(actor, "item.ask")
    words = {name: _worded(name, wanted.words.get(name, "")) for name in WORDS}
    _check(wanted, at.date())
    if actor.organisation_id is None:
        raise InvalidError(field="organisation", rule="required")
    made = TemporaryItem.objects.create(
        area=orgs.organisation(actor.organisation_id).area,
        code=_new_code(),
        **words,
        needs_photo=wanted.needs_photo,
        lead=wanted.lead,
        clock=wanted.clock,
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
        asked_by=actor.id,
        asked_at=at,
    )
    _add_step(made, "ask", "", {}, actor, at)
    return made


@transaction.atomic
def move_item(
    item_id: UUID, name: str, facts: Mapping[str, str], *, actor: Actor, at: datetime
) -> TemporaryItem:
    """Approve, decline or end an item for a time; from then on the database knows it, or not.

    Raises `OwnItemError` for whoever asked, `UnknownTemporaryItemError`, the table's refusals.
    """
    require(actor, "item.decide")
    TEMPORARY_MOVES.named(name)
    found = TemporaryItem.objects.select_for_update().filter(pk=item_id).first()
    if found is None:
        raise UnknownTemporaryItemError
    reason = clean_text(
        facts.get("reason", ""), field="reason", limit_characters=CONDITION_LIMIT_CHARACTERS
    )
    told = {"reason": reason} if reason else {}
    source = found.state
    found.state = TEMPORARY_MOVES.check(source, name, told).target
    if found.asked_by == actor.id:
        raise OwnItemError(rule="approved_by_another")
    found.decided_by, found.decided_at = actor.id, at
    found.save()
    if name in ("approve", "end"):
        until = found.valid_until if name == "approve" else at.date() - timedelta(days=1)
        list_item(found.code, MARK, found.area, (found.valid_from, until), at)
    _add_step(found, name, source, told, actor, at)
    return found


def _worded(name: str, text: str) -> str:
    limit = NAME_LIMIT_CHARACTERS if name.startswith("name") else CONDITION_LIMIT_CHARACTERS
    cleaned = clean_text(text, field=name, limit_characters=limit, required=True)
    word = word_kept_out(cleaned)
    if word is not None:
        raise KeptOutError(field=name, rule="item_kept_out", word=word)
    return cleaned


def _check(wanted: Wanted, today: date) -> None:
    if wanted.lead not in departments(today):
        raise InvalidError(field="lead", rule="known_department")
    if wanted.clock not in clock_classes(today):
        raise InvalidError(field="clock", rule="known_clock")
    last = wanted.valid_from + timedelta(days=TEMPORARY_TERM_LIMIT_DAYS)
    if not max(today, wanted.valid_from) <= wanted.valid_until <= last:
        raise InvalidError(field="valid_until", rule="at_most_90_days")


def _new_code() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('casework_temporary_item_number')")
        return f"{MARK}{cursor.fetchone()[0]:04d}"


def _add_step(
    item: TemporaryItem,
    move: str,
    source: str,
    facts: Mapping[str, str],
    actor: Actor,
    at: datetime,
) -> None:
    TemporaryItemStep.objects.create(
        area=item.area,
        subject_id=item.id,
        move=move,
        source=source,
        target=item.state,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts=dict(facts),
    )
