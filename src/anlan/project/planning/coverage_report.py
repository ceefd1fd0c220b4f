"""The report of a placement: which sites, how much they reach, how far that is from the best."""

from dataclasses import dataclass

import numpy as np

from anlan.project.planning.drawing import Mark, drawn, mark_at
from anlan.project.planning.plots import curves
from anlan.project.planning.report import Asked, Plot, Report, Table, Words
from anlan.project.planning.tables import Places
from anlan_engine.city import City
from anlan_engine.coverage import (
    CoverAll,
    CoverMost,
    ExpectedCover,
    Goal,
    Placement,
    Remark,
    ShortestDrives,
    Status,
)

MARKS_MAX = 4_000
"""Of more demand only the heaviest places are drawn."""

CURVE_POINTS = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """A question about posts and its answer; `streets`: demand is the length of streets."""

    sites: Places
    demand: Places
    goal: Goal
    placement: Placement
    streets: bool

    @property
    def within_s(self) -> float | None:
        """What counts as in time; None where nothing does."""
        return None if isinstance(self.goal, ShortestDrives) else self.goal.within_s


def coverage_report(city: City, placed: Placed, asked: Asked, language: str) -> Report:
    """Lay out a placement."""
    words = Words("coverage", language)
    found = placed.placement
    return Report(
        title=words("title", city=city.meta["name"]),
        language=language,
        asked=asked,
        found=[
            _value(placed, words),
            _proof(placed, words),
            *(told for remark in found.reasons if (told := _remark(remark, words))),
        ],
        map=drawn(city.graph, _marks(placed)),
        plots=[_curve(placed, words)],
        tables=[_posts(placed, words)],
        notes=[
            words("note_times"),
            words("note_streets" if placed.streets else "note_demand"),
            words("note_bound"),
        ],
        data={
            "status": str(found.status),
            "value": found.value,
            "bound": found.bound,
            "gap": found.gap,
            "total_weight": found.total_weight,
            "posts": [
                {"site": placed.sites.names[post.site], "units": post.units, "fixed": post.fixed,
                 "lon": float(placed.sites.at[post.site, 0]),
                 "lat": float(placed.sites.at[post.site, 1]),
                 "serves": post.serves, "lost_without": post.lost_without}
                for post in found.posts
            ],
        },
    )  # fmt: skip


def _value(placed: Placed, words: Words) -> str:
    found, goal = placed.placement, placed.goal
    share = f"{100 * found.value / found.total_weight:.1f}"
    posts = sum(post.units for post in found.posts)
    match goal:
        case CoverAll():
            return words("value_all", posts=round(found.value), minutes=_minutes(goal.within_s))
        case CoverMost():
            return words("value_most", posts=posts, share=share, minutes=_minutes(goal.within_s))
        case ExpectedCover():
            return words(
                "value_expected", units=posts, share=share, minutes=_minutes(goal.within_s),
                busy=f"{100 * goal.busy_share:.0f}",
            )  # fmt: skip
        case ShortestDrives():
            mean = found.value / found.total_weight
            return words("value_drives", posts=posts, seconds=f"{mean:.0f}")


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:g}"


def _proof(placed: Placed, words: Words) -> str:
    found = placed.placement
    took = f"{found.took_s:.1f}"
    if found.status is Status.OPTIMAL:
        return words("proved", seconds=took)
    return words("gap", gap=f"{100 * found.gap:.2f}", seconds=took)


def _remark(remark: Remark, words: Words) -> str:
    """Tell a remark that is not told by value and proof."""
    if remark.code in ("PROVED_BEST", "GAP_LEFT"):
        return ""
    return words(f"remark_{remark.code}", **remark.facts)


def _marks(placed: Placed) -> list[Mark]:
    """Mark demand by whether it is reached, the sites, and the posts on top by number."""
    found, demand, sites = placed.placement, placed.demand, placed.sites
    within_s = np.inf if placed.within_s is None else placed.within_s
    reached = found.travel_s <= within_s
    heaviest = np.argsort(-demand.numbers["weight"], kind="stable")[:MARKS_MAX]
    marks = [
        mark_at(demand.at[row], "COVERED" if reached[row] else "MISSED", demand.names[row])
        for row in heaviest
    ]
    chosen = set(found.sites)
    marks += [
        mark_at(at, "CANDIDATE", name)
        for row, (at, name) in enumerate(zip(sites.at, sites.names, strict=True))
        if row not in chosen
    ]
    return marks + [
        mark_at(
            sites.at[post.site], "FIXED" if post.fixed else "CHOSEN", sites.names[post.site],
            str(number),
        )
        for number, post in enumerate(found.posts, 1)
    ]  # fmt: skip


def _curve(placed: Placed, words: Words) -> Plot:
    """Draw the share of demand that is reached within each time."""
    found, weight = placed.placement, placed.demand.numbers["weight"]
    order = np.argsort(found.travel_s, kind="stable")
    reached = np.isfinite(found.travel_s[order])
    minutes = found.travel_s[order][reached] / 60
    share = 100 * np.cumsum(weight[order])[reached] / weight.sum()
    kept = np.unique(np.linspace(0, max(len(minutes) - 1, 0), CURVE_POINTS).astype(int))
    svg = curves(
        words("minutes"), words("share"),
        {words("reached"): (minutes[kept].tolist(), share[kept].tolist())},
    )  # fmt: skip
    told = words(
        "curve_told", half=_at_share(minutes, share, 50), most=_at_share(minutes, share, 90)
    )
    return Plot(words("curve"), svg, told)


def _at_share(minutes: np.ndarray, share: np.ndarray, wanted: float) -> str:
    row = int(np.searchsorted(share, wanted))
    return f"{minutes[row]:.1f}" if row < len(minutes) else "∞"


def _posts(placed: Placed, words: Words) -> Table:
    columns = [words(name) for name in ("number", "post", "units", "serves", "lost", "stays")]
    total = placed.placement.total_weight
    rows = [
        (number, placed.sites.names[post.site], post.units,
         f"{100 * post.serves / total:.1f} %", _loss(placed, post.lost_without),
         words("yes" if post.fixed else "no"))
        for number, post in enumerate(placed.placement.posts, 1)
    ]  # fmt: skip
    return Table(words("posts"), columns, rows)


def _loss(placed: Placed, lost: float) -> str:
    """Tell what a post is worth: seconds of the mean drive, or a share of the demand."""
    share = lost / placed.placement.total_weight
    return f"{share:.1f} s" if isinstance(placed.goal, ShortestDrives) else f"{100 * share:.1f} %"
