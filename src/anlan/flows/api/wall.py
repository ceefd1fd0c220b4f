"""HTTP of the wall of a centre."""

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from anlan.dispatch.api.clocks import FiguresOut
from anlan.flows.selectors.wall import wall
from anlan.kernel import clock
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema

router = Router()


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


class CasesStandingOut(Schema):
    """Open cases, those past their promise, due within a day, and awaiting a check on the spot."""

    open: int
    late: int
    soon: int
    to_check: int


class PromisesKeptOut(Schema):
    """Promises of the cases closed in 30 days: those kept, with a 95 % Wilson interval."""

    n: int
    kept: int
    share: float | None
    low: float | None
    high: float | None


class SectionLoadOut(Schema):
    """The open cases of one group of the catalogue."""

    code: str
    name_zh: str
    name_en: str
    open: int
    late: int


class AreaLoadOut(Schema):
    """The open cases of one area; null where there are some, but fewer than five."""

    area: int
    name_zh: str
    name_en: str
    open: int | None
    late: int | None


class GridLoadOut(Schema):
    """Grid cells: all, with open cases, with late ones; the fullest communities; the cells."""

    cells: int
    with_open: int
    with_late: int
    communities: list[AreaLoadOut]
    loads: list[AreaLoadOut]


class TrackersOut(Schema):
    """Units on duty that told where they are just now, longer ago, or never."""

    heard: int
    silent: int
    never: int
    last_at: AwareDatetime | None


class DeviceLinksOut(Schema):
    """Keys of connected systems in force, used in the last day, ending soon; webhooks."""

    keys: int
    keys_used: int
    keys_end_soon: int
    keys_last_at: AwareDatetime | None
    webhooks: int
    waiting: int
    given_up: int


class WallOut(Schema):
    """The eight modules of the wall, in counts; of the last 24 hours where nothing else is said."""

    at: AwareDatetime
    staffing: list[StaffingOut]
    patrol: list[StaffingOut]
    waiting: list[WaitingOut]
    hours: list[HourOut]
    clocks: list[FiguresOut]
    open_incidents: int
    cases: CasesStandingOut
    cases_filed: int
    cases_closed: int
    promises: PromisesKeptOut
    sections: list[SectionLoadOut]
    grid: GridLoadOut
    trackers: TrackersOut
    links: DeviceLinksOut


@router.get("/wall", response=WallOut, operation_id="get_wall")
def get_wall(request: HttpRequest) -> WallOut:
    """Show the city, its safety, service, grid, sites, patrols and devices, in counts."""
    found = wall(actor=actor_of(request), at=clock.now())
    cases = found.cases
    low, high = cases.promises.interval or (None, None)
    promises = {name: getattr(cases.promises, name) for name in ("n", "kept", "share")}
    shown = {name: getattr(found, name) for name in found.__slots__ if name != "cases"}
    return WallOut.model_validate(
        shown
        | {
            "clocks": [
                FiguresOut.model_validate(one, from_attributes=True) for one in found.clocks
            ],
            "cases": cases.total,
            "cases_filed": cases.filed,
            "cases_closed": cases.closed,
            "promises": promises | {"low": low, "high": high},
        },
        from_attributes=True,
    )
