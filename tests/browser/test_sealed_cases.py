"""A case is sealed, there for nobody else, looked at behind the glass; the look is reviewed.

Centre and desk read different languages, as they may: the journey is gone through once.
"""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, SCREEN, screen, sign_in
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
PLACE = {"lon": 24.9405, "lat": 60.1745, "item_code": "1601"}
WHY = "The caller rang again."
AT_THE_CENTRE = {
    "seal": "封存", "mark": "封存", "reason": "原因", "waits": "待复核的破窗查阅",
    "judge": "理由成立",
}  # fmt: skip
AT_A_DESK = {
    "by_number": "Number", "none": "No case of yours has this number", "ask": "Break the glass",
    "why": "Why you must see it", "break": "Break the glass", "open": "Open to you",
    "nothing": "Nothing opened under", "number": "Number of the case",
}  # fmt: skip


def in_order(page: Page) -> None:
    """Check a screen on a desk and on a telephone."""
    for size in (PHONE, SCREEN):
        page.set_viewport_size(size)
        expect(page.locator(".skeleton")).to_have_count(0)
        assert not sticks_out(page)
        assert violations(page) == []


def filed(live: LiveServer) -> dict[str, str]:
    """File a case at the centre; return its id and number."""
    with live.client("supervisor") as centre:
        reply = centre.post("/api/v1/cases", json=PLACE)
    assert reply.status_code == httpx.codes.CREATED, reply.text
    return {"id": reply.json()["id"], "number": reply.json()["number"]}


def test_case_is_sealed_looked_at_behind_the_glass_and_the_look_reviewed(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    words, case = AT_THE_CENTRE, filed(live)
    centre = screen("zh-CN")
    sign_in(centre, live, "supervisor")
    centre.goto(f"{live.url}/console/cases/{case['id']}")
    centre.get_by_role("button", name=words["seal"], exact=True).click()
    dialog = centre.get_by_role("dialog")
    dialog.get_by_label(words["reason"]).fill("A threat")
    dialog.get_by_role("button", name=words["seal"], exact=True).click()
    expect(centre.get_by_test_id("seal")).to_have_text(words["mark"])
    in_order(centre)

    english = AT_A_DESK
    desk = screen("en")
    sign_in(desk, live, "dispatcher-2")
    desk.goto(f"{live.url}/console/cases")
    desk.get_by_label(english["by_number"], exact=True).fill(case["number"])
    expect(desk.get_by_text(english["none"])).to_be_visible()
    desk.get_by_role("link", name=english["ask"]).press("Enter")
    desk.get_by_label(english["why"]).fill(WHY)
    in_order(desk)

    desk.get_by_role("button", name=english["break"], exact=True).press("Enter")
    desk.wait_for_url(lambda url: url.endswith(case["id"]))
    expect(desk.get_by_role("timer").first).to_contain_text(":")
    expect(desk.get_by_text(english["open"])).to_be_visible()
    in_order(desk)
    desk.goto(f"{live.url}/console/broken-glass")
    desk.get_by_label(english["number"]).fill("C-00000-00000")
    desk.get_by_label(english["why"]).fill(WHY)
    desk.get_by_role("button", name=english["break"], exact=True).click()
    expect(desk.get_by_text(english["nothing"])).to_be_visible()

    centre.goto(f"{live.url}/console/broken-glass")
    waiting = centre.get_by_role("region", name=words["waits"])
    expect(waiting.get_by_role("link", name=case["number"])).to_be_visible()
    in_order(centre)
    name = f"{words['judge']}: {case['number']}, dispatcher-2"
    waiting.get_by_role("button", name=name, exact=True).click()
    dialog = centre.get_by_role("dialog")
    dialog.get_by_label(words["reason"]).fill("Life first")
    dialog.get_by_role("button", name=words["judge"], exact=True).click()
    expect(waiting.get_by_role("link", name=case["number"])).to_have_count(0)
