"""Alerts lie over nothing that can be pressed: they have a place of their own."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, SCREEN, screen, sign_in, take_call
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
TABLET = {"width": 1024, "height": 768}


def keep_picture(page: Page, name: str) -> None:
    """Keep a picture where one is wanted."""
    if folder := os.environ.get("ANLAN_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")


def box(found: Locator) -> FloatRect:
    """Return where something is on the screen."""
    there = found.bounding_box()
    assert there is not None
    return there


def test_alerts_lie_over_no_list_on_a_telephone(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page = screen("en", PHONE)
    sign_in(page, live, "dispatcher")
    page.goto(f"{live.url}/console/map")
    rows = page.locator(".map-page__list")
    expect(page.locator(".connection--good")).to_be_attached()
    top = box(rows)["y"]
    take_call(live)
    expect(page.locator(".alert")).to_have_count(1)
    keep_picture(page, "alert-map")
    above, alert, menu = box(rows), box(page.locator(".alerts")), box(page.locator(".menu"))
    assert above["y"] == top  # the rows that are there stay where they are
    assert above["y"] + above["height"] <= alert["y"] + 0.5
    assert alert["y"] + alert["height"] <= menu["y"] + 0.5
    assert violations(page) == []
    page.get_by_role("link", name="Incidents").first.click()
    listed = page.locator(".page__list")
    expect(listed).to_be_visible()
    alert = box(page.locator(".alerts"))
    assert box(listed)["y"] + box(listed)["height"] <= alert["y"] + 0.5
    keep_picture(page, "alert-queue")


ROWS = 14
"""More incidents than the list beside the map has room for."""


def report(live: LiveServer, count: int) -> None:
    """Take calls, each about an incident of its own."""
    body = {"channel": "PHONE", "kind": "TRAFFIC_DAMAGE", "lon": 24.9425, "lat": 60.1690}
    with live.client("calltaker") as taker:
        for _ in range(count):
            assert taker.post("/api/v1/reports", json=body).is_success


def arrived(page: Page, live: LiveServer) -> Locator:
    """Let three more incidents come; return where the alerts about them stand."""
    report(live, 3)
    expect(page.locator(".alert")).to_have_count(3)
    return page.locator(".alerts")


def opened(screen: Callable[..., Page], live: LiveServer, path: str, size: dict[str, int]) -> Page:
    """Return a screen of a dispatcher, following what comes."""
    page = screen("en", size)
    sign_in(page, live, "dispatcher")
    page.goto(f"{live.url}/console/{path}")
    expect(page.locator(".connection--good")).to_be_attached()
    expect(page.locator(".skeleton")).to_have_count(0)
    return page


@pytest.mark.parametrize("size", [SCREEN, TABLET], ids=["desk", "tablet"])
def test_last_row_beside_the_map_is_pressed_while_alerts_stand(
    screen: Callable[..., Page], live: LiveServer, size: dict[str, int]
) -> None:
    report(live, ROWS)
    page = opened(screen, live, "map", size)
    listed = page.locator(".map-page__list")
    top = box(listed)["y"]
    alert, rows = box(arrived(page, live)), box(listed)
    assert rows["y"] == top
    assert rows["y"] + rows["height"] <= alert["y"] + 0.5
    assert alert["y"] + alert["height"] <= size["height"]
    keep_picture(page, f"alerts-{size['width']}")
    last = page.locator(".incident").last
    last.click()  # Playwright presses the middle, and fails where something lies over it
    expect(last).to_be_focused()
    assert violations(page) == []


@pytest.mark.parametrize("path", ["incidents", "units", "plan", "closures"])
def test_alerts_lie_below_every_screen_of_a_desk(
    screen: Callable[..., Page], live: LiveServer, path: str
) -> None:
    page = opened(screen, live, path, SCREEN)
    alert = box(arrived(page, live))
    place = box(page.locator("#screen"))
    assert place["y"] + place["height"] <= alert["y"] + 0.5
    assert not sticks_out(page)
    keep_picture(page, f"alerts-{path}")
