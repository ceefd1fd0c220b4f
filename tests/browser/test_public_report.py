"""A resident with a phone: reports with a photo, follows to the closure, asks once for more."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.live import LiveServer

pytestmark = pytest.mark.browser
STREET = "Mannerheimintie"
WORDS = {
    "en": {
        "search": "Search", "send": "Send the report", "follow": "Follow it",
        "arrived": "Your report has arrived", "in_hand": "A department is working on it",
        "checked": "The work is done and is being checked", "closed": "It is closed",
        "again": "It was opened again: a department is working on it",
        "ended": "It was put right.", "reopen": "Ask to open it again",
        "kind": "Street lamp out", "text": "What do you see?", "reason": "What is still wrong?",
        "address": "Street and number, or the name of a place", "photo": "Photo (not required)",
    },
    "zh-CN": {
        "search": "搜索", "send": "提交报告", "follow": "查看进展",
        "arrived": "已收到报告", "in_hand": "有关部门正在处理",
        "checked": "已处理，正在核查", "closed": "已办结",
        "again": "已重新办理：责任单位正在处理", "ended": "问题已解决。", "reopen": "申请重开",
        "kind": "路灯不亮", "text": "您看到了什么？", "reason": "还有什么问题？",
        "address": "街道和门牌号，或地点名称", "photo": "照片（可不填）",
    },
}  # fmt: skip


def photo(width: int = 640, height: int = 480, *, quality: int = 80) -> dict[str, Any]:
    """Return a noisy JPEG as a browser chooses it: noise is what compresses worst."""
    pixels = np.random.default_rng(7).integers(0, 255, (height, width, 3), np.uint8)
    kept = io.BytesIO()
    Image.fromarray(pixels).save(kept, "JPEG", quality=quality)
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def in_order(page: Page) -> None:
    """Assert that everybody can use the page, on this screen."""
    assert violations(page) == []
    assert not sticks_out(page)


def fill(page: Page, live: LiveServer, words: dict[str, str], text: str) -> None:
    """Open the form and fill in place, kind and text."""
    page.goto(f"{live.url}/report")
    page.get_by_label(words["address"], exact=True).fill(STREET)
    page.get_by_role("button", name=words["search"], exact=True).click()
    page.locator("#choices label").nth(1).click()
    page.locator("#kind").select_option(label=words["kind"])
    page.get_by_label(words["text"], exact=True).fill(text)


def case_with(staff: httpx.Client, text: str) -> dict[str, Any]:
    """Return the one case of the installation that holds `text`."""
    listed = staff.get("/api/v1/cases", params={"limit": 200}).json()["items"]
    cases = [staff.get(f"/api/v1/cases/{one['id']}").json() for one in listed]
    (found,) = [case for case in cases if case["text"] == text]
    return dict(found)


def move(staff: httpx.Client, case_id: str, name: str, **facts: str) -> None:
    """Make a move of a case; it must succeed."""
    reply = staff.post(f"/api/v1/cases/{case_id}/moves/{name}", json=facts)
    assert reply.status_code == 200, reply.text


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("zh-CN", "dark")])
def test_resident_reports_with_a_photo_and_follows_to_closure(
    live: LiveServer, phone: Callable[..., Page], language: str, scheme: str
) -> None:
    words, text = WORDS[language], f"The lamp is dark. {uuid4()}"
    page = phone(language, color_scheme=scheme)
    page.goto(f"{live.url}/report")
    in_order(page)
    fill(page, live, words, text)
    page.get_by_label(words["photo"], exact=True).set_input_files(photo())
    in_order(page)
    page.get_by_role("button", name=words["send"], exact=True).click()
    page.wait_for_url("**/report/done?number=*")
    in_order(page)
    page.get_by_role("link", name=words["follow"], exact=True).click()
    stages = page.locator(".path__step strong")
    expect(stages).to_have_text([words["arrived"]])
    in_order(page)

    with live.client("supervisor") as centre, live.client("desk-lighting") as lighting:
        case = case_with(centre, text)
        assert len(case["photos"]) == 1
        organisation = lighting.get("/api/v1/session").json()["organisation"]["id"]
        move(centre, case["id"], "assign", organisation_id=organisation)
        page.reload()
        expect(stages).to_have_text([words["arrived"], words["in_hand"]])
        files = {"photo": ("done.jpg", photo()["buffer"], "image/jpeg")}
        assert lighting.post(f"/api/v1/cases/{case['id']}/photos", files=files).is_success
        move(lighting, case["id"], "report", outcome="A new lamp burns.")
        page.reload()
        told = [words["arrived"], words["in_hand"], words["checked"]]
        expect(stages).to_have_text(told)
        move(centre, case["id"], "verify", note="It burns.")
        move(centre, case["id"], "close", disposition="RESOLVED")
        page.reload()
        expect(stages).to_have_text([*told, words["closed"]])
    expect(page.locator("#ended")).to_have_text(words["ended"])
    in_order(page)

    page.get_by_label(words["reason"], exact=True).fill("Dark again.")
    page.get_by_role("button", name=words["reopen"], exact=True).click()
    expect(stages).to_have_text([*told, words["closed"], words["again"]])
    expect(page.get_by_role("button", name=words["reopen"], exact=True)).to_have_count(0)
    in_order(page)


KNOWN = {
    "en": {
        "kind": "Heating outage", "near": "Heating outage", "far": "About 0 m away",
        "another": "Mine is something else", "done": "It is closed",
    },
    "zh-CN": {
        "kind": "供热中断", "near": "供热中断", "far": "约 0 米外",
        "another": "我报告的是另一件事", "done": "已办结",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_is_reported_already_is_shown_and_joined(
    live: LiveServer, phone: Callable[..., Page], language: str
) -> None:
    words, text = WORDS[language] | KNOWN[language], f"It is cold. {uuid4()}"
    first = phone(language)
    fill(first, live, words, text)
    expect(first.locator("#known input")).to_have_count(0)
    first.get_by_role("button", name=words["send"], exact=True).click()
    first.wait_for_url("**/report/done?number=*")
    with live.client("supervisor") as centre, live.client("desk-heat") as heat:
        case = case_with(centre, text)
        second = phone(language)
        fill(second, live, words, f"Cold here too. {uuid4()}")
        known = second.locator("#known")
        expect(known).to_contain_text(words["near"])
        expect(known).to_contain_text(words["far"])
        assert text not in known.inner_text()
        expect(second.get_by_label(words["another"], exact=True)).to_be_checked()
        in_order(second)
        second.locator(f"#known input[value='{case['number']}']").check()
        second.get_by_role("button", name=words["send"], exact=True).click()
        second.get_by_role("link", name=words["follow"], exact=True).click()
        organisation = heat.get("/api/v1/session").json()["organisation"]["id"]
        move(centre, case["id"], "assign", organisation_id=organisation)
        move(heat, case["id"], "report", outcome="It is warm.")
        move(centre, case["id"], "verify", note="Warm.")
        move(centre, case["id"], "close", disposition="RESOLVED")
    second.reload()
    expect(second.locator(".path__step strong").last).to_have_text(words["done"])
    in_order(second)


def test_form_works_without_a_script(live: LiveServer, phone: Callable[..., Page]) -> None:
    page = phone("en", java_script_enabled=False)
    fill(page, live, WORDS["en"], "Reported without a script.")
    page.locator("#photo").set_input_files(photo())
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("#number")).to_have_text(page.url.partition("number=")[2])


def test_errors_are_told_at_once_and_take_the_reader_to_their_fields(
    live: LiveServer, phone: Callable[..., Page]
) -> None:
    page = phone("en")
    page.goto(f"{live.url}/report")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("#summary")).to_be_focused()
    in_order(page)
    page.get_by_role("link", name="Choose what kind of matter it is.").click()
    expect(page.locator("#kind")).to_be_focused()


def test_large_photo_is_made_small_before_it_is_sent(
    live: LiveServer, phone: Callable[..., Page]
) -> None:
    page, large = phone("en"), photo(3_000, 2_250, quality=95)
    assert len(large["buffer"]) > 6 * 1024 * 1024
    fill(page, live, WORDS["en"], "Reported with a large photo.")
    page.locator("#photo").set_input_files(large)
    page.get_by_role("button", name="Send the report").click()
    page.wait_for_url("**/report/done?number=*")


def test_file_that_cannot_be_made_small_is_refused_at_its_field(
    live: LiveServer, phone: Callable[..., Page]
) -> None:
    page = phone("en")
    fill(page, live, WORDS["en"], "Reported with a file that is no photo.")
    broken = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"x" * (6 * 1024 * 1024)}
    page.locator("#photo").set_input_files(broken)
    expect(page.locator("#photo-wrong")).to_contain_text("larger than 5 MB")
    expect(page.locator("#photo")).to_have_value("")
    in_order(page)


def test_photo_of_40_mb_is_refused_without_a_script_too(
    live: LiveServer, phone: Callable[..., Page], tmp_path: Path
) -> None:
    page = phone("en", java_script_enabled=False)
    fill(page, live, WORDS["en"], "Reported with a photo of 40 MB.")
    heavy = tmp_path / "p.jpg"
    heavy.write_bytes(photo()["buffer"] + bytes(40 << 20))
    page.locator("#photo").set_input_files(heavy)
    with page.expect_response("**/report") as answered:
        page.get_by_role("button", name="Send the report").click()
    assert answered.value.status == 413
    expect(page.locator("body")).to_contain_text("A photo may have at most 5 MB")


def test_own_position_becomes_the_place(live: LiveServer, phone: Callable[..., Page]) -> None:
    position = {"longitude": 24.9523, "latitude": 60.1695, "accuracy": 14}
    page = phone("en", geolocation=position, permissions=["geolocation"])
    page.goto(f"{live.url}/report")
    page.get_by_role("button", name="Use my position").click()
    expect(page.locator("#position-said")).to_contain_text("accurate to about 14 m")
    chosen = page.locator("#choices input:checked")
    expect(chosen).to_have_count(1)
    assert (chosen.get_attribute("value") or "").startswith("24.952300,60.169500,")
    in_order(page)


def test_pressing_send_twice_is_one_report(live: LiveServer, phone: Callable[..., Page]) -> None:
    page, text = phone("en"), f"Pressed twice. {uuid4()}"
    fill(page, live, WORDS["en"], text)
    page.get_by_role("button", name="Send the report").dblclick()
    page.wait_for_url("**/report/done?number=*")
    with live.client("supervisor") as centre:
        assert case_with(centre, text)["state"] == "FILED"


def test_language_is_switched_by_a_link_and_stays(
    live: LiveServer, phone: Callable[..., Page]
) -> None:
    page = phone("en")
    page.goto(f"{live.url}/follow")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("查看报告进展")
    page.get_by_role("link", name="报告", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("报告一件事")


def test_times_are_shown_in_the_readers_own_zone(
    live: LiveServer, phone: Callable[..., Page]
) -> None:
    page = phone("en", timezone_id="Asia/Shanghai")
    with live.client() as visitor:
        body = {"kind": "NOISE", "lon": 24.9425, "lat": 60.1690, "text": "Drilling."}
        taken = visitor.post("/api/v1/public/reports", json=body).json()
    page.goto(f"{live.url}/follow/{taken['number']}")
    shown = page.evaluate(
        "at => new Intl.DateTimeFormat('en', {dateStyle: 'medium', timeStyle: 'short',"
        " timeZone: 'Asia/Shanghai'}).format(new Date(at))",
        taken["received_at"],
    )
    received = page.locator(f"time[datetime^='{taken['received_at'][:19]}']")
    expect(received).to_have_text(shown)
