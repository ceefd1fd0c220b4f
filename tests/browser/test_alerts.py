"""Alerts lie over no list on a telephone: each has a place of its own."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect
from tests.browser.accessibility import violations
from tests.browser.test_desk import PHONE, screen, sign_in, take_call
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]


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
