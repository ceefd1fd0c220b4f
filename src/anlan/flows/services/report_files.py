"""A period's report as a file; bringing one home is on the record, with what it is for."""

import csv
import io
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from anlan.flows.selectors.period_report import Figure, PeriodReport
from anlan.kernel.access import Actor
from anlan.kernel.looks import record_look

COLUMNS = (
    "part", "figure", "key", "name_zh", "name_en", "value", "unit", "n", "low_95", "high_95",
)  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a text for a formula (OWASP, CSV injection)."""


def report_file(report: PeriodReport, *, purpose: str, actor: Actor, at: datetime) -> str:
    """Return a report as comma-separated values (RFC 4180), and write down who took it for what."""
    first, last = report.period.first, report.period.last
    record_look(
        actor,
        field="report.file",
        subject_id=uuid5(NAMESPACE_OID, f"{actor.area_low} {first} {last}"),
        area=actor.area_low,
        purpose=purpose,
        at=at,
    )
    return as_csv(report)


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
