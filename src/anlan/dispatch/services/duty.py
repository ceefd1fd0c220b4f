"""Duty and shifts of units that may have a job: nobody leaves duty with one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from anlan.dispatch import selectors
from anlan.dispatch.errors import UnitBusyError
from anlan.dispatch.services.assignments import busy_error
from anlan.kernel.access import Actor
from anlan.orgs.models import Shift, Unit
from anlan.orgs.selectors import shift, unit_locked
from anlan.orgs.services.duty import set_duty
from anlan.orgs.services.shifts import move_shift


@transaction.atomic
def change_duty(unit_id: UUID, duty: str, *, reason: str, actor: Actor, at: datetime) -> Unit:
    """Put a unit on duty, off duty or out of service; raise `UnitBusyError` if it has a job."""
    if duty != "ON_DUTY":
        _check_free(unit_id)
    return set_duty(unit_id=unit_id, duty=duty, reason=reason, actor=actor, at=at)


@transaction.atomic
def make_shift_move(
    shift_id: UUID, name: str, *, reason: str, crew: Sequence[UUID] | None, actor: Actor,
    at: datetime,
) -> Shift:  # fmt: skip
    """Make one of a shift's moves; raise `UnitBusyError` where signing off would leave a job."""
    if name == "sign_off":
        _check_free(shift(shift_id).unit_id)
    return move_shift(shift_id, name, reason=reason, crew=crew, actor=actor, at=at)


def _check_free(unit_id: UUID) -> None:
    """Lock the unit, so that nobody sends it meanwhile; raise `UnitBusyError` if it has a job."""
    unit = unit_locked(unit_id)
    if selectors.open_assignment(unit_id) is not None:
        error: UnitBusyError = busy_error(unit)
        raise error
