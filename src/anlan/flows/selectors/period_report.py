"""A day, week or month of a centre in figures: demand, response, closing, rework, workload.

Every figure is one row, the same on the page and in a file, and names the rows it counts
(`anlan.flows.selectors.period_rows`). Workload is an organisation's: an office so small that its
figures would be a person's is counted with the others like it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from anlan.casework.evaluation.rules import rules_on
from anlan.casework.selectors.period import (
    Outcomes,
    filed_count,
    outcomes,
    outcomes_by_organisation,
)
from anlan.dispatch.clock_rules import Clock, ClockRules
from anlan.dispatch.desk_policy import desk_clocks
from anlan.dispatch.selectors import ClockFigures, Selection, clock_figures, received_by
from anlan.dispatch.selectors.period import percentile_intervals
from anlan.kernel.access import Actor, require
from anlan.kernel.areas import STREET_DIVISOR
from anlan.orgs.selectors import grid_offices_of_few, organisation_names
from anlan.places.selectors import jurisdiction_names
from anlan_engine.statistics import Interval, wilson_interval

SPANS = ("day", "week", "month")
Span = Literal["day", "week", "month"]
Part = Literal["demand_hour", "demand_area", "response", "closing", "rework", "workload"]
FEW = "FEW"
"""The key of the offices that are too small to be told apart."""
CLOSING = ("promise_kept",)
REWORK = ("reworked", "first_check", "confirmed", "returned", "refused_in_vain")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: of which part, what (`code`) about what (`key`), its value and 95 % interval.

    `unit` is COUNT, SECONDS or SHARE; `n` of how many a share or a percentile is. `low` and `high`
    are None where so few values leave that side open.
    """

    part: Part
    code: str
    key: str
    value: float | None
    unit: Literal["COUNT", "SECONDS", "SHARE"] = "COUNT"
    n: int | None = None
    low: float | None = None
    high: float | None = None
    name_zh: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """Some whole days of a time zone, both ends included."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def since(self) -> datetime:
        """When the first day begins."""
        return datetime.combine(self.first, time(), self.zone)

    @property
    def until(self) -> datetime:
        """When the last day is over."""
        return datetime.combine(self.last + timedelta(days=1), time(), self.zone)

    def selection(self, by: str = "none") -> Selection:
        """Return the incidents received within."""
        return Selection(since=self.since, until=self.until, by=by, zone=str(self.zone))


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """The figures of a period, as they were at a time, and by which rules the clocks ran."""

    at: datetime
    period: Period
    rules: ClockRules | None
    figures: tuple[Figure, ...]


def period_of(span: Span, day: date, zone: ZoneInfo) -> Period:
    """Return the day, the week from Monday or the calendar month that `day` lies in."""
    if span == "day":
        return Period(day, day, zone)
    if span == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6), zone)
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return Period(first, after - timedelta(days=1), zone)


def period_report(period: Period, *, actor: Actor, at: datetime) -> PeriodReport:
    """Return the figures of a period, of the area of `actor`."""
    require(actor, "figure.read")
    rules = desk_clocks(actor.area_low, at.date())
    found = [*_demand(period), *_response(period, rules), *_cases(period), *_workload(period, at)]
    return PeriodReport(at, period, rules, tuple(found))


def _demand(period: Period) -> Iterator[Figure]:
    hours = received_by(period.selection("hour"))
    for hour in range(24):
        key = f"{hour:02}"
        yield Figure("demand_hour", "received", key, hours.get(key, 0))
    areas = received_by(period.selection("sub_district"))
    known = {key: int(key) * STREET_DIVISOR for key in areas if key is not None}
    names = jurisdiction_names(known.values())
    for key, area in sorted(known.items(), key=lambda pair: (-areas[pair[0]], pair[0])):
        name_zh, name_en = names.get(area, (key, key))
        yield Figure("demand_area", "received", key, areas[key], name_zh=name_zh, name_en=name_en)


def _response(period: Period, rules: ClockRules | None) -> Iterator[Figure]:
    if rules is None:
        return
    measured = clock_figures(rules, period.selection())[None]
    for clock in rules.clocks:
        yield from _clock(clock, measured[clock.code], period)


def _clock(clock: Clock, figures: ClockFigures, period: Period) -> Iterator[Figure]:
    n, within, about = figures.n, figures.within, (clock.name_zh, clock.name_en)
    yield _named(Figure("response", "measured", clock.code, n), about)
    yield _named(Figure("response", "missing", clock.code, figures.lacking), about)
    intervals = percentile_intervals(clock, period.selection(), n) if n else [(None, None)] * 2
    for code, value, (low, high) in zip(
        ("p50", "p90"), (figures.p50_s, figures.p90_s), intervals, strict=True
    ):
        yield _named(Figure("response", code, clock.code, value, "SECONDS", n, low, high), about)
    kept = Figure(
        "response", "within", clock.code, within.compliance, "SHARE", n, within.low, within.high
    )
    yield _named(kept, about)


def _named(figure: Figure, names: tuple[str, str]) -> Figure:
    return replace(figure, name_zh=names[0], name_en=names[1])


def _share(part: Part, code: str, counts: tuple[int, int]) -> Figure:
    n, hits = counts
    interval = wilson_interval(hits, n) if n else Interval(0.0, 1.0)
    if not n:
        return Figure(part, code, "", None, "SHARE", 0)
    return Figure(part, code, "", hits / n, "SHARE", n, interval.low, interval.high)


def _cases(period: Period) -> Iterator[Figure]:
    found = outcomes(period.first, period.last)
    yield Figure("closing", "filed", "", filed_count(period.since, period.until))
    yield Figure("closing", "closed", "", found.closed)
    for code in CLOSING:
        yield _share("closing", code, found.measures[code])
    for code in REWORK:
        yield _share("rework", code, found.measures[code])


def _workload(period: Period, at: datetime) -> Iterator[Figure]:
    found = outcomes_by_organisation(period.first, period.last)
    few = grid_offices_of_few(rules_on(at.date()).least_members)
    names = organisation_names(found)
    for organisation, counted in found.items():
        if organisation not in few and organisation in names:
            yield from _load(str(organisation), counted, names[organisation])
    small = [counted for organisation, counted in found.items() if organisation in few]
    if small:
        together = Outcomes(
            sum(one.closed for one in small),
            {
                code: (
                    sum(one.measures[code][0] for one in small),
                    sum(one.measures[code][1] for one in small),
                )
                for code in small[0].measures
            },
        )
        yield from _load(FEW, together, ("", ""))


def _load(key: str, counted: Outcomes, names: tuple[str, str]) -> Iterator[Figure]:
    counts = {"closed": counted.closed} | {
        code: counted.measures[code][1] for code in ("in_time", "reworked")
    }
    for code, count in counts.items():
        yield _named(Figure("workload", code, key, count), names)


def organisation_of(key: str) -> UUID | None:
    """Return the organisation that a figure of workload is about; None for the small offices."""
    return None if key in ("", FEW) else UUID(key)
