"""The auditor's screen: how the log stands, what it says of a row, the proof to take along."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, SCREEN, screen, sign_in
from tests.live import CHECKOUT, LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
SEALED_WITHIN_MS = 30_000
WORDS = {
    "en": {
        "title": "Audit log", "entries": "entries", "alone": "No witness cosigns this log",
        "table": "Table", "row": "Row", "ask": "Show the entries", "of": "Entries: orgs_unit",
        "written": "written", "proof": "Save the proof", "none": "The log has no such entry",
    },
    "zh-CN": {
        "title": "审计日志", "entries": "条", "alone": "没有见证方联署本日志",
        "table": "表", "row": "行", "ask": "显示条目", "of": "条目：orgs_unit",
        "written": "写入", "proof": "保存证明", "none": "日志中没有这样的条目",
    },
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def sealed(live: LiveServer) -> None:
    """Draw the key that signs the log of this installation."""
    command = [sys.executable, "-P", "-m", "anlan.project.cli", "audit", "key", "city.example/log"]
    subprocess.run(command, env=live.environment(), cwd=CHECKOUT, check=True)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_auditor_sees_the_log_looks_up_a_row_and_takes_its_proof_along(
    screen: Callable[..., Page], live: LiveServer, language: str, tmp_path: Path
) -> None:
    words, page = WORDS[language], screen(language)
    sign_in(page, live, "auditor")
    page.goto(f"{live.url}/console/audit")
    expect(page.get_by_role("heading", level=1, name=words["title"])).to_be_visible()
    size = page.get_by_text(re.compile(rf"[1-9][0-9,]* .*{words['entries']}|共 [1-9]"))
    expect(size.first).to_be_visible(timeout=SEALED_WITHIN_MS)
    expect(page.get_by_text(words["alone"])).to_be_visible()
    page.get_by_label(words["table"], exact=True).fill("orgs_unit")
    page.get_by_role("button", name=words["ask"]).click()
    listed = page.get_by_role("region", name=words["of"])
    first = listed.get_by_role("row").nth(1)
    expect(first).to_contain_text(words["written"])
    unit = first.get_by_role("cell").nth(4).inner_text()
    page.get_by_label(words["row"], exact=True).fill(unit)
    page.get_by_role("button", name=words["ask"]).click()
    with page.expect_download() as taken:
        page.get_by_role("button", name=words["proof"]).click()
    taken.value.save_as(tmp_path / "proof.json")
    proof = json.loads((tmp_path / "proof.json").read_text(encoding="utf-8"))
    assert json.loads(proof["text"])["row"] == unit
    assert proof["note"].startswith("city.example/log\n")
    for size_of_screen in (SCREEN, PHONE):
        page.set_viewport_size(size_of_screen)
        assert violations(page) == []
        assert not sticks_out(page)
    page.get_by_label(words["row"], exact=True).fill("00000000-0000-0000-0000-000000000000")
    page.get_by_role("button", name=words["ask"]).click()
    expect(page.get_by_text(words["none"])).to_be_visible()
