"""A dispatcher at the desk: a call taken by keyboard alone, help sent and seen to arrive."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import ANSWER_LIMIT_MS, told
from tests.live import LiveServer, signed_in

pytestmark = pytest.mark.browser
SCREEN = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
KEYSTROKES_LIMIT = 12
WORDS = {
    "en": {
        "text": "What happened", "call": "Smoke from a window, the building is on fire",
        "street": "liisan", "kind": "Kind", "fire": "Building fire",
        "units": "Units", "on_scene": "On scene", "sent": "sent to",
    },
    "zh-CN": {
        "text": "发生了什么", "call": "楼房着火，窗户冒烟，建筑火灾",
        "street": "annan", "kind": "类型", "fire": "建筑火灾",
        "units": "力量", "on_scene": "在现场", "sent": "",
    },
}  # fmt: skip


@pytest.fixture
def screen(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Return a maker of pages on a desk's screen, in a language; errors on the console fail.

    A test that is refused something on purpose says with which status: `refused(409)`.
    """
    contexts, said, foreign = [], [], []

    def open_page(language: str, size: dict[str, int] = SCREEN, **more: Any) -> Page:
        context = chromium.new_context(viewport=size, locale=language, **more)
        context.set_default_timeout(ANSWER_LIMIT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: said.append(told(line)) if line.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "request",
            lambda asked: (
                foreign.append(asked.url)
                if not asked.url.startswith(
                    ("http://127.0.0.1:", "http://localhost:", "data:", "blob:")
                )
                else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    # Chromium writes refusals down: asking who is there before anybody has signed in answers 401.
    marked = request.node.get_closest_marker("refused")
    refusals = [f"status of {one} " for one in (401, *(marked.args if marked else ()))]
    assert [line for line in said if not any(one in line for one in refusals)] == []
    assert foreign == []


def sign_in(page: Page, live: LiveServer, username: str, *, address: str = "") -> None:
    """Let somebody in before the first page; crews and grid officers type at the door instead."""
    where = address or live.url
    with signed_in(where, username, live.password) as client:
        kept = client.cookies.items()
    page.context.add_cookies([{"name": name, "value": one, "url": where} for name, one in kept])


def press(page: Page, keys: list[str]) -> int:
    """Press keys one by one; return how many that were."""
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_call_is_taken_and_dispatched_by_keyboard_in_twelve_strokes(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page = screen(language)
    sign_in(page, live, "dispatcher")
    page.goto(f"{live.url}/console/call")
    expect(page.get_by_label(WORDS[language]["text"])).to_be_focused()
    page.keyboard.type(WORDS[language]["call"])
    kind = page.get_by_role("combobox", name=WORDS[language]["kind"], exact=True)
    expect(kind).to_have_value(WORDS[language]["fire"])
    strokes = press(page, ["Tab", *WORDS[language]["street"], "Enter", "Control+Enter"])
    send = page.locator(".recommend__foot button")
    expect(send).to_be_focused()
    strokes += press(page, ["Enter"])
    expect(page.get_by_text(WORDS[language]["sent"] or "I-").last).to_be_visible()
    assert strokes <= KEYSTROKES_LIMIT
    with live.client("dispatcher") as dispatcher:
        newest = dispatcher.get("/api/v1/incidents", params={"limit": 1}).json()["items"][0]
        assert (newest["kind"], newest["phase"]) == ("FIRE_STRUCTURE", "ASSIGNED")
        assert newest["units"] != []


def take_call(live: LiveServer) -> dict[str, Any]:
    """Open an incident through the API; return it."""
    body = {"channel": "PHONE", "kind": "ROAD_CRASH_INJURY", "lon": 24.9425, "lat": 60.1690}
    with live.client("calltaker") as taker:
        kinds = {kind["code"]: kind for kind in taker.get("/api/v1/kinds").json()}
        body["kind"] = next(c for c, k in kinds.items() if "AMBULANCE" in k["capabilities"])
        taken = taker.post("/api/v1/reports", json=body)
        assert taken.status_code == 201, taken.text
        return dict(taken.json())


def test_unit_is_seen_to_arrive_without_reloading(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page = screen("en")
    sign_in(page, live, "dispatcher")
    page.goto(f"{live.url}/console/map")
    page.get_by_role("radio", name=WORDS["en"]["units"]).or_(
        page.get_by_role("button", name=WORDS["en"]["units"])
    ).first.click()
    taken = take_call(live)
    with live.client("dispatcher") as dispatcher:
        incident = f"/api/v1/incidents/{taken['incident_id']}"
        ranking = dispatcher.post(f"{incident}/recommendations", json={}).json()
        suggested = [unit for unit in ranking["units"] if unit["suggested"]]
        best = suggested[0]
        sent = dispatcher.post(
            f"{incident}/assignments",
            json={
                "unit_ids": [unit["unit_id"] for unit in suggested],
                "recommendation_id": ranking["id"],
            },
        ).json()
        sent = next(one for one in sent if one["unit_id"] == best["unit_id"])
        row = page.get_by_role("row", name=best["call_sign"])
        expect(row).to_contain_text("Assigned")
        crew = f"crew-{best['call_sign'].lower()}"
        with live.client(crew) as client:
            fix = {"unit_id": best["unit_id"], "lon": 24.9425, "lat": 60.1690}
            fix["at"] = datetime.now(UTC).isoformat()
            moved = client.post("/api/v1/unit-positions", json={"positions": [fix]})
            assert moved.json() == {"accepted": 1, "ignored": 0}
            client.post(f"/api/v1/assignments/{sent['id']}/moves/on_scene", json={})
            expect(row).to_contain_text(WORDS["en"]["on_scene"])
            client.post(
                f"/api/v1/assignments/{sent['id']}/moves/clear", json={"outcome": "Handed over."}
            )
            expect(row).to_contain_text("Available")
