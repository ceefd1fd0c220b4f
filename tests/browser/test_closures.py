"""Closed roads by keyboard alone: entered, seen on the list, ended; refused input at its box."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, SCREEN, screen, sign_in
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
BOX_FORM = "%Y-%m-%dT%H:%M"
WORDS = {
    "en": {
        "screen": "Closed roads", "none": "No road is closed", "enter": "Close roads",
        "reason": "Reason", "place": "Place", "radius": "Radius in metres", "until": "Until",
        "closed": "Closed", "soon": "Ends soon", "end": "End now", "around": "80 m around",
        "refused": "must lie in the future",
    },
    "zh-CN": {
        "screen": "封路", "none": "没有封闭的道路", "enter": "登记封路",
        "reason": "原因", "place": "地点", "radius": "半径（米）", "until": "截止",
        "closed": "封闭中", "soon": "即将到期", "end": "立即结束", "around": "周围 80 米",
        "refused": "将来时间",
    },
}  # fmt: skip


def closures(live: LiveServer) -> list[dict[str, Any]]:
    """Return what is closed, or will be."""
    with live.client("dispatcher") as desk:
        return list(desk.get("/api/v1/road-closures").json())


@pytest.fixture(autouse=True)
def opened(live: LiveServer) -> Iterator[None]:
    """Open again what a journey left closed."""
    yield
    for one in closures(live):
        with live.client("dispatcher") as desk:
            desk.post(f"/api/v1/road-closures/{one['id']}/moves/end")


def in_order(page: Page) -> None:
    """Assert that everybody can use the page, on a desk's screen and on a telephone."""
    for size in (PHONE, SCREEN):
        page.set_viewport_size(size)
        assert violations(page) == []
        assert not sticks_out(page)


def pick(page: Page, box: Locator, typed: str) -> None:
    """Type a place and take the first that fits, found by then or not."""
    box.focus()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def press(page: Page, name: str) -> None:
    """Press a button by the keyboard alone."""
    page.get_by_role("button", name=name, exact=True).press("Enter")


def found_by_name(page: Page, live: LiveServer, name: str) -> None:
    """Open the screen from another one by the search box."""
    page.goto(f"{live.url}/console/incidents")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").locator("input")).to_be_focused()
    page.keyboard.type(name)
    expect(page.get_by_role("option", name=name).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/closures")


def filled_in(page: Page, words: dict[str, str]) -> Locator:
    """Say what is closed and why; return the button that sends it."""
    press(page, words["enter"])
    expect(page.get_by_label(words["reason"], exact=True)).to_be_focused()
    page.keyboard.type("Burst main")
    send = page.locator("form").get_by_role("button", name=words["enter"])
    expect(send).to_be_disabled()
    place = page.get_by_role("combobox", name=words["place"])
    pick(page, place, "liisan")
    expect(place).to_have_value(re.compile("^Liisan"))
    expect(page.get_by_role("option")).to_have_count(0)
    expect(send).to_be_enabled()
    page.get_by_label(words["radius"]).press("Control+a")
    page.keyboard.type("80")
    return send


@pytest.mark.refused(422)
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_roads_are_closed_seen_and_opened_again_by_keyboard(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    sign_in(page, live, "dispatcher")
    found_by_name(page, live, words["screen"])
    expect(page.get_by_text(words["none"], exact=True)).to_be_visible()
    send = filled_in(page, words)
    until, now = page.get_by_label(words["until"], exact=True), datetime.now().astimezone()
    until.fill((now - timedelta(days=1)).strftime(BOX_FORM))
    in_order(page)
    send.press("Enter")
    expect(until).to_be_focused()  # where the input was refused
    expect(until).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".field__error")).to_contain_text(words["refused"])
    in_order(page)
    assert closures(live) == []

    until.fill((now + timedelta(hours=2)).strftime(BOX_FORM))
    expect(page.locator(".field__error")).to_have_count(0)
    send.press("Enter")
    row = page.locator(".deal")
    expect(row.get_by_role("link", name="Burst main")).to_be_focused()
    for name in ("closed", "soon", "around"):
        expect(row.get_by_text(words[name])).to_be_visible()
    (kept,) = closures(live)
    assert (kept["reason"], kept["radius_m"]) == ("Burst main", 80)
    assert kept["address"] in row.inner_text()
    page.wait_for_url(f"**/console/closures?closure={kept['id']}")
    in_order(page)

    page.get_by_role("button", name=re.compile(words["end"])).press("Enter")
    page.get_by_role("dialog").get_by_role("button", name=words["end"]).press("Enter")
    expect(page.get_by_text(words["none"], exact=True)).to_be_visible()
    assert closures(live) == []


def test_area_is_closed_by_the_names_of_its_corners(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page = screen("en")
    sign_in(page, live, "supervisor")
    page.goto(f"{live.url}/console/closures")
    press(page, "Close roads")
    page.keyboard.type("Marathon")
    page.get_by_role("radio", name="Area by its corners").press("Enter")
    for number, name in enumerate(("Mannerheimintie 5", "Vilhonkatu 7", "Liisankatu 20"), start=1):
        pick(page, page.get_by_role("combobox", name=f"Corner {number}"), name)
        expect(page.get_by_role("combobox", name=f"Corner {number + 1}")).to_be_focused()
    expect(page.locator("form ol")).to_contain_text("Liisankatu 20")
    in_order(page)
    page.locator("form").get_by_role("button", name="Close roads").press("Enter")
    expect(page.get_by_role("link", name="Marathon")).to_be_focused()
    expect(page.get_by_text("area with 3 corners")).to_be_visible()
    (kept,) = closures(live)
    assert len(kept["polygon"]["coordinates"][0]) == 4
    assert kept["until_at"] is None


def test_closure_that_ends_soon_is_opened_from_what_is_next(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    until = datetime.now().astimezone() + timedelta(hours=3)
    reason, place = "Crane on the road", {"lon": 24.9440, "lat": 60.1702, "radius_m": 60}
    with live.client("dispatcher") as desk:
        body = place | {"reason": reason, "until_at": until.isoformat()}
        reply = desk.post("/api/v1/road-closures", json=body)
        assert reply.is_success, reply.text
    page = screen("en")
    sign_in(page, live, "supervisor")
    page.goto(f"{live.url}/console/next")
    page.get_by_role("link", name=re.compile(f"^{reason}")).press("Enter")
    page.wait_for_url(f"**/console/closures?closure={reply.json()['id']}")
    link = page.locator(".beside-map").get_by_role("link", name=reason)
    expect(link).to_have_attribute("aria-current", "true")
    in_order(page)


def test_who_may_not_close_roads_reads_the_list_alone(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    with live.client("dispatcher") as desk:
        body = {"reason": "Flood", "lon": 24.9440, "lat": 60.1702, "radius_m": 60}
        assert desk.post("/api/v1/road-closures", json=body).is_success
    page = screen("en")
    sign_in(page, live, "calltaker")
    page.goto(f"{live.url}/console/closures")
    expect(page.get_by_role("link", name="Flood")).to_be_visible()
    expect(page.get_by_role("button", name="Close roads")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("End now"))).to_have_count(0)
    in_order(page)
