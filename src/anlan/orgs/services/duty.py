"""Writes of duty: a unit goes on duty, off duty or out of service, with a reason and a step."""

from datetime import datetime
from typing import Any
from uuid import UUID

from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError
from anlan.kernel.outbox import publish
from anlan.kernel.texts import clean_text
from anlan.orgs import selectors
from anlan.orgs.models import DUTIES, REASON_MAX_CHARACTERS, Account, Shift, Unit, UnitStep


def set_duty(*, unit_id: UUID, duty: str, actor: Actor, at: datetime, reason: str = "") -> Unit:
    """Put a unit on duty, off duty or out of service; raise `UnknownUnitError`, `InvalidError`.

    Out of service needs a reason. Its position is kept only while it is on duty. Going off duty
    ends the shift that is on. The database refuses while the unit has a job.
    """
    require(actor, "unit.duty_own" if actor.unit_id == unit_id else "unit.duty")
    if duty not in DUTIES:
        raise InvalidError(field="duty", rule="known_duty")
    why = clean_text(
        reason,
        field="reason",
        limit_characters=REASON_MAX_CHARACTERS,
        required=duty == "OUT_OF_SERVICE",
    )
    unit = selectors.unit_locked(unit_id)
    facts: dict[str, Any] = {"reason": why} if why else {}
    if duty == "OFF_DUTY":
        facts |= end_running_shift(unit, at)
    write_duty(unit, duty, why, at)
    write_unit_step(unit, "duty", facts, actor, at)
    return unit


def write_duty(unit: Unit, duty: str, reason: str, at: datetime) -> None:
    """Write a duty on a locked unit; a change of it begins now."""
    if duty != unit.duty:
        unit.duty_since_at = at
    unit.duty, unit.duty_reason = duty, reason
    if duty != "ON_DUTY":
        unit.lon = unit.lat = unit.positioned_at = None
    unit.save(update_fields=["duty", "duty_reason", "duty_since_at", "lon", "lat", "positioned_at"])


def write_unit_step(
    unit: Unit, move: str, facts: dict[str, Any], actor: Actor, at: datetime
) -> None:
    """Add one step to the unit's history and tell the screens."""
    before = selectors.last_unit_step(unit.id)
    UnitStep.objects.create(
        area=unit.area,
        subject_id=unit.id,
        move=move,
        source=before.target if before else "",
        target=unit.duty,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts=facts,
    )
    body = {"duty": unit.duty, "reason": unit.duty_reason}
    publish("unit.changed", area=unit.area, subject_id=unit.id, body=body, at=at)


def end_running_shift(unit: Unit, at: datetime) -> dict[str, Any]:
    """End the shift that is on a locked unit; its people act for the unit no longer."""
    running = Shift.objects.select_for_update().filter(unit=unit, state="ON").first()
    if running is None:
        return {}
    running.state, running.signed_off_at = "ENDED", at
    running.save(update_fields=["state", "signed_off_at"])
    Account.objects.filter(pk__in=running.crew, unit=unit).update(unit=None)
    return {"ended_shift": str(running.id)}
