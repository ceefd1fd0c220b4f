"""HTTP of a period's report: its figures, the rows behind each, and the file."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router
from pydantic import AwareDatetime, ConfigDict

from anlan.flows.selectors.period_report import Part, Period, PeriodReport, Span, period_of
from anlan.flows.selectors.period_report import period_report as report_of
from anlan.flows.selectors.period_rows import rows_of
from anlan.flows.services.report_files import Form, Wanted, report_file
from anlan.kernel import clock
from anlan.kernel.http import actor_of
from anlan.kernel.looks import PURPOSE_MAX_CHARACTERS, PURPOSE_MIN_CHARACTERS
from anlan.kernel.schemas import Schema
from anlan.kernel.zones import known_zone

router = Router()
ZONE_MAX_CHARACTERS = 64
CONTENT_TYPES: dict[Form, str] = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


class PeriodQuery(Schema):
    """The day, the week from Monday or the month that a day lies in, of a time zone."""

    span: Span
    day: date = Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))
    zone: str = Field("UTC", max_length=ZONE_MAX_CHARACTERS)

    @property
    def period(self) -> Period:
        """The days that are asked for."""
        return period_of(self.span, self.day, ZoneInfo(known_zone(self.zone)))


class FigureQuery(PeriodQuery):
    """Which figure of the report."""

    part: Part
    code: str = Field(max_length=24)
    key: str = Field("", max_length=48)


class PeriodFigureOut(Schema):
    """One figure with its 95 % interval: by ranks for seconds, after Wilson for shares."""

    part: Part
    code: str
    key: str
    value: float | None
    unit: Literal["COUNT", "SECONDS", "SHARE"]
    n: int | None
    low: float | None
    high: float | None
    name_zh: str
    name_en: str


class PeriodReportOut(Schema):
    """The figures of some whole days, as they were at a time."""

    at: AwareDatetime
    first: date
    last: date
    zone: str
    rules_zh: str
    rules_en: str
    rules_version: str
    figures: list[PeriodFigureOut]


class CountedRowOut(Schema):
    """An incident or a case behind a figure."""

    kind: Literal["INCIDENT", "CASE"]
    id: UUID
    number: str
    about: str
    at: AwareDatetime


class CountedRowsOut(Schema):
    """The rows behind a figure; `cut` where there are more."""

    rows: list[CountedRowOut]
    cut: bool


class ReportFileBody(PeriodQuery):
    """Which report as which file, and what for: that stays on the record.

    CSV names its figures in codes; PDF is written in `language`.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Form = "csv"
    language: Literal["zh-CN", "en"] = "zh-CN"

    purpose: str = Field(min_length=PURPOSE_MIN_CHARACTERS, max_length=PURPOSE_MAX_CHARACTERS)


def _out(found: PeriodReport) -> PeriodReportOut:
    rules = found.rules
    return PeriodReportOut(
        at=found.at,
        first=found.period.first,
        last=found.period.last,
        zone=str(found.period.zone),
        rules_zh=rules.name_zh if rules else "",
        rules_en=rules.name_en if rules else "",
        rules_version=rules.version if rules else "",
        figures=[
            PeriodFigureOut.model_validate(one, from_attributes=True) for one in found.figures
        ],
    )


@router.get("/period-report", response=PeriodReportOut, operation_id="get_period_report")
def get_period_report(
    request: HttpRequest, query: Annotated[PeriodQuery, Query(...)]
) -> PeriodReportOut:
    """Show a day, week or month in figures: demand, response, closing, rework, workload."""
    return _out(report_of(query.period, actor=actor_of(request), at=clock.now()))


@router.get("/period-report/rows", response=CountedRowsOut, operation_id="list_counted_rows")
def get_rows(request: HttpRequest, query: Annotated[FigureQuery, Query(...)]) -> CountedRowsOut:
    """List the incidents or cases that a figure counts, the first 200."""
    found = rows_of(
        query.period, query.part, query.code, query.key, actor=actor_of(request), at=clock.now()
    )
    return CountedRowsOut.model_validate(found, from_attributes=True)


@router.post("/period-report/file", operation_id="take_period_report")
def post_file(request: HttpRequest, body: ReportFileBody) -> HttpResponse:
    """Take the report home as CSV or PDF, with what it is for; who took it stays on the record."""
    actor, at = actor_of(request), clock.now()
    report = report_of(body.period, actor=actor, at=at)
    wanted = Wanted(body.kind, body.language, body.purpose)
    content = report_file(report, body.span, wanted, actor=actor, at=at)
    name = f"report-{report.period.first:%Y%m%d}-{report.period.last:%Y%m%d}.{body.kind}"
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[body.kind],
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )
