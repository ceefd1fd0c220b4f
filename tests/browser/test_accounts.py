"""An administrator looks after an account; everybody looks after the own one."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, SCREEN, screen, sign_in
from tests.live import LiveServer, signed_in

pytestmark = pytest.mark.browser
__all__ = ["screen"]
OF = "desk-telecom"  # no other journey needs it
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
WORDS = {
    "en": {
        "search": "Part of a name", "act": f"End all sign-ins: {OF}", "confirm": "End all sign-ins",
        "reason": "Reason", "why": "A telephone was left on a tram.",
        "account": "My account", "take_on": "Take an authenticator on", "secret": "Picture of the",
        "make": "Make a key", "name": "What the system is called", "whose": "Whose area it sees",
        "may": "read units", "made": "Make it", "end": "End the key: Wall", "now": "End it now",
        "passkey": "Sign in by a passkey", "device": "What you call this device",
        "add": "Add a passkey", "remove": "Remove: Laptop",
    },
    "zh-CN": {
        "search": "名称的一部分", "act": f"结束全部登录：{OF}", "confirm": "结束全部登录",
        "reason": "原因", "why": "手机遗失在电车上。",
        "account": "我的账号", "take_on": "启用验证器", "secret": "下方密钥的二维码",
        "make": "新建密钥", "name": "系统名称", "whose": "可见哪个机构的辖区",
        "may": "读取力量", "made": "生成", "end": "停用密钥：Wall", "now": "立即停用",
        "passkey": "用通行密钥登录", "device": "此设备的名称", "add": "添加通行密钥",
        "remove": "移除：Laptop",
    },
}  # fmt: skip


def in_order(page: Page) -> None:
    """Check a screen on a desk and on a telephone."""
    for size in (PHONE, SCREEN):
        page.set_viewport_size(size)
        expect(page.locator(".skeleton")).to_have_count(0)
        assert not sticks_out(page)
        assert violations(page) == []


def make_and_end_a_key(page: Page, live: LiveServer, words: dict[str, str], name: str) -> None:
    """Give a system a key, ask with it, end it, and ask once more."""
    page.get_by_role("button", name=words["make"]).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words["name"]).fill(name)
    dialog.get_by_label(words["whose"]).click()
    page.get_by_role("option").first.click()
    dialog.get_by_role("button", name=words["may"]).click()
    assert violations(page) == []
    dialog.get_by_role("button", name=words["made"]).click()
    expect(dialog).to_have_count(0)
    key = page.locator("[role=status] code").inner_text()
    asked = {"headers": {"Authorization": f"Bearer {key}"}, "timeout": 30.0}
    assert httpx.get(f"{live.url}/api/v1/units", **asked).status_code == httpx.codes.OK
    page.get_by_role("button", name=words["end"]).filter(has_text=name).click()
    page.get_by_role("dialog").get_by_role("button", name=words["now"]).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    refused = httpx.get(f"{live.url}/api/v1/units", **asked)
    assert refused.json()["code"] == "service_key.ended"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_administrator_ends_the_sign_ins_of_an_account(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    sign_in(page, live, "admin")
    with signed_in(live.url, OF, live.password) as left_behind:
        assert left_behind.get("/api/v1/session").status_code == httpx.codes.OK
        page.goto(f"{live.url}/console/accounts")
        page.get_by_label(words["search"]).fill(OF)
        expect(page.locator("#screen strong")).to_have_text([OF])
        in_order(page)
        page.get_by_role("button", name=words["act"]).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label(words["reason"]).fill(words["why"])
        assert violations(page) == []
        dialog.get_by_role("button", name=words["confirm"]).click()
        expect(dialog).to_have_count(0)
        assert left_behind.get("/api/v1/session").status_code == httpx.codes.UNAUTHORIZED

    make_and_end_a_key(page, live, words, f"Wall {language}")
    page.goto(f"{live.url}/console/account")
    expect(page.get_by_role("heading", level=1)).to_have_text(words["account"])
    page.get_by_role("button", name=words["take_on"]).click()
    expect(page.get_by_role("img", name=words["secret"])).to_be_visible()
    in_order(page)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_passkey_alone_opens_the_account_and_its_removal_ends_that(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    sign_in(page, live, OF, address=live.origin)
    page.goto(f"{live.origin}/console/account")
    page.get_by_label(words["device"]).fill("Laptop")
    page.get_by_role("button", name=words["add"]).click()
    expect(page.get_by_role("button", name=words["remove"])).to_be_visible()
    in_order(page)

    page.context.clear_cookies()
    page.goto(f"{live.origin}/console/sign-in")
    page.get_by_role("button", name=words["passkey"]).click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{live.origin}/console/account")
    page.get_by_role("button", name=words["remove"]).click()
    expect(page.get_by_role("button", name=words["remove"])).to_have_count(0)
    with signed_in(live.url, OF, live.password) as again:  # the password alone is enough, as before
        assert again.get("/api/v1/session").status_code == httpx.codes.OK
