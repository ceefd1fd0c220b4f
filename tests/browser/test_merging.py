"""One matter reported twice: offered on the case's page, merged by hand, told to who follows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_case_journeys import end, organisation
from tests.browser.test_desk import PHONE, screen, sign_in
from tests.browser.test_public_report import move
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
PLACES = {"en": (24.9442, 60.1741), "zh-CN": (24.9462, 60.1751)}
WORDS = {
    "en": {
        "merge": "Merge", "reason": "Reason", "merged": "Merged", "out": "Take out",
        "filed": "Filed", "told": "Others have reported the same matter",
    },
    "zh-CN": {
        "merge": "合并", "reason": "原因", "merged": "已合并", "out": "移出",
        "filed": "已立案", "told": "也有其他人报告了同一件事",
    },
}  # fmt: skip


def reported(live: LiveServer, language: str, metres: float = 0.0) -> tuple[str, str]:
    """Report a hole in a pavement, so far to the north; return its number and its case."""
    lon, lat = PLACES[language]
    body = {"channel": "PHONE", "kind": "PAVEMENT_DAMAGE", "text": "A hole", "lon": lon}
    with live.client("calltaker") as taker:
        taken = taker.post("/api/v1/reports", json=body | {"lat": lat + metres / 111_195})
        assert taken.status_code == 201, taken.text
        return str(taken.json()["number"]), str(taken.json()["case_id"])


def settle(live: LiveServer, case_id: str) -> None:
    """Have a filed case handled and closed, so that nothing is left for the next journey."""
    with live.client("supervisor") as centre:
        move(centre, case_id, "assign", organisation_id=organisation(live, "MUNICIPAL_WORKS"))
    end(live, case_id, "desk-roads", pictured=True)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_one_hole_told_twice_is_merged_and_taken_out_again(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    words = WORDS[language]
    _, leading = reported(live, language)
    number, case_id = reported(live, language, metres=12)
    page = screen(language)
    sign_in(page, live, "supervisor")
    page.goto(f"{live.url}/console/cases/{case_id}")
    offered = page.locator(".joint-part")
    expect(offered).to_have_count(1)
    expect(offered).to_contain_text("12")
    assert violations(page) == []
    offered.get_by_role("button", name=words["merge"], exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words["reason"], exact=True).fill("One hole.")
    dialog.get_by_role("button", name=words["merge"], exact=True).click()
    chip = page.locator(".subject__head .chip")
    expect(chip).to_have_text(words["merged"])
    assert violations(page) == []

    resident = screen(language, PHONE)
    resident.goto(f"{live.url}/follow/{number}")
    expect(resident.locator("#merged")).to_contain_text(words["told"])
    assert not sticks_out(resident)
    assert violations(resident) == []

    page.get_by_role("button", name=words["out"], exact=True).click()
    dialog.get_by_label(words["reason"], exact=True).fill("Another one.")
    dialog.get_by_role("button", name=words["out"], exact=True).click()
    expect(chip).to_have_text(words["filed"])
    assert not sticks_out(page)
    for one in (leading, case_id):
        settle(live, one)
