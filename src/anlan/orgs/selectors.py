"""Reads of organisations, staff and units."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from anlan.kernel.access import system_actor
from anlan.kernel.areas import jurisdictions_of
from anlan.kernel.riding import PlainRead, ask_together
from anlan.kernel.scope import scoped
from anlan.kernel.standing import Standing, State
from anlan.orgs.errors import UnknownOrganisationError, UnknownShiftError, UnknownUnitError
from anlan.orgs.models import Account, Organisation, Shift, Unit, UnitStep

UNIT_STEPS_LIMIT_ROWS = 100
SHIFTS_LIMIT_ROWS = 100
CREW_LIMIT_ROWS = 2_000
ENDED_SHIFTS_SHOWN_FOR = timedelta(days=2)
DIRECTORY = system_actor("directory")


class UnitRow(NamedTuple):
    """A unit as those see it who look at many at once: its columns, and nothing to write with."""

    id: UUID
    area: int
    call_sign: str
    kind: str
    capabilities: list[str]
    organisation_id: UUID
    duty: str
    duty_reason: str
    station_lon: float
    station_lat: float
    lon: float | None
    lat: float | None
    duty_since_at: datetime | None
    positioned_at: datetime | None


class PlacedUnit(NamedTuple):
    """A unit as those see it who choose among many: what it brings, and where it counts from.

    That is its position, told `positioned_s` after 1970 began, or its station where it told none.
    """

    id: UUID
    area: int
    call_sign: str
    kind: str
    capabilities: list[str]
    duty: str
    lon: float
    lat: float
    positioned_s: float | None

    @property
    def positioned_at(self) -> datetime | None:
        """When it was at its position; None where that is its station's."""
        return _at(self.positioned_s)


_TIMES = 2  # the last columns
_COLUMNS = ", ".join(
    [
        *UnitRow._fields[:-_TIMES],
        *(f"extract(epoch FROM {name})::float8" for name in UnitRow._fields[-_TIMES:]),
    ]
)
_UNITS = f"SELECT {_COLUMNS} FROM orgs_unit ORDER BY call_sign"  # noqa: S608 - names of ours
_PLACED_UNITS = """
    SELECT id, area, call_sign, kind, capabilities, duty, coalesce(lon, station_lon),
        coalesce(lat, station_lat), extract(epoch FROM positioned_at)::float8
    FROM orgs_unit ORDER BY call_sign
"""


def organisations() -> list[Organisation]:
    """Return the organisations in scope, by code."""
    return list(Organisation.objects.order_by("code"))


def organisations_above(area: int) -> list[Organisation]:
    """Return the organisations that serve a wider area than `area` and it too, by code.

    Whatever the scope: who serves a place may be known to everybody who works there.
    """
    wider = jurisdictions_of(area) - {area}
    with scoped(DIRECTORY):
        return list(Organisation.objects.filter(area__in=wider).order_by("code"))


def serving_organisation(organisation_id: UUID, area: int) -> Organisation | None:
    """Return an organisation if it serves `area`, whatever the scope; None if it does not."""
    with scoped(DIRECTORY):
        rows = Organisation.objects.filter(pk=organisation_id, area__in=jurisdictions_of(area))
        return rows.first()


def organisation(organisation_id: UUID) -> Organisation:
    """Return one organisation in scope, or raise `UnknownOrganisationError`."""
    found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise UnknownOrganisationError
    return found


def organisation_by_code(code: str) -> Organisation | None:
    """Return the organisation with this code, None if there is none in scope."""
    (found,) = ask_together(_organisations_called, code)
    return found[0] if found else None


def _organisations_called(code: str) -> tuple[QuerySet[Organisation]]:
    return (Organisation.objects.filter(code=code),)


