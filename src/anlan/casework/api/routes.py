"""HTTP of "why here?": which table sent a case where, by which rows, and what was considered."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from anlan.casework import selectors
from anlan.casework.api.routing import MatterOut
from anlan.casework.models import CaseRoute, RoutingTable
from anlan.casework.routing.deciding import Hop, Matter, Reason, decide, failed
from anlan.casework.routing.tables import Row, Rows
from anlan.casework.selectors.routing import matter_asked, route_tables, routes_of, rows_of
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema

router = Router()
CONSIDERED_SHOWN_LIMIT = 20


class ConsideredOut(Schema):
    """A row that was considered: it decided, it fits but a lower level came first, or it fails."""

    row: Row
    decided: bool
    failed: list[str]


class HopOut(Schema):
    """One step of a decision: from whom, to whom, and the rows considered, the nearest first."""

    held_by: str | None
    to: str
    considered: list[ConsideredOut]
    further: int


class CaseRouteOut(Schema):
    """Where a table sent a case, and why."""

    decided_at: AwareDatetime
    table_id: UUID
    title: str
    edition: int | None
    matter: MatterOut
    reason: Reason
    holder: str
    organisation_id: UUID | None
    hops: list[HopOut]


def _hop(hop: Hop, rows: Rows, matter: Matter) -> HopOut:
    asked = [row for row in rows if row.held_by == hop.held_by]
    considered = [_considered(row, hop, matter) for row in asked]
    considered.sort(key=lambda one: (not one.decided, len(one.failed), one.row.level))
    shown = considered[:CONSIDERED_SHOWN_LIMIT]
    return HopOut(
        held_by=hop.held_by, to=hop.to, considered=shown, further=len(considered) - len(shown)
    )


def _considered(row: Row, hop: Hop, matter: Matter) -> ConsideredOut:
    return ConsideredOut(row=row, decided=row.number in hop.rows, failed=failed(row, matter))


def _route(route: CaseRoute, table: RoutingTable) -> CaseRouteOut:
    """Decide again what was asked then: the table and what it was asked never change."""
    rows, matter = rows_of(table), matter_asked(route)
    hops = decide(rows, matter).hops or (Hop(None, (), ""),)
    return CaseRouteOut(
        decided_at=route.decided_at,
        table_id=table.id,
        title=table.title,
        edition=table.edition,
        matter=MatterOut.model_validate(matter),
        reason=Reason(route.reason),
        holder=route.holder,
        organisation_id=route.organisation_id,
        hops=[_hop(hop, rows, matter) for hop in hops],
    )


@router.get(
    "/cases/{case_id}/routes", response=list[CaseRouteOut], operation_id="explain_case_routes"
)
def get_routes(request: HttpRequest, case_id: UUID) -> list[CaseRouteOut]:
    """Explain where routing tables sent a case; empty if no table was in force."""
    require(actor_of(request), "case.read")
    selectors.case(case_id)
    routes = routes_of(case_id)
    tables = route_tables(routes)
    return [_route(route, tables[route.table_id]) for route in routes]
