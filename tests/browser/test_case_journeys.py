"""Journeys of a case over several desks.

A pothole from a telephone's photo to closed and rated; a matter refused twice and decided by the
arbiter; a case that turns into an incident and back.
"""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import screen, sign_in
from tests.browser.test_joint_task import act, choose, names
from tests.browser.test_public_report import WORDS as REPORT_WORDS
from tests.browser.test_public_report import case_with, fill, in_order, move, photo
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
PRESSURE = {"item_code": "0307", "lon": 24.9405, "lat": 60.1745}  # words and a measured value
COVER = {"kind": "COVER_MISSING", "lon": 24.9405, "lat": 60.1745, "text": "A cover is gone."}
WORDS = {
    "en": {
        "assign": "Assign", "to": "Hand to", "send_back": "Send back", "dispute": "Ask the arbiter",
        "decide": "Decide", "report": "Report handled", "verify": "Verify", "close": "Close",
        "return": "Return to dispatch", "divert": "Divert", "hand": "Hand to dispatch",
        "kind_box": "Kind", "gas": "Smell of gas", "at_desk": "It is with the dispatch desk",
        "reason": "Reason", "ground": "Ground", "duty": "Not our duty", "whose": "Whose it is",
        "outcome": "Outcome", "reading": "What was measured", "note": "What was found",
        "filed": "Filed", "handled": "Being handled", "disputed": "With the arbiter",
        "to_verify": "To be verified", "verified": "Verified", "closed": "Closed",
        "returned": "With dispatch", "told": "A department is working on it",
        "kind": "Damaged road or pavement", "put_right": "Yes, it was put right", "rate": "Say so",
    },
    "zh-CN": {
        "assign": "派单", "to": "派给", "send_back": "退回", "dispute": "提请裁定",
        "decide": "裁定", "report": "反馈", "verify": "核查通过", "close": "办结",
        "return": "退回派警", "divert": "分流", "hand": "转为警情",
        "kind_box": "类型", "gas": "燃气异味", "at_desk": "已转接处警中心",
        "reason": "原因", "ground": "退回依据", "duty": "不属本单位职责", "whose": "应由谁办理",
        "outcome": "处置结果", "reading": "测得数值", "note": "核查情况",
        "filed": "已立案", "handled": "处置中", "disputed": "待裁定",
        "to_verify": "待核查", "verified": "已核查", "closed": "已办结",
        "returned": "已转派警", "told": "有关部门正在处理",
        "kind": "路面、步道破损", "put_right": "是，已解决", "rate": "提交",
    },
}  # fmt: skip


class Desks:
    """The screens of those who act on a case, and what they do there, in one language."""

    def __init__(self, open_screen: Callable[..., Page], live: LiveServer, language: str) -> None:
        self._screen, self._live, self._language = open_screen, live, language
        self.words, self.called = WORDS[language], names(live, language)

    def open(self, username: str, path: str) -> Page:
        """Return a page on which somebody has signed in and opened a screen."""
        page = self._screen(self._language)
        sign_in(page, self._live, username)
        page.goto(f"{self._live.url}/console/{path}")
        return page

    def stands(self, page: Page, state: str) -> None:
        """Wait until the case on a page stands where it should, without loading it again."""
        expect(page.locator(".subject__head .chip")).to_have_text(self.words[state])

    def assign(self, page: Page, code: str = "") -> None:
        """Give the case to whoever leads its item, or to another organisation."""
        if code:
            choose(page, page.locator(".case-choose"), self.words["to"], self.called[code])
        page.get_by_role("button", name=self.words["assign"], exact=True).click()
        self.stands(page, "handled")

    def refuse(self, page: Page, how: str, whose: str) -> None:
        """Refuse the case on a ground, and say whose it is."""
        words = self.words
        page.get_by_role("button", name=words[how], exact=True).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label(words["reason"], exact=True).fill("No pipe of ours.")
        choose(page, dialog, words["ground"], words["duty"])
        choose(page, dialog, words["whose"], self.called[whose])
        assert violations(page) == []
        dialog.get_by_role("button", name=words[how], exact=True).click()
        expect(dialog).to_have_count(0)

    def decide(self, page: Page, code: str) -> None:
        """Give the case that was refused twice to somebody, for good."""
        page.get_by_role("button", name=self.words["decide"], exact=True).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label(self.words["reason"], exact=True).fill("The pipe is theirs.")
        choose(page, dialog, self.words["to"], self.called[code])
        dialog.get_by_role("button", name=self.words["decide"], exact=True).click()
        self.stands(page, "handled")

    def report_measured(self, page: Page, outcome: str, reading: str) -> None:
        """Report the handling of an item that asks for a measured value."""
        words = self.words
        page.get_by_role("button", name=words["report"], exact=True).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label(words["outcome"], exact=True).fill(outcome)
        send = dialog.get_by_role("button", name=words["report"], exact=True)
        expect(send).to_be_disabled()
        dialog.get_by_label(words["reading"], exact=True).fill(reading)
        assert violations(page) == []
        send.click()
        self.stands(page, "to_verify")
        expect(page.locator(".timeline")).to_contain_text(f"{words['reading']}: {reading}")

    def in_words(self, page: Page, name: str, fact: str, said: str) -> None:
        """Make a move that takes one fact in words."""
        act(page.locator(".subject"), self.words[name], self.words[fact], said)


