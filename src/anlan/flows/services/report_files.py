"""A period's report as a file; bringing one home is on the record, with what it is for."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import NAMESPACE_OID, uuid5

from anlan.flows.selectors.period_report import Figure, PeriodReport, Span
from anlan.flows.services.report_paper import Taken, as_pdf
from anlan.kernel.access import Actor
from anlan.kernel.looks import record_look
from anlan.places.selectors import jurisdiction_of

Form = Literal["csv", "pdf"]

COLUMNS = (
    "part", "figure", "key", "name_zh", "name_en", "value", "unit", "n", "low_95", "high_95",
)  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a text for a formula (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """As what a report is taken home, in which language, and what for."""

    form: Form
    language: str
    purpose: str


def report_file(
    report: PeriodReport, span: Span, wanted: Wanted, *, actor: Actor, at: datetime
) -> bytes:
    """Return a report as a file, and write down who took it for what.

    CSV after RFC 4180, begun with the mark by which spreadsheets know UTF-8; or PDF.
    """
    first, last = report.period.first, report.period.last
    record_look(
        actor,
        field="report.file",
        subject_id=uuid5(NAMESPACE_OID, f"{actor.area_low} {first} {last}"),
        area=actor.area_low,
        purpose=wanted.purpose,
        at=at,
    )
    if wanted.form == "csv":
        return as_csv(report).encode("utf-8-sig")
    centre = jurisdiction_of(actor)
    named = (centre.name_en if wanted.language == "en" else centre.name_zh) if centre else ""
    purpose = wanted.purpose.strip()
    return as_pdf(report, span, Taken(named, actor.name, purpose), language=wanted.language)


def as_csv(report: PeriodReport) -> str:
    """Return the figures as they stand on the page, a row each, under what they are about."""
    text = io.StringIO()
    written = csv.writer(text)
    written.writerow(("period", str(report.period.first), str(report.period.last)))
    written.writerow(("zone", str(report.period.zone), "as_of", report.at.isoformat()))
    rules = report.rules
    written.writerow(
        ("clocks", rules.id if rules else "", "version", rules.version if rules else "")
    )
    written.writerow(COLUMNS)
    for figure in report.figures:
        written.writerow(_cells(figure))
    return text.getvalue()


def _cells(figure: Figure) -> list[object]:
    texts = (figure.part, figure.code, figure.key, figure.name_zh, figure.name_en)
    numbers = (figure.value, figure.n, figure.low, figure.high)
    value, n, low, high = ("" if one is None else one for one in numbers)
    return [*map(safe, texts), value, figure.unit, n, low, high]


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
