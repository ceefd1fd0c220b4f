"""Reads of routing: the table in force, what a table asks of a case, whom a decision means."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from anlan.casework.catalogue import all_items, was_known
from anlan.casework.errors import UnknownRoutingTableError
from anlan.casework.models import Case, CaseRoute, RoutingStep, RoutingTable
from anlan.casework.routing.analysis import Analysis, analyse
from anlan.casework.routing.cells import Universe
from anlan.casework.routing.deciding import Matter
from anlan.casework.routing.tables import COMMUNITY, ID, ROUTING_TABLES, Rows, read_rows
from anlan.casework.service_clock.rules import Office, calendar_of, service_clock
from anlan.kernel.access import system_actor
from anlan.kernel.areas import area_range, jurisdictions_of
from anlan.kernel.paging import PageQuery, page_of
from anlan.kernel.scope import scoped
from anlan.orgs import selectors as orgs
from anlan.orgs.models import Organisation
from anlan.places.selectors import cell_areas, cell_owners, site_kind_at
from anlan_engine.clock import ClockError, WorkCalendar

READER = system_actor("routing-reader")
DAYS_LOOKED_AT_LIMIT = 400
"""So many days of a stretch are looked at for one that is worked and one that is not."""


def routing_tables(asked: PageQuery) -> tuple[list[RoutingTable], str | None]:
    """Return one page of the tables in scope, newest first, and the next cursor."""
    return page_of(RoutingTable.objects.all(), asked)


def routing_table(table_id: UUID) -> RoutingTable:
    """Return one table in scope, or raise `UnknownRoutingTableError`."""
    found = RoutingTable.objects.filter(pk=table_id).first()
    if found is None:
        raise UnknownRoutingTableError
    return found


def routing_steps(table_id: UUID) -> list[RoutingStep]:
    """Return what was done with a table, the first first."""
    return list(RoutingStep.objects.filter(subject_id=table_id).order_by("made_at", "pk"))


_IN_FORCE = """
    SELECT id FROM casework_routing_table
    WHERE state = 'PUBLISHED' AND area = ANY(%s) AND valid_from <= %s
    ORDER BY area DESC, valid_from DESC, edition DESC LIMIT 1
"""
"""Asked with every case: Django takes as long to write it as PostgreSQL to answer it."""


def in_force(area: int, day: date) -> UUID | None:
    """Return the id of the published table for a place on a day: of the narrowest area with one."""
    with scoped(READER), connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [list(jurisdictions_of(area)), day])
        found: tuple[UUID] | None = cursor.fetchone()
    return found[0] if found else None


def table_in_force(area: int, day: date) -> RoutingTable | None:
    """Return the table that is `in_force`; its rows are read when they are asked for."""
    with scoped(READER):
        found = in_force(area, day)
        return RoutingTable.objects.defer("rows").get(pk=found) if found else None


def first_rows(day: date) -> list[dict[str, object]]:
    """Return the rows that the first table of an installation begins with."""
    file = ROUTING_TABLES.rule(ID, day)
    return [row.model_dump(mode="json") for row in file.rows]


def rows_of(table: RoutingTable) -> Rows:
    """Return the rows of a table by level."""
    if table.state == "PUBLISHED":
        return published_rows(table.id)
    return read_rows(table.rows)


@lru_cache(maxsize=64)
def published_rows(table_id: UUID) -> Rows:
    """Return the rows of a published table by level, which never change: read once."""
    with scoped(READER):
        return read_rows(RoutingTable.objects.values_list("rows", flat=True).get(pk=table_id))


def worked_on(calendar: WorkCalendar, day: date) -> bool | None:
    """Return whether a day is worked; None where the days of its year are not known."""
    try:
        return bool(calendar.hours_of(day))
    except ClockError:
        return None


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a case to route it, as it is kept with the case."""

    item_code: str
    lon: float
    lat: float
    area: int
    source: str


def matter_of(told: Told, at: datetime, site: str) -> Matter:
    """Return what a table asks of a case; local day and minute are those of its place."""
    item = was_known(told.item_code, on=at.date())
    office = service_clock(at.date()).office_at(told.area)
    local = at.astimezone(ZoneInfo(office.zone))
    return Matter(
        item=item.code,
        group=item.group,
        lead=item.lead,
        area=told.area,
        site=site,
        source=told.source,
        minute=local.hour * 60 + local.minute,
        day=local.date(),
        worked=worked_on(calendar_of(office), local.date()),
    )


