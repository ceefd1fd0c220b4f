"""Crews and grid officers with keys: signed in, shown what is next, and that is done."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.browser.accessibility import violations
from tests.browser.test_crew import history, send
from tests.browser.test_desk import screen
from tests.browser.test_every_screen import done
from tests.browser.test_workplaces import enter
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
TABS_LIMIT = 40
PLACE = {"lon": 24.9372, "lat": 60.1732, "place_text": "Keyboard street"}
NOISE = "1601"
BOX = re.compile(r"/SearchDialog-")


def go_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus; each stop on the way is seen to have it."""
    expect(wanted).to_be_visible()
    for _ in range(TABS_LIMIT):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused(timeout=1)


def test_crew_does_its_job_step_by_step_with_one_key(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    job = send(live, "P04")
    page = screen("en")
    enter(page, live, "crew-p04")
    page.wait_for_url("**/console/crew")
    step = page.locator(".crew__foot .button--main")
    go_to(page, step)
    for name in ("En route", "On scene", "Cleared"):
        expect(step).to_have_text(name)
        expect(step).to_be_enabled()
        expect(step).to_be_focused()  # from one step to the next the focus stays
        page.keyboard.press("Enter")
    go_to(page, page.get_by_role("radio", name="Handled on scene"))
    assert violations(page) == []
    page.keyboard.press("Space")
    go_to(page, page.get_by_role("button", name="Clear the job"))
    page.keyboard.press("Enter")
    duty = page.get_by_role("button", name="Go off duty")
    expect(duty).to_be_enabled()  # once the server has taken what was done
    assert [one["move"] for one in history(live, job)] == ["en_route", "on_scene", "clear"]
    go_to(page, duty)
    assert violations(page) == []


def given(live: LiveServer) -> dict[str, Any]:
    """Give the office of a grid officer a task."""
    with live.client("supervisor") as centre:
        named = {one["code"]: one["id"] for one in done(centre.get("/api/v1/organisations"))}
        case = done(
            centre.post("/api/v1/cases", json=PLACE | {"item_code": NOISE, "text": "Loud."})
        )
        body = {"organisation_id": named["COMMUNITY_11"]}
        return dict(done(centre.post(f"/api/v1/cases/{case['id']}/moves/assign", json=body)))


def test_grid_officer_takes_a_task_and_reports_it_done_by_keys(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    case = given(live)
    page = screen("zh-CN")
    enter(page, live, "grid-officer-11")
    page.wait_for_url("**/console/field")
    row = page.locator(".field__case", has_text=PLACE["place_text"])
    go_to(page, row)
    page.keyboard.press("Enter")
    go_to(page, page.get_by_role("button", name="开始处置", exact=True))
    page.keyboard.press("Enter")
    report = page.get_by_role("button", name="反馈", exact=True)
    go_to(page, report)
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("已劝离")
    go_to(page, page.get_by_role("button", name="反馈", exact=True).last)
    page.keyboard.press("Enter")
    expect(page.locator(".field__sheet")).to_have_count(0)
    expect(row).to_be_focused()  # where the officer was
    expect(page.locator(".field__waiting")).to_have_count(0)
    with live.client("supervisor") as centre:
        steps = done(centre.get(f"/api/v1/cases/{case['id']}"))["timeline"]
    assert [one["move"] for one in steps][-2:] == ["start", "report"]
    assert steps[-1]["facts"]["outcome"] == "已劝离"


def test_letters_typed_before_the_box_has_come_stand_in_it(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page, held = screen("en", service_workers="block"), list[Route]()
    page.route(BOX, lambda route: held.append(route))
    enter(page, live, "dispatcher")
    expect(page.locator(".bar__keys")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("incid?/")  # two that are keys of the screen behind
    for _ in range(2):
        page.keyboard.press("Backspace")
    box = page.get_by_label("Number, call sign, place, screen")
    expect(box).to_have_count(0)
    assert held != []
    for route in held:
        route.continue_()
    page.unroute(BOX)
    expect(box).to_be_focused()
    expect(box).to_have_value("incid")
    page.keyboard.type("ents")
    expect(box).to_have_value("incidents")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/incidents")
