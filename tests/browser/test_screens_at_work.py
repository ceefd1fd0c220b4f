"""The screens beside call form and map, in both languages: acted on by keyboard, followed live."""

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, screen, sign_in, take_call
from tests.journeys.clients import until
from tests.live import LiveServer

__all__ = ["screen"]  # the fixture of the desk's tests

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-CN"])
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "assigned": "Assigned", "available": "Available", "out": "Out of service",
        "on_duty": "Go on duty", "reason": "Reason", "cancel": "Cancel", "cancelled": "Cancelled",
        "sign_on": "Sign on", "send": "Send", "find": "Kind of incident", "lift": "lift",
        "person_in_lift": "trapped in a lift", "traffic": "Traffic patrol × 1",
        "by": "By", "kind": "Kind", "figures": "Figures", "inside": "CSV, for the house",
        "published": "CSV, to be published", "from": "An hour from", "moment": "Moment",
        "search": "Find", "raise": "Raise to alarm 2", "level": "Alarm 2", "hurt": "Yes",
    },
    "zh-CN": {
        "assigned": "已派警", "available": "待命", "out": "停用", "on_duty": "上勤",
        "reason": "原因", "cancel": "撤销", "cancelled": "已撤销", "sign_on": "签到",
        "send": "派出", "find": "警情类型", "lift": "电梯", "person_in_lift": "电梯困人",
        "traffic": "交通巡逻 × 1", "by": "分组", "kind": "类型", "figures": "数据",
        "inside": "CSV（内部）", "published": "CSV（公开）", "from": "起始时间（一小时）",
        "moment": "时刻", "search": "查找", "raise": "升至 2 级警", "level": "2 级警",
        "hurt": "是",
    },
}  # fmt: skip
CODE = re.compile(r"\b[A-Z]+_[A-Z_]+\b")


def in_order(page: Page) -> None:
    """Check that a page is accessible and fits its screen."""
    assert violations(page) == []
    assert not sticks_out(page)


def opened(page: Page, live: LiveServer, path: str) -> Locator:
    """Open a screen of the console and wait until it is whole; return its heading."""
    page.goto(f"{live.url}/console/{path}")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_visible()
    expect(page.locator(".skeleton")).to_have_count(0)
    return heading


def shown(client: httpx.Client, incident: str) -> dict[str, Any]:
    """Return an incident as the API has it."""
    return dict(client.get(f"/api/v1/incidents/{incident}").json())


def send_one(client: httpx.Client, incident: str) -> dict[str, Any]:
    """Send the unit that is proposed first; return its job."""
    path = f"/api/v1/incidents/{incident}"
    ranking = client.post(f"{path}/recommendations", json={}).json()
    best = next(unit["unit_id"] for unit in ranking["units"] if unit["suggested"])
    body = {"unit_ids": [best], "recommendation_id": ranking["id"], "departure_reason": "One."}
    reply = client.post(f"{path}/assignments", json=body)
    assert reply.status_code == 201, reply.text
    return dict(reply.json()[0])


