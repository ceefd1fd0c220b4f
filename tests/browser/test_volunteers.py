"""Hours for a task: asked for at a desk, offered on a telephone without an account, given free."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, SCREEN, screen, sign_in
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
WORDS = {
    "en": {
        "publish": "Ask for hours", "title": "What is to be done, in a line",
        "text": "What to bring, whom to ask for at the place", "place": "Place",
        "begins": "Begins", "ends": "Ends", "wanted": "Hours wanted, in all",
        "many": "How many hours?", "telephone": "Telephone number", "send": "Offer them",
        "offered": "3 of 8 hours offered", "none": "0 of 8 hours offered",
        "look": "Show contact", "show": "Show",
        "back": "Take the hours back", "taken_back": "You took these hours back",
        "cancel": "Call it off", "reason": "Reason", "cancelled": "Called off",
    },
    "zh-CN": {
        "publish": "征集志愿时间", "title": "一句话说明做什么",
        "text": "需要带什么，到场找谁", "place": "地点",
        "begins": "开始", "ends": "结束", "wanted": "共需小时数",
        "many": "可以参加几小时？", "telephone": "电话号码", "send": "提交报名",
        "offered": "已报名 3 小时，共需 8 小时", "none": "已报名 0 小时，共需 8 小时",
        "look": "查看联系方式", "show": "查看",
        "back": "撤回报名", "taken_back": "您已撤回报名",
        "cancel": "取消任务", "reason": "原因", "cancelled": "已取消",
    },
}  # fmt: skip


@pytest.fixture
def tidy(live: LiveServer) -> Iterator[None]:
    """Call off what is still open at the end."""
    yield
    with live.client("supervisor") as desk:
        listed = desk.get("/api/v1/volunteer-tasks", params={"state": "OPEN"}).json()["items"]
        for task in listed:
            path = f"/api/v1/volunteer-tasks/{task['id']}/moves/cancel"
            desk.post(path, json={"reason": "End of the journey."})


def in_order(page: Page) -> None:
    """Assert that everybody can use the page, on this screen, once it is there."""
    expect(page.locator("h1, [role=dialog]").first).to_be_visible()
    assert violations(page) == []
    assert not sticks_out(page)


def publish(desk: Page, live: LiveServer, words: dict[str, str]) -> None:
    """Ask for eight hours tomorrow, and land on the page of the task."""
    desk.goto(f"{live.url}/console/volunteers")
    desk.get_by_role("button", name=words["publish"]).click()
    form = desk.get_by_role("dialog")
    form.get_by_label(words["title"]).fill("Clear the river path")
    form.get_by_label(words["text"]).fill("Gloves and bags are there.")
    form.get_by_role("combobox").fill("Mannerheimintie 5")
    desk.get_by_role("option", name="Mannerheimintie 5").first.click()
    begins = datetime.now().astimezone() + timedelta(days=1)
    form.get_by_label(words["begins"]).fill(begins.strftime("%Y-%m-%dT%H:%M"))
    ends = begins + timedelta(hours=4)
    form.get_by_label(words["ends"]).fill(ends.strftime("%Y-%m-%dT%H:%M"))
    form.get_by_label(words["wanted"]).fill("8")
    in_order(desk)
    form.get_by_role("button", name=words["publish"]).click()
    desk.wait_for_url(re.compile(r"/volunteers/[0-9a-f-]{36}$"))


@pytest.mark.usefixtures("tidy")
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_hours_are_asked_for_offered_and_taken_back(
    live: LiveServer,
    screen: Callable[..., Page],
    phone: Callable[..., Page],
    language: str,
) -> None:
    words, desk = WORDS[language], screen(language, SCREEN)
    sign_in(desk, live, "supervisor")
    publish(desk, live, words)

    visitor = phone(language)
    visitor.goto(f"{live.url}/volunteer")
    in_order(visitor)
    visitor.get_by_role("link", name="Clear the river path").first.click()
    visitor.get_by_label(words["many"]).fill("3")
    visitor.get_by_label(words["telephone"]).fill("+358 40 5556667")
    in_order(visitor)
    visitor.get_by_role("button", name=words["send"], exact=True).click()
    visitor.wait_for_url("**/volunteer/hours/H-*")
    in_order(visitor)

    expect(desk.get_by_text(words["offered"])).to_be_visible()
    desk.get_by_role("button", name=words["look"], exact=True).click()
    asked = desk.get_by_role("dialog")
    asked.get_by_role("textbox").fill("The place has changed.")
    asked.get_by_role("button", name=words["show"], exact=True).click()
    expect(desk.get_by_text("+358 40 5556667")).to_be_visible()
    for size in (SCREEN, PHONE):
        desk.set_viewport_size(size)
        in_order(desk)

    visitor.get_by_role("button", name=words["back"], exact=True).click()
    expect(visitor.locator("#stands")).to_contain_text(words["taken_back"])
    expect(desk.get_by_text(words["none"])).to_be_visible()
    desk.get_by_role("button", name=words["cancel"], exact=True).click()
    end = desk.get_by_role("dialog")
    end.get_by_label(words["reason"], exact=True).fill("It rains.")
    end.get_by_role("button", name=words["cancel"], exact=True).click()
    expect(desk.locator(".chip", has_text=words["cancelled"]).first).to_be_visible()
    desk.goto(f"{live.url}/console/volunteers")
    in_order(desk)