def told_of(case: Case) -> Told:
    """Return what a case tells of itself."""
    return Told(case.item_code, case.lon, case.lat, case.area, case.channel)


def asks_for_sites(rows: Rows) -> bool:
    """Return whether a table asks at what kind of site a case is."""
    return any(row.sites for row in rows)


def site_of(told: Told, rows: Rows) -> str:
    """Return the kind of site of a case, empty where there is none or no row asks."""
    if not asks_for_sites(rows):
        return ""
    return site_kind_at(told.lon, told.lat, area=told.area)


@dataclass(frozen=True, slots=True)
class Holders:
    """Organisations by code, with their id and the areas they serve, and who looks after cells."""

    organisations: Mapping[str, tuple[UUID, int, int]]
    owners: Mapping[int, UUID]

    def serving(self, holder: str, area: int) -> UUID | None:
        """Return the organisation that a decision means, None where it does not serve the place."""
        if holder == COMMUNITY:
            return self.owners.get(area)
        found = self.organisations.get(holder)
        if found is None or not found[1] <= area <= found[2]:
            return None
        return found[0]


def holders(areas: Collection[int]) -> Holders:
    """Return who can be meant in some areas, whatever the reader's scope."""
    with scoped(READER):
        return Holders(_by_code(orgs.organisations()), cell_owners(areas))


def holder_at(holder: str, area: int) -> UUID | None:
    """Return the organisation that a decision means at one place: it alone is read."""
    with scoped(READER):
        if holder == COMMUNITY:
            return cell_owners([area]).get(area)
        found = orgs.organisation_by_code(holder)
    return Holders(_by_code([found] if found else []), {}).serving(holder, area)


def _by_code(organisations: Iterable[Organisation]) -> dict[str, tuple[UUID, int, int]]:
    return {one.code: (one.id, *area_range(one.area)) for one in organisations}


def analysis_of(table: RoutingTable, rows: Rows) -> Analysis:
    """Return what is wrong with a table, for the city as it is now; raise `TooTangledError`."""
    low, high = area_range(table.area)
    with scoped(READER):
        universe = Universe(
            items={
                code: (item.group, item.lead) for code, item in all_items(table.valid_from).items()
            },
            areas=cell_areas(low, high) or [table.area],
            first_day=table.valid_from,
            kinds_of_day=kinds_of_day,
        )
    known = {code: (low, high) for code, (_, low, high) in holders(()).organisations.items()}
    return analyse(rows, universe, known)


def kinds_of_day(first: date, last: date | None) -> Sequence[tuple[date, bool]]:
    """Return a day that is worked and one that is not, as far as a stretch of days has them.

    By the calendars of all offices; a year that is not known yet may have both on any day.
    """
    offices = _calendars(service_clock(first).offices)
    found: dict[bool, date] = {}
    days = DAYS_LOOKED_AT_LIMIT if last is None else (last - first).days + 1
    for offset in range(min(days, DAYS_LOOKED_AT_LIMIT)):
        day = first + timedelta(offset)
        for calendar in offices:
            worked = worked_on(calendar, day)
            for kind in (True, False) if worked is None else (worked,):
                found.setdefault(kind, day)
        if len(found) > 1:
            break
    return [(day, worked) for worked, day in found.items()]


def _calendars(offices: Iterable[Office]) -> list[WorkCalendar]:
    return list({calendar.name: calendar for calendar in map(calendar_of, offices)}.values())


def routes_of(case_id: UUID) -> list[CaseRoute]:
    """Return where tables sent a case, the first time first."""
    return list(CaseRoute.objects.filter(case_id=case_id).order_by("pk"))


def route_tables(routes: Iterable[CaseRoute]) -> dict[UUID, RoutingTable]:
    """Return the tables that decided, whatever the reader's scope: they are no secret."""
    wanted = {route.table_id for route in routes}
    with scoped(READER):
        found = RoutingTable.objects.filter(pk__in=wanted)
        return {table.id: table for table in found}


def matter_asked(route: CaseRoute) -> Matter:
    """Return what a table asked of a case when it decided."""
    return Matter(
        item=route.item_code,
        group=route.group,
        lead=route.lead,
        area=route.area,
        site=route.site,
        source=route.source,
        minute=route.minute,
        day=route.day,
        worked=route.worked,
    )
