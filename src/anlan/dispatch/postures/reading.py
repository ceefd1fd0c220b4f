"""What the rows of a study say: figures with intervals, and the response in each cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from anlan_engine.simulate import CallFigures, Estimate, weighed

Figure = Literal["p50_s", "p90_s", "late_share", "unserved_share", "busy_share"]
FIGURES: tuple[tuple[Figure, str], ...] = (
    ("p50_s", "response_s_p50"),
    ("p90_s", "response_s_p90"),
    ("late_share", "late_share"),
    ("unserved_share", "unserved_share"),
)
LEAST_REPLICATIONS = 2
DIGITS = 15


class LineRead(NamedTuple):
    """One figure of a, of b, and b less a; `priority` None for all calls."""

    figure: Figure
    priority: int | None
    a: Estimate
    b: Estimate
    difference: Estimate


@dataclass(frozen=True, slots=True)
class AreaRead:
    """A cell, its part of past demand, and the mean response there under a and under b."""

    area: str
    lon: float
    lat: float
    demand_share: float
    a_s: float | None
    b_s: float | None


def lines_of(
    samples: Sequence[Sequence[Sequence[float | None]]], question: Mapping[str, Any]
) -> list[LineRead]:
    """Return the figures of a study, those of all calls first; none before two replications."""
    if len(samples) < LEAST_REPLICATIONS:
        return []
    rows = np.array(samples, np.float64)  # None becomes NaN
    three = weighed(rows[:, 0], rows[:, 1])
    asked = sorted({one["priority"] for one in question["jobs"]})
    lines = list(_lines(None, [one.calls for one in three]))
    # Where all calls are of one priority, its figures are those of all.
    for priority in asked if len(asked) > 1 else ():
        lines += _lines(priority, [one.by_priority[priority - 1] for one in three])
    busy: list[Estimate] = [one.units.busy_share for one in three]
    return [*lines, LineRead("busy_share", None, *busy)]


def _lines(priority: int | None, three: Sequence[CallFigures]) -> Iterator[LineRead]:
    for figure, name in FIGURES:
        yield LineRead(figure, priority, *(getattr(one, name) for one in three))


def areas_of(sums: Sequence[Any], question: Mapping[str, Any]) -> list[AreaRead]:
    """Return the cells of a study, the slowest under either posture first."""
    cells = question["cells"]
    total = sum(cell[3] for cell in cells)
    added = np.array(sums) if len(sums) else np.zeros((2, 2, len(cells)))
    found = [
        AreaRead(
            f"{int(code):0{DIGITS}d}", lon, lat, weight / total,
            _mean(added[0], row), _mean(added[1], row),
        )
        for row, (code, lon, lat, weight) in enumerate(cells)
    ]  # fmt: skip
    return sorted(found, key=lambda one: -max(one.a_s or 0.0, one.b_s or 0.0))


def _mean(added: Any, row: int) -> float | None:
    """Return the mean response in a cell; None where no call there was served."""
    response_s, served = added[:, row]
    return float(response_s / served) if served else None
