"""The database goes away while somebody works: a banner says so, and what was saved is saved."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.test_database_cut import FarServer

pytestmark = pytest.mark.browser

WORDS = {
    "en": ("The database does not answer.", "1 entry waits", "Raise to alarm 2", "Alarm 2"),
}
PLACE = {"lon": 24.942, "lat": 60.1712}


@pytest.fixture(scope="module")
def far() -> Iterator[FarServer]:
    server = FarServer()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def signed_in(chromium: Browser, far: FarServer, language: str) -> Page:
    page = chromium.new_page(base_url=far.url, locale=language)
    named = {"username": "dispatcher", "password": far.password}
    assert page.request.post("/api/v1/session", data=named).ok  # as the sign-in page does
    return page


@pytest.mark.parametrize("language", WORDS)
def test_banner_comes_and_what_was_saved_meanwhile_is_sent_by_itself(
    far: FarServer, chromium: Browser, language: str
) -> None:
    away, waits, raising, raised = WORDS[language]
    with far.client("calltaker") as taker:
        body = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "place_text": language, **PLACE}
        incident = taker.post("/api/v1/reports", json=body).json()["incident_id"]
    page = signed_in(chromium, far, language)
    page.goto(f"{far.url}/console/incidents/{incident}")
    expect(page.locator(".connection--good")).to_be_visible()
    expect(page.locator(".skeleton")).to_have_count(0)  # looking for units is an entry, too
    page.get_by_role("button", name=raising).press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("It spreads")
    far.line.cut()
    try:
        expect(page.locator(".connection")).to_have_attribute("data-state", "away")
        banner = page.locator(".outage")
        expect(banner).to_contain_text(away)
        dialog.get_by_role("button", name=raising).press("Enter")
        expect(banner).to_contain_text(waits)
        picture = os.environ.get("ANLAN_PICTURES")
        if picture:
            page.screenshot(path=f"{picture}/database_away_{language}.png")
    finally:
        far.line.heal()
    expect(banner).to_have_count(0)
    expect(page.locator(".connection--good")).to_be_visible()
    expect(page.get_by_text(raised, exact=True)).to_be_visible()
    with far.client("dispatcher") as desk:
        shown = desk.get(f"/api/v1/incidents/{incident}").json()
    assert shown["alarm_level"] == 2
    assert [step["move"] for step in shown["timeline"]].count("raise_alarm") == 1
    page.close()