def organisation_names(ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return the names of organisations by id, in Chinese and English."""
    rows = Organisation.objects.filter(pk__in=set(ids)).values_list("id", "name_zh", "name_en")
    return {key: (name_zh, name_en) for key, name_zh, name_en in rows}


def grid_offices_of_few(least: int) -> set[UUID]:
    """Return the community offices in scope with fewer than `least` active grid officers."""
    officers = Count("account", filter=Q(account__role="GRID_OFFICER", account__active=True))
    rows = Organisation.objects.filter(kind="COMMUNITY_OFFICE").annotate(officers=officers)
    return set(rows.filter(officers__lt=least).values_list("id", flat=True))


def units() -> list[UnitRow]:
    """Return the units in scope, by call sign."""
    (found,) = ask_together(_units)
    return found


def _units() -> tuple[PlainRead]:
    """As columns, times as seconds: a float is exact to the microsecond until 2255."""
    return (PlainRead(_UNITS, (), _unit_row),)


def placed_units() -> list[PlacedUnit]:
    """Return the units in scope by call sign, as those see them who choose among them."""
    (found,) = ask_together(_placed_units)
    return found


def _placed_units() -> tuple[PlainRead]:
    return (placed_units_asked(),)


def placed_units_asked() -> PlainRead:
    """Ask for what `placed_units` returns, beside other questions.

    No column more than choosing looks at: a city's 500 units as Django's models, and even a time of
    each as text, cost more than to choose among them.
    """
    return PlainRead(_PLACED_UNITS, (), PlacedUnit)


def _unit_row(*columns: Any) -> UnitRow:
    return UnitRow(*columns[:-_TIMES], *map(_at, columns[-_TIMES:]))


def _at(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def unit(unit_id: UUID) -> Unit:
    """Return one unit in scope, or raise `UnknownUnitError`."""
    found = Unit.objects.filter(pk=unit_id).first()
    if found is None:
        raise UnknownUnitError
    return found


def unit_locked(unit_id: UUID) -> Unit:
    """Return one unit in scope, locked until the transaction ends, or raise `UnknownUnitError`."""
    found = Unit.objects.select_for_update().filter(pk=unit_id).first()
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


def units_without_account(limit: int) -> list[Unit]:
    """Return the units in scope for which nobody can sign in, by call sign."""
    crewed = Account.objects.filter(unit_id=OuterRef("pk"), active=True)
    return list(Unit.objects.exclude(Exists(crewed)).order_by("call_sign")[:limit])


def organisations_with_accounts() -> set[UUID]:
    """Return the organisations in scope for which somebody can sign in."""
    return set(Account.objects.filter(active=True).values_list("organisation_id", flat=True))


def username_taken(username: str) -> bool:
    """Return whether an account with this name exists in scope."""
    return Account.objects.filter(username=username).exists()


def unit_steps(unit_id: UUID) -> list[UnitStep]:
    """Return the latest steps of a unit, newest first, at most `UNIT_STEPS_LIMIT_ROWS`."""
    rows = UnitStep.objects.filter(subject_id=unit_id).order_by("-id")
    return list(rows[:UNIT_STEPS_LIMIT_ROWS])


def last_unit_step(unit_id: UUID) -> UnitStep | None:
    """Return the latest step of a unit."""
    return UnitStep.objects.filter(subject_id=unit_id).order_by("-id").first()


def shifts_of(unit_id: UUID, at: datetime) -> list[Shift]:
    """Return a unit's shifts from two days ago on, by their beginning, at most a named limit."""
    rows = Shift.objects.filter(unit_id=unit_id, ends_at__gt=at - ENDED_SHIFTS_SHOWN_FOR)
    return list(rows.exclude(state="CANCELLED").order_by("begins_at", "id")[:SHIFTS_LIMIT_ROWS])


def shift(shift_id: UUID) -> Shift:
    """Return one shift in scope, or raise `UnknownShiftError`."""
    found = Shift.objects.filter(pk=shift_id).first()
    if found is None:
        raise UnknownShiftError
    return found


def running_shifts() -> dict[UUID, Shift]:
    """Return the shift that is on each unit that has one."""
    return {shift.unit_id: shift for shift in Shift.objects.filter(state="ON")}


def crew_of_unit(unit_id: UUID) -> list[Account]:
    """Return the staff who act for a unit now, by name."""
    return list(Account.objects.filter(unit_id=unit_id, active=True).order_by("username"))


def crew_members() -> list[Account]:
    """Return the staff in scope who can be on a crew, by name, at most `CREW_LIMIT_ROWS`."""
    rows = Account.objects.filter(role="CREW", active=True).order_by("username")
    return list(rows[:CREW_LIMIT_ROWS])


def known_staff() -> list[Account]:
    """Return the staff in scope who can own a follow-up, by name, at most `CREW_LIMIT_ROWS`."""
    rows = Account.objects.filter(active=True).order_by("username")
    return list(rows[:CREW_LIMIT_ROWS])


def unit_positions() -> Standing:
    """Return how screens are told where units are: as they stand, not as they went."""
    return Standing(
        topic="units.moved",
        query="SELECT id::text, area, positioned_at, lon, lat FROM orgs_unit"
        " WHERE positioned_at IS NOT NULL",
        shown=_position,
    )


def _position(state: State) -> dict[str, Any]:
    unit_id, _, at, lon, lat = state
    return {"unit_id": unit_id, "lon": lon, "lat": lat, "at": at}
