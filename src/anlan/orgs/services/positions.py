"""Positions of units: taken while on duty, forgotten after it; screens look at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.errors import DeniedError, InvalidError
from anlan.kernel.retention import kept_for
from anlan.kernel.scope import scoped
from anlan.orgs.errors import UnknownUnitError
from anlan.orgs.models import Unit

POSITION_BATCH_LIMIT = 500
POSITION_STALE_AFTER_S = 120.0  # the one place that says from when on a position is old
POSITION_FUTURE_LIMIT = timedelta(seconds=30)
POSITION_PAST_LIMIT = timedelta(minutes=30)
_MOVE = """
    UPDATE orgs_unit SET lon = fix.lon, lat = fix.lat, positioned_at = fix.at
    FROM unnest(%s::uuid[], %s::float8[], %s::float8[], %s::timestamptz[])
        AS fix (unit_id, lon, lat, at)
    WHERE orgs_unit.id = fix.unit_id
"""


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a unit was at a time: degrees WGS84."""

    unit_id: UUID
    lon: float
    lat: float
    at: datetime


def position_kept_for(at: datetime) -> timedelta:
    """Return for how long a position is kept: one duty, so that a forgotten sign-off fades."""
    return kept_for("position", at)


def erase_old_positions(at: datetime) -> int:
    """Forget positions older than they are kept; return how many units had one."""
    with scoped(system_actor("position-expiry")):
        old = Unit.objects.filter(positioned_at__lt=at - position_kept_for(at))
        return old.update(lon=None, lat=None, positioned_at=None)


def _check_fix(fix: Fix, at: datetime, index: int) -> None:
    field = f"positions.{index}"
    if not (-180 <= fix.lon <= 180 and -90 <= fix.lat <= 90) or (fix.lon == 0 and fix.lat == 0):
        raise InvalidError(code="position.place", field=field, rule="on_earth")
    if not at - POSITION_PAST_LIMIT <= fix.at <= at + POSITION_FUTURE_LIMIT:
        raise InvalidError(code="position.time", field=f"{field}.at", rule="near_present")


def record_positions(fixes: Sequence[Fix], *, actor: Actor, at: datetime) -> tuple[int, int]:
    """Take the latest position of each unit; return how many were taken and how many ignored.

    Ignored are positions older than the one that is known, and those of units off duty. A crew
    sends only its own. Raises `InvalidError` for a batch over the limit or an impossible position,
    `UnknownUnitError` for a unit outside the area; then none of the batch is taken.
    """
    require(actor, "unit.position" if actor.unit_id is None else "unit.position_own")
    if actor.unit_id and any(fix.unit_id != actor.unit_id for fix in fixes):
        raise DeniedError(permission="unit.position")
    if len(fixes) > POSITION_BATCH_LIMIT:
        raise InvalidError(field="positions", rule="at_most_500")
    for index, fix in enumerate(fixes):
        _check_fix(fix, at, index)
    latest = {fix.unit_id: fix for fix in sorted(fixes, key=lambda fix: fix.at)}
    units = Unit.objects.select_for_update().filter(pk__in=latest).order_by("pk")
    known = {unit.id: unit for unit in units}
    if len(known) < len(latest):
        raise UnknownUnitError(field="positions", rule="known_unit")
    taken = [latest[unit.id] for unit in known.values() if _takes(unit, latest[unit.id])]
    _move(taken)
    return len(taken), len(fixes) - len(taken)


def _takes(unit: Unit, fix: Fix) -> bool:
    fresh = unit.positioned_at is None or fix.at > unit.positioned_at
    return unit.duty == "ON_DUTY" and fresh


def _move(fixes: Sequence[Fix]) -> None:
    """Write all positions by one statement: `bulk_update` takes ten times as long to build its."""
    columns = ([getattr(fix, name) for fix in fixes] for name in ("unit_id", "lon", "lat", "at"))
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, list(columns))


def age_s(positioned_at: datetime | None, at: datetime) -> float | None:
    """Return how old a position is, seconds, never below 0; None where none was told."""
    if positioned_at is None:
        return None
    return max(0.0, (at - positioned_at).total_seconds())


def is_stale(positioned_at: datetime | None, at: datetime) -> bool:
    """Return whether a position is too old to be taken for where the unit is."""
    age = age_s(positioned_at, at)
    return age is not None and age > POSITION_STALE_AFTER_S
