"""The planner's workplace, by keyboard: postures are kept, two are played on the same demand."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, screen, sign_in
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
WORDS = {
    "en": {
        "duty": "As on duty now", "name": "Name", "keep": "Save", "edit": "Change Today",
        "remove": "Remove place 1", "again": "Change the posture", "play": "Play both",
        "done": "Done: 20 times played", "p90": "Response, 90 % within", "same": "Played",
    },
    "zh-CN": {
        "duty": "按当前在勤", "name": "名称", "keep": "保存", "edit": "修改 Today",
        "remove": "移除驻点 1", "again": "修改方案", "play": "推演两者",
        "done": "完成：共推演 20 次", "p90": "响应时间（90% 以内）", "same": "已推演",
    },
}  # fmt: skip


def postures(live: LiveServer) -> list[dict[str, Any]]:
    with live.client("supervisor") as planner:
        return list(planner.get("/api/v1/postures").json())


@pytest.fixture
def past(live: LiveServer) -> None:
    """Send a patrol car to something, so that there is past demand."""
    place = {"lon": 24.9425, "lat": 60.1690, "place_text": "Mannerheimintie 3"}
    call = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "text": "Smoke from a window"}
    with live.client("dispatcher") as desk:
        taken = desk.post("/api/v1/reports", json=call | place).json()
        units = {unit["call_sign"]: unit["id"] for unit in desk.get("/api/v1/units").json()}
        path = f"/api/v1/incidents/{taken['incident_id']}/assignments"
        assert desk.post(path, json={"unit_ids": [units["F01"]]}).status_code == 201


@pytest.fixture(autouse=True)
def withdrawn(live: LiveServer) -> Any:
    """Withdraw what a journey kept."""
    yield
    with live.client("supervisor") as planner:
        for one in postures(live):
            body = {name: one[name] for name in ("name", "note", "stands", "version")}
            path = f"/api/v1/postures/{one['id']}/versions"
            assert planner.post(path, json=body | {"withdrawn": True}).status_code == 201


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Press a button by the keyboard alone."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_enabled()
    button.focus()
    page.keyboard.press(key)


@pytest.mark.usefixtures("past")
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_planner_keeps_two_postures_and_compares_them_by_keyboard(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    words, page = WORDS[language], screen(language)
    sign_in(page, live, "supervisor")
    page.goto(f"{live.url}/console/planner")
    for name in ("Today", "Fewer"):
        press(page, words["duty"])
        expect(page.get_by_label(words["name"], exact=True)).to_be_focused()
        page.keyboard.type(name)
        if name == "Fewer":
            press(page, words["remove"])
        assert violations(page) == []
        page.get_by_label(words["name"], exact=True).press("Enter")
        expect(page.get_by_text(name, exact=True).first).to_be_visible()
    few, today = postures(live)
    assert (few["name"], today["name"]) == ("Fewer", "Today")
    assert few["stands"] == today["stands"][1:]
    page.goto(f"{live.url}/console/planner?a={today['id']}&b={few['id']}")
    press(page, words["play"])
    expect(page.get_by_role("status").filter(has_text=words["done"])).to_be_visible()
    row = page.get_by_role("row", name=words["p90"]).first
    expect(row.get_by_role("cell")).to_have_count(3)
    assert violations(page) == []
    page.reload()  # the study stands in the address
    expect(page.get_by_role("status").filter(has_text=words["done"])).to_be_visible()
    page.set_viewport_size(PHONE)
    assert not sticks_out(page)
    assert violations(page) == []