def filed_pressure(live: LiveServer) -> str:
    """File a case of water that hardly runs; return its id."""
    with live.client("street-1") as street:
        filed = street.post("/api/v1/cases", json=PRESSURE)
        assert filed.status_code == 201, filed.text
        return str(filed.json()["id"])


def organisation(live: LiveServer, code: str) -> str:
    """Return the id of an organisation."""
    with live.client("supervisor") as centre:
        listed = centre.get("/api/v1/organisations").json()
        return str(next(one["id"] for one in listed if one["code"] == code))


def end(live: LiveServer, case_id: str, desk: str, *, pictured: bool = False, **told: str) -> None:
    """Handle a case that is assigned to a desk, and close it."""
    with live.client(desk) as handler, live.client("supervisor") as centre:
        if pictured:
            files = {"photo": ("done.jpg", photo()["buffer"], "image/jpeg")}
            assert handler.post(f"/api/v1/cases/{case_id}/photos", files=files).is_success
        move(handler, case_id, "report", outcome="In order.", **told)
        move(centre, case_id, "verify", note="Seen.")
        move(centre, case_id, "close", disposition="RESOLVED")


def a_photo() -> FilePayload:
    """Return a photo as somebody chooses it."""
    chosen = photo()
    return FilePayload(name="p.jpg", mimeType="image/jpeg", buffer=chosen["buffer"])


def reported_pothole(page: Page, live: LiveServer, language: str) -> str:
    """Report a pothole with a photo from a telephone, and follow it; return its case."""
    words, text = REPORT_WORDS[language], f"A deep hole. {uuid4()}"
    fill(page, live, words | {"kind": WORDS[language]["kind"]}, text)
    page.get_by_label(words["photo"], exact=True).set_input_files(a_photo())
    page.get_by_role("button", name=words["send"], exact=True).click()
    page.wait_for_url("**/report/done?number=*")
    page.get_by_role("link", name=words["follow"], exact=True).click()
    expect(page.locator(".path__step strong")).to_have_text([words["arrived"]])
    with live.client("supervisor") as centre:
        case = case_with(centre, text)
    assert len(case["photos"]) == 1
    return str(case["id"])


def rated(page: Page, language: str) -> None:
    """Say on the page to follow, once it is closed, that it was put right."""
    page.reload()
    expect(page.locator(".path__step strong").last).to_have_text(REPORT_WORDS[language]["closed"])
    in_order(page)
    page.get_by_label(WORDS[language]["put_right"], exact=True).check()
    page.get_by_role("button", name=WORDS[language]["rate"], exact=True).click()
    expect(page.locator("#verdict")).to_contain_text(WORDS[language]["put_right"])
    in_order(page)


def test_pothole_from_a_photo_to_closed_and_rated(
    screen: Callable[..., Page], phone: Callable[..., Page], live: LiveServer
) -> None:
    desks, resident = Desks(screen, live, "en"), phone("en")
    case_id = reported_pothole(resident, live, "en")
    centre = desks.open("supervisor", f"cases/{case_id}")
    expect(centre.locator(".photos img")).to_have_count(1)
    desks.assign(centre)

    works = desks.open("desk-roads", f"cases/{case_id}")
    works.locator("input[type=file]").set_input_files(a_photo())
    expect(works.locator(".photos img")).to_have_count(2)
    desks.in_words(works, "report", "outcome", "Filled and rolled.")
    desks.stands(centre, "to_verify")
    desks.in_words(centre, "verify", "note", "Level and firm.")
    desks.stands(centre, "verified")
    centre.get_by_role("button", name=desks.words["close"], exact=True).click()
    desks.stands(centre, "closed")
    rated(resident, "en")
    expect(centre.locator(".timeline__fact")).to_contain_text(["Level and firm."])


