"""From counts to what is drawn: adjusted shares, their limits, and how much they tell."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from anlan.casework.evaluation.models import Figure


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure as shares; all None where it is hidden, those compared None where nothing is."""

    rate: float | None = None
    expected: float | None = None
    adjusted: float | None = None
    weight: float | None = None
    low: float | None = None
    high: float | None = None
    outer_low: float | None = None
    outer_high: float | None = None

    def as_dict(self) -> dict[str, float | None]:
        """Return the fields by their names."""
        return asdict(self)


def spread_of(figure: Figure, whole: Mapping[str, Any]) -> Spread:
    """Return a figure as shares.

    The adjusted share is observed over expected, times the share of all organisations together;
    limits likewise. Of a share near the whole it may come out above 1, and is then 1. The weight is
    the square of what is expected over its variance, that of a count of the same precision.
    """
    rate = figure.hits / figure.cases if figure.cases else None
    limits = (figure.low, figure.high, figure.outer_low, figure.outer_high)
    if None in limits or not whole["cases"] or figure.expected <= 0:
        return Spread(rate=rate, expected=figure.expected if figure.compared else None)
    usual = whole["hits"] / whole["cases"]
    adjusted, *ends = (
        min(1.0, count / figure.expected * usual)
        for count in (figure.hits, *limits)
        if count is not None
    )
    return Spread(rate, figure.expected, adjusted, figure.expected**2 / figure.variance, *ends)
