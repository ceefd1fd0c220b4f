"""Replay of a table on the latest cases: how many would go elsewhere, from whom to whom.

A page at a time, so that whoever asks sees how far it is, stops when enough is seen, and no request
takes long. Nothing is written. Both tables, the one in force and the one that is tried, are asked
the same of each case, so a difference is one of the tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from anlan.casework.models import HANDLED_STATES, Case, RoutingTable
from anlan.casework.routing.deciding import Matter, decide
from anlan.casework.routing.tables import DESK, Rows
from anlan.casework.selectors.routing import (
    READER,
    Holders,
    asks_for_sites,
    holders,
    matter_of,
    rows_of,
    table_in_force,
    told_of,
)
from anlan.kernel.areas import area_range
from anlan.kernel.scope import scoped
from anlan.places.selectors import nearest_site_kind, sites_by_area

REPLAY_PAGE_ROWS = 1_000
REPLAY_LIMIT_PAGES = 10
EXAMPLES_PER_PAIR = 3
COLUMNS = ("number", "item_code", "area", "lon", "lat", "channel", "filed_at", "organisation_id",
           "state")  # fmt: skip


@dataclass(slots=True)
class Pair:
    """Cases that would go from one holder to another; @DESK is the desk that decides by hand."""

    before: str
    after: str
    count: int = 0
    examples: list[Case] = field(default_factory=list)


@dataclass(slots=True)
class Replayed:
    """One page of a replay.

    `handled` are the cases of which it is known who handled them in the end; `met_before` and
    `met_after` of those how many each table sends there at once.
    """

    total: int
    looked_at: int = 0
    elsewhere: int = 0
    handled: int = 0
    met_before: int = 0
    met_after: int = 0
    pairs: dict[tuple[str, str], Pair] = field(default_factory=dict)
    next: str | None = None


@dataclass(frozen=True, slots=True)
class _Tables:
    """The two tables that are asked, and whom they can mean."""

    before: Rows
    after: Rows
    holders: Holders

    def sent(self, rows: Rows, matter: Matter) -> tuple[str, UUID | None]:
        """Return whom a table sends a case to: the name that is shown, and the organisation."""
        decided = decide(rows, matter).holder
        organisation = self.holders.serving(decided, matter.area) if decided else None
        return (decided if organisation else DESK), organisation


def replay(table: RoutingTable, after: UUID | None, page_number: int, at: datetime) -> Replayed:
    """Replay a table on the next page of the latest cases of its area, newest first.

    Parameters
    ----------
    table
        Which is tried.
    after
        The last case of the page before, None for the first page.
    page_number
        Which page it is, the first being 1: `REPLAY_LIMIT_PAGES` are enough.
    at
        Now: the table in force is compared with.
    """
    rows = Case.objects.filter(area__range=area_range(table.area)).order_by("-pk")
    total = len(rows.values_list("pk")[: REPLAY_LIMIT_PAGES * REPLAY_PAGE_ROWS])
    if after is not None:
        rows = rows.filter(pk__lt=after)
    page = list(rows.only(*COLUMNS)[:REPLAY_PAGE_ROWS])
    replayed = Replayed(total=total)
    in_force = table_in_force(table.area, at.date())
    tables = _Tables(
        before=rows_of(in_force) if in_force else (),
        after=rows_of(table),
        holders=holders({case.area for case in page}),
    )
    for case, matter in _matters(page, tables):
        _compare(case, matter, tables, replayed)
    if page and page_number * REPLAY_PAGE_ROWS < total:
        replayed.next = str(page[-1].pk)
    return replayed


def _matters(page: Sequence[Case], tables: _Tables) -> Iterator[tuple[Case, Matter]]:
    with_sites = asks_for_sites(tables.before) or asks_for_sites(tables.after)
    with scoped(READER):
        sites = sites_by_area({case.area for case in page}) if with_sites else {}
    for case in page:
        site = nearest_site_kind(case.lon, case.lat, sites.get(case.area, ()))
        yield case, matter_of(told_of(case), case.filed_at, site)


def _compare(case: Case, matter: Matter, tables: _Tables, replayed: Replayed) -> None:
    before, by_before = tables.sent(tables.before, matter)
    after, by_after = tables.sent(tables.after, matter)
    replayed.looked_at += 1
    if case.state in HANDLED_STATES:
        replayed.handled += 1
        replayed.met_before += by_before == case.organisation_id
        replayed.met_after += by_after == case.organisation_id
    if (before, by_before) == (after, by_after):
        return
    replayed.elsewhere += 1
    pair = replayed.pairs.setdefault((before, after), Pair(before, after))
    pair.count += 1
    if len(pair.examples) < EXAMPLES_PER_PAIR:
        pair.examples.append(case)
