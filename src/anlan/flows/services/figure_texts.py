"""How the figures of a report are written for people, the same on paper as on the page."""

from decimal import ROUND_HALF_UP, Decimal

from anlan.flows.selectors.period_report import FEW, Figure
from anlan.kernel.wording import word

NONE = "–"
TENTH = Decimal("0.1")


def written(figure: Figure, value: float | None) -> str:
    """Return a value in the unit of its figure; a dash where there is none."""
    if value is None:
        return NONE
    if figure.unit == "SHARE":
        return f"{Decimal(value * 100).quantize(TENTH, ROUND_HALF_UP)} %"
    return span(value) if figure.unit == "SECONDS" else str(int(value))


def span(seconds: float) -> str:
    """Return whole seconds, cut off, as `4:05` or `1:02:03`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def interval(figure: Figure) -> str:
    """Return the 95 % interval of a figure; a dash for a side that is open, "" without one."""
    if figure.low is None and figure.high is None:
        return ""
    return f"{written(figure, figure.low)} – {written(figure, figure.high)}"


def about(figure: Figure, language: str) -> str:
    """Return the name of what a figure is about: an hour, an area, a clock, an organisation."""
    if figure.key == FEW:
        return word("paper.few", language)
    if figure.part == "demand_hour":
        return f"{figure.key}:00"
    named = figure.name_en if language == "en" else figure.name_zh
    return named or figure.name_zh or figure.key or word("paper.whole_area", language)