def test_pothole_is_reported_and_rated_in_chinese(
    phone: Callable[..., Page], live: LiveServer
) -> None:
    resident = phone("zh-CN")
    case_id = reported_pothole(resident, live, "zh-CN")
    with live.client("supervisor") as centre:
        move(centre, case_id, "assign", organisation_id=organisation(live, "MUNICIPAL_WORKS"))
    end(live, case_id, "desk-roads", pictured=True)
    rated(resident, "zh-CN")


def test_matter_refused_twice_is_decided_by_the_arbiter_and_closed(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    desks, case_id = Desks(screen, live, "en"), filed_pressure(live)
    words, path = desks.words, f"cases/{case_id}"
    centre = desks.open("supervisor", path)
    desks.assign(centre)
    water = desks.open("desk-water", path)
    desks.refuse(water, "send_back", whose="HOUSING")
    desks.stands(centre, "filed")
    desks.assign(centre, "HOUSING")

    housing = desks.open("desk-housing", path)
    expect(housing.get_by_role("button", name=words["dispute"], exact=True)).to_be_visible()
    expect(housing.get_by_role("button", name=words["send_back"], exact=True)).to_have_count(0)
    desks.refuse(housing, "dispute", whose="WATER")
    desks.stands(centre, "disputed")
    desks.decide(centre, "WATER")
    assert violations(centre) == []

    desks.stands(water, "handled")
    expect(water.get_by_role("button", name=words["report"], exact=True)).to_be_visible()
    for refusal in ("send_back", "dispute"):
        expect(water.get_by_role("button", name=words[refusal], exact=True)).to_have_count(0)
    assert not sticks_out(water)
    desks.report_measured(water, "The water runs again.", "3.1 bar at the hydrant")
    desks.stands(centre, "to_verify")
    desks.in_words(centre, "verify", "note", "It runs on every floor.")
    desks.stands(centre, "verified")
    centre.get_by_role("button", name=words["close"], exact=True).click()
    desks.stands(centre, "closed")


def test_second_refusal_and_the_decision_in_chinese(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    desks, case_id = Desks(screen, live, "zh-CN"), filed_pressure(live)
    water, housing = organisation(live, "WATER"), organisation(live, "HOUSING")
    refusal = {"ground": "NOT_OUR_DUTY", "proposed_id": housing, "reason": "Their pipe."}
    with live.client("supervisor") as centre, live.client("desk-water") as first:
        move(centre, case_id, "assign", organisation_id=water)
        move(first, case_id, "send_back", **refusal)
        move(centre, case_id, "assign", organisation_id=housing)
    second = desks.open("desk-housing", f"cases/{case_id}")
    desks.refuse(second, "dispute", whose="WATER")
    arbiter = desks.open("supervisor", f"cases/{case_id}")
    desks.stands(arbiter, "disputed")
    assert violations(arbiter) == []
    desks.decide(arbiter, "WATER")
    end(live, case_id, "desk-water", reading="3.1 bar")
    desks.stands(arbiter, "closed")


def reported_cover(live: LiveServer) -> tuple[str, str]:
    """Report a missing cover as a resident; return the report's number and its incident."""
    with live.client() as resident, live.client("dispatcher") as desk:
        taken = resident.post("/api/v1/public/reports", json=COVER)
        assert taken.status_code == 201, taken.text
        newest = desk.get("/api/v1/incidents", params={"limit": 1}).json()["items"][0]
        assert newest["kind"] == COVER["kind"]
        return str(taken.json()["number"]), str(newest["id"])


def case_of(live: LiveServer, incident_id: str) -> str:
    """Return the case that an incident was diverted to last."""
    with live.client("supervisor") as centre:
        listed = centre.get("/api/v1/cases", params={"limit": 50}).json()["items"]
        return str(next(one["id"] for one in listed if one["incident_id"] == incident_id))


def divert(page: Page, words: dict[str, str], why: str) -> None:
    """Give the incident on a page to casework, under the item of its kind."""
    page.get_by_role("button", name=words["divert"], exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words["reason"], exact=True).fill(why)
    assert violations(page) == []
    dialog.get_by_role("button", name=words["divert"], exact=True).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name=words["divert"], exact=True)).to_have_count(0)


