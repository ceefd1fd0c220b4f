"""Writes of organisations, units and staff: added, or brought up to date."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from anlan.kernel.access import Actor, require
from anlan.kernel.areas import check_area
from anlan.kernel.errors import InvalidError
from anlan.orgs.errors import (
    NameTakenError,
    UnknownOrganisationError,
    UnknownUnitError,
)
from anlan.orgs.models import Account, Organisation, Unit
from anlan.orgs.roles import Role
from anlan.orgs.services.passwords import HashedPassword


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
