"""Reads of organisations, staff and units."""

from collections.abc import Iterable
from uuid import UUID

from anlan.kernel.access import system_actor
from anlan.kernel.scope import scoped
from anlan.orgs.errors import UnknownOrganisationError, UnknownUnitError
from anlan.orgs.models import Account, Organisation, Unit


def organisations() -> list[Organisation]:
    """Return the organisations in scope, by code."""
    return list(Organisation.objects.order_by("code"))


def organisation(organisation_id: UUID) -> Organisation:
    """Return one organisation in scope, or raise `UnknownOrganisationError`."""
    found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise UnknownOrganisationError
    return found


def organisation_by_code(code: str) -> Organisation | None:
    """Return the organisation with this code, None if there is none in scope."""
    return Organisation.objects.filter(code=code).first()


def units() -> list[Unit]:
    """Return the units in scope, by call sign."""
    return list(Unit.objects.order_by("call_sign"))


def unit(unit_id: UUID) -> Unit:
    """Return one unit in scope, or raise `UnknownUnitError`."""
    found = Unit.objects.filter(pk=unit_id).first()
    if found is None:
        raise UnknownUnitError
    return found


def units_locked(unit_ids: Iterable[UUID]) -> dict[UUID, Unit]:
    """Return the named units, locked in the order of their ids; raise if one is unknown."""
    wanted = set(unit_ids)
    found = {u.id: u for u in Unit.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    if len(found) < len(wanted):
        raise UnknownUnitError(field="unit_ids", rule="known_unit")
    return found


def account_at_door(account_id: UUID) -> Account:
    """Return one account with its organisation, whatever the scope: a sign-in sees itself."""
    with scoped(system_actor("sign-in")):
        return Account.objects.select_related("organisation").get(pk=account_id)


def username_taken(username: str) -> bool:
    """Return whether an account with this name exists in scope."""
    return Account.objects.filter(username=username).exists()
