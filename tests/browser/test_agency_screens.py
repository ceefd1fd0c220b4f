"""Screens of linked agencies and of public warnings, in both languages: asked, answered, agreed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.test_alerts import keep_picture
from tests.browser.test_desk import PHONE, SCREEN, screen, sign_in
from tests.browser.test_screens_at_work import LANGUAGES, in_order, opened
from tests.live import LiveServer

__all__ = ["screen"]  # the fixture of the desk's tests

pytestmark = pytest.mark.browser
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "accept": "Accept", "accepted": "Accepted", "given": "Help was given", "refuse": "Refuse",
        "refused": "Refused", "reason": "Reason", "offer": "Offer an agreement",
        "agency": "Agency", "offered": "Offered", "withdraw": "Withdraw", "withdrawn": "Withdrawn",
        "webhook": "Add a webhook", "address": "Address (https)", "kept": "It is handed over",
        "pause": "Pause", "paused": "Paused", "resume": "Resume", "draft": "Draft a warning",
        "approve": "Approve", "approved": "Approved", "discard": "Discard",
        "discarded": "Discarded", "another": "Somebody else must approve it.",
    },
    "zh-CN": {
        "accept": "接受", "accepted": "已接受", "given": "已完成支援", "refuse": "拒绝",
        "refused": "已拒绝", "reason": "原因", "offer": "提出协议", "agency": "单位",
        "offered": "待接受", "withdraw": "撤回", "withdrawn": "已撤回", "webhook": "添加推送地址",
        "address": "地址（https）", "kept": "已交付", "pause": "暂停", "paused": "暂停",
        "resume": "恢复", "draft": "起草预警", "approve": "审核通过", "approved": "已审核",
        "discard": "弃用", "discarded": "已弃用", "another": "须由他人审核。",
    },
}  # fmt: skip


def ask_water(live: LiveServer, note: str) -> str:
    """Ask the water works for help at a new incident; return the number of the incident."""
    with live.client("dispatcher") as desk:
        fire = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "lon": 24.9425, "lat": 60.1690}
        incident = desk.post("/api/v1/reports", json=fire).json()["incident_id"]
        agencies = {row["code"]: row["id"] for row in desk.get("/api/v1/agencies").json()}
        body = {"agency_id": agencies["WATER_WORKS"], "capabilities": ["UTILITY_CREW"]}
        path = f"/api/v1/incidents/{incident}"
        asked = desk.post(f"{path}/help-requests", json=body | {"note": note})
        assert asked.status_code == 201, asked.text
        return str(desk.get(path).json()["number"])


def answer_in_words(page: Page, card: Locator, move: str, reason: str, text: str) -> None:
    """Make a move that wants a reason, by keys alone."""
    card.get_by_role("button", name=move, exact=True).press("Enter")
    expect(page.get_by_role("dialog").get_by_label(reason)).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


@LANGUAGES
def test_agency_is_asked_at_once_and_answers_by_keys(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language, PHONE), WORDS[language]
    sign_in(page, live, "agency-water")
    opened(page, live, "inbox")
    first, second = (f"Hydrants {n} {language}" for n in range(2))
    ask_water(live, first)
    card = page.get_by_role("listitem").filter(has_text=first)
    card.get_by_role("button", name=words["accept"], exact=True).press("Enter")
    expect(card.get_by_text(words["accepted"], exact=True)).to_be_visible()
    number = ask_water(live, second)
    other = page.get_by_role("listitem").filter(has_text=second)
    expect(other).to_be_visible()
    in_order(page)
    answer_in_words(page, other, words["refuse"], words["reason"], "All crews are out.")
    expect(page.get_by_text(words["refused"], exact=True).first).to_be_visible()
    with live.client("dispatcher") as desk:
        asked = desk.get("/api/v1/help-requests").json()["items"]
        states = {one["note"]: (one["state"], one["reason"]) for one in asked}
    assert states[first] == ("ACCEPTED", "")
    assert states[second] == ("REFUSED", "All crews are out."), number
    card.get_by_role("button", name=words["given"], exact=True).press("Enter")
    expect(card.get_by_role("button", name=words["given"], exact=True)).to_have_count(0)


def choose(page: Page, label: str, option: str) -> None:
    """Choose one of a list in the dialog, by keys alone."""
    page.get_by_role("dialog").locator(".field", has_text=label).locator(".choice").press("Enter")
    page.get_by_role("option", name=option, exact=True).press("Enter")


@LANGUAGES
def test_agreement_is_offered_and_withdrawn_by_keys(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language, SCREEN), WORDS[language]
    sign_in(page, live, "admin")
    opened(page, live, "agreements")
    with live.client("admin") as office:
        agencies = {row["code"]: row for row in office.get("/api/v1/agencies").json()}
        gas = agencies["POWER_GRID"]
        name = gas["name_en"] if language == "en" else gas["name_zh"]
        before = {one["id"] for one in office.get("/api/v1/agreements").json()["items"]}
        page.get_by_role("button", name=words["offer"], exact=True).press("Enter")
        choose(page, words["agency"], name)
        in_order(page)
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name=words["offer"], exact=True).press("Enter")
        expect(dialog).to_have_count(0)
        card = page.locator(".deal").filter(has_text=words["offered"]).filter(has_text=name)
        expect(card).to_be_visible()
        in_order(page)
        answer_in_words(page, card, words["withdraw"], words["reason"], "Offered by mistake.")
        expect(card).to_have_count(0)
        after = office.get("/api/v1/agreements").json()["items"]
        assert [one["state"] for one in after if one["id"] not in before] == ["WITHDRAWN"]


@pytest.mark.parametrize(("language", "code"), [("en", "POWER_GRID"), ("zh-CN", "WATER_WORKS")])
def test_webhook_is_added_told_its_secret_once_and_paused(
    screen: Callable[..., Page], live: LiveServer, language: str, code: str
) -> None:
    page, words = screen(language), WORDS[language]
    sign_in(page, live, "admin")
    opened(page, live, "agreements")
    with live.client("admin") as office:
        agencies = {row["code"]: row for row in office.get("/api/v1/agencies").json()}
        name = agencies[code]["name_en" if language == "en" else "name_zh"]
        page.get_by_role("button", name=words["webhook"], exact=True).press("Enter")
        choose(page, words["agency"], name)
        address = page.get_by_role("dialog").get_by_label(words["address"])
        address.fill(f"https://{language.lower()}.example/anlan")
        address.press("Enter")
        secret = page.locator(".deal__secret")
        expect(secret).to_be_visible()
        assert len(secret.inner_text()) >= 32
        in_order(page)
        page.get_by_role("button", name=words["kept"], exact=True).press("Enter")
        expect(secret).to_have_count(0)
        card = page.locator(".deal").filter(has_text=f"https://{language.lower()}.example/anlan")
        card.get_by_role("button", name=words["pause"], exact=True).press("Enter")
        expect(card.get_by_role("button", name=words["resume"], exact=True)).to_be_visible()
        hooks = office.get("/api/v1/webhooks").json()
        added = next(one for one in hooks if one["url"].startswith(f"https://{language.lower()}."))
        assert (added["active"], "secret" in added) == (False, False)


@LANGUAGES
def test_warning_is_drafted_by_one_and_approved_by_another_before_the_eyes_of_both(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    words, headline = WORDS[language], f"Headline {language}"
    page, other = screen(language), screen(language, PHONE)
    sign_in(page, live, "dispatcher")
    opened(page, live, "warnings")
    sign_in(other, live, "supervisor")
    opened(other, live, "warnings")
    page.get_by_role("button", name=words["draft"], exact=True).press("Enter")
    dialog = page.get_by_role("dialog")
    fields = dialog.locator("input[type=text], textarea, input:not([type])")
    for number in range(10):  # five parts in each of two languages
        fields.nth(number).fill(headline)
    in_order(page)
    dialog.get_by_role("button", name=words["draft"], exact=True).press("Enter")
    expect(dialog).to_have_count(0)

    def card(of: Page) -> Locator:
        return of.locator(".deal").filter(has_text=headline)

    expect(card(page).get_by_text(words["another"])).to_be_visible()
    card(other).get_by_role("button", name=words["approve"], exact=True).press("Enter")
    expect(card(page).get_by_text(words["approved"], exact=True)).to_be_visible()
    in_order(other)
    answer_in_words(other, card(other), words["discard"], words["reason"], "Only a test.")
    expect(card(page).get_by_text(words["discarded"], exact=True)).to_be_visible()


@pytest.mark.refused(403)
@pytest.mark.parametrize(
    ("language", "holder", "again"),
    [("en", "Agency desk", "Try again"), ("zh-CN", "联动单位席", "重试")],
)
def test_refusal_for_want_of_a_permission_says_who_has_it_and_offers_no_second_try(
    screen: Callable[..., Page], live: LiveServer, language: str, holder: str, again: str
) -> None:
    page = screen(language, SCREEN)
    sign_in(page, live, "dispatcher")
    opened(page, live, "inbox")
    refused = page.locator(".state").filter(has_text="share.read")
    expect(refused).to_contain_text(holder)
    expect(page.get_by_role("main").get_by_role("button", name=again)).to_have_count(0)
    keep_picture(page, f"refused-{language}")
    in_order(page)
