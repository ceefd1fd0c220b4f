"""A4 pages in the console's typeface: headings, facts, tables, and charts whose values are text."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout, WrapMode, XPos, YPos

from anlan.kernel.typeface import BOLD, REGULAR, typeface

FACE = "paper"
MARGIN_MM, LINE_MM, GAP_MM = 16.0, 4.8, 5.0
FOOT_MM = 18.0
TITLE_PT, HEADING_PT, TEXT_PT, SMALL_PT = 19.0, 12.5, 9.0, 7.0
COLUMNS_MM, BAR_MM = 34.0, 6.2
Colour = tuple[int, int, int]
INK: Colour = (24, 33, 42)
SOFT: Colour = (88, 98, 110)
RULE: Colour = (198, 205, 212)
BAR: Colour = (31, 111, 139)
WHITE: Colour = (255, 255, 255)
BAND: Colour = (238, 242, 245)


class Paper(FPDF):
    """Pages that are filled from the top; each has a foot with its number."""

    def __init__(self, foot: str, page_of: str, *, language: str, at: datetime) -> None:
        super().__init__(format="A4")
        self.foot, self.page_of, self.language = foot, page_of, language
        self.set_lang(language)
        self.set_creation_date(at)
        self.set_margin(MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=FOOT_MM)

    def write_in(self, console: Path, characters: Iterable[str]) -> None:
        """Take the typeface of the built console in a folder, with the characters that are used."""
        wanted = set(characters) | set("0123456789")
        for style, weight in (("", REGULAR), ("B", BOLD)):
            with tempfile.NamedTemporaryFile(suffix=".ttf") as file:
                file.write(typeface(console, wanted, weight))
                file.flush()
                self.add_font(FACE, style, file.name)
        self.text_as()

    def text_as(
        self, size_pt: float = TEXT_PT, *, bold: bool = False, colour: Colour = INK
    ) -> None:
        """Write what follows in a size, weight and colour."""
        self.set_font(FACE, "B" if bold else "", size_pt)
        self.set_text_color(*colour)

    def footer(self) -> None:
        """Say at the foot of each page what it is of and which page it is."""
        self.set_y(-FOOT_MM + GAP_MM)
        self.set_draw_color(*RULE)
        self.line(MARGIN_MM, self.y, self.w - MARGIN_MM, self.y)
        self.text_as(SMALL_PT, colour=SOFT)
        number = self.page_of.format(page=self.page_no(), pages="{nb}")
        self.cell(self.epw * 0.82, 7, self.foot)
        self.cell(0, 7, number, align="R")

    def title_line(self, text: str, below: str) -> None:
        """Write the title of the whole and a line below it."""
        self.set_title(text)
        self.text_as(TITLE_PT, bold=True)
        self.cell(0, 10, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.text_as(HEADING_PT, colour=SOFT)
        self.cell(0, 7, below, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(GAP_MM / 2)

    def heading(self, text: str, *, room_mm: float) -> None:
        """Write a heading that stands on one page with what needs so much room below it."""
        if self.will_page_break(room_mm + 12):
            self.add_page()
        self.ln(GAP_MM)
        self.start_section(text)
        self.text_as(HEADING_PT, bold=True)
        self.cell(0, 7, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def paragraph(self, text: str) -> None:
        """Write a text over the width of the page."""
        self.text_as(TEXT_PT, colour=SOFT)
        self.multi_cell(
            0, LINE_MM, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT, wrapmode=self.wrap
        )
        self.ln(1)

    @property
    def wrap(self) -> WrapMode:
        """Between which characters a line may end: between any two of Chinese."""
        return WrapMode.WORD if self.language == "en" else WrapMode.CHAR

    def rows(
        self,
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float],
        figures_from: int | None = None,
        headed: bool = True,
    ) -> None:
        """Write a table, its head on each page; columns from `figures_from` on to the right."""
        self.text_as()
        self.set_draw_color(*RULE)
        self.set_fill_color(*WHITE)
        left = len(widths) if figures_from is None else figures_from
        aligned = ["LEFT"] * left + ["RIGHT"] * (len(widths) - left)
        with self.table(
            col_widths=tuple(widths),
            text_align=tuple(aligned),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            first_row_as_headings=headed,
            num_heading_rows=int(headed),
            headings_style=FontFace(emphasis="BOLD", color=SOFT, fill_color=BAND),
            line_height=LINE_MM,
            padding=(0.9, 1.2),
            wrapmode=self.wrap,
        ) as table:
            for row in rows:
                cells = table.row()
                for text in row:
                    cells.cell(text)

    def columns(self, values: Sequence[tuple[str, float, str]]) -> None:
        """Draw an upright bar for each name and value, with the value as it is written above."""
        width = self.epw / max(1, len(values))
        most = max((value for _, value, _ in values), default=0) or 1
        base = self.y + COLUMNS_MM + LINE_MM
        for place, (name, value, text) in enumerate(values):
            left = MARGIN_MM + place * width
            tall = value / most * COLUMNS_MM
            self.set_fill_color(*BAR)
            self.rect(left + width * 0.15, base - tall, width * 0.7, tall, style="F")
            self.text_as(SMALL_PT, bold=True)
            self.set_xy(left, base - tall - LINE_MM)
            self.cell(width, LINE_MM, text, align="C")
            self.text_as(SMALL_PT - 1, colour=SOFT)
            self.set_xy(left, base + 0.6)
            self.cell(width, LINE_MM, name, align="C")
        self.set_draw_color(*RULE)
        self.line(MARGIN_MM, base, self.w - MARGIN_MM, base)
        self.set_xy(MARGIN_MM, base + LINE_MM + GAP_MM / 2)

    def bars(self, values: Sequence[tuple[str, float, str]]) -> None:
        """Draw a lying bar for each name and value, with the value as it is written behind it."""
        names, room = self.epw * 0.36, self.epw * 0.5
        most = max((value for _, value, _ in values), default=0) or 1
        for name, value, text in values:
            if self.will_page_break(BAR_MM):
                self.add_page()
            self.text_as()
            self.cell(names, BAR_MM, self.shortened(name, names - 2))
            self.set_fill_color(*BAR)
            self.rect(self.x, self.y + 1.2, value / most * room, BAR_MM - 2.4, style="F")
            self.set_x(self.x + value / most * room + 1)
            self.text_as(bold=True)
            self.cell(0, BAR_MM, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def ranges(self, rows: Sequence[tuple[str, float, float | None, float | None, str]]) -> None:
        """Draw for each name a point on a line from the low to the high end of its interval.

        An end that is open is drawn to the edge, dashed.
        """
        names, room = self.epw * 0.36, self.epw * 0.5
        known = [one for _, value, low, high, _ in rows for one in (value, low, high)]
        most = max((one for one in known if one is not None), default=0) or 1
        for name, value, low, high, text in rows:
            if self.will_page_break(BAR_MM):
                self.add_page()
            self.text_as()
            self.cell(names, BAR_MM, self.shortened(name, names - 2))
            start, middle = self.x, self.y + BAR_MM / 2
            self._whisker(start, middle, room / most, (low, value, high), most)
            self.set_xy(start + room + 2, middle - BAR_MM / 2)
            self.text_as(bold=True)
            self.cell(0, BAR_MM, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)

    def _whisker(
        self,
        start: float,
        middle: float,
        scale: float,
        ends: tuple[float | None, float, float | None],
        most: float,
    ) -> None:
        low, value, high = ends
        at = start + value * scale
        self.set_draw_color(*BAR)
        self.set_line_width(0.5)
        for end, edge in ((low, 0.0), (high, most)):
            if end is None:
                self.set_dash_pattern(dash=0.8, gap=0.8)
            reach = start + (edge if end is None else end) * scale
            self.line(at, middle, reach, middle)
            self.set_dash_pattern()
            if end is not None:
                self.line(reach, middle - 1, reach, middle + 1)
        self.set_line_width(0.2)
        self.set_fill_color(*BAR)
        self.ellipse(at - 1, middle - 1, 2, 2, style="F")

    def shortened(self, text: str, width_mm: float) -> str:
        """Return a text cut to a width."""
        while text and self.get_string_width(text) > width_mm:
            text = text.removesuffix("…")[:-1] + "…"
        return text
