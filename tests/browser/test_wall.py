"""The wall: read across the room, turning by itself, and there while its server is away."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.accessibility import violations
from tests.browser.test_desk import screen, sign_in
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
MODULES = ["city", "safety", "service", "grid", "sites", "patrol", "devices", "map"]
ROOMS = (("en", 1920, 1080), ("zh-CN", 3840, 2160))
SMALLEST_SHARE = 0.0393
"""Of the height: 16 minutes of arc for a capital at 5 m on a screen of 65 inches."""
STAY_MS = 20_000
OLDER = timedelta(minutes=10)
LETTERS = """() => Math.min(...[...document.querySelectorAll(
    '.wall-tile__name, .wall-tile__what, .wall-level, .wall-spot dt, .wall-spot dd, .wall-spot li'
)].map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
CUT_OFF = """() => [document.documentElement, ...document.querySelectorAll('.wall, .wall-tile, .wall-spot')]
    .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.outerHTML.slice(0, 120))"""  # noqa: E501


def opened(page: Page, live: LiveServer) -> None:
    """Open the wall and wait until its tiles are there."""
    page.goto(f"{live.url}/console/wall")
    expect(page.locator(".wall-tile")).to_have_count(len(MODULES))


def shown(page: Page) -> str | None:
    """Return which module is closer up."""
    return page.locator(".wall-spot").get_attribute("data-module")


@pytest.mark.parametrize(("language", "width", "height"), ROOMS)
def test_every_module_is_read_from_five_metres_without_scrolling(
    screen: Callable[..., Page], live: LiveServer, language: str, width: int, height: int
) -> None:
    page = screen(language, {"width": width, "height": height})
    sign_in(page, live, "supervisor")
    opened(page, live)
    for name in MODULES:
        page.locator(f".wall-tile[data-module={name}] .button").focus()
        expect(page.locator(".wall-spot")).to_have_attribute("data-module", name)
        assert page.evaluate(LETTERS) >= SMALLEST_SHARE * height, name
        assert page.evaluate(CUT_OFF) == [], name
        assert violations(page) == [], name


def test_definition_is_one_press_away_and_every_tile_opens_a_list(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page = screen("en")
    sign_in(page, live, "supervisor")
    opened(page, live)
    lists = page.locator(".wall-tile a").evaluate_all("all => all.map((one) => one.pathname)")
    assert lists == [
        f"/console/{one}"
        for one in ("overview", "incidents", "cases", "cases", "cases", "units", "units", "map")
    ]
    page.locator(".wall-tile[data-module=devices] .button").press("Enter")
    expect(page.locator(".wall-spot__about")).to_contain_text("Sensors are not connected yet")
    page.locator(".wall-tile[data-module=sites] a").press("Enter")
    page.wait_for_url("**/console/cases")


def test_wall_turns_until_it_is_stopped_and_not_at_all_with_less_motion(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page = screen("en")
    page.clock.install()
    sign_in(page, live, "supervisor")
    opened(page, live)
    spot = page.locator(".wall-spot")
    expect(spot).to_have_attribute("data-module", "city")
    page.clock.run_for(STAY_MS)
    expect(spot).to_have_attribute("data-module", "safety")
    page.get_by_role("button", name="Stop turning").press("Enter")
    page.clock.run_for(5 * STAY_MS)
    assert shown(page) == "safety"
    page.emulate_media(reduced_motion="reduce")
    opened(page, live)
    page.clock.run_for(5 * STAY_MS)
    assert shown(page) == "city"
    expect(page.get_by_role("button", name="Turn by itself")).to_be_visible()


def test_last_known_stays_with_its_age_while_the_line_is_cut_across_a_reload(
    chromium: Browser, live: LiveServer
) -> None:
    page = chromium.new_page(locale="en", viewport={"width": 1920, "height": 1080})
    sign_in(page, live, "supervisor")
    opened(page, live)
    figures = page.locator(".wall-tile__figure strong")
    known = figures.all_inner_texts()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(page.locator(".wall__old")).to_have_count(0)
    page.context.set_offline(True)
    page.clock.install(time=datetime.now(UTC) + OLDER)
    page.reload()
    expect(page.locator(".wall-tile")).to_have_count(len(MODULES))
    expect(page.locator(".wall__old")).to_contain_text("Server away. Last known, 10:")
    assert figures.all_inner_texts() == known
    page.context.set_offline(False)
    page.context.close()
