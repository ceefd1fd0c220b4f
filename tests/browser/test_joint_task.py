"""A flooded road that calls up four departments: street, departments and arbiter on screen.

Those who act read different languages, as they may: the journey is gone through once.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, SCREEN, screen, sign_in
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
DESKS = {
    "MUNICIPAL_WORKS": "desk-roads",
    "WATER": "desk-water",
    "TRAFFIC_POLICE": "desk-traffic",
    "POWER": "desk-power",
}
WORDS = {
    "en": {
        "call_up": "Call departments up", "text": "What has to be done together",
        "department": "Department", "duty": "What it is to do", "more": "One more department",
        "report_in": "Report in", "refuse": "Refuse", "decide": "Decide", "done": "Done",
        "waive": "Waive", "close": "Close the joint task", "reason": "Reason",
        "outcome": "Outcome", "ground": "Ground", "property": "Not our property",
        "whose": "Whose it is", "arbiter": "With the arbiter", "came": "Reported in",
        "parks": "Parks desk", "waived": "Waived", "closed": "Closed",
    },
    "zh-CN": {
        "call_up": "吹哨召集部门", "text": "要一起解决什么",
        "department": "部门", "duty": "分工内容", "more": "再加一个部门",
        "report_in": "报到", "refuse": "拒绝", "decide": "裁定", "done": "完成",
        "waive": "免除", "close": "办结联合任务", "reason": "原因",
        "outcome": "处置结果", "ground": "退回依据", "property": "不属本单位设施",
        "whose": "应由谁办理", "arbiter": "待裁定", "came": "已报到",
        "parks": "园林绿化科", "waived": "已免除", "closed": "已办结",
    },
}  # fmt: skip


@pytest.fixture
def flooded(live: LiveServer) -> Iterator[str]:
    """Return a case of a flooded road; what is still open of it at the end is ended."""
    body = {"item_code": "0303", "lon": 24.94, "lat": 60.176, "place_text": "Underpass"}
    with live.client("street-1") as street:
        filed = street.post("/api/v1/cases", json=body)
        assert filed.status_code == 201, filed.text
        case_id = str(filed.json()["id"])
    yield case_id
    with live.client("street-1") as street:
        for task in street.get("/api/v1/joint-tasks", params={"only": "mine"}).json()["items"]:
            for part in task["parts"]:
                waive = f"/api/v1/joint-parts/{part['id']}/moves/waive"
                street.post(waive, json={"reason": "End of the journey."})
            close = f"/api/v1/joint-tasks/{task['id']}/moves/close"
            street.post(close, json={"outcome": "End of the journey."})


def names(live: LiveServer, language: str) -> dict[str, str]:
    """Return the names of the organisations by their code."""
    field = "name_en" if language == "en" else "name_zh"
    with live.client("supervisor") as centre:
        return {o["code"]: o[field] for o in centre.get("/api/v1/organisations").json()}


def choose(page: Page, where: Locator, label: str, option: str) -> None:
    """Choose one of a few values."""
    where.get_by_role("button", name=re.compile(label)).click()
    page.get_by_role("option", name=option, exact=True).click()


def act(row: Locator, move: str, field: str = "", words: str = "") -> None:
    """Press a move on a row, say what it asks for, and send it."""
    row.get_by_role("button", name=move, exact=True).click()
    dialog = row.page.get_by_role("dialog")
    if field:
        dialog.get_by_label(field, exact=True).fill(words)
    dialog.get_by_role("button", name=move, exact=True).click()
    expect(dialog).to_have_count(0)


class Journey:
    """One language's words, the names of the departments, and the screens of those who read it."""

    def __init__(self, open_screen: Callable[..., Page], live: LiveServer, language: str) -> None:
        self._screen, self._live, self._language = open_screen, live, language
        self.words, self.called = WORDS[language], names(live, language)

    def sign_in(self, username: str, path: str, size: dict[str, int] = SCREEN) -> Page:
        """Return a page on which somebody has signed in and opened a screen."""
        page = self._screen(self._language, size)
        sign_in(page, self._live, username)
        page.goto(f"{self._live.url}/console/{path}")
        return page

    def call_up(self, street: Page) -> None:
        """Fill in the form for four departments and send it."""
        words = self.words
        street.get_by_role("button", name=words["call_up"]).click()
        street.get_by_label(words["text"]).fill("The underpass is under water.")
        for place, code in enumerate(DESKS):
            if place >= 2:
                street.get_by_role("button", name=words["more"]).click()
            part = street.locator("fieldset").nth(place)
            part.get_by_role("button").first.click()
            street.get_by_role("option", name=self.called[code], exact=True).click()
            part.get_by_label(words["duty"]).fill(f"{code} helps")
        assert violations(street) == []
        street.locator("form").get_by_role("button", name=words["call_up"]).click()
        street.wait_for_url(re.compile(r"/joint-tasks/[0-9a-f-]{36}$"))

    def answer(self, code: str, size: dict[str, int]) -> None:
        """Report in and be done, from the list that a department's menu opens."""
        desk = self.sign_in(DESKS[code], "joint-tasks", size)
        row = desk.locator(".joint-part").filter(has_text=self.called[code]).first
        act(row, self.words["report_in"])
        expect(row).to_contain_text(self.words["came"])
        assert not sticks_out(desk)
        assert violations(desk) == []
        act(row, self.words["done"], self.words["outcome"], "Pumped dry.")

    def refuse(self, code: str, path: str) -> None:
        """Refuse a part and propose the parks for it."""
        desk, words = self.sign_in(DESKS[code], path), self.words
        desk.get_by_role("button", name=words["refuse"], exact=True).click()
        dialog = desk.get_by_role("dialog")
        dialog.get_by_label(words["reason"], exact=True).fill("No cable of ours.")
        choose(desk, dialog, words["ground"], words["property"])
        choose(desk, dialog, words["whose"], self.called["PARKS"])
        dialog.get_by_role("button", name=words["refuse"], exact=True).click()
        part = desk.locator(".deal").filter(has_text=self.called[code])
        expect(part).to_contain_text(words["arbiter"])

    def decide(self, path: str) -> None:
        """Give the part that was refused to the parks."""
        arbiter, words = self.sign_in("supervisor", path), self.words
        arbiter.get_by_role("button", name=words["decide"], exact=True).click()
        dialog = arbiter.get_by_role("dialog")
        dialog.get_by_label(words["reason"], exact=True).fill("The lamps are theirs.")
        choose(arbiter, dialog, words["department"], self.called["PARKS"])
        dialog.get_by_role("button", name=words["decide"], exact=True).click()
        expect(dialog).to_have_count(0)


