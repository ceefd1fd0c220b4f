"""Each role signs in, finds what it does next, and does it: by the keyboard alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, screen, take_call
from tests.browser.test_every_screen import called_up, done
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
ITEM = "0204"
PLACE = {"lon": 24.94, "lat": 60.176, "place_text": "Helsinginkatu 1"}
WORDS = {
    "en": {
        "sign_in": "Sign in",
        "next": "Next",
        "night": "Appearance: Night",
        "label": "Number, call sign, place, screen",
    },
    "zh-CN": {
        "sign_in": "登录",
        "next": "待办",
        "night": "外观: 夜间",
        "label": "编号、呼号、地点、功能",
    },
}


def enter(page: Page, live: LiveServer, username: str) -> None:
    """Sign in with no mouse: the first field has the focus, Tab goes on, Enter ends."""
    page.goto(f"{live.url}/console/sign-in")
    page.locator("input").first.wait_for()
    page.locator("input").first.focus()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(live.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


@pytest.fixture(scope="module")
def filed(live: LiveServer) -> Iterator[dict[str, Any]]:
    """File a case and give it to the water works; it is closed as withdrawn afterwards."""
    with live.client("supervisor") as centre, live.client("desk-water") as water:
        named = {one["code"]: one["id"] for one in done(centre.get("/api/v1/organisations"))}
        body = PLACE | {"item_code": ITEM, "text": "Leans over the road."}
        case = done(centre.post("/api/v1/cases", json=body))
        moves = f"/api/v1/cases/{case['id']}/moves"
        given = {"organisation_id": named["WATER"]}
        yield done(centre.post(f"{moves}/assign", json=given))
        back = {"ground": "NOT_OUR_DUTY", "proposed_id": named["TRAFFIC_POLICE"], "reason": "End."}
        done(water.post(f"{moves}/send_back", json=back))


def first_of(page: Page) -> Any:
    """Return what the workplace puts first: it has the focus already."""
    page.wait_for_url("**/console/next")
    first = page.locator(".next__first")
    expect(first).to_be_focused()
    return first


def test_department_desk_opens_what_is_next_with_one_key(
    screen: Callable[..., Page], live: LiveServer, filed: dict[str, Any]
) -> None:
    page = screen("en")
    enter(page, live, "desk-water")
    expect(first_of(page)).to_contain_text(filed["number"])
    expect(first_of(page)).to_contain_text("Waiting to be taken on")
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert not sticks_out(page)
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/console/cases/{filed['id']}")


@pytest.mark.usefixtures("filed")
def test_a_queue_leads_to_its_list_as_it_is_filtered(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page = screen("zh-CN")
    enter(page, live, "desk-water")
    every = page.get_by_role("link", name="全部：待接办")
    every.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/cases?state=ASSIGNED&organisation=*")
    expect(page.get_by_role("radio", name="处置中", exact=True)).to_be_checked()
    page.reload()  # the filter stands in the address
    expect(page.get_by_role("radio", name="处置中", exact=True)).to_be_checked()


def test_street_sees_who_has_not_answered(screen: Callable[..., Page], live: LiveServer) -> None:
    with called_up(live) as task:
        page = screen("en")
        enter(page, live, "street-1")
        first = first_of(page)
        expect(first).to_contain_text("Departments that have not answered")
        expect(first).to_contain_text("Water")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/console/joint-tasks/{task}")


def test_dispatcher_opens_the_incident_that_waits_from_the_box(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    incident = take_call(live)["incident_id"]
    with live.client("dispatcher") as desk:
        number = done(desk.get(f"/api/v1/incidents/{incident}"))["number"]
    page = screen("zh-CN")
    enter(page, live, "dispatcher")
    page.keyboard.press("/")
    expect(page.get_by_label(WORDS["zh-CN"]["label"])).to_be_focused()
    page.keyboard.type("db")  # 待办 by the initials of its pinyin
    option = page.get_by_role("option", name=WORDS["zh-CN"]["next"])
    expect(option).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/next")
    page.keyboard.press("Control+k")
    expect(page.get_by_label(WORDS["zh-CN"]["label"])).to_be_focused()
    page.keyboard.type(number[:7].lower())
    expect(page.get_by_role("option", name=number)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/console/incidents/{incident}")


def test_auditor_is_told_what_waits_and_asks_for_nothing_it_may_not_read(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    late = {"id": None, "name": "7", "code": "UNSEALED", "place_text": "", "organisation_id": None}

    def put_in(route: Route) -> None:
        answer = route.fetch()
        queues = {queue["name"]: queue for queue in answer.json()}
        queues["LOG_WRONG"] |= {"count": 1, "rows": [late | {"at": "2026-11-01T08:00:00Z"}]}
        route.fulfill(response=answer, json=[*queues.values()])

    page, asked = screen("en"), list[str]()
    page.on("request", lambda one: asked.append(one.url))
    page.route("**/api/v1/waiting", put_in)
    enter(page, live, "auditor")
    expect(first_of(page)).to_contain_text("7")
    assert [url for url in asked if url.endswith(("/organisations", "/grid-cells"))] == []
    page.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize(
    ("username", "language", "path"),
    [
        ("supervisor", "en", "next"),
        ("admin", "zh-CN", "next"),
        ("auditor", "en", "next"),
        ("calltaker", "zh-CN", "call"),
    ],
)
def test_role_starts_at_its_workplace_and_the_box_does_the_rest(
    screen: Callable[..., Page], live: LiveServer, username: str, language: str, path: str
) -> None:
    page = screen(language)
    enter(page, live, username)
    page.wait_for_url(f"**/console/{path}")
    page.keyboard.press("Control+k")
    box = page.get_by_label(WORDS[language]["label"])
    expect(box).to_be_focused()
    page.set_viewport_size(PHONE)
    assert not sticks_out(page)
    page.keyboard.type("night" if language == "en" else "夜间")
    expect(page.get_by_role("option", name=WORDS[language]["night"]).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(box).to_have_count(0)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Control+k")
    box.press("Escape")
    expect(box).to_have_count(0)
