"""Chromium for the browser tests, and what a visitor holds in the hand."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from tests.live import LiveServer

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--use-fake-device-for-media-stream"]  # a microphone that beeps
# The map draws with WebGL; a machine without a graphics card has it in software, at the cost of
# most of its time. So it is drawn where a module says `DRAWS_MAP`, and elsewhere there is none.
DRAWING = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
NOT_DRAWING = ["--disable-3d-apis"]
ANSWER_LIMIT_MS = 60_000
expect.set_options(timeout=ANSWER_LIMIT_MS)
PHONE = {"width": 360, "height": 740}


def told(line: ConsoleMessage) -> str:
    """Return a line of the browser's console with the address that it speaks of."""
    return f"{line.text} {line.location.get('url', '')}"


def need_chromium() -> None:
    """Skip what needs a browser on a developer's machine without one: `anlan test` installs it."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing")


@pytest.fixture(scope="module")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Debian's Chromium. Closed with each module: its event loop would forbid Django's queries."""
    drawing = DRAWING if getattr(request.module, "DRAWS_MAP", False) else NOT_DRAWING
    need_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *drawing])
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages on a phone's screen, in a language: `phone("en")`.

    Whatever the page writes to its console as an error fails the test.
    """
    contexts, said = [], []

    def open_page(language: str, **more: Any) -> Page:
        context = chromium.new_context(
            viewport=PHONE, is_mobile=True, has_touch=True, locale=language, **more
        )
        context.set_default_timeout(ANSWER_LIMIT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: said.append(told(line)) if line.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    # A form that is refused answers 422 or 413, and Chromium writes that down as a failed load.
    assert [line for line in said if not {"422", "413"} & set(line.split())] == []


@pytest.fixture(autouse=True)
def quiet_desk(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave nothing open after a journey: the next one would be offered it as the same event."""
    yield
    if "live" in request.fixturenames:
        end_incidents(request.getfixturevalue("live"))


def end_incidents(live: LiveServer) -> None:
    """End every assignment, then close every incident that is open."""
    with live.client("dispatcher") as desk:
        for incident in desk.get("/api/v1/incidents", params={"state": "OPEN"}).json()["items"]:
            path = f"/api/v1/incidents/{incident['id']}"
            for sent in desk.get(path).json()["assignments"]:
                moves = f"/api/v1/assignments/{sent['id']}/moves"
                if sent["state"] == "ON_SCENE":
                    desk.post(f"{moves}/clear", json={"outcome": "End of the journey."})
                elif sent["state"] in {"ASSIGNED", "EN_ROUTE"}:
                    desk.post(f"{moves}/cancel", json={"reason": "End of the journey."})
            closed = desk.post(f"{path}/moves/close", json={"disposition": "RESOLVED"})
            assert closed.status_code == 200, closed.text