@LANGUAGES
def test_new_incident_appears_in_the_queue_is_found_and_opened_by_keys(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    sign_in(page, live, "dispatcher")
    opened(page, live, "incidents")
    incident = str(take_call(live)["incident_id"])
    with live.client("dispatcher") as desk:
        number = shown(desk, incident)["number"]
    row = page.get_by_role("row").filter(has_text=number)
    expect(row).to_be_visible()
    page.get_by_role("textbox", name=words["search"]).fill(number)
    expect(page.get_by_role("row")).to_have_count(1)
    in_order(page)
    page.keyboard.press("Tab")
    expect(row).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/incidents/{incident}")


@LANGUAGES
def test_incident_page_follows_what_others_do_and_acts_by_keys(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    sign_in(page, live, "dispatcher")
    incident = str(take_call(live)["incident_id"])
    opened(page, live, f"incidents/{incident}")
    with live.client("dispatcher") as desk:
        job = send_one(desk, incident)
        sent = page.locator(".assignment").filter(has_text=job["call_sign"])
        expect(sent.get_by_text(words["assigned"], exact=True)).to_be_visible()
        (report,) = desk.get(f"/api/v1/incidents/{incident}/reports").json()
        protocol = desk.post("/api/v1/call-readings", json={"text": "", "kind": report["kind"]})
        question = next(one for one in protocol.json()["questions"] if one["answer"] == "YES_NO")
        body = {"answers": [{"question": question["code"], "answer": "YES"}]}
        answered = desk.post(f"/api/v1/reports/{report['id']}/answers", json=body)
        assert answered.status_code == 201, answered.text
        text = question["text_en"] if language == "en" else question["text_zh"]
        answer = page.locator(".answers__row").filter(has_text=text)
        expect(answer.locator("dd")).to_have_text(words["hurt"])  # told by the stream
        in_order(page)
        crew = screen(language, PHONE)
        sign_in(crew, live, f"crew-{job['call_sign'].lower()}")
        crew.goto(f"{live.url}/console/crew")
        heard = crew.locator(".answers__row").filter(has_text=text)
        expect(heard.locator("dd")).to_have_text(words["hurt"])
        in_order(crew)
        sent.get_by_role("button", name=words["cancel"], exact=True).press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_label(words["reason"])).to_be_focused()
        page.keyboard.type("Not needed.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(sent.get_by_text(words["cancelled"], exact=True)).to_be_visible()
        assert [one["state"] for one in shown(desk, incident)["assignments"]] == ["CANCELLED"]


def test_units_that_come_late_leave_focus_and_screen_as_they_are(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page, held = screen("en"), list[Route]()
    sign_in(page, live, "dispatcher")
    first, second = (str(take_call(live)["incident_id"]) for _ in range(2))
    send = page.locator(".recommend__foot button")
    back = page.locator(".back-link")
    page.goto(f"{live.url}/console/incidents/{first}")
    expect(send).to_be_focused()
    page.route("**/recommendations", lambda route: held.append(route))
    with page.expect_request("**/recommendations"):
        page.goto(f"{live.url}/console/incidents/{second}")
    below = page.locator(".recommend + .panel")
    stood = below.bounding_box()
    back.focus()
    held[0].continue_()
    expect(send).to_be_visible()
    expect(back).to_be_focused()
    assert below.bounding_box() == stood  # nothing was pushed away


@LANGUAGES
def test_unit_moves_across_the_board_and_is_put_out_of_service_on_its_page(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    sign_in(page, live, "dispatcher")
    opened(page, live, "units")

    def column(name: str) -> Locator:
        heading = page.get_by_role("heading", name=words[name])
        return page.locator(".board__column").filter(has=heading)

    incident = str(take_call(live)["incident_id"])
    with live.client("dispatcher") as desk:
        job = send_one(desk, incident)
        card = page.get_by_role("link", name=job["call_sign"], exact=True)
        expect(column("assigned").get_by_role("link", name=job["call_sign"])).to_be_visible()
        moves = f"/api/v1/assignments/{job['id']}/moves"
        desk.post(f"{moves}/cancel", json={"reason": "Not needed."})
        expect(column("available").get_by_role("link", name=job["call_sign"])).to_be_visible()
        in_order(page)
        card.press("Enter")
        page.wait_for_url(f"**/units/{job['unit_id']}")
        page.get_by_role("button", name=words["out"], exact=True).press("Enter")
        expect(page.get_by_role("dialog").get_by_label(words["reason"])).to_be_focused()
        page.keyboard.type("A flat tyre.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_text("A flat tyre.").first).to_be_visible()
        path = f"/api/v1/units/{job['unit_id']}"  # the screen shows it before the server has it
        until(lambda: desk.get(path).json()["duty"] == "OUT_OF_SERVICE", "the unit is in service")
        assert desk.get(path).json()["duty_reason"] == "A flat tyre."
        in_order(page)
        page.get_by_role("button", name=words["on_duty"], exact=True).press("Enter")
        expect(page.get_by_role("button", name=words["out"], exact=True)).to_be_visible()
        until(lambda: desk.get(path).json()["duty"] == "ON_DUTY", "the unit is not on duty")


@contextmanager
def planned(live: LiveServer, call_sign: str) -> Iterator[tuple[str, str]]:
    """Plan the coming hour of a unit with its own crew; afterwards it is on duty as it was."""
    with live.client("supervisor") as desk:
        units = {unit["call_sign"]: unit["id"] for unit in desk.get("/api/v1/units").json()}
        people = {one["unit_id"]: one["id"] for one in desk.get("/api/v1/crew-members").json()}
        unit, begins_at = units[call_sign], datetime.now(UTC)
        times = {
            "begins_at": begins_at.isoformat(),
            "ends_at": (begins_at + timedelta(hours=1)).isoformat(),
        }
        plan = times | {"crew": [people[unit]]}
        made = desk.post(f"/api/v1/units/{unit}/shifts", json=plan)
        assert made.status_code == 201, made.text
        yield unit, people[unit]
        (shift,) = desk.get(f"/api/v1/units/{unit}").json()["shifts"]
        ended = desk.post(f"/api/v1/shifts/{shift['id']}/moves/sign_off", json={})
        assert ended.status_code == 200, ended.text
        duty = desk.put(f"/api/v1/units/{unit}/duty", json={"duty": "ON_DUTY"})
        assert duty.status_code == 200, duty.text


@pytest.mark.parametrize(("language", "call_sign"), [("en", "T01"), ("zh-CN", "T02")])
def test_crew_that_came_is_signed_on_by_keys(
    screen: Callable[..., Page], live: LiveServer, language: str, call_sign: str
) -> None:
    page, words = screen(language), WORDS[language]
    sign_in(page, live, "supervisor")
    with planned(live, call_sign) as (unit, person), live.client("supervisor") as desk:
        opened(page, live, f"units/{unit}")
        page.get_by_role("button", name=words["sign_on"], exact=True).press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("checkbox", checked=True)).to_have_count(1)
        in_order(page)
        dialog.get_by_role("button", name=words["sign_on"], exact=True).press("Enter")
        expect(dialog).to_have_count(0)
        (shift,) = desk.get(f"/api/v1/units/{unit}").json()["shifts"]
        assert (shift["state"], shift["crew"]) == ("ON", [person])


@LANGUAGES
def test_plan_sends_to_all_that_wait_but_those_left_out(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    first, second = (str(take_call(live)["incident_id"]) for _ in range(2))
    with live.client("dispatcher") as desk:
        left_out = shown(desk, second)["number"]
        sign_in(page, live, "dispatcher")
        opened(page, live, "plan")
        item = page.get_by_role("listitem").filter(has_text=left_out)
        item.get_by_role("checkbox").press("Space")
        expect(item.get_by_role("checkbox")).not_to_be_checked()
        in_order(page)
        send = page.locator(".button--main").filter(has_text=words["send"])
        send.press("Enter")
        expect(page.locator(".note--good")).to_be_visible()
        assert shown(desk, first)["assignments"] != []
        assert shown(desk, second)["assignments"] == []


@LANGUAGES
def test_run_cards_are_found_by_kind_and_told_in_words_alone(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    sign_in(page, live, "dispatcher")
    opened(page, live, "run-cards")
    levels = page.locator(".run-card__levels")
    expect(levels.filter(has_text=words["traffic"]).first).to_be_visible()
    assert [text for text in levels.all_inner_texts() if CODE.search(text)] == []
    in_order(page)
    page.get_by_role("textbox", name=words["find"]).focus()
    page.keyboard.type(words["lift"])
    expect(page.locator(".run-card")).to_have_count(1)
    expect(page.locator(".run-card")).to_contain_text(words["person_in_lift"])


@LANGUAGES
def test_wall_shows_a_running_clock_at_once_and_leads_to_its_incident(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page = screen(language)
    sign_in(page, live, "supervisor")
    opened(page, live, "wall")
    incident = str(take_call(live)["incident_id"])
    with live.client("dispatcher") as desk:
        number = shown(desk, incident)["number"]
    page.locator(".wall-tile[data-module=safety] a").focus()
    clock = page.locator(".wall__clocks li").filter(has_text=number).first
    expect(clock.get_by_role("timer")).to_be_visible()
    in_order(page)
    clock.get_by_role("link").press("Enter")
    page.wait_for_url(f"**/incidents/{incident}")


@LANGUAGES
def test_report_is_grouped_by_keys_and_brought_home_as_csv(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    take_call(live)
    sign_in(page, live, "supervisor")
    opened(page, live, "reports")
    grouped = page.locator(".reports__form .choice").nth(1)
    grouped.press("Enter")
    option = page.get_by_role("option", name=words["kind"], exact=True)
    expect(option).to_be_visible()
    page.keyboard.type(words["kind"]) if language == "en" else option.focus()
    page.keyboard.press("Enter")
    expect(grouped).to_contain_text(words["kind"])
    charts = page.locator(".reports__charts figure")
    expect(charts).to_have_count(3)
    in_order(page)
    for file in ("inside", "published"):
        with page.expect_download() as brought:
            page.get_by_role("link", name=words[file]).press("Enter")
        rows = list(csv.reader(brought.value.path().read_text(encoding="utf-8-sig").splitlines()))
        assert rows[0][:5] == ["rules", "version", "group", "received", "clock"]
        assert rows[1][2] == "ALL"
        assert {len(row) for row in rows} == {len(rows[0])}


@LANGUAGES
def test_hour_of_the_desk_is_replayed_by_keys(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    incident = str(take_call(live)["incident_id"])
    with live.client("dispatcher") as desk:
        number = shown(desk, incident)["number"]
    sign_in(page, live, "supervisor")
    opened(page, live, "replay")
    expect(page.get_by_label(words["from"])).to_be_visible()
    # The hour shown began an hour before the page was opened: one minute later, it has the call.
    soon = "new Date(Date.now() - 59 * 60000 - new Date().getTimezoneOffset() * 60000)"
    page.get_by_label(words["from"]).fill(page.evaluate(f"{soon}.toISOString().slice(0, 16)"))
    slider = page.get_by_role("slider", name=words["moment"])
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator(".replay__now li").filter(has_text=number)).to_be_visible()
    in_order(page)
    page.keyboard.press("Home")
    expect(page.locator(".replay__now li").filter(has_text=number)).to_have_count(0)
