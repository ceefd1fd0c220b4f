"""Taking a call while somebody speaks: the line is read, help goes out, more follows, it ends."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, SCREEN, press, screen, sign_in
from tests.live import LiveServer

__all__ = ["screen"]  # the fixture of the desk's tests

pytestmark = pytest.mark.browser
KEYSTROKES_LIMIT = 2
WORDS = {
    "en": {
        "line": "Building on fire at Liisankatu 20, somebody is trapped inside",
        "text": "What happened", "place": "Where", "kind": "Kind", "fire": "Building fire",
        "inside": "Is anybody still inside?", "yes": "Yes",
        "further": "Further words of the caller",
        "more": "Two children on the roof.", "added": "Added;", "next": "End the call, next one",
        "silent": "Silent call", "owed": "Silent", "reached": "Reached", "running": "Line lost",
    },
    "zh-CN": {
        "line": "Liisankatu 20 楼房着火，有人被困",
        "text": "发生了什么", "place": "在哪里", "kind": "类型", "fire": "建筑火灾",
        "inside": "里面还有人吗？", "yes": "是", "further": "来电人补充",
        "more": "屋顶上有两个孩子。", "added": "已补充", "next": "结束通话，接下一个",
        "silent": "无声", "owed": "无声来电", "reached": "已回拨接通", "running": "对方挂断",
    },
}  # fmt: skip


def open_call_page(page: Page, live: LiveServer, language: str) -> None:
    """Sign in as a call-taker, with no call left over from another test, and wait for the line."""
    end_calls(live)
    sign_in(page, live, "calltaker")
    page.goto(f"{live.url}/console/call")
    expect(page.get_by_label(WORDS[language]["text"])).to_be_focused()


def end_calls(live: LiveServer) -> None:
    """End every call that runs."""
    with live.client("calltaker") as taker:
        for call in open_calls(live):
            taker.post(f"/api/v1/calls/{call['id']}/moves/end", json={})


def open_calls(live: LiveServer) -> list[dict[str, Any]]:
    """Return the calls that are not ended."""
    with live.client("calltaker") as taker:
        return list(taker.get("/api/v1/calls").json())


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_help_goes_out_from_the_line_alone_before_the_call_ends(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    open_call_page(page, live, language)
    page.keyboard.type(words["line"])
    expect(page.get_by_role("combobox", name=words["kind"])).to_have_value(words["fire"])
    expect(page.get_by_role("combobox", name=words["place"])).to_have_value("Liisankatu 20")
    inside = page.get_by_role("radiogroup", name=words["inside"])
    expect(inside.get_by_role("radio", name=words["yes"], exact=True)).to_be_checked()
    assert press(page, ["Control+Enter"]) <= KEYSTROKES_LIMIT
    further = page.get_by_label(words["further"])
    expect(further).to_be_visible()
    (call,) = open_calls(live)
    assert call["state"] == "ANSWERED"
    further.fill(words["more"])
    press(page, ["Control+Enter"])
    expect(page.get_by_text(words["added"])).to_be_visible()
    with live.client("dispatcher") as dispatcher:
        newest = dispatcher.get("/api/v1/incidents", params={"limit": 1}).json()["items"][0]
        incident = dispatcher.get(f"/api/v1/incidents/{newest['id']}").json()
        assert (incident["kind"], incident["rang_at"]) == ("FIRE_STRUCTURE", call["rang_at"])
        assert "RESCUE" in incident["needs"]
        (report,) = dispatcher.get(f"/api/v1/incidents/{newest['id']}/reports").json()
        assert [update["text"] for update in report["updates"]] == [words["more"]]
        assert report["answers"][0]["answer"] == "YES"
        page.get_by_role("button", name=words["next"]).press("Enter")
        expect(page.get_by_label(words["text"])).to_be_focused()
    expect_no_calls(live, page)


def expect_no_calls(live: LiveServer, page: Page) -> None:
    """Wait until every call is ended."""
    for _ in range(50):
        if not open_calls(live):
            return
        page.wait_for_timeout(100)
    raise AssertionError(open_calls(live))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_silent_call_is_owed_a_call_back_until_somebody_is_reached(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    open_call_page(page, live, language)
    page.keyboard.type("?")
    page.get_by_role("button", name=words["silent"], exact=True).press("Enter")
    row = page.get_by_role("listitem").filter(has_text=words["owed"])
    expect(row).to_be_visible()
    row.get_by_role("button", name=words["reached"]).press("Enter")
    expect(page.get_by_role("button", name=words["running"])).to_be_visible()
    (call,) = open_calls(live)
    assert (call["state"], call["call_back_due_at"]) == ("ANSWERED", None)
    with live.client("calltaker") as taker:
        assert taker.post(f"/api/v1/calls/{call['id']}/moves/end", json={}).status_code == 200


@pytest.mark.parametrize("size", [SCREEN, PHONE], ids=["desk", "phone"])
def test_call_page_with_its_questions_is_accessible_and_fits(
    screen: Callable[..., Page], live: LiveServer, size: dict[str, int]
) -> None:
    page = screen("zh-CN", size)
    open_call_page(page, live, "zh-CN")
    page.keyboard.type(WORDS["zh-CN"]["line"])
    expect(page.get_by_role("radiogroup", name=WORDS["zh-CN"]["inside"])).to_be_visible()
    assert violations(page) == []
    assert not sticks_out(page)
    end_calls(live)
