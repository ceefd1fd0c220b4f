"""A month read by a department: formula, figure, the cases behind it, an appeal, its decision.

Department and centre read different languages, as they may: the journey is gone through once.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, screen, sign_in
from tests.live import CHECKOUT, LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
ITEM = "0307"  # led by the water works, and reported without a photo
PLACE = {"lon": 24.942, "lat": 60.1712}
COUNT_LIMIT_S = 120
# The worker counts once a night; here the next night has come.
COUNT = """
import django
django.setup()
from datetime import timedelta
from anlan.casework.evaluation.services import evaluate_due
from anlan.kernel.clock import now
evaluate_due(now() + timedelta(days=1))
"""
AT_THE_WORKS = {
    "formula": "本单位自身时限内完成全部处置", "cases": "的案件", "hit": "符合",
    "few": "没有同类案件|不作比较", "appeal": "申诉：", "file": "申诉", "ground": "申诉理由",
    "wrong": "记录有误", "words": "有什么不对", "waits": "等待裁定", "method": "数字是怎样得出的",
}  # fmt: skip
AT_THE_CENTRE = {"decline": "Decline", "reason": "Reason", "decision": "The clock was right."}


def done(reply: httpx.Response) -> dict[str, Any]:
    """Return what a request made; it must succeed."""
    assert reply.status_code in {200, 201}, reply.text
    return dict(reply.json())


def closed(live: LiveServer) -> str:
    """Bring a case of the water works to its end and count the month; return its number."""
    with live.client("supervisor") as centre:
        case = done(centre.post("/api/v1/cases", json={"item_code": ITEM, **PLACE}))
        if case["state"] == "FILED":
            (water,) = (
                one["id"]
                for one in centre.get("/api/v1/organisations").json()
                if one["code"] == "WATER"
            )
            moved = centre.post(
                f"/api/v1/cases/{case['id']}/moves/assign", json={"organisation_id": water}
            )
            done(moved)
    for who, move, facts in (
        ("desk-water", "report", {"outcome": "A valve was opened.", "reading": "3.4 bar"}),
        ("supervisor", "verify", {"note": "Pressure is back."}),
        ("supervisor", "close", {"disposition": "RESOLVED"}),
    ):
        with live.client(who) as staff:
            done(staff.post(f"/api/v1/cases/{case['id']}/moves/{move}", json=facts))
    subprocess.run(
        [sys.executable, "-c", COUNT],
        env=live.environment(), cwd=CHECKOUT, check=True, timeout=COUNT_LIMIT_S,
    )  # fmt: skip
    return str(case["number"])


def whole(page: Page) -> None:
    """See that a page is usable in every way, and fits its screen."""
    assert violations(page) == []
    assert not sticks_out(page)


def test_figure_is_read_with_its_formula_and_cases_and_is_appealed(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    words, number = AT_THE_WORKS, closed(live)
    page = screen("zh-CN")
    sign_in(page, live, "desk-water")
    page.goto(f"{live.url}/console/evaluation")
    expect(page.locator(".evaluation__formula")).to_contain_text(words["formula"])
    page.get_by_text(words["method"]).click()
    expect(page.locator(".standing")).to_contain_text(re.compile(words["few"]))
    whole(page)
    page.get_by_role("button", name=re.compile(words["cases"])).click()
    page.get_by_role("radio", name=words["hit"], exact=True).click()
    expect(page.get_by_role("link", name=number)).to_be_visible()
    whole(page)
    page.get_by_role("button", name=f"{words['appeal']}{number}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=re.compile(f"{words['ground']}$")).click()
    page.get_by_role("option", name=words["wrong"], exact=True).click()
    page.get_by_label(words["words"]).fill("It was earlier.")
    assert violations(page) == []
    dialog.get_by_role("button", name=words["file"], exact=True).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text(words["waits"]).first).to_be_visible()
    decide(screen("en", PHONE), live)
    page.reload()
    expect(page.get_by_text(AT_THE_CENTRE["decision"]).first).to_be_visible()


def decide(page: Page, live: LiveServer) -> None:
    """Decline the appeal that waits, at the centre, on a phone."""
    words = AT_THE_CENTRE
    sign_in(page, live, "supervisor")
    page.goto(f"{live.url}/console/evaluation")
    page.get_by_role("button", name=words["decline"], exact=True).click()
    page.get_by_label(words["reason"]).fill(words["decision"])
    page.get_by_role("dialog").get_by_role("button", name=words["decline"], exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text(words["decision"]).first).to_be_visible()
    whole(page)
