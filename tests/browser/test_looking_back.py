"""Shift change and looking back: handed over by one person, taken by another, replayed by keys."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, screen, sign_in, take_call
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
WORDS = {
    "en": {
        "add": "Add to the log", "note": "Note", "keep": "Keep", "hand_over": "Hand over",
        "words": "Words of the leaving shift", "take_over": "Take over", "remark": "Remark",
        "taken": "Taken over by", "moment": "Moment", "look_back": "Look back",
        "agrees": "Rebuilt from its steps alone", "add_note": "Add a note",
        "keep_note": "Keep the note",
    },
    "zh-CN": {
        "add": "写入日志", "note": "记录", "keep": "保存", "hand_over": "交班",
        "words": "交班人的话", "take_over": "接班", "remark": "备注",
        "taken": "接班人：", "moment": "时刻", "look_back": "复盘",
        "agrees": "仅凭步骤重建", "add_note": "添加记录",
        "keep_note": "保存记录",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_one_shift_hands_over_and_another_person_takes_over(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    words, text = WORDS[language], f"Ring the school ({language})."
    page = screen(language)
    sign_in(page, live, "dispatcher")
    page.goto(f"{live.url}/console/handover")
    page.get_by_role("button", name=words["add"]).click()
    page.get_by_role("dialog").get_by_label(words["note"], exact=True).fill(text)
    page.get_by_role("dialog").get_by_role("button", name=words["keep"], exact=True).click()
    expect(page.get_by_text(text)).to_be_visible()
    page.get_by_role("button", name=words["hand_over"], exact=True).click()
    page.get_by_label(words["words"]).fill("All quiet.")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=words["hand_over"], exact=True).click()
    page.wait_for_url(re.compile(r"/handover/[0-9a-f-]{36}$"))
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".handover__words")).to_have_text("All quiet.")
    assert page.get_by_role("button", name=words["take_over"], exact=True).count() == 0
    assert violations(page) == []

    other = screen(language, PHONE)
    sign_in(other, live, "calltaker")
    other.goto(page.url)
    other.get_by_role("button", name=words["take_over"], exact=True).click()
    dialog = other.get_by_role("dialog")
    dialog.get_by_label(words["remark"]).fill("Seen.")
    dialog.get_by_role("button", name=words["take_over"], exact=True).click()
    expect(other.get_by_text(words["taken"])).to_be_visible()
    assert not sticks_out(other)
    expect(page.get_by_text(words["taken"])).to_be_visible()  # told by the stream


def worked(live: LiveServer) -> str:
    """Lead an incident to its end through the API; return its id."""
    incident = str(take_call(live)["incident_id"])
    with live.client("dispatcher") as dispatcher:
        path = f"/api/v1/incidents/{incident}"
        ranking: dict[str, Any] = dispatcher.post(f"{path}/recommendations", json={}).json()
        suggested = [one["unit_id"] for one in ranking["units"] if one["suggested"]]
        units = {"unit_ids": suggested, "recommendation_id": ranking["id"]}
        for sent in dispatcher.post(f"{path}/assignments", json=units).json():
            crew = f"crew-{sent['call_sign'].lower()}"
            with live.client(crew) as client:
                moves = f"/api/v1/assignments/{sent['id']}/moves"
                for move, facts in (("on_scene", {}), ("clear", {"outcome": "Handed over."})):
                    assert client.post(f"{moves}/{move}", json=facts).status_code == 200
        close = {"disposition": "RESOLVED"}
        assert dispatcher.post(f"{path}/moves/close", json=close).status_code == 200
    return incident


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_an_incident_is_replayed_by_keys_and_noted_on(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    words, incident = WORDS[language], worked(live)
    page = screen(language)
    sign_in(page, live, "supervisor")
    page.goto(f"{live.url}/console/incidents/{incident}")
    page.get_by_role("link", name=words["look_back"]).click()
    expect(page.get_by_text(words["agrees"])).to_be_visible()
    slider = page.get_by_role("slider", name=words["moment"])
    slider.focus()
    now = page.locator(".replay__now li")
    page.keyboard.press("End")
    expect(now).not_to_have_count(0)
    entries = page.locator(".replay__side .timeline li")
    told = entries.count()
    page.keyboard.press("Home")
    expect(entries).not_to_have_count(told)
    assert violations(page) == []

    page.get_by_role("button", name=words["add_note"], exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words["note"], exact=True).fill("The gate was open.")
    dialog.get_by_role("button", name=words["keep_note"]).click()
    expect(page.get_by_text("The gate was open.")).to_be_visible()
    assert not sticks_out(page)
