"""HTTP of the response clocks: the rules, and how they were kept."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router
from pydantic import AwareDatetime

from anlan.dispatch.clock_rules import CLOCK_RULES, Clock, ClockRules
from anlan.dispatch.desk_policy import desk_clocks, reported_clocks
from anlan.dispatch.errors import BadPeriodError, UnknownClockRulesError
from anlan.dispatch.selectors import Selection
from anlan.dispatch.selectors.reports import Group, as_csv, report
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.areas import DIGITS, area_range
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import Moment, known_zone

router = Router()
PERIOD_LIMIT_DAYS = 370
By = Literal["none", "kind", "priority", "sub_district", "community", "day", "hour"]


class LimitOut(Schema):
    """A time within which a clock complies for some priorities, and the share that must."""

    seconds: int
    priorities: list[int]
    share: float | None


class ClockRuleOut(Schema):
    """One clock: between which stamps, for whom, within which limits."""

    code: str
    name_zh: str
    name_en: str
    begins: str
    ends: str
    each: Literal["INCIDENT", "UNIT"]
    units: str
    unit_kinds: list[str]
    site_kinds: list[str]
    kinds: list[str]
    limits: list[LimitOut]
    rings_s: list[int]


class ClockRulesOut(Schema):
    """One version of clock rules, with its source."""

    id: str
    version: str
    name_zh: str
    name_en: str
    source_zh: str
    source_en: str
    clocks: list[ClockRuleOut]


class ClocksInForceOut(Schema):
    """Which rules run on the actor's desk (None: none), and all that are reported."""

    desk: str | None
    rules: list[ClockRulesOut]


class ShareWithinOut(Schema):
    """The share within a time, with its 95 % Wilson interval and its target."""

    seconds: int
    priorities: list[int]
    n: int
    in_time: int
    compliance: float | None
    low: float | None
    high: float | None
    target: float | None
    met: bool | None


class FiguresOut(Schema):
    """One clock over many incidents or units; seconds, shares of 1, and why others are missing."""

    code: str
    n: int
    missing: dict[str, int]
    p50_s: float | None
    p90_s: float | None
    within: ShareWithinOut
    limits: list[ShareWithinOut]
    rings: list[ShareWithinOut]


class GroupOut(Schema):
    """One group of a report; `key` is None for all of them together."""

    key: str | None
    received: int
    clocks: list[FiguresOut]


class ReportOfClocksOut(Schema):
    """How the clocks of one rule were kept in a period."""

    rules: ClockRulesOut
    since: AwareDatetime
    until: AwareDatetime
    by: By
    groups: list[GroupOut]


class ReportQuery(Schema):
    """Which report: of which incidents, by what, against which rules (the desk's by default)."""

    since: Moment
    until: Moment
    rules: str | None = Field(None, max_length=48)
    by: By = "none"
    kind: str | None = Field(None, max_length=40)
    priority: int | None = Field(None, ge=1, le=4)
    area: int | None = Field(None, ge=10 ** (DIGITS - 1), lt=10**DIGITS)
    zone: str = Field("UTC", max_length=64)


def _rule_out(rule: Clock) -> ClockRuleOut:
    return ClockRuleOut(
        code=rule.code,
        name_zh=rule.name_zh,
        name_en=rule.name_en,
        begins=rule.begins,
        ends=rule.ends,
        each=rule.each,
        units=str(rule.which) if rule.of_units else "",
        unit_kinds=list(rule.unit_kinds),
        site_kinds=list(rule.site_kinds),
        kinds=list(rule.kinds),
        limits=[
            LimitOut(seconds=one.seconds, priorities=list(one.priorities), share=one.share)
            for one in rule.limits
        ],
        rings_s=list(rule.rings_s),
    )


def _rules_out(rules: ClockRules) -> ClockRulesOut:
    return ClockRulesOut(
        id=rules.id,
        version=rules.version,
        name_zh=rules.name_zh,
        name_en=rules.name_en,
        source_zh=rules.source_zh,
        source_en=rules.source_en,
        clocks=[_rule_out(one) for one in rules.clocks],
    )


@router.get("/clock-rules", response=ClocksInForceOut, operation_id="get_clock_rules")
def get_clock_rules(request: HttpRequest) -> ClocksInForceOut:
    """Show the response clocks: those that run on the desk, and those that are reported."""
    actor, day = actor_of(request), clock.now().date()
    require(actor, "tally.read")
    desk = desk_clocks(actor.area_low, day)
    shown = {one.id: one for one in ([desk] if desk else []) + reported_clocks(day)}
    return ClocksInForceOut(
        desk=desk.id if desk else None, rules=[_rules_out(one) for one in shown.values()]
    )


def _asked(request: HttpRequest, query: ReportQuery) -> tuple[ClockRules, list[Group]]:
    """Return the rules and the figures that a request asks for."""
    actor = actor_of(request)
    require(actor, "figure.read")
    _check_period(query.since, query.until)
    day = clock.now().date()
    desk = desk_clocks(actor.area_low, day)
    rules = CLOCK_RULES.in_force(day).get(query.rules) if query.rules else desk
    if rules is None:
        raise UnknownClockRulesError(field="rules", rule="known")
    low, high = area_range(query.area) if query.area else (None, None)
    selection = Selection(
        since=query.since,
        until=query.until,
        kinds=(query.kind,) if query.kind else (),
        priorities=(query.priority,) if query.priority else (),
        area_low=low,
        area_high=high,
        by=query.by,
        zone=known_zone(query.zone),
    )
    return rules, report(rules, selection)


def _check_period(since: datetime, until: datetime) -> None:
    if not timedelta(0) < until - since <= timedelta(days=PERIOD_LIMIT_DAYS):
        raise BadPeriodError(field="until", rule="after_since_within_370_days")


@router.get("/clock-figures", response=ReportOfClocksOut, operation_id="get_clock_figures")
def get_clock_figures(
    request: HttpRequest, query: Annotated[ReportQuery, Query(...)]
) -> ReportOfClocksOut:
    """Measure the clocks of a rule over a period: percentiles, shares, and what is missing."""
    rules, groups = _asked(request, query)
    return ReportOfClocksOut(
        rules=_rules_out(rules),
        since=query.since,
        until=query.until,
        by=query.by,
        groups=[GroupOut.model_validate(one, from_attributes=True) for one in groups],
    )


@router.get("/clock-figures.csv", operation_id="download_clock_figures")
def get_clock_figures_csv(
    request: HttpRequest,
    query: Annotated[ReportQuery, Query(...)],
    published: bool = True,  # noqa: FBT001, FBT002 - the query's own name
) -> HttpResponse:
    """Download the same report as CSV; with small counts hidden unless it stays in the house."""
    rules, groups = _asked(request, query)
    content = "\ufeff" + as_csv(rules, groups, published=published)  # so that Excel reads UTF-8
    name = f"{rules.id}-{query.since:%Y%m%d}-{query.until:%Y%m%d}.csv"
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
