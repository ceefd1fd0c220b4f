"""What the console may cost at its start that is no time, and what the wall tells at once.

Times are measured by `anlan bench console`: no test depends on how fast a machine is.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect
from tests.browser.test_desk import screen, sign_in
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
REQUESTS_LIMIT, KILOBYTES_LIMIT = 75, 450
URGENT = "FIRE_STRUCTURE"
ARRIVING = 5


def test_queue_starts_small_and_the_wall_tells_of_what_is_new(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page, answered = screen("en"), list[Request]()
    call = {"channel": "PHONE", "lon": 24.9425, "lat": 60.1690}
    with live.client("calltaker") as taker:

        def arrive(kind: str) -> None:
            assert taker.post("/api/v1/reports", json=call | {"kind": kind}).status_code == 201

        for _ in range(ARRIVING):
            arrive(URGENT)
        sign_in(page, live, "dispatcher")
        page.goto(f"{live.url}/console/")
        page.on("requestfinished", lambda one: answered.append(one))
        page.goto(f"{live.url}/console/incidents")
        rows = page.locator(".incident")
        expect(rows).to_have_count(ARRIVING)
        brought = sum(one.sizes()["responseBodySize"] for one in answered)
        assert len(answered) <= REQUESTS_LIMIT
        assert brought <= 1_000 * KILOBYTES_LIMIT
        wall = screen("en")
        sign_in(wall, live, "supervisor")
        wall.goto(f"{live.url}/console/wall")
        expect(wall.locator(".wall-tile")).to_have_count(8)
        arrive(URGENT)
        expect(wall.locator(".alert--new")).to_be_visible()
