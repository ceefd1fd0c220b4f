"""A crew with its telephone: works without network, and what it did arrives in its order."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.conftest import ANSWER_LIMIT_MS
from tests.live import LiveServer

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
POLL_MS = 100
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
WORDS = {
    "en": {
        "username": "User name", "password": "Password", "enter": "Sign in",
        "en_route": "En route", "on_scene": "On scene", "clear": "Cleared",
        "outcome": "Handled on scene", "confirm": "Clear the job", "waiting": "have not reached",
        "refused": "Not taken: En route", "cancelled": "cancelled by the desk",
        "aside": "Put aside", "free": "Available", "voice": "Voice note", "stop": "Stop recording",
        "photo": "Photo",
    },
    "zh-CN": {
        "username": "用户名", "password": "密码", "enter": "登录",
        "en_route": "出动", "on_scene": "到场", "clear": "处置完毕",
        "outcome": "已在现场处置", "confirm": "确认处置完毕", "waiting": "尚未送达",
        "refused": "未被接受", "cancelled": "已被席位撤销",
        "aside": "搁置", "free": "待命", "voice": "语音", "stop": "停止录音",
        "photo": "照片",
    },
}  # fmt: skip


@pytest.fixture
def telephone(chromium: Browser) -> Iterator[Callable[[str], Page]]:
    """Return a maker of a crew's telephone: a page of its own context, with a microphone."""
    contexts: list[BrowserContext] = []

    def open_page(language: str) -> Page:
        context = chromium.new_context(
            viewport=PHONE, is_mobile=True, has_touch=True, locale=language
        )
        context.set_default_timeout(ANSWER_LIMIT_MS)
        context.grant_permissions(["microphone"])
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def until(page: Page, expression: str) -> None:
    """Wait until an expression holds; the page's own policy forbids waiting inside it."""
    for _ in range(ANSWER_LIMIT_MS // POLL_MS):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(POLL_MS)
    raise AssertionError(expression)


def sign_in(page: Page, live: LiveServer, call_sign: str, language: str) -> None:
    """Sign in as a unit's crew; return when the page is kept for times without network."""
    words = WORDS[language]
    page.goto(f"{live.url}/console/sign-in")
    page.get_by_label(words["username"]).fill(f"crew-{call_sign.lower()}")
    page.get_by_label(words["password"]).fill(live.password)
    page.get_by_role("button", name=words["enter"], exact=True).click()
    page.wait_for_url(lambda url: "crew" in url)
    until(page, "navigator.serviceWorker.controller !== null")


def send(live: LiveServer, call_sign: str) -> dict[str, Any]:
    """Send a unit to a new incident; return its assignment."""
    place = {"lon": 24.9425, "lat": 60.1690, "place_text": "Mannerheimintie 3"}
    call = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "text": "Smoke from a window"}
    with live.client("dispatcher") as desk:
        taken = desk.post("/api/v1/reports", json=call | place).json()
        units = {unit["call_sign"]: unit["id"] for unit in desk.get("/api/v1/units").json()}
        path = f"/api/v1/incidents/{taken['incident_id']}/assignments"
        reply = desk.post(path, json={"unit_ids": [units[call_sign]]})
        assert reply.status_code == 201, reply.text
        return dict(reply.json()[0])


def incident_of(live: LiveServer, assignment: dict[str, Any]) -> dict[str, Any]:
    with live.client("dispatcher") as desk:
        return dict(desk.get(f"/api/v1/incidents/{assignment['incident_id']}").json())


