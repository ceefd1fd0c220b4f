"""What the wall of a centre shows: eight modules, each counted from what there is.

Nothing here names a person, a case or an incident. A count by area that is small is left out
(`anlan.kernel.small_counts`): a wall is seen by whoever enters the room.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.casework import catalogue
from anlan.casework.selectors import CaseBoard, Standing, case_board
from anlan.dispatch.desk_policy import desk_clocks
from anlan.dispatch.selectors import ClockFigures, Selection, clock_figures
from anlan.dispatch.selectors.wall import (
    Hour,
    Staffing,
    Waiting,
    hours,
    open_count,
    staffing,
    waiting,
)
from anlan.exchange import selectors as exchange
from anlan.kernel.access import Actor, require
from anlan.kernel.areas import Level
from anlan.kernel.small_counts import is_small
from anlan.orgs.identity.selectors import service_keys
from anlan.orgs.selectors import UnitRow, units
from anlan.orgs.services.positions import is_stale
from anlan.places.selectors import grid_cells, jurisdiction_names

DAY = timedelta(hours=24)
KEY_ENDS_SOON = timedelta(days=30)
AREAS_SHOWN_LIMIT_ROWS = 12
PATROL_KINDS = ("GRID_PATROL", "PATROL_CAR")
MARKET_AND_SITES = ("09", "11", "13")
"""Groups of the catalogue: buildings and estates, workplaces and equipment, food and markets."""


@dataclass(frozen=True, slots=True)
class Section:
    """The open cases of one group of the catalogue."""

    code: str
    name_zh: str
    name_en: str
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class AreaLoad:
    """The open cases of one area; None where there are some, but fewer than five."""

    area: int
    name_zh: str
    name_en: str
    open: int | None
    late: int | None


@dataclass(frozen=True, slots=True)
class Grid:
    """How many grid cells there are, have open cases, have late ones; and the fullest areas."""

    cells: int
    with_open: int
    with_late: int
    communities: Sequence[AreaLoad]
    loads: Sequence[AreaLoad]


@dataclass(frozen=True, slots=True)
class Trackers:
    """The units on duty: how many told lately where they are, how long ago, or never."""

    heard: int
    silent: int
    never: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Links:
    """The keys of connected systems in force, and the webhooks of agencies."""

    keys: int
    keys_used: int
    keys_end_soon: int
    keys_last_at: datetime | None
    webhooks: int
    waiting: int
    given_up: int


@dataclass(frozen=True, slots=True)
class Wall:
    """The eight modules of the wall at one time."""

    at: datetime
    hours: Sequence[Hour]
    waiting: Sequence[Waiting]
    staffing: Sequence[Staffing]
    patrol: Sequence[Staffing]
    clocks: Sequence[ClockFigures]
    open_incidents: int
    cases: CaseBoard
    sections: Sequence[Section]
    grid: Grid
    trackers: Trackers
    links: Links


def wall(*, actor: Actor, at: datetime) -> Wall:
    """Return what the wall shows of the area of `actor`."""
    require(actor, "figure.read")
    crews = units()
    staffed = staffing(crews)
    cases = case_board(at, over=DAY)
    return Wall(
        at=at,
        hours=hours(at),
        waiting=waiting(),
        staffing=staffed,
        patrol=[one for one in staffed if one.kind in PATROL_KINDS],
        clocks=_clocks(actor, at),
        open_incidents=open_count(),
        cases=cases,
        sections=_sections(cases.sections, at),
        grid=_grid(cases.areas),
        trackers=_trackers(crews, at),
        links=_links(at),
    )


def _clocks(actor: Actor, at: datetime) -> list[ClockFigures]:
    rules = desk_clocks(actor.area_low, at.date())
    if rules is None:
        return []
    return list(clock_figures(rules, Selection(since=at - DAY))[None].values())


def _sections(counted: Mapping[str, Standing], at: datetime) -> list[Section]:
    names = {one.group: (one.group_zh, one.group_en) for one in catalogue.items(at.date()).values()}
    none = Standing()
    return [
        Section(code, *names[code], counted.get(code, none).open, counted.get(code, none).late)
        for code in MARKET_AND_SITES
        if code in names
    ]


def _grid(areas: Mapping[int, Standing]) -> Grid:
    cells = grid_cells()
    communities: dict[int, Counter[str]] = {}
    for area, standing in areas.items():
        found = communities.setdefault(area - area % 10**Level.COMMUNITY, Counter())
        found.update(open=standing.open, late=standing.late)
    fullest = sorted(
        communities, key=lambda one: (-communities[one]["late"], -communities[one]["open"], one)
    )
    shown = fullest[:AREAS_SHOWN_LIMIT_ROWS]
    names = jurisdiction_names(shown)
    none = Standing()
    counts = [(cell, areas.get(cell.area, none)) for cell in cells]
    return Grid(
        cells=len(cells),
        with_open=sum(1 for _, one in counts if one.open),
        with_late=sum(1 for _, one in counts if one.late),
        communities=[
            _load(area, names.get(area, (str(area), str(area))), communities[area]["open"],
                  communities[area]["late"])
            for area in shown
        ],
        loads=[
            _load(cell.area, (cell.name_zh, cell.name_en), one.open, one.late)
            for cell, one in counts
            if one.open
        ],
    )  # fmt: skip


def _load(area: int, names: tuple[str, str], is_open: int, late: int) -> AreaLoad:
    shown = [None if is_small(count) else count for count in (is_open, late)]
    return AreaLoad(area, *names, *shown)


def _trackers(crews: Sequence[UnitRow], at: datetime) -> Trackers:
    on_duty = [unit.positioned_at for unit in crews if unit.duty == "ON_DUTY"]
    told = [moment for moment in on_duty if moment is not None]
    heard = sum(1 for moment in told if not is_stale(moment, at))
    return Trackers(heard, len(told) - heard, len(on_duty) - len(told), max(told, default=None))


def _links(at: datetime) -> Links:
    keys = [key for key in service_keys(at) if key.ended_at is None and key.expires_at > at]
    used = [key.last_used_at for key in keys if key.last_used_at is not None]
    counts = exchange.waiting_and_dead()
    return Links(
        keys=len(keys),
        keys_used=sum(1 for moment in used if moment >= at - DAY),
        keys_end_soon=sum(1 for key in keys if key.expires_at <= at + KEY_ENDS_SOON),
        keys_last_at=max(used, default=None),
        webhooks=sum(1 for hook in exchange.webhooks() if hook.active),
        waiting=sum(one["PENDING"] for one in counts.values()),
        given_up=sum(one["DEAD"] for one in counts.values()),
    )
