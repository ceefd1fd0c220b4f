"""The report of a simulation: how fast units arrive and how often late, with intervals."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Self

import numpy as np

from anlan.project.planning.drawing import Mark, drawn, mark_at
from anlan.project.planning.plots import intervals
from anlan.project.planning.report import Asked, Plot, Report, Table, Words
from anlan.project.planning.simulation import CallsText, PostureText, Scene
from anlan_engine.city import City
from anlan_engine.simulate import CallFigures, Comparison, Estimate, Figures, Outcome

PLACES_MAX = 4_000
"""Of more places of demand only the busiest are drawn."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was simulated: one posture, or two and their difference.

    Attributes
    ----------
    priorities : tuple of str
        Names, the most urgent first.
    outcomes : tuple of Outcome
    difference : Figures or None
        The second less the first.
    """

    priorities: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    difference: Figures | None

    @classmethod
    def alone(cls, calls: CallsText, outcome: Outcome) -> Self:
        """Tell of one posture."""
        return cls(tuple(one.name for one in calls.priorities), (outcome,), None)

    @classmethod
    def compared(cls, calls: CallsText, comparison: Comparison) -> Self:
        """Tell of two."""
        names = tuple(one.name for one in calls.priorities)
        return cls(names, (comparison.a, comparison.b), comparison.difference)


@dataclass(frozen=True, slots=True)
class _Figure:
    """One line of the tables: where it is found, its factor and its decimals."""

    name: str
    of: Callable[[Figures], Estimate]
    factor: float = 1.0
    decimals: int = 1


def simulation_report(
    city: City, scene: Scene, texts: Sequence[PostureText], told: Told, asked: Asked, language: str
) -> Report:
    """Lay out a simulation."""
    words = Words("simulate", language)
    compared = told.difference is not None
    return Report(
        title=words(
            "title_compared" if compared else "title", city=city.meta["name"],
            postures=" / ".join(one.posture for one in told.outcomes),
        ),
        language=language,
        asked=asked,
        found=_compared(told, words) if compared else _alone(told, words),
        map=drawn(city.graph, _marks(scene, texts)),
        plots=[_plot(told, words)],
        tables=[_figures(told, words), *_by_priority(told, words)],
        notes=[
            words("note_same_calls" if compared else "note_calls"),
            words("note_interval", confidence=f"{100 * told.outcomes[0].confidence:.0f}"),
            words("note_positions"),
        ],
        data={
            "postures": [asdict(one) for one in told.outcomes],
            "difference": asdict(told.difference) if told.difference else None,
        },
    )  # fmt: skip


LINES = (
    _Figure("calls", lambda figures: figures.calls.calls_per_day),
    _Figure("mean", lambda figures: figures.calls.response_s_mean, decimals=0),
    _Figure("p50", lambda figures: figures.calls.response_s_p50, decimals=0),
    _Figure("p90", lambda figures: figures.calls.response_s_p90, decimals=0),
    _Figure("late", lambda figures: figures.calls.late_share, 100, 2),
    _Figure("waited", lambda figures: figures.calls.waited_share, 100, 2),
    _Figure("unserved", lambda figures: figures.calls.unserved_share, 100, 2),
    _Figure("busy", lambda figures: figures.units.busy_share, 100),
    _Figure("waiting", lambda figures: figures.units.waiting_most),
    _Figure("diverted", lambda figures: figures.units.diverted_per_day),
    _Figure("relocated", lambda figures: figures.units.relocated_per_day),
)


def _shown(estimate: Estimate, line: _Figure, *, signed: bool = False) -> str:
    """Write an estimate with its interval."""
    sign = "+" if signed else ""
    if np.isnan(estimate.value):
        return "–"
    value, low, high = (
        f"{line.factor * number:{sign}.{line.decimals}f}"
        for number in (estimate.value, estimate.low, estimate.high)
    )
    return f"{value} [{low}, {high}]"


def _figures(told: Told, words: Words) -> Table:
    columns = [words("figure"), *(one.posture for one in told.outcomes)]
    if told.difference:
        columns.append(words("difference"))
    rows = []
    for line in LINES:
        row = [words(line.name), *(_shown(line.of(one.figures), line) for one in told.outcomes)]
        if told.difference:
            row.append(_shown(line.of(told.difference), line, signed=True))
        rows.append(row)
    return Table(words("figures"), columns, rows)


def _lines_of(priority: int) -> tuple[_Figure, ...]:
    """List what is told of one priority."""

    def calls(figures: Figures) -> CallFigures:
        return figures.by_priority[priority]

    return (
        _Figure("mean", lambda figures: calls(figures).response_s_mean, decimals=0),
        _Figure("p90", lambda figures: calls(figures).response_s_p90, decimals=0),
        _Figure("late", lambda figures: calls(figures).late_share, 100, 2),
    )


def _by_priority(told: Told, words: Words) -> list[Table]:
    """Give one table of response and lateness for each priority."""
    tables = []
    for number, name in enumerate(told.priorities):
        lines = _lines_of(number)
        columns = [words("figure"), *(one.posture for one in told.outcomes)]
        rows = [
            [words(line.name), *(_shown(line.of(one.figures), line) for one in told.outcomes)]
            for line in lines
        ]
        if told.difference is not None:
            columns.append(words("difference"))
            for row, line in zip(rows, lines, strict=True):
                row.append(_shown(line.of(told.difference), line, signed=True))
        tables.append(Table(words("priority", name=name), columns, rows))
    return tables


def _alone(told: Told, words: Words) -> list[str]:
    calls = told.outcomes[0].figures.calls
    return [
        words(
            "alone", mean=f"{calls.response_s_mean.value:.0f}",
            p90=f"{calls.response_s_p90.value:.0f}",
        ),
        words(
            "late_share", late=_percent(calls.late_share.value),
            low=_percent(calls.late_share.low), high=_percent(calls.late_share.high),
        ),
    ]  # fmt: skip


def _percent(share: float) -> str:
    return f"{100 * share:.2f}"


def _compared(told: Told, words: Words) -> list[str]:
    """Say which of two is better, only where the interval says so."""
    first, second = told.outcomes
    found = []
    difference = told.difference or second.figures
    for name, factor, apart in (
        ("late", 100, difference.calls.late_share),
        ("mean", 1, difference.calls.response_s_mean),
    ):
        verdict = "same" if not apart.excludes_zero else "less" if apart.high < 0 else "more"
        low, high = f"{factor * apart.low:+.2f}", f"{factor * apart.high:+.2f}"
        facts = {"a": first.posture, "b": second.posture, "low": low, "high": high}
        found.append(words(f"{name}_{verdict}", by=f"{abs(factor * apart.value):.2f}", **facts))
    return found


def _plot(told: Told, words: Words) -> Plot:
    """Draw late shares by priority: of the posture, or the differences of the two."""
    names = [words("all"), *told.priorities]
    shown: Figures = told.difference or told.outcomes[0].figures
    estimates = [shown.calls.late_share, *(one.late_share for one in shown.by_priority)]
    rows = [
        (name, 100 * one.value, (100 * one.low, 100 * one.high))
        for name, one in zip(names, estimates, strict=True)
        if np.isfinite(one.low)
    ]
    svg = intervals(
        words("late_apart" if told.difference else "late"),
        [name for name, _, _ in rows],
        [value for _, value, _ in rows],
        [ends for _, _, ends in rows],
        at_zero=told.difference is not None,
    )
    said = "; ".join(
        f"{name} {value:.2f} [{low:.2f}, {high:.2f}]" for name, value, (low, high) in rows
    )
    return Plot(words("plot_apart" if told.difference else "plot"), svg, said)


def _marks(scene: Scene, texts: Sequence[PostureText]) -> list[Mark]:
    """Mark where calls come from, and the stations of each posture."""
    weight = scene.pattern.weights()
    busiest = np.argsort(-weight, kind="stable")[:PLACES_MAX]
    marks = [mark_at(scene.at[row], "DEMAND", "") for row in busiest if weight[row] > 0]
    for kind, text in zip("AB", texts, strict=False):
        count: dict[int, int] = {}
        for home in text.home:
            count[home] = count.get(home, 0) + 1
        for row, (name, (lon, lat)) in enumerate(text.stations):
            marks.append(Mark(lon, lat, kind, f"{text.name}: {name}", str(count.get(row, 0))))
    return marks