def test_flooded_road_calls_up_four_departments(
    screen: Callable[..., Page], live: LiveServer, flooded: str
) -> None:
    chinese, english = (Journey(screen, live, language) for language in ("zh-CN", "en"))
    words, called = chinese.words, chinese.called
    street = chinese.sign_in("street-1", f"cases/{flooded}")
    chinese.call_up(street)
    parts = street.locator(".deal")
    expect(parts).to_have_count(4)
    expect(street.get_by_role("timer")).to_have_count(4)
    assert violations(street) == []
    path = street.url.partition("/console/")[2]
    for reader, code, size in ((english, "MUNICIPAL_WORKS", SCREEN), (chinese, "WATER", PHONE)):
        reader.answer(code, size)
        expect(parts.filter(has_text=called[code])).to_contain_text("Pumped dry.")
    english.refuse("POWER", path)
    english.decide(path)
    for code in ("TRAFFIC_POLICE", "PARKS"):
        act(parts.filter(has_text=called[code]), words["waive"], words["reason"], "Dry.")
    act(street.locator("header"), words["close"], words["outcome"], "The road is open.")
    expect(street.locator(".subject__head .chip")).to_have_text(words["closed"])
    assert violations(street) == []
    street.goto(f"{live.url}/console/cases/{flooded}")
    expect(street.locator(".joint-of-case")).to_contain_text(words["closed"])
    assert not sticks_out(street)
