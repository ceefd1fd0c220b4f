"""The report of a period: exact counts and intervals, the rows behind them, and the file."""

import csv
import io
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from tests.people import EVERYTHING, make_desk

from anlan.dispatch.tests.clockwork import incident
from anlan.flows.selectors.period_report import Figure, period_of
from anlan.flows.services.report_files import FORMULA_STARTS, safe
from anlan.kernel.models import FieldLook
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
DAY = {"span": "day", "day": "2026-11-21", "zone": "UTC"}
HOUR_S = 3600


def asked(extra: str = "", **more: str) -> str:
    """Return the address of the report of the day, or of what is below it."""
    return f"period-report{extra}?" + "&".join(f"{k}={v}" for k, v in (DAY | more).items())


def figures(report: dict) -> dict[tuple[str, str, str], dict]:
    """Return the figures of a report by part, code and key."""
    return {(one["part"], one["code"], one["key"]): one for one in report["figures"]}


def test_periods_are_whole_days_weeks_from_monday_and_months():
    zone = ZoneInfo("Europe/Helsinki")
    week = period_of("week", date(2026, 11, 25), zone)
    assert (week.first, week.last) == (date(2026, 11, 23), date(2026, 11, 29))
    month = period_of("month", date(2028, 2, 29), zone)
    assert (month.first, month.last) == (date(2028, 2, 1), date(2028, 2, 29))
    day = period_of("day", date(2026, 10, 25), zone)  # the clocks go back: 25 hours
    assert (day.until.astimezone(UTC) - day.since.astimezone(UTC)).total_seconds() == 25 * HOUR_S


def test_demand_and_response_are_counted_with_intervals_and_lead_to_their_rows():
    """Ten answered within 1 to 10 seconds: by ranks the median lies from 2 to 9."""
    made = [
        incident(received=100 + second, rang=100, answered=100 + second)
        for second in range(1, 11)
    ]  # fmt: skip
    incident(received=5 * HOUR_S)
    incident(received=20 * HOUR_S)  # the next day
    desk = make_desk("SUPERVISOR")
    found = figures(desk.get(asked()).json())
    assert found["demand_hour", "received", "08"]["value"] == 10
    assert found["demand_hour", "received", "13"]["value"] == 1
    assert sum(one["value"] for key, one in found.items() if key[0] == "demand_hour") == 11
    measured, median = (found["response", code, "answer"] for code in ("measured", "p50"))
    assert measured["value"] == 10
    assert (median["value"], median["low"], median["high"], median["n"]) == (5, 2, 9, 10)
    rows = desk.get(asked("/rows", part="demand_hour", code="received", key="08")).json()
    assert {row["id"] for row in rows["rows"]} == {str(one.id) for one in made}
    rows = desk.get(asked("/rows", part="response", code="measured", key="answer")).json()
    assert len(rows["rows"]) == measured["value"]
    assert rows["cut"] is False


def test_rows_are_for_those_who_may_read_them_and_unknown_figures_are_refused():
    admin, desk = make_desk("ADMINISTRATOR"), make_desk("SUPERVISOR")
    hour = {"part": "demand_hour", "code": "received", "key": "08"}
    assert admin.get(asked()).status_code == 200
    assert admin.get(asked("/rows", **hour)).status_code == 403
    for wrong in (
        {"part": "response", "code": "guessed", "key": "answer"},
        {"part": "response", "code": "p50", "key": "guessed"},
        {"part": "workload", "code": "closed", "key": "FEW"},
        {"part": "workload", "code": "closed", "key": "guessed"},
    ):
        assert desk.get(asked("/rows", **wrong)).status_code == 422, wrong


def test_file_has_the_figures_of_the_page_and_is_on_the_record():
    incident()
    desk = make_desk("SUPERVISOR")
    page = desk.get(asked()).json()["figures"]
    refused = desk.post("period-report/file", DAY | {"purpose": "x"})
    assert refused.status_code == 422
    with scoped(EVERYTHING):
        assert not FieldLook.objects.filter(field="report.file").exists()
    taken = desk.post("period-report/file", DAY | {"purpose": "Meeting of Monday"})
    assert taken["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))
    names = ["part", "code", "key", "name_zh", "name_en", "value", "unit", "n", "low", "high"]
    shown = [["" if one[name] is None else one[name] for name in names] for one in page]
    told = [[_number(cell) for cell in row] for row in rows[4:]]
    assert told == [[_number(str(cell)) for cell in row] for row in shown]
    with scoped(EVERYTHING):
        assert FieldLook.objects.get(field="report.file").purpose == "Meeting of Monday"


def _number(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_name_in_a_file_is_taken_for_a_formula(start: str):
    assert safe(f"{start}SUM(A1)") == f"'{start}SUM(A1)"
    assert safe("Town hall") == "Town hall"


def test_counts_need_no_interval():
    assert Figure("closing", "closed", "", 3).low is None
