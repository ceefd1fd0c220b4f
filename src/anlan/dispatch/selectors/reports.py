"""Reports of the response clock: figures by group, as rows for screens and for files."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from anlan.dispatch.clock_rules import ClockRules
from anlan.dispatch.selectors.clock_figures import TOTAL, ClockFigures, clock_figures, received_by
from anlan.dispatch.selectors.clock_samples import Selection
from anlan.kernel.small_counts import hidden, is_small

COLUMNS = (
    "rules", "version", "group", "received", "clock", "measured", "missing", "p50_s", "p90_s",
    "limit_s", "priorities", "within", "share_within", "share_low", "share_high", "target", "met",
)  # fmt: skip
ALL_GROUPS = "ALL"
HIDDEN = "*"


@dataclass(frozen=True, slots=True)
class Group:
    """What was received in one group of a report, and how its clocks were kept."""

    key: str | None
    received: int
    clocks: list[ClockFigures]


def report(rules: ClockRules, selection: Selection) -> list[Group]:
    """Return the figures of all, then of each group in the order of its key."""
    received, figures = received_by(selection), clock_figures(rules, selection)
    keys = [TOTAL, *sorted(key for key in received if key is not TOTAL)]
    return [
        Group(
            key,
            received[key],
            [
                figures[key][clock.code]
                for clock in rules.clocks
                if clock.code in figures.get(key, {})
            ],
        )
        for key in keys
    ]


def as_csv(rules: ClockRules, groups: list[Group], *, published: bool) -> str:
    """Return a report as comma-separated values (RFC 4180), a row for each limit of each clock.

    `published`: for people outside. Groups with a small count are hidden with what would give them
    away, and so is a figure that rests on a small count or would tell one; shares are whole per
    cents without their interval.
    """
    text = io.StringIO()
    written = csv.writer(text)
    written.writerow(COLUMNS)
    gone = hidden({group.key: group.received for group in groups if group.key is not TOTAL})
    for group in groups:
        if published and (group.key in gone or is_small(group.received)):
            blank = [HIDDEN] * (len(COLUMNS) - 3)
            written.writerow([rules.id, rules.version, group.key or ALL_GROUPS, *blank])
            continue
        for row in _rows(group, published=published):
            written.writerow([rules.id, rules.version, group.key or ALL_GROUPS, *row])
    return text.getvalue()


def _rows(group: Group, *, published: bool) -> Iterator[list[object]]:
    for figures in group.clocks:
        for share in figures.limits:
            counted = (figures.n, figures.lacking, share.in_time, share.n - share.in_time)
            head = [group.received, figures.code]
            limit = [share.seconds, " ".join(map(str, share.priorities))]
            target = ["" if share.target is None else share.target]
            if published and any(is_small(count) for count in (*counted, share.n)):
                yield [*head, *[HIDDEN] * 4, *limit, *[HIDDEN] * 4, *target, HIDDEN]
                continue
            times = [_tidy(figures.p50_s), _tidy(figures.p90_s)]
            compliance = share.compliance
            shares = [_tidy(compliance, 4), _tidy(share.low, 4), _tidy(share.high, 4)]
            if published:
                shares = [_tidy(compliance, 2), HIDDEN, HIDDEN]
            met = "" if share.met is None else str(share.met).lower()
            yield [
                *head, figures.n, figures.lacking, *times, *limit, share.in_time, *shares,
                *target, met,
            ]  # fmt: skip


def _tidy(value: float | None, digits: int = 3) -> object:
    return "" if value is None else round(value, digits)
