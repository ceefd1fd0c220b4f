"""Nothing in the queue moves under a hand, and nothing jumps while nobody is there."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import violations
from tests.browser.test_desk import screen, sign_in
from tests.browser.test_every_screen import done
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
CALL = {"channel": "PHONE", "lon": 24.9425, "lat": 60.1690}
URGENT, LESS_URGENT = "FIRE_STRUCTURE", "TRAFFIC_DAMAGE"
STANDING = 6
STILL = "rows => rows.every(row => row.getAnimations().length === 0)"
WATCH = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      const ours = sources.map(({ node }) => node?.parentElement?.closest('#screen') && node);
      const named = ours.filter(Boolean).map((node) => node.textContent);
      if (named.length > 0) shifts.push([value, ...named]);
    }
  }).observe({ type: 'layout-shift' });
}"""


class Desk:
    """People who take calls and change what stands in the queue."""

    def __init__(self, live: LiveServer) -> None:
        """Let as many incidents wait as the test begins with, none of them urgent."""
        self._live = live
        self.stand = [self.open(LESS_URGENT) for _ in range(STANDING)]

    def open(self, kind: str) -> str:
        """Take a call that is an incident of its own; return its id."""
        with self._live.client("calltaker") as taker:
            return str(
                done(taker.post("/api/v1/reports", json=CALL | {"kind": kind}))["incident_id"]
            )

    def move(self, incident: str, name: str, **facts: Any) -> None:
        """Make a move of an incident."""
        with self._live.client("dispatcher") as desk:
            done(desk.post(f"/api/v1/incidents/{incident}/moves/{name}", json=facts))


def order(page: Page) -> list[str]:
    """Return which incidents stand in the queue, from the top."""
    rows = page.locator(".incident")
    return [str(one) for one in rows.evaluate_all("rows => rows.map(row => row.dataset.key)")]


def stands(page: Page, wanted: list[str]) -> None:
    """Wait until the incidents stand in this order, and no row moves any more."""
    for place, incident in enumerate(wanted):
        expect(page.locator(".incident").nth(place)).to_have_attribute("data-key", incident)
    expect(page.locator(".incident")).to_have_count(len(wanted))
    page.wait_for_function(f"({STILL})([...document.querySelectorAll('.incident')])")


def watched(screen: Callable[..., Page], live: LiveServer, **more: Any) -> tuple[Page, Desk]:
    """Return the queue of a dispatcher, watched for layout shifts, and who changes it."""
    desk, page = Desk(live), screen("en", bypass_csp=True, **more)
    sign_in(page, live, "dispatcher")
    page.goto(f"{live.url}/console/incidents")
    stands(page, desk.stand)
    page.evaluate(WATCH)
    return page, desk


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_nothing_jumps_while_nobody_is_at_the_queue(
    screen: Callable[..., Page], live: LiveServer, motion: str
) -> None:
    page, desk = watched(screen, live, reduced_motion=motion)
    first, *others, last = desk.stand
    new = desk.open(URGENT)
    stands(page, [new, *desk.stand])
    desk.move(last, "reprioritise", priority=1)
    stands(page, [last, new, first, *others])
    desk.move(new, "close", disposition="RESOLVED")
    stands(page, [last, first, *others])
    assert page.evaluate("shifts") == []
    page.evaluate("Element.prototype.animate = () => undefined")
    desk.move(last, "reprioritise", priority=4)
    stands(page, [first, *others, last])
    page.wait_for_function("shifts.length > 0")  # so it would be seen if anything jumped


def test_rows_keep_their_place_under_the_hand_until_what_waits_is_taken_in(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page, desk = watched(screen, live)
    first, second, *others, last = desk.stand
    waiting = page.locator(".waits")
    page.locator(".incident").nth(2).hover()
    new = desk.open(URGENT)
    expect(waiting).to_contain_text("1 new")
    expect(waiting.locator(".mark--1")).to_be_visible()
    expect(waiting.get_by_role("status")).to_contain_text("Life in danger")
    desk.move(last, "reprioritise", priority=1)
    expect(waiting).to_contain_text("1 more urgent")
    desk.move(second, "close", disposition="RESOLVED")
    expect(waiting).to_contain_text("1 left")
    stands(page, desk.stand)
    expect(page.locator(".incident").nth(1)).to_contain_text("Left the list")
    assert violations(page) == []
    assert page.evaluate("shifts") == []
    waiting.get_by_role("button").click()
    stands(page, [last, new, first, *others])
    expect(waiting).to_contain_text("Most urgent first")
    page.mouse.move(0, 0)
    page.locator(".incident").first.focus()
    page.keyboard.press("ArrowDown")
    newest = desk.open(URGENT)
    expect(waiting).to_contain_text("1 new")
    stands(page, [last, new, first, *others])
    page.keyboard.press(".")
    stands(page, [last, new, newest, first, *others])
    expect(page.locator(f'[data-key="{newest}"]')).to_be_focused()
    assert page.evaluate("shifts") == []