def history(live: LiveServer, assignment: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the unit of an assignment did, in the order in which the server took it."""
    steps = incident_of(live, assignment)["timeline"]
    return [one for one in steps if one["facts"].get("unit") == assignment["call_sign"]]


def step(page: Page, name: str) -> None:
    """Press the one large button at the bottom once it bears this name."""
    button = page.locator(".crew__foot .button--main")
    expect(button).to_have_text(name)
    expect(button).to_be_enabled()
    button.tap()


def clear(page: Page, words: dict[str, str]) -> None:
    step(page, words["clear"])
    page.get_by_role("radio", name=words["outcome"]).or_(
        page.get_by_role("button", name=words["outcome"])
    ).first.tap()
    page.get_by_role("button", name=words["confirm"]).tap()


def kept_reads(page: Page) -> int:
    return int(page.evaluate("caches.open('anlan-read').then(c => c.keys()).then(k => k.length)"))


@pytest.mark.parametrize(("language", "call_sign"), [("en", "P01"), ("zh-CN", "P02")])
def test_crew_works_without_network_and_its_acts_arrive_in_order(
    telephone: Callable[[str], Page], live: LiveServer, language: str, call_sign: str
) -> None:
    words, page = WORDS[language], telephone(language)
    assignment = send(live, call_sign)
    sign_in(page, live, call_sign, language)
    expect(page.locator(".crew__way")).to_be_visible()
    for path in ("session", "units", f"assignments/{assignment['id']}/way"):
        until(page, f"caches.match('/api/v1/{path}', {{ignoreVary: true}}).then(found => !!found)")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("Mannerheimintie 3")).to_be_visible()
    expect(page.locator(".crew__way")).to_be_visible()
    assert violations(page) == []
    assert not sticks_out(page)
    step(page, words["en_route"])
    step(page, words["on_scene"])
    clear(page, words)
    expect(page.locator(".acts")).to_contain_text(words["waiting"])
    expect(page.locator(".acts li")).to_have_count(3)
    assert violations(page) == []
    assert history(live, assignment) == []
    page.reload()
    expect(page.locator(".acts li")).to_have_count(3)
    page.context.set_offline(False)
    expect(page.locator(".acts")).to_have_count(0)
    steps = history(live, assignment)
    assert [one["move"] for one in steps] == ["en_route", "on_scene", "clear"]
    told = [one["told_at"] for one in steps]
    assert None not in told
    assert told == sorted(told)
    assert all(one["told_at"] < one["made_at"] for one in steps)


def test_act_that_was_refused_is_shown_and_holds_up_what_follows(
    telephone: Callable[[str], Page], live: LiveServer
) -> None:
    words, page = WORDS["en"], telephone("en")
    assignment = send(live, "F01")
    sign_in(page, live, "F01", "en")
    expect(page.get_by_text("Mannerheimintie 3")).to_be_visible()
    page.context.set_offline(True)
    step(page, words["en_route"])
    step(page, words["on_scene"])
    with live.client("dispatcher") as desk:
        path = f"/api/v1/assignments/{assignment['id']}/moves/cancel"
        assert desk.post(path, json={"reason": "Another unit is nearer."}).status_code == 200
    page.context.set_offline(False)
    refused = page.locator(".acts__refused")
    expect(refused).to_contain_text(words["refused"])
    expect(refused).to_contain_text(words["cancelled"])
    expect(page.locator(".acts li")).to_have_count(2)
    assert violations(page) == []
    for left in (1, 0):
        refused.first.get_by_role("button", name=words["aside"]).tap()
        expect(page.locator(".acts li")).to_have_count(left)
    assert [one["move"] for one in history(live, assignment)] == ["cancel"]


def test_photo_and_voice_note_reach_the_incident_and_are_played_there(
    telephone: Callable[[str], Page], live: LiveServer
) -> None:
    words, page = WORDS["en"], telephone("en")
    assignment = send(live, "A01")
    sign_in(page, live, "A01", "en")
    step(page, words["en_route"])
    picture = io.BytesIO()
    Image.new("RGB", (2400, 1800), (200, 60, 40)).save(picture, "JPEG")
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name=words["photo"], exact=True).tap()
    file = {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    chosen.value.set_files([file])
    page.get_by_role("button", name=words["voice"]).tap()
    stop = page.get_by_role("button", name=words["stop"])
    expect(stop).to_be_visible()
    page.wait_for_timeout(1_500)
    stop.tap()
    expect(page.get_by_role("button", name=words["voice"])).to_be_visible()
    expect(page.locator(".acts")).to_have_count(0)
    attached = incident_of(live, assignment)["attachments"]
    assert sorted(one["kind"] for one in attached) == ["PHOTO", "VOICE"]
    page.goto(f"{live.url}/console/incidents/{assignment['incident_id']}")
    expect(page.locator(".scene img")).to_have_js_property("naturalWidth", 1600)
    page.locator(".scene audio").evaluate("sound => sound.play()")
    until(page, "document.querySelector('.scene audio').currentTime > 0")


def test_console_can_be_installed(telephone: Callable[[str], Page], live: LiveServer) -> None:
    page = telephone("en")
    sign_in(page, live, "P03", "en")
    line = page.context.new_cdp_session(page)
    assert line.send("Page.getAppManifest")["errors"] == []
    found = line.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A browser started for a test keeps nothing when it ends, and says so.
    assert [one["errorId"] for one in found] in ([], ["in-incognito"])


def test_nothing_that_a_crew_read_stays_after_it_signed_out(
    telephone: Callable[[str], Page], live: LiveServer
) -> None:
    page = telephone("en")
    sign_in(page, live, "P03", "en")
    page.reload()
    expect(page.get_by_role("heading", name="P03")).to_be_visible()
    assert kept_reads(page) > 0
    page.get_by_role("button", name="sign-out").tap()
    page.get_by_role("menuitem", name="Sign out").tap()
    page.wait_for_url(lambda url: "sign-in" in url)
    until(page, "caches.has('anlan-read').then(there => !there)")
