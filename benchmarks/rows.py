"""One figure beside its peer, and whether it meets its target."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from anlan_engine.statistics import percentile


@dataclass(frozen=True)
class Target:
    """What a figure has to be: a bound on the `value` or on the `ratio` to its peer."""

    of: str
    bound: float
    at_least: bool = False

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        return f"{self.of} {sign} {self.bound:g}"

    def holds(self, figure: float) -> bool:
        """Return whether a figure meets the target."""
        return figure >= self.bound if self.at_least else figure <= self.bound


@dataclass(frozen=True)
class Row:
    """One line of a result; `ratio` is value / peer_value; `interval` is its."""

    name: str
    value: float
    unit: str
    peer: str | None = None
    peer_value: float | None = None
    ratio: float | None = None
    target: str | None = None
    holds: bool | None = None
    interval: tuple[float, float] | None = None


def row(
    name: str, value: float, unit: str, *,
    peer: tuple[str, float] | None = None, target: Target | None = None,
    interval: tuple[float, float] | None = None,
) -> Row:  # fmt: skip
    """Return a row; `peer` is its name and its figure in the same unit.

    `interval` belongs to the ratio, or to the value where there is no peer.
    """
    ratio = value / peer[1] if peer else None
    holds = None
    if target is not None:
        figure = ratio if target.of == "ratio" else value
        holds = figure is not None and target.holds(figure)
    return Row(
        name=name,
        value=round(value, 3),
        unit=unit,
        peer=peer[0] if peer else None,
        peer_value=round(peer[1], 3) if peer else None,
        ratio=round(ratio, 3) if ratio is not None else None,
        target=str(target) if target else None,
        holds=holds,
        interval=tuple(round(end, 4) for end in interval) if interval else None,
    )


def milliseconds(seconds: Sequence[float], share: float) -> float:
    """Return a percentile of measured seconds, in milliseconds."""
    return 1000.0 * percentile(list(seconds), share)


def result(
    name: str, machine: dict[str, Any], rows: Sequence[Row], *, full: bool
) -> dict[str, Any]:
    """Return the result of a benchmark as plain data for JSON."""
    return {
        "benchmark": name,
        "full": full,
        "machine": machine,
        "rows": [asdict(one) for one in rows],
    }
