"""The report of a period on paper: its text, read back by another program, has every figure."""

import io
from decimal import Decimal

import pytest
from pypdf import PdfReader
from tests.people import EVERYTHING, make_desk

from anlan.dispatch.tests.clockwork import incident
from anlan.flows.selectors.period_report import Figure
from anlan.flows.services.figure_texts import interval, span, written
from anlan.kernel.models import FieldLook
from anlan.kernel.scope import scoped
from anlan.kernel.typeface import NoTypefaceError, slices_in, typeface

pytestmark = pytest.mark.django_db
DAY = {"span": "day", "day": "2026-11-21", "zone": "UTC"}
WORDS = {
    "en": ("Report of the day", "What each figure means", "taken by", "Page 1 of"),
    "zh-CN": ("运行日报", "指标说明", "取用人", "第 1 页"),
}


def taken(desk, language: str, purpose: str = "Monday's meeting 周会") -> PdfReader:
    """Return the report of the day as this desk takes it home."""
    body = DAY | {"kind": "pdf", "language": language, "purpose": purpose}
    reply = desk.post("period-report/file", body)
    assert reply.status_code == 200, reply.content
    assert reply["Content-Type"] == "application/pdf"
    assert reply["Content-Disposition"].endswith('.pdf"')
    assert reply["Cache-Control"] == "no-store"
    return PdfReader(io.BytesIO(reply.content))


def words_of(paper: PdfReader) -> str:
    """Return all that is written, in one line with single blanks."""
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def shown(figure: dict) -> str:
    """Return a figure of the answer as paper must have it, worked out apart from the writer."""
    if figure["value"] is None:
        return "–"
    if figure["unit"] == "SECONDS":
        return f"{int(figure['value']) // 60}:{int(figure['value']) % 60:02}"
    if figure["unit"] == "SHARE":
        return f"{Decimal(figure['value'] * 100):.1f} %"
    return str(int(figure["value"]))


@pytest.mark.parametrize("language", WORDS)
def test_paper_has_the_exact_figures_of_the_answer_in_embedded_outlines(language: str):
    for second in range(1, 11):
        incident(received=100 + second, rang=100, answered=100 + second)
    incident(received=5 * 3600)
    desk = make_desk("SUPERVISOR")
    answer = desk.get("period-report?span=day&day=2026-11-21&zone=UTC").json()
    paper = taken(desk, language)
    text = words_of(paper)
    for expected in (
        *WORDS[language],
        "2026-11-21",
        "Monday's meeting 周会",
        desk.account.username,
    ):
        assert expected in text
    name = "name_en" if language == "en" else "name_zh"
    hours = [one for one in answer["figures"] if one["part"] == "demand_hour"]
    assert " ".join(f"{shown(one)} {one['key']}" for one in hours) in text
    for one in answer["figures"]:
        if one["part"] == "demand_area":
            assert f"{one[name]} {shown(one)}" in text
        if one["part"] == "response" and one["low"] is not None:
            low, high = shown(one | {"value": one["low"]}), shown(one | {"value": one["high"]})
            assert f"{shown(one)} {low} – {high}" in text, one
    fonts = [font for page in paper.pages for font in page["/Resources"]["/Font"].values()]
    descendants = [font.get_object()["/DescendantFonts"][0].get_object() for font in fonts]
    assert descendants
    assert all("/FontFile2" in one["/FontDescriptor"] for one in descendants)
    assert all("NotoSansSC" in one["/BaseFont"] for one in descendants)
    assert paper.root_object["/Lang"] == language
    with scoped(EVERYTHING):
        assert FieldLook.objects.get(field="report.file").purpose == "Monday's meeting 周会"


def test_a_day_without_anything_says_so_and_has_all_its_parts():
    text = words_of(taken(make_desk("SUPERVISOR"), "en"))
    assert text.count("Nothing was counted in this period.") >= 3
    for part in ("Demand by hour", "Demand by area", "Closing", "Rework", "Workload"):
        assert part in text


def test_paper_is_refused_without_the_right_or_a_purpose_and_leaves_no_record():
    body = DAY | {"kind": "pdf", "purpose": "Meeting"}
    assert make_desk("CREW").post("period-report/file", body).status_code == 403
    desk = make_desk("SUPERVISOR")
    for wrong in ({"purpose": "x"}, {"kind": "docx"}, {"language": "fi"}):
        assert desk.post("period-report/file", body | wrong).status_code == 422, wrong
    with scoped(EVERYTHING):
        assert not FieldLook.objects.filter(field="report.file").exists()


def test_a_server_without_its_console_has_no_typeface(tmp_path):
    slices_in.cache_clear()
    with pytest.raises(NoTypefaceError):
        typeface(tmp_path, "A", 400)


@pytest.mark.parametrize(
    ("figure", "value", "text"),
    [
        (Figure("closing", "closed", "", 12), 12, "12"),
        (Figure("closing", "promise_kept", "", 0.5, "SHARE"), 0.1225, "12.3 %"),
        (Figure("response", "p50", "x", 1, "SECONDS"), 3723.9, "1:02:03"),
        (Figure("response", "p50", "x", None, "SECONDS"), None, "–"),
    ],
)
def test_figures_are_written_as_on_the_page(figure: Figure, value: float | None, text: str):
    assert written(figure, value) == text


def test_an_open_side_of_an_interval_is_a_dash():
    half = Figure("response", "p90", "x", 65, "SECONDS", n=3, low=61)
    assert interval(half) == "1:01 – –"
    assert span(59.9) == "0:59"
