"""A routing table: written at the desk, looked through, tried, published by another, explained."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, screen, sign_in
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
PRESSURE = "0307"  # led by the water works, and reported without a photo
PLACE = {"lon": 24.942, "lat": 60.1712}
WORDS = {
    "en": {
        "begin": "Begin a draft", "add": "Add a row", "save": "Save", "name": "Title and first day",
        "title": "Title", "conflict": "Conflict", "level": "Level", "first": "1 – exception, first",
        "items": "Items or groups", "to": "To", "desk": "Desk, by hand",
        "lead": "Lead department of the item", "propose": "Propose", "proposed": "Proposed",
        "publish": "Publish", "in_force": "In force", "try": "Try", "looked": "cases looked at",
        "more": "Rows that were considered",
        "why": "Sent to Water", "decided": "decided",
    },
    "zh-CN": {
        "begin": "起草", "add": "增加一行", "save": "保存", "name": "名称与生效日",
        "title": "名称", "conflict": "冲突", "level": "层级", "first": "1 – 例外，最先",
        "items": "事项或类别", "to": "派给", "desk": "人工派单",
        "lead": "事项牵头部门", "propose": "提交发布", "proposed": "待发布",
        "publish": "发布", "in_force": "现行", "try": "试算", "looked": "已比较",
        "more": "考虑过的规则行",
        "why": "版派给", "decided": "由它决定",
    },
}  # fmt: skip


def choose(page: Page, label: str, option: str) -> None:
    """Choose one of a few values in the dialog that is open."""
    page.get_by_role("dialog").get_by_role("button", name=re.compile(f"{label}$")).click()
    page.get_by_role("option", name=option, exact=True).click()


def done(reply: httpx.Response) -> dict[str, Any]:
    """Return what a request made; it must succeed."""
    assert reply.status_code in {200, 201}, reply.text
    return dict(reply.json())


@pytest.fixture
def left_to_the_desk(live: LiveServer) -> Any:
    """See to it that after the journey the desk decides again, as before."""
    yield
    with live.client("admin") as admin, live.client("supervisor") as supervisor:
        draft = done(admin.post("/api/v1/routing-tables", json={}))
        path = f"/api/v1/routing-tables/{draft['id']}"
        rows = [{"number": 1, "to": "@DESK"}]
        content = {"title": "Desk", "valid_from": f"{datetime.now(UTC).date()}", "rows": rows}
        done(admin.put(path, json=content | {"revision": 1}))
        done(admin.post(f"{path}/moves/propose", json={"revision": 2}))
        done(supervisor.post(f"{path}/moves/publish", json={"revision": 2}))


def finish(live: LiveServer, case_id: str) -> None:
    """Bring a case of the water works to its end."""
    for who, move, facts in (
        ("desk-water", "report", {"outcome": "A valve was opened.", "reading": "3.4 bar"}),
        ("supervisor", "verify", {"note": "Pressure is back."}),
        ("supervisor", "close", {"disposition": "RESOLVED"}),
    ):
        with live.client(who) as staff:
            done(staff.post(f"/api/v1/cases/{case_id}/moves/{move}", json=facts))


def write_exception(page: Page, words: dict[str, str]) -> None:
    """Add a row for one item that goes to its lead department, on the first level."""
    page.get_by_role("button", name=words["add"], exact=True).click()
    choose(page, words["to"], words["lead"])
    box = page.get_by_role("combobox", name=words["items"], exact=True)
    box.fill(PRESSURE)
    box.press("Enter")
    expect(page.locator(".pick-many__chosen li")).to_have_count(1)
    page.keyboard.press("Tab")
    assert violations(page) == []
    page.get_by_role("dialog").get_by_role("button", name=words["save"], exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def edit_by_keyboard(page: Page, row: int) -> None:
    """Open a row as somebody does who has no mouse."""
    page.locator(".routing-rows tbody tr").nth(row).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_table_is_written_looked_through_published_and_explained(
    screen: Callable[..., Page], live: LiveServer, left_to_the_desk: None, language: str
) -> None:
    words, title = WORDS[language], f"Water first ({language})"
    page = screen(language)
    sign_in(page, live, "admin")
    page.goto(f"{live.url}/console/routing")
    page.get_by_role("button", name=words["begin"], exact=True).click()
    page.wait_for_url(re.compile(r"/routing/[0-9a-f-]{36}$"))
    rows = page.locator(".routing-rows tbody tr")
    expect(rows).to_have_count(1)
    edit_by_keyboard(page, 0)
    choose(page, words["to"], words["desk"])
    page.get_by_role("dialog").get_by_role("button", name=words["save"], exact=True).click()
    expect(rows.first).to_contain_text(words["desk"])

    write_exception(page, words)
    expect(rows).to_have_count(2)
    expect(page.locator(".routing-rows .chip--bad")).to_have_count(2)
    expect(page.locator(".routing-finding .chip--bad")).to_contain_text(words["conflict"])
    assert violations(page) == []
    page.get_by_role("button", name=words["name"], exact=True).click()
    page.get_by_label(words["title"], exact=True).fill(title)
    page.get_by_role("dialog").get_by_role("button", name=words["save"], exact=True).click()
    expect(page.locator("h1")).to_have_text(title)

    propose(page, words)
    publish(other := screen(language, PHONE), live, page.url, language)
    with live.client("supervisor") as centre:
        case = done(centre.post("/api/v1/cases", json={"item_code": PRESSURE, **PLACE}))
    other.goto(f"{live.url}/console/cases/{case['id']}")
    expect(other.get_by_text(words["why"])).to_contain_text(title)
    other.get_by_text(words["more"], exact=True).click()
    expect(other.locator(".why__decided")).to_contain_text(words["decided"])
    assert violations(other) == []
    assert not sticks_out(other)
    finish(live, case["id"])


def propose(page: Page, words: dict[str, str]) -> None:
    """Make the second row an exception, try the table, propose it."""
    edit_by_keyboard(page, 1)
    choose(page, words["level"], words["first"])
    page.get_by_role("dialog").get_by_role("button", name=words["save"], exact=True).click()
    expect(page.locator(".routing-fine")).to_be_visible()
    page.get_by_role("button", name=words["try"], exact=True).click()
    expect(page.locator(".routing-progress")).to_contain_text(words["looked"])
    page.get_by_role("button", name=words["propose"], exact=True).click()
    expect(page.locator(".page__head .chip")).to_have_text(words["proposed"])
    assert violations(page) == []


def publish(page: Page, live: LiveServer, address: str, language: str) -> None:
    """Publish a table as somebody else, on a phone."""
    sign_in(page, live, "supervisor")
    page.goto(address)
    expect(page.locator(".routing-rows tbody tr")).to_have_count(2)
    assert violations(page) == []
    assert not sticks_out(page)
    page.get_by_role("button", name=WORDS[language]["publish"], exact=True).click()
    expect(page.locator(".page__head")).to_contain_text(WORDS[language]["in_force"])
