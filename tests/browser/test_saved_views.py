"""Lists with filters set, saved under a name: there at another desk, chosen and found by keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, screen, sign_in
from tests.browser.test_screens_at_work import opened
from tests.live import LiveServer

__all__ = ["screen"]  # the fixture of the desk's tests

pytestmark = pytest.mark.browser


def test_view_follows_its_owner_from_desk_to_desk(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page = screen("en")
    sign_in(page, live, "supervisor")
    opened(page, live, "cases?only=late&state=ASSIGNED")
    page.get_by_role("button", name="Views", exact=True).press("Enter")
    dialog = page.get_by_role("dialog", name="Views")
    expect(dialog.get_by_label("Save what is shown as")).to_be_focused()
    assert violations(page) == []
    page.keyboard.type("Late work")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Views, Late work is shown")).to_be_visible()
    page.get_by_role("radio", name="Filed").press("Enter")
    expect(page.get_by_role("button", name="Views", exact=True)).to_be_visible()

    desk = screen("zh-CN", PHONE)
    sign_in(desk, live, "supervisor")
    opened(desk, live, "incidents")
    desk.keyboard.press("Control+k")
    desk.keyboard.type("Late")
    expect(desk.get_by_role("group", name="视图").get_by_role("option")).to_have_count(1)
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/cases?*")
    desk.get_by_role("button", name="视图，当前为Late work").press("Enter")
    dialog = desk.get_by_role("dialog", name="视图")
    expect(dialog.get_by_role("button", name="Late work", exact=True)).to_be_focused()
    assert violations(desk) == []
    assert not sticks_out(desk)
    dialog.get_by_role("button", name="重命名Late work").press("Enter")
    expect(dialog.get_by_label("名称")).to_be_focused()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("超期")
    desk.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="超期", exact=True)).to_be_visible()
    with live.client("supervisor") as client:
        (kept,) = client.get("/api/v1/own/views").json()
    assert (kept["screen"], kept["name"], kept["filters"]) == (
        "cases", "超期", {"only": "late", "state": "ASSIGNED"},
    )  # fmt: skip
    dialog.get_by_role("button", name="删除超期").press("Enter")
    assert violations(desk) == []
    dialog.get_by_role("button", name="删除", exact=True).press("Enter")
    expect(dialog.get_by_role("listitem")).to_have_count(0)
    with live.client("supervisor") as client:
        assert client.get("/api/v1/own/views").json() == []
