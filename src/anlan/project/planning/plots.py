"""Plots as SVG with text that the reader's own fonts draw."""

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

SIZE_INCHES = (9.0, 3.4)
COLOURS = ("#0b5cad", "#b3261e", "#8a5a00", "#28724f")
HATCHES = ("", "//", "..", "xx")
STYLES = ("-", "--", ":", "-.")
"""Series differ by hatch or dash as well as by colour."""


@contextmanager
def _axes(xlabel: str, ylabel: str) -> Iterator[tuple[Axes, io.StringIO]]:
    """Give axes to draw on; the SVG is in the file afterwards."""
    file = io.StringIO()
    text_as_text = mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "anlan"})
    with text_as_text, warnings.catch_warnings():
        # The fonts here only measure the text; a browser draws it with fonts that know Chinese.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=SIZE_INCHES, layout="constrained")
        axes = figure.subplots()
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_xlabel(xlabel)
        axes.set_ylabel(ylabel)
        yield axes, file
        if axes.get_legend_handles_labels()[1]:
            axes.legend(frameon=False)
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})


def _element(file: io.StringIO) -> str:
    """Return the svg element alone, without the XML header."""
    text = file.getvalue()
    return text[text.index("<svg") :]


def curves(
    xlabel: str, ylabel: str, series: Mapping[str, tuple[Sequence[float], Sequence[float]]]
) -> str:
    """Draw named curves of (x, y)."""
    with _axes(xlabel, ylabel) as (axes, file):
        for number, (name, (across, up)) in enumerate(series.items()):
            style = STYLES[number % len(STYLES)]
            axes.plot(across, up, style, color=COLOURS[number % len(COLOURS)], label=name)
        axes.set_ylim(bottom=0)
    return _element(file)


def intervals(
    xlabel: str, names: Sequence[str], middle: Sequence[float],
    ends: Sequence[tuple[float, float]], *, at_zero: bool = False,
) -> str:  # fmt: skip
    """Draw one interval a row, with its middle; a line at zero for differences."""
    with _axes(xlabel, "") as (axes, file):
        rows = range(len(names))
        low = [value - end[0] for value, end in zip(middle, ends, strict=True)]
        high = [end[1] - value for value, end in zip(middle, ends, strict=True)]
        axes.errorbar(middle, rows, xerr=[low, high], fmt="s", color=COLOURS[0], capsize=4)
        axes.set_yticks(rows, names)
        axes.set_ylim(len(names) - 0.5, -0.5)
        if at_zero:
            axes.axvline(0, color="#777777", linewidth=1)
    return _element(file)


def bars(
    xlabel: str, ylabel: str, names: Sequence[str], series: Mapping[str, Sequence[float]]
) -> str:
    """Draw named groups of bars over the same names."""
    with _axes(xlabel, ylabel) as (axes, file):
        wide = 0.8 / max(len(series), 1)
        for number, (name, values) in enumerate(series.items()):
            at = [row + wide * (number - (len(series) - 1) / 2) for row in range(len(names))]
            axes.bar(
                at, values, wide, label=name if len(series) > 1 else None,
                color=COLOURS[number % len(COLOURS)], hatch=HATCHES[number % len(HATCHES)],
                edgecolor="white",
            )  # fmt: skip
        axes.set_xticks(range(len(names)), names)
    return _element(file)
