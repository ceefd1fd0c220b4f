"""The tallies of the day: where everything is that was received."""

from dataclasses import dataclass
from datetime import datetime

from anlan.casework import selectors as casework
from anlan.dispatch import selectors as dispatch
from anlan.dispatch.desk_policy import desk_clocks
from anlan.kernel.access import Actor, require


@dataclass(frozen=True, slots=True)
class Tally:
    """Incidents received, and where they are: received = open + linked + diverted + closed."""

    received: int
    open: int
    linked: int
    diverted: int
    closed: int

    @property
    def conserved(self) -> bool:
        """Whether every incident that was received is somewhere."""
        return self.received == self.open + self.linked + self.diverted + self.closed


@dataclass(frozen=True, slots=True)
class Tallies:
    """The counts of a jurisdiction and its response clock."""

    at: datetime
    total: Tally
    by_kind: dict[str, Tally]
    dispatched: int
    cases_filed: int
    cases_closed: int
    response_clock: dict[str, dispatch.ClockFigures]


def tallies(*, since: datetime | None, actor: Actor, at: datetime) -> Tallies:
    """Return the counts in scope; the response clock over incidents received after `since`."""
    require(actor, "tally.read")
    by_kind = {
        count.kind: Tally(count.received, count.open, count.linked, count.diverted, count.closed)
        for count in dispatch.counts_by_kind()
    }
    total = Tally(
        received=sum(tally.received for tally in by_kind.values()),
        open=sum(tally.open for tally in by_kind.values()),
        linked=sum(tally.linked for tally in by_kind.values()),
        diverted=sum(tally.diverted for tally in by_kind.values()),
        closed=sum(tally.closed for tally in by_kind.values()),
    )
    cases = casework.counts()
    rules = desk_clocks(actor.area_low, at.date())
    return Tallies(
        at=at,
        total=total,
        by_kind=by_kind,
        dispatched=dispatch.dispatched_count(),
        cases_filed=cases.filed,
        cases_closed=cases.closed,
        response_clock=dispatch.clock_figures(rules, dispatch.Selection(since=since))[None]
        if rules
        else {},
    )
