"""A period's report on paper: what the page shows, drawn too, and what each figure means.

Each figure stands beside its bar or in a table, written as the page writes it. Before them stands
of what the report is, who took it and what for; the foot of each page says it again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from django.conf import settings

from anlan.flows.selectors.period_report import Figure, Part, PeriodReport, Span
from anlan.flows.services.figure_texts import about, interval, written
from anlan.flows.services.paper import BAR_MM, COLUMNS_MM, Paper
from anlan.kernel.wording import catalogue, word

PARTS: tuple[Part, ...] = get_args(Part)
WORDS = "paper."
FACTS_MM, DEFINITIONS_MM = (38.0, 140.0), (46.0, 132.0)
FIGURES_MM = (96.0, 24.0, 40.0, 18.0)
PAGE_MM = 178.0
ROOM_MM = {"demand_hour": COLUMNS_MM + 12, "demand_area": 3 * BAR_MM, "response": 5 * BAR_MM}
LEAST_ROOM_MM = 24.0


@dataclass(frozen=True, slots=True)
class Taken:
    """Of which centre a report is, who takes it home, and what for."""

    centre: str
    by: str
    purpose: str


def as_pdf(report: PeriodReport, span: Span, taken: Taken, *, language: str) -> bytes:
    """Return a report as a PDF document, in the typeface and the words of the console."""
    return _Writing(report, span, taken, language).document()


class _Writing:
    def __init__(self, report: PeriodReport, span: Span, taken: Taken, language: str) -> None:
        self.report, self.taken, self.language = report, taken, language
        first, last = report.period.first, report.period.last
        self.title = self.say(f"title.{span}")
        self.days = str(first) if first == last else f"{first} – {last}"
        self.facts = tuple(self._facts())
        foot = " · ".join((self.title, taken.centre, self.days, self.say("by", name=taken.by)))
        page_of = self.say("page", page="{page}", pages="{pages}")
        self.paper = Paper(foot, page_of, language=language, at=report.at)

    def say(self, key: str, **facts: object) -> str:
        return word(WORDS + key, self.language, **facts)

    def document(self) -> bytes:
        words = [text for key, text in catalogue(self.language).items() if key.startswith(WORDS)]
        names = [about(one, self.language) for one in self.report.figures]
        facts = [text for row in self.facts for text in row]
        latin = "".join(map(chr, range(0x20, 0x7F)))
        self.paper.write_in(settings.CONSOLE_FOLDER, "".join([*words, *names, *facts, latin, "·…"]))
        self.paper.add_page()
        self.paper.title_line(self.title, f"{self.taken.centre} · {self.days}")
        self.paper.rows(self.facts, widths=FACTS_MM, headed=False)
        for part in PARTS:
            self._part(part, [one for one in self.report.figures if one.part == part])
        self._definitions()
        return bytes(self.paper.output())

    def _facts(self) -> Iterator[tuple[str, str]]:
        report, rules = self.report, self.report.rules
        period = f"{report.period.since:%Y-%m-%d %H:%M} – {report.period.until:%Y-%m-%d %H:%M}"
        local = report.at.astimezone(report.period.zone)
        yield self.say("fact.of"), self.taken.centre
        yield self.say("fact.period"), f"{period} ({report.period.zone})"
        yield self.say("fact.as_of"), f"{local:%Y-%m-%d %H:%M:%S}"
        if rules is not None:
            name = rules.name_en if self.language == "en" else rules.name_zh
            yield self.say("fact.rules"), f"{name} {rules.version}"
        yield self.say("fact.by"), self.taken.by
        yield self.say("fact.purpose"), self.taken.purpose

    def _part(self, part: Part, figures: list[Figure]) -> None:
        self.paper.heading(self.say(f"part.{part}"), room_mm=ROOM_MM.get(part, LEAST_ROOM_MM))
        if not any(one.value for one in figures):
            self.paper.paragraph(self.say("nothing"))
        if part == "demand_hour":
            self.paper.columns(
                [(one.key, one.value or 0, written(one, one.value)) for one in figures]
            )
        elif part == "demand_area":
            self.paper.bars(self._bars(figures))
        elif part == "workload":
            self._side_by_side(figures, "head.organisation", 100)
        elif part == "response":
            self._drawn_times(figures)
            self._side_by_side(figures, "head.clock", 50)
        else:
            self._table(figures)

    def _bars(self, figures: Sequence[Figure]) -> list[tuple[str, float, str]]:
        return [
            (about(one, self.language), one.value or 0, written(one, one.value)) for one in figures
        ]

    def _drawn_times(self, figures: Sequence[Figure]) -> None:
        """Draw the medians and 90th percentiles with their intervals; the table has the numbers."""
        for code in ("p50", "p90"):
            times = [one for one in figures if one.code == code and one.value is not None]
            if times:
                self.paper.paragraph(self.say(f"code.{code}"))
                self.paper.ranges(
                    [
                        (
                            about(one, self.language),
                            one.value or 0,
                            one.low,
                            one.high,
                            written(one, one.value),
                        )
                        for one in times
                    ]
                )

    def _table(self, figures: Sequence[Figure]) -> None:
        """Write a figure a row, of all that the centre sees."""
        heads = tuple(self.say(f"head.{one}") for one in ("what", "value", "interval", "n"))
        rows = [
            (
                self.say(f"code.{one.code}"),
                written(one, one.value),
                interval(one),
                "" if one.n is None else str(one.n),
            )
            for one in figures
        ]
        self.paper.rows([heads, *rows], widths=FIGURES_MM, figures_from=1)

    def _side_by_side(self, figures: Sequence[Figure], head: str, first_mm: float) -> None:
        """Write what the figures are about a row, each code a column, intervals below values."""
        codes = list(dict.fromkeys(one.code for one in figures))
        rows = []
        for _, group in groupby(figures, key=lambda one: one.key):
            of_one = {one.code: one for one in group}
            named = about(next(iter(of_one.values())), self.language)
            rows.append((named, *(_with_interval(of_one[code]) for code in codes)))
        if rows:
            heads = (self.say(head), *(self.say(f"code.{code}") for code in codes))
            others = (PAGE_MM - first_mm) / len(codes)
            widths = (first_mm, *(others for _ in codes))
            self.paper.rows([heads, *rows], widths=widths, figures_from=1)

    def _definitions(self) -> None:
        """Say what each figure that the report has means, and how its interval was found."""
        self.paper.heading(self.say("definitions"), room_mm=LEAST_ROOM_MM)
        codes = list(dict.fromkeys(one.code for one in self.report.figures))
        rows = [(self.say(f"code.{code}"), self.say(f"means.{code}")) for code in codes]
        self.paper.rows(rows, widths=DEFINITIONS_MM, headed=False)
        self.paper.ln(2)
        for note in ("intervals", "few_text"):
            self.paper.paragraph(self.say(note))


def _with_interval(figure: Figure) -> str:
    between = interval(figure)
    return written(figure, figure.value) + (f"\n{between}" if between else "")
