"""The share of calls for help that were valid, by month, and what went to casework and back."""

from dataclasses import dataclass
from datetime import date, datetime

from anlan.dispatch.selectors.whereabouts import MonthAtDesk, months_at_desk
from anlan.intake.selectors import direct_cases_by_month
from anlan.kernel.access import Actor, require
from anlan_engine.statistics import wilson_interval

MONTHS_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Month:
    """One month: calls = valid + diverted + straight to casework + false alarms.

    `valid_share` is valid calls among all, with its 95 % Wilson interval.
    """

    month: date
    calls: int
    valid: int
    diverted: int
    to_casework: int
    false_alarms: int
    sent_over: int
    came_back: int
    valid_share: float
    valid_share_low: float
    valid_share_high: float


def months(*, zone: str, count: int, actor: Actor, at: datetime) -> list[Month]:
    """Return the latest `count` months with calls in scope, the latest first.

    A call counts in the month in which it, or the incident it joined, was received.
    """
    require(actor, "tally.read")
    straight = direct_cases_by_month(zone, count, at)
    desk = {one.month: one for one in months_at_desk(zone, count, at)}
    latest = sorted(straight.keys() | desk.keys(), reverse=True)[:count]
    return [_month(one, desk.get(one), straight.get(one, 0)) for one in latest]


def _month(month: date, desk: MonthAtDesk | None, straight: int) -> Month:
    found = desk or MonthAtDesk(month, 0, 0, 0, 0, 0)
    calls = found.reports + straight
    valid = found.reports - found.diverted - found.false_alarms
    interval = wilson_interval(valid, calls)
    return Month(
        month=month,
        calls=calls,
        valid=valid,
        diverted=found.diverted,
        to_casework=straight,
        false_alarms=found.false_alarms,
        sent_over=found.sent_over,
        came_back=found.came_back,
        valid_share=valid / calls,
        valid_share_low=interval.low,
        valid_share_high=interval.high,
    )
