"""HTTP of the supervisor's wall."""

from datetime import timedelta

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime

from anlan.dispatch.api.clocks import FiguresOut
from anlan.dispatch.desk_policy import desk_clocks
from anlan.dispatch.selectors import Selection, clock_figures, wall
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.orgs.selectors import units

router = Router()
CLOCKS_OVER = timedelta(hours=24)


class StaffingOut(Schema):
    """The units of one kind: free, with a job, off duty or out of service."""

    kind: str
    free: int
    busy: int
    out: int


class WaitingOut(Schema):
    """Open incidents of one priority to which nobody goes, and since when the first waits."""

    priority: int
    waiting: int
    oldest_at: AwareDatetime | None


class HourOut(Schema):
    """Incidents received in one hour, and the mean of that hour in the weeks before."""

    began_at: AwareDatetime
    received: int
    expected: float | None


class WallOut(Schema):
    """Load against staffing, and how the desk's clocks were kept in the last 24 hours."""

    at: AwareDatetime
    staffing: list[StaffingOut]
    waiting: list[WaitingOut]
    hours: list[HourOut]
    clocks: list[FiguresOut]


@router.get("/wall", response=WallOut, operation_id="get_wall")
def get_wall(request: HttpRequest) -> WallOut:
    """Show load against staffing and the compliance of the last 24 hours, in counts."""
    actor, at = actor_of(request), clock.now()
    require(actor, "figure.read")
    rules = desk_clocks(actor.area_low, at.date())
    selection = Selection(since=at - CLOCKS_OVER)
    clocks = clock_figures(rules, selection)[None].values() if rules else ()
    return WallOut.model_validate(
        {
            "at": at,
            "staffing": wall.staffing(units()),
            "waiting": wall.waiting(),
            "hours": wall.hours(at),
            "clocks": [FiguresOut.model_validate(one, from_attributes=True) for one in clocks],
        },
        from_attributes=True,
    )
