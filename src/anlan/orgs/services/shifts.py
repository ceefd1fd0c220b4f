"""Writes of shifts: planned, signed on (which relieves the crew before), signed off, called off.

Who is on a unit is said in one place, the unit of an account: so nobody is on two. Lock order: the
unit, then its shifts, then the accounts in the order of their ids.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError
from anlan.kernel.texts import clean_text
from anlan.orgs import selectors
from anlan.orgs.errors import (
    CrewElsewhereError,
    ShiftOverlapError,
    ShiftTimeError,
    UnknownShiftError,
)
from anlan.orgs.models import REASON_MAX_CHARACTERS, Account, Shift, Unit
from anlan.orgs.services.duty import end_running_shift, write_duty, write_unit_step
from anlan.orgs.transitions import SHIFT_MOVES

CREW_LIMIT_PEOPLE = 12
SHIFT_LIMIT = timedelta(hours=26)
PLAN_AHEAD_LIMIT = timedelta(days=60)
SIGN_ON_EARLY = timedelta(hours=1)


def plan_shift(
    *, unit_id: UUID, begins_at: datetime, ends_at: datetime, crew: Sequence[UUID], actor: Actor,
    at: datetime,
) -> Shift:  # fmt: skip
    """Plan who is on a unit when.

    Raises `InvalidError` for times or people that cannot be, `ShiftOverlapError`.
    """
    require(actor, "shift.plan")
    if not begins_at < ends_at <= begins_at + SHIFT_LIMIT:
        raise InvalidError(field="ends_at", rule="at_most_26_hours_after_begins_at")
    if not at < ends_at or begins_at > at + PLAN_AHEAD_LIMIT:
        raise InvalidError(field="begins_at", rule="within_60_days")
    unit = selectors.unit_locked(unit_id)
    _people(crew)
    try:
        with transaction.atomic():
            shift = Shift.objects.create(
                area=unit.area, unit=unit, begins_at=begins_at, ends_at=ends_at, crew=list(crew)
            )
    except IntegrityError:
        raise ShiftOverlapError(
            field="begins_at", rule="one_shift_a_time", unit=unit.call_sign
        ) from None
    facts = {"begins_at": begins_at.isoformat(), "ends_at": ends_at.isoformat()}
    write_unit_step(unit, "plan_shift", facts | {"shift_id": str(shift.id)}, actor, at)
    return shift


def move_shift(
    shift_id: UUID, name: str, *, reason: str, crew: Sequence[UUID] | None, actor: Actor,
    at: datetime,
) -> Shift:  # fmt: skip
    """Make one of a shift's moves: sign_on, sign_off, cancel.

    Signing on relieves the crew that is on the unit, whatever job it has: the job stays with the
    unit. `crew` says who has come where that differs from the plan. Signing off takes the unit off
    duty; the database refuses while it has a job. Raises `UnknownShiftError`, `ShiftTimeError`,
    `CrewElsewhereError`, `MoveNotAllowedError`, `MissingFactError`.
    """
    unit_of = Shift.objects.filter(pk=shift_id).values_list("unit_id", flat=True).first()
    if unit_of is None:
        raise UnknownShiftError
    unit = selectors.unit_locked(unit_of)
    shift = Shift.objects.select_for_update().get(pk=shift_id)
    _require_move(shift, name, actor)
    why = clean_text(reason, field="reason", limit_characters=REASON_MAX_CHARACTERS)
    move = SHIFT_MOVES.check(shift.state, name, {"reason"} if why else ())
    facts: dict[str, Any] = {"shift_id": str(shift.id)} | ({"reason": why} if why else {})
    if name == "sign_on":
        name, told = _sign_on(unit, shift, shift.crew if crew is None else crew, at)
        facts |= told
    elif name == "sign_off":
        end_running_shift(unit, at)
        write_duty(unit, "OFF_DUTY", why, at)
    else:
        shift.state = move.target
        shift.save(update_fields=["state"])
    write_unit_step(unit, name if name != "cancel" else "cancel_shift", facts, actor, at)
    shift.refresh_from_db()
    return shift


def _require_move(shift: Shift, name: str, actor: Actor) -> None:
    """A crew signs itself on and off; the desk does it for any."""
    own = actor.unit_id == shift.unit_id or actor.id in map(str, shift.crew)
    if name == "cancel":
        require(actor, "shift.plan")
    else:
        require(actor, "unit.duty_own" if own else "unit.duty")


def _sign_on(
    unit: Unit, shift: Shift, crew: Sequence[UUID], at: datetime
) -> tuple[str, dict[str, Any]]:
    if not shift.begins_at - SIGN_ON_EARLY <= at < shift.ends_at:
        raise ShiftTimeError(rule="from_1_hour_before")
    people = _people(crew)
    for person in people:
        if person.unit and person.unit != unit and _is_on(person, person.unit):
            raise CrewElsewhereError(field="crew", rule="on_one_unit", unit=person.unit.call_sign)
    relieved = end_running_shift(unit, at)
    shift.state, shift.signed_on_at, shift.crew = "ON", at, [one.id for one in people]
    shift.save(update_fields=["state", "signed_on_at", "crew"])
    Account.objects.filter(pk__in=shift.crew).update(unit=unit)
    write_duty(unit, "ON_DUTY", "", at)
    facts = relieved | {"crew": [one.username for one in people]}
    return ("hand_over" if relieved else "sign_on"), facts


def _people(crew: Sequence[UUID]) -> list[Account]:
    """Return the people of a crew, locked in the order of their ids."""
    if not 1 <= len(set(crew)) <= CREW_LIMIT_PEOPLE or len(set(crew)) < len(crew):
        raise InvalidError(field="crew", rule="1_to_12_different_people")
    rows = Account.objects.select_for_update(of=("self",)).select_related("unit").order_by("pk")
    found = list(rows.filter(pk__in=crew, role="CREW", active=True))
    if len(found) < len(crew):
        raise InvalidError(field="crew", rule="active_crew_members")
    return found


def _is_on(person: Account, unit: Unit) -> bool:
    """Whether somebody signed on to a unit (and does not only belong to it)."""
    return Shift.objects.filter(unit=unit, state="ON", crew__contains=[person.id]).exists()
