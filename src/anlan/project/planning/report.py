"""A report: what was asked, the answer in words, a map, plots, tables. For people and as JSON."""

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from rich.console import Console
from rich.table import Table as TerminalTable

from anlan import __version__
from anlan.kernel.wording import word
from anlan.project.planning.drawing import Drawn

TEMPLATES = Path(__file__).parent / "templates"
TERMINAL_ROWS_MAX = 20
"""More rows of a table stand in the written report alone."""

Cell = str | int | float | None

Asked = Sequence[tuple[str, str]]
"""Names and values of what an answer depends on."""


class Words:
    """The words of one kind of report in one language: messages `plan.KIND.*`."""

    def __init__(self, kind: str, language: str) -> None:
        self._kind = kind
        self._language = language

    def __call__(self, key: str, **facts: object) -> str:
        """Return the message with its facts filled in."""
        return word(f"plan.{self._kind}.{key}", self._language, **facts)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; numbers are shown as they are given, None as a dash."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of numbers: SVG, and its content in one sentence for those who do not see it."""

    title: str
    svg: str
    told: str

    @property
    def address(self) -> str:
        """The picture as an address: so its own styles are no styles of the page."""
        return f"data:image/svg+xml;base64,{b64encode(self.svg.encode()).decode()}"


@dataclass(frozen=True, slots=True)
class Report:
    """What one command found.

    Attributes
    ----------
    title : str
    language : str
        One of :data:`anlan.kernel.wording.LANGUAGES`.
    asked : sequence of (str, str)
        Everything the answer depends on: files, city, limits, seeds; the names are those of
        messages `plan.asked.*`.
    found : sequence of str
        The answer, in sentences.
    map, plots, tables
        What shows it.
    notes : sequence of str
        Method, accuracy, what was left out.
    data : mapping
        The same as plain values, for other programs.
    """

    title: str
    language: str
    asked: Asked
    found: Sequence[str]
    map: Drawn | None = None
    plots: Sequence[Plot] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()
    data: dict[str, Any] = field(default_factory=dict)

    def page(self, attribution: str) -> str:
        """Return the report as one HTML page that loads nothing and paints by one style alone."""
        legend = [(kind, word(f"plan.kind.{kind}", self.language)) for kind in self.kinds()]
        words = {
            name: word(f"plan.page.{name}", self.language)
            for name in ("asked", "found", "map", "legend", "notes", "made_by", "to_scale")
        }
        style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
        digest = b64encode(sha256(style.encode()).digest()).decode()
        engine = Engine(dirs=[str(TEMPLATES)], autoescape=True)
        text: str = engine.get_template("report.html").render(
            Context(
                {"report": self, "legend": legend, "words": words, "attribution": attribution,
                 "asked": [(word(f"plan.asked.{name}", self.language), value)
                           for name, value in self.asked], "version": __version__,
                 "style": style, "style_digest": f"sha256-{digest}"}
            )
        )  # fmt: skip
        return text

    def kinds(self) -> Sequence[str]:
        """Return the kinds on the map."""
        return self.map.kinds if self.map else ()

    def json(self) -> str:
        """Return what was asked and found as JSON."""
        whole = {"title": self.title, "asked": dict(self.asked), "found": self.found, **self.data}
        return json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False)

    def show(self, console: Console) -> None:
        """Print the answer and the beginning of each table."""
        console.print(self.title, style="bold", markup=False)
        for sentence in self.found:
            console.print(sentence, markup=False)
        for table in self.tables:
            console.print(_for_terminal(table))
            left = len(table.rows) - TERMINAL_ROWS_MAX
            if left > 0:
                console.print(word("plan.page.more_rows", self.language, rows=left), markup=False)


def shown(cell: Cell) -> str:
    """Return a cell as text."""
    if cell is None:
        return "–"
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def _for_terminal(table: Table) -> TerminalTable:
    laid = TerminalTable(title=table.title, title_justify="left")
    for number, column in enumerate(table.columns):
        numeric = all(not isinstance(row[number], str) for row in table.rows)
        laid.add_column(column, justify="right" if numeric else "left")
    for row in table.rows[:TERMINAL_ROWS_MAX]:
        laid.add_row(*(shown(cell) for cell in row))
    return laid
