"""Sending a case where the table in force says: decided once, kept with the case."""

from datetime import datetime
from uuid import UUID

from anlan.casework.models import Case, CaseRoute
from anlan.casework.routing.deciding import Decision, Reason, decide
from anlan.casework.selectors.routing import (
    READER,
    holder_at,
    in_force,
    matter_of,
    published_rows,
    site_of,
    told_of,
)
from anlan.kernel.access import system_actor
from anlan.kernel.riding import ride_rows
from anlan.kernel.scope import scoped

ROUTING = system_actor("routing", "case.assign")


def route_case(case: Case, at: datetime) -> UUID | None:
    """Decide where a case goes; return the organisation, None where the desk decides by hand.

    What the table was asked and what it said is kept. Without a table in force nothing is said.
    """
    told = told_of(case)
    with scoped(READER):
        matter = matter_of(told, at, "")
        table_id = in_force(case.area, matter.day)
        if table_id is None:
            return None
        rows = published_rows(table_id)
        matter = matter_of(told, at, site_of(told, rows))
        decided = decide(rows, matter)
        organisation_id = holder_at(decided.holder, case.area) if decided.holder else None
    route = CaseRoute(
        area=case.area,
        case=case,
        table_id=table_id,
        item_code=matter.item,
        group=matter.group,
        lead=matter.lead,
        site=matter.site,
        source=matter.source,
        minute=matter.minute,
        day=matter.day,
        worked=matter.worked,
        reason=_reason(decided, organisation_id).value,
        holder=decided.holder,
        organisation_id=organisation_id,
        decided_at=at,
    )
    ride_rows([route])
    return organisation_id


def _reason(decided: Decision, organisation_id: UUID | None) -> Reason:
    if decided.reason is Reason.GIVEN and organisation_id is None:
        return Reason.NOT_SERVED
    return decided.reason
