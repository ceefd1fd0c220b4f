"""Every screen of the console on a desk and on a telephone: usable by everybody, and no wider."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, SCREEN, screen, sign_in, take_call
from tests.browser.test_evaluation import closed
from tests.browser.test_looking_back import worked
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
LANGUAGES = ("en", "zh-CN")
PLACE = {"lon": 24.94, "lat": 60.176, "place_text": "Underpass"}
FLOODED_ROAD = "0303"
SCREENS = (
    ("supervisor", ("next", "map", "call", "incidents", "incidents/{incident}", "plan", "units")),
    ("supervisor", ("units/{unit}", "run-cards", "warnings", "incidents/{past}/review", "replay")),
    ("supervisor", ("cases", "cases/{case}", "joint-tasks", "joint-tasks/{task}", "volunteers")),
    ("supervisor", ("volunteers/{hours}", "overview", "wall", "reports", "evaluation", "planner")),
    ("supervisor", ("handover", "handover/{handover}", "routing", "catalogue")),
    ("dispatcher", ("closures", "closures?closure={closure}")),
    ("admin", ("agreements", "routing/{table}")),
    ("street-1", ("joint-tasks/new",)),
)
WORDS = {
    "en": {"more": "More", "menu": "Screens", "place": "Evaluation", "group": "Casework"},
    "zh-CN": {"more": "更多", "menu": "功能", "place": "评价", "group": "案件办理"},
}


def done(reply: httpx.Response) -> Any:
    """Return what an act that must succeed answered."""
    assert reply.is_success, reply.text
    return reply.json()


@contextmanager
def called_up(live: LiveServer) -> Iterator[str]:
    """Let a street call two departments up; return the id of the task. It is closed at the end."""
    with live.client("street-1") as street:
        named = {one["code"]: one["id"] for one in done(street.get("/api/v1/organisations"))}
        parts = [
            {"organisation_id": named[code], "duty": "Pump, and keep the road closed meanwhile."}
            for code in ("WATER", "TRAFFIC_POLICE")
        ]
        body = PLACE | {"item_code": FLOODED_ROAD, "text": "Under water.", "parts": parts}
        task = done(street.post("/api/v1/joint-tasks", json=body))
        yield str(task["id"])
        for part in task["parts"]:
            waive = f"/api/v1/joint-parts/{part['id']}/moves/waive"
            done(street.post(waive, json={"reason": "End of the journey."}))
        end = f"/api/v1/joint-tasks/{task['id']}/moves/close"
        done(street.post(end, json={"outcome": "End of the journey."}))


@contextmanager
def asked_for(live: LiveServer) -> Iterator[str]:
    """Ask for hours tomorrow; return the id of the task, which is called off at the end."""
    begins_at = datetime.now(UTC) + timedelta(days=1)
    times = {
        "begins_at": begins_at.isoformat(),
        "ends_at": (begins_at + timedelta(hours=4)).isoformat(),
    }
    words = {"title": "Clear the river path", "text": "Gloves are there.", "hours_wanted": 8}
    with live.client("supervisor") as centre:
        task = done(centre.post("/api/v1/volunteer-tasks", json=PLACE | words | times))
        yield str(task["id"])
        end = f"/api/v1/volunteer-tasks/{task['id']}/moves/cancel"
        done(centre.post(end, json={"reason": "End of the journey."}))


@contextmanager
def drafted(live: LiveServer) -> Iterator[str]:
    """Begin a routing table; return its id. It is dropped at the end."""
    with live.client("admin") as admin:
        table = done(admin.post("/api/v1/routing-tables", json={}))
        path = f"/api/v1/routing-tables/{table['id']}"
        yield str(table["id"])
        drop = {"revision": table["revision"], "reason": "End of the journey."}
        done(admin.post(f"{path}/moves/drop", json=drop))


@contextmanager
def closed_road(live: LiveServer) -> Iterator[str]:
    """Close a road; return the id of that. It is opened at the end."""
    body = {"reason": "Crane on the road", "lon": 24.944, "lat": 60.1702, "radius_m": 60}
    until_at = datetime.now(UTC) + timedelta(hours=3)
    with live.client("dispatcher") as desk:
        path = "/api/v1/road-closures"
        closure = done(desk.post(path, json=body | {"until_at": until_at.isoformat()}))
        yield str(closure["id"])
        done(desk.post(f"{path}/{closure['id']}/moves/end"))


def handed_over(live: LiveServer) -> str:
    """Let one person hand the desk over and another take it; return the id of that."""
    with live.client("dispatcher") as leaving, live.client("dispatcher-2") as coming:
        made = done(leaving.post("/api/v1/handovers", json={"text": "All quiet."}))
        done(coming.post(f"/api/v1/handovers/{made['id']}/takeover", json={"remark": "Seen."}))
        return str(made["id"])


def case_of(live: LiveServer, number: str) -> str:
    """Return the id of a case by its number."""
    with live.client("supervisor") as centre:
        rows = done(centre.get("/api/v1/cases"))["items"]
        return str(next(row["id"] for row in rows if row["number"] == number))


@pytest.fixture(scope="module")
def things(live: LiveServer) -> Iterator[dict[str, str]]:
    """Return the ids of what the screens are about, all of it ended afterwards."""
    found = {"past": worked(live), "case": case_of(live, closed(live))}
    found["handover"] = handed_over(live)
    found["incident"] = str(take_call(live)["incident_id"])
    with live.client("dispatcher") as desk:
        found["unit"] = str(done(desk.get("/api/v1/units"))[0]["id"])
    with ExitStack() as open_things:
        makers = {"task": called_up, "hours": asked_for, "table": drafted, "closure": closed_road}
        for name, make in makers.items():
            found[name] = open_things.enter_context(make(live))
        yield found


def in_order(page: Page, path: str) -> None:
    """Check a screen on a desk and on a telephone, and keep its picture where one is wanted."""
    for name, size in (("desk", SCREEN), ("phone", PHONE)):
        page.set_viewport_size(size)
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        expect(page.locator(".skeleton")).to_have_count(0)
        if folder := os.environ.get("ANLAN_PICTURES"):
            file = path.replace("/", "_").replace("{", "").replace("}", "")
            page.screenshot(path=f"{folder}/{file}-{name}.png")
        assert not sticks_out(page), (path, name)
        assert violations(page) == [], (path, name)


@pytest.mark.parametrize(("username", "paths"), SCREENS, ids=[paths[0] for _, paths in SCREENS])
def test_every_screen_is_accessible_and_fits_desk_and_phone(
    screen: Callable[..., Page],
    live: LiveServer,
    things: dict[str, str],
    username: str,
    paths: tuple[str, ...],
) -> None:
    pages = {language: screen(language) for language in LANGUAGES[: len(paths)]}
    for page in pages.values():
        sign_in(page, live, username)
    for place, path in enumerate(paths):  # every other screen in the other language
        page = pages[LANGUAGES[place % len(pages)]]
        page.set_viewport_size(SCREEN)
        page.goto(f"{live.url}/console/{path.format(**things)}")
        in_order(page, path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_is_whole_on_a_desk_and_comes_up_on_a_phone(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    sign_in(page, live, "supervisor")
    page.goto(f"{live.url}/console/")
    menu = page.get_by_role("navigation", name=words["menu"])
    assert menu.evaluate("one => one.scrollHeight <= one.clientHeight")
    whole = menu.get_by_role("link").count()
    group = menu.get_by_role("button", name=words["group"])
    group.press("Enter")
    expect(group).to_have_attribute("aria-expanded", "false")
    assert menu.get_by_role("link").count() < whole
    group.press("Enter")
    expect(menu.get_by_role("link")).to_have_count(whole)

    page.set_viewport_size(PHONE)
    more = menu.get_by_role("button", name=words["more"])
    more.press("Enter")
    sheet = page.get_by_role("dialog", name=words["menu"])
    expect(sheet.get_by_role("link")).to_have_count(whole)
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    more.press("Enter")
    sheet.get_by_role("link", name=words["place"], exact=True).press("Enter")
    page.wait_for_url("**/console/evaluation")
    expect(sheet).to_have_count(0)
    expect(more).to_have_attribute("aria-current", "true")
