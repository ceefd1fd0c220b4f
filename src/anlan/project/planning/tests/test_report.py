"""A report stands alone: no other host, no script, and everything on the map is in the text too."""

import base64
import hashlib
import json
import re

from rich.console import Console

from anlan.kernel.wording import catalogue as word_catalogue
from anlan.project.planning import ground
from anlan.project.planning.drawing import Line, Mark, drawn
from anlan.project.planning.plots import bars, curves, intervals
from anlan.project.planning.report import Plot, Report, Table


def report(**changes: object) -> Report:
    city = ground.opened(None)
    lon, lat = city.meta["centre"]
    marks = [Mark(lon, lat, "CHOSEN", "<b>东门</b>"), Mark(lon + 0.01, lat, "DEMAND", "7")]
    line = Line(ground.street_squares(city).at[:4], "ROUTE", "route")
    parts: dict[str, object] = {
        "title": "覆盖方案",
        "language": "zh-CN",
        "asked": [("city", "Helsinki")],
        "found": ["三个点位覆盖 90 %。"],
        "map": drawn(city.graph, marks, [line]),
        "plots": [Plot("曲线", curves("秒", "占比", {"甲": ([0, 1], [0, 1])}), "甲在 1 秒到 1")],
        "tables": [Table("点位", ("名称", "时间"), [("东门", 1.5), ("西门", None)])],
        "data": {"value": 0.9},
    }
    return Report(**{**parts, **changes})


def test_page_loads_nothing_and_escapes_names():
    page = report().page("© OpenStreetMap contributors")
    assert re.findall(r'(?:src|href)="(?!#|data:image/)[^"]*"', page) == []
    assert not re.search(r"<script|https?://(?!www\.w3\.org|purl\.org|creativecommons)", page)
    assert "&lt;b&gt;东门&lt;/b&gt;" in page
    assert "<b>" not in page
    assert page.count('<use class="mark CHOSEN"') == 1
    assert "选定点位" in page
    assert "© OpenStreetMap contributors" in page


def test_every_kind_on_a_map_has_a_shape_and_a_name():
    words = word_catalogue("en")
    kinds = [key.removeprefix("plan.kind.") for key in words if key.startswith("plan.kind.")]
    assert len(kinds) > 10
    lon, lat = ground.opened(None).meta["centre"]
    marks = [Mark(lon + step / 1e4, lat, kind, kind) for step, kind in enumerate(kinds)]
    for language in ("zh-CN", "en"):
        page = report(language=language, map=drawn(ground.opened(None).graph, marks)).page("")
        assert "plan." not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
        for kind in kinds:
            assert f'<g id="{kind}">' in page


def test_the_one_style_is_named_by_its_digest_and_nothing_else_paints_or_runs():
    plot = Plot("A", '<svg xmlns="http://www.w3.org/2000/svg" style="fill: none"/>', "A line.")
    page = report(plots=[plot]).page("")
    (style,) = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:" in page
    assert re.findall(r"<script| style=| on[a-z]+=|unsafe", page) == []
    assert 'alt="A line."' in page


def test_same_report_is_the_same_page():
    assert report().page("") == report().page("")


def test_json_holds_what_was_asked_and_found():
    whole = json.loads(report().json())
    assert whole == {
        "title": "覆盖方案",
        "asked": {"city": "Helsinki"},
        "found": ["三个点位覆盖 90 %。"],
        "value": 0.9,
    }


def test_terminal_shows_the_beginning_of_long_tables():
    rows = [(str(row), row) for row in range(25)]
    console = Console(record=True, width=80)
    report(language="en", tables=[Table("t", ("a", "b"), rows)]).show(console)
    text = console.export_text()
    assert "19" in text
    assert "24" not in text
    assert "5 more rows stand in the written report" in text


def test_streets_are_drawn_once_a_pixel():
    city = ground.opened(None)
    far = [Mark(0.0, 50.0, "A", ""), Mark(50.0, 70.0, "B", "")]
    assert drawn(city.graph, far).streets.count("M") < 10
    assert drawn(city.graph).streets.count("M") > 500


def test_plots_name_their_axes_and_series():
    for svg in (
        bars("小时", "次", ["0", "1"], {"甲": [1, 2], "乙": [2, 1]}),
        intervals("秒", ["甲"], [1.0], [(0.5, 2.0)], at_zero=True),
    ):
        assert svg.startswith("<svg")
        assert "甲" in svg
