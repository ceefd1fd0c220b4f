"""Every write of organisations, staff and units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction

from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.areas import check_area
from anlan.kernel.errors import DeniedError, InvalidError
from anlan.kernel.outbox import Event, publish, publish_all
from anlan.kernel.scope import scoped
from anlan.orgs.errors import (
    NameTakenError,
    UnknownOrganisationError,
    UnknownUnitError,
    WeakPasswordError,
)
from anlan.orgs.models import DUTIES, Account, Organisation, Unit
from anlan.orgs.roles import Role

PASSWORD_MIN_CHARACTERS = 12
POSITION_BATCH_LIMIT = 500
POSITION_KEPT_FOR = timedelta(hours=12)  # one duty: a crew that forgot to sign off fades
POSITION_FUTURE_LIMIT = timedelta(seconds=30)
POSITION_PAST_LIMIT = timedelta(minutes=30)
_MOVE = """
    UPDATE orgs_unit SET lon = fix.lon, lat = fix.lat, positioned_at = fix.at
    FROM unnest(%s::uuid[], %s::float8[], %s::float8[], %s::timestamptz[])
        AS fix (unit_id, lon, lat, at)
    WHERE orgs_unit.id = fix.unit_id
"""


@dataclass(frozen=True, slots=True)
class HashedPassword:
    """A password as it is stored; a type of its own, so that no plain one slips in."""

    encoded: str


def hashed(password: str) -> HashedPassword:
    """Return a password as it is stored (argon2id); raise `WeakPasswordError` if it is short."""
    if len(password) < PASSWORD_MIN_CHARACTERS:
        raise WeakPasswordError(field="password", rule="at_least_12_characters")
    return HashedPassword(make_password(password))


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a unit was at a time: degrees WGS84."""

    unit_id: UUID
    lon: float
    lat: float
    at: datetime


def add_organisation(
    *, code: str, kind: str, area: int, name_zh: str, name_en: str,
    place: tuple[float, float] | None, actor: Actor,
) -> Organisation:  # fmt: skip
    """Add an organisation or bring the one with this code up to date; return it."""
    require(actor, "organisation.write")
    lon, lat = place or (None, None)
    organisation, _ = Organisation.objects.update_or_create(
        code=code,
        defaults={
            "kind": kind,
            "area": check_area(area),
            "name_zh": name_zh,
            "name_en": name_en,
            "lon": lon,
            "lat": lat,
        },
    )
    return organisation


def add_unit(
    *, call_sign: str, kind: str, capabilities: Sequence[str], organisation: Organisation,
    station: tuple[float, float], actor: Actor,
) -> Unit:  # fmt: skip
    """Add a unit or bring the one with this call sign up to date; it is placed by its station."""
    require(actor, "unit.write")
    unit, _ = Unit.objects.update_or_create(
        call_sign=call_sign,
        defaults={
            "area": organisation.area,
            "kind": kind,
            "capabilities": sorted(capabilities),
            "organisation": organisation,
            "station_lon": station[0],
            "station_lat": station[1],
        },
    )
    return unit


def add_account(
    *, username: str, password: HashedPassword, role: str, organisation_code: str,
    display_name: tuple[str, str], actor: Actor, at: datetime,
    unit_call_sign: str | None = None,
) -> Account:  # fmt: skip
    """Add a member of staff; `display_name` is (zh, en); it sees its organisation's area.

    Raises `NameTakenError`, `UnknownOrganisationError`, `UnknownUnitError`, or
    `InvalidError` for a role that is none.
    """
    require(actor, "account.write")
    if role not in set(Role) - {Role.RESIDENT}:
        raise InvalidError(code="account.role", field="role", rule="known_role")
    organisation = Organisation.objects.filter(code=organisation_code).first()
    if organisation is None:
        raise UnknownOrganisationError(field="organisation_code")
    unit = Unit.objects.filter(call_sign=unit_call_sign).first() if unit_call_sign else None
    if unit_call_sign and unit is None:
        raise UnknownUnitError(field="unit_call_sign")
    try:
        with transaction.atomic():
            return Account.objects.create(
                area=organisation.area,
                username=username,
                password=password.encoded,
                display_name_zh=display_name[0],
                display_name_en=display_name[1],
                role=role,
                organisation=organisation,
                unit=unit,
                added_at=at,
            )
    except IntegrityError:
        raise NameTakenError(field="username", rule="unused") from None


def set_password(*, username: str, password: HashedPassword, actor: Actor) -> None:
    """Give an account a new password."""
    require(actor, "account.write")
    Account.objects.filter(username=username).update(password=password.encoded)


def set_duty(*, unit_id: UUID, duty: str, actor: Actor, at: datetime) -> Unit:
    """Put a unit on or off duty. Its position is kept only while it is on duty."""
    if actor.unit_id == unit_id:
        require(actor, "unit.duty_own")
    else:
        require(actor, "unit.duty")
    if duty not in DUTIES:
        raise InvalidError(field="duty", rule="known_duty")
    unit = Unit.objects.select_for_update().filter(pk=unit_id).first()
    if unit is None:
        raise UnknownUnitError
    unit.duty = duty
    if duty != "ON_DUTY":
        unit.lon = unit.lat = unit.positioned_at = None
    unit.save(update_fields=["duty", "lon", "lat", "positioned_at"])
    publish("unit.changed", area=unit.area, subject_id=unit.id, body={"duty": duty}, at=at)
    return unit


def erase_old_positions(at: datetime) -> int:
    """Forget positions older than `POSITION_KEPT_FOR`; return how many units had one."""
    with scoped(system_actor("position-expiry")):
        old = Unit.objects.filter(positioned_at__lt=at - POSITION_KEPT_FOR)
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
    if actor.unit_id is None:
        require(actor, "unit.position")
    elif any(fix.unit_id != actor.unit_id for fix in fixes):
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
    publish_all([_moved(known[fix.unit_id], fix) for fix in taken], at=at)
    return len(taken), len(fixes) - len(taken)


def _takes(unit: Unit, fix: Fix) -> bool:
    fresh = unit.positioned_at is None or fix.at > unit.positioned_at
    return unit.duty == "ON_DUTY" and fresh


def _move(fixes: Sequence[Fix]) -> None:
    """Write all positions by one statement: `bulk_update` takes ten times as long to build its."""
    columns = ([getattr(fix, name) for fix in fixes] for name in ("unit_id", "lon", "lat", "at"))
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, list(columns))


def _moved(unit: Unit, fix: Fix) -> Event:
    body = {"unit_id": str(unit.id), "lon": fix.lon, "lat": fix.lat, "at": fix.at.isoformat()}
    return Event("unit.moved", unit.area, unit.id, body)