def choosing_waits_for_its_list(page: Page, label: str) -> None:
    """Hold back whom a case may go to: no press is lost on a list that is still to come."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/v1/organisations", hold)
    page.reload()
    to_whom = page.locator(".case-choose").get_by_role("button", name=re.compile(label))
    expect(to_whom).to_be_disabled()
    for one in held:
        one.continue_()
    page.unroute("**/api/v1/organisations", hold)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_case_turns_into_an_incident_and_back(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    desks = Desks(screen, live, language)
    words, works = desks.words, organisation(live, "MUNICIPAL_WORKS")
    number, incident_id = reported_cover(live)
    with live.client("supervisor") as centre:
        first = {"reason": "A cover to replace.", "item_code": "0102"}
        sent = centre.post(f"/api/v1/incidents/{incident_id}/moves/divert", json=first)
        assert sent.status_code == 200, sent.text
        before = case_of(live, incident_id)
        move(centre, before, "assign", organisation_id=works)
    handler = desks.open("desk-roads", f"cases/{before}")
    desks.in_words(handler, "return", "reason", "Somebody has fallen in.")
    desks.stands(handler, "returned")
    assert violations(handler) == []

    desk = desks.open("dispatcher", f"incidents/{incident_id}")
    expect(desk.get_by_text("Somebody has fallen in.")).to_be_visible()
    divert(desk, words, "He is out; the cover is still missing.")
    after = case_of(live, incident_id)
    assert after != before
    centre_page = desks.open("supervisor", f"cases/{after}")
    desks.stands(centre_page, "filed")
    expect(centre_page.locator(f"a[href$='/incidents/{incident_id}']")).to_be_visible()
    choosing_waits_for_its_list(centre_page, words["to"])
    desks.assign(centre_page, "MUNICIPAL_WORKS")
    assert not sticks_out(centre_page)

    resident = screen(language)
    resident.goto(f"{live.url}/follow/{number}")
    expect(resident.locator(".path__step strong").last).to_have_text(re.compile(words["told"]))
    assert violations(resident) == []
    end(live, after, "desk-roads", pictured=True)
    desks.stands(centre_page, "closed")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_case_that_never_was_an_incident_is_handed_to_dispatch(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    desks = Desks(screen, live, language)
    words = desks.words
    with live.client() as visitor, live.client("supervisor") as centre:
        body = {"kind": "HEATING_OUTAGE", "lon": 24.9405, "lat": 60.1745, "text": "No heat."}
        number = visitor.post("/api/v1/public/reports", json=body).json()["number"]
        newest = centre.get("/api/v1/cases", params={"limit": 1}).json()["items"][0]
        move(centre, newest["id"], "assign", organisation_id=organisation(live, "GAS_HEAT"))
    heat = desks.open("desk-heat", f"cases/{newest['id']}")
    heat.get_by_role("button", name=words["hand"], exact=True).click()
    dialog = heat.get_by_role("dialog")
    dialog.get_by_label(words["reason"], exact=True).fill("The pipe leaks gas.")
    dialog.get_by_role("combobox", name=words["kind_box"], exact=True).fill(words["gas"])
    heat.get_by_role("option", name=re.compile(words["gas"])).click()
    assert violations(heat) == []
    dialog.get_by_role("button", name=words["hand"], exact=True).click()
    desks.stands(heat, "returned")
    expect(heat.locator(".timeline")).to_contain_text(words["gas"])
    assert not sticks_out(heat)

    resident = screen(language)
    resident.goto(f"{live.url}/follow/{number}")
    expect(resident.locator(".path__step strong").last).to_have_text(words["at_desk"])
    assert violations(resident) == []
    with live.client("dispatcher") as desk:
        incident = desk.get("/api/v1/incidents", params={"limit": 1}).json()["items"][0]
        assert (incident["kind"], incident["state"]) == ("GAS_SMELL", "OPEN")
        closing = {"disposition": "RESOLVED", "note": "Shut off."}
        path = f"/api/v1/incidents/{incident['id']}/moves/close"
        assert desk.post(path, json=closing).is_success
