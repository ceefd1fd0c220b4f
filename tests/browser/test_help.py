"""Help where one is: pages of the documentation, the way round, what is kept, a paper to take."""

from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import PHONE, SCREEN, screen, sign_in
from tests.live import LiveServer

pytestmark = pytest.mark.browser
__all__ = ["screen"]
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-CN"])
WORDS = {
    "en": {
        "help": "Help", "queue": "The queue",
        "tour": "Show me round", "next": "Next",
        "kept": "What the system keeps about you", "more": "For how long, and by which law",
        "purpose": "What the file is for", "pdf": "PDF of this report",
        "paper": "Report of the day",
    },
    "zh-CN": {
        "help": "帮助", "queue": "警情队列",
        "tour": "重看导览", "next": "下一步",
        "kept": "系统保存您的哪些信息", "more": "各项保存期限与法律依据",
        "purpose": "文件用途", "pdf": "下载本期 PDF", "paper": "运行日报",
    },
}  # fmt: skip


def in_order(page: Page) -> None:
    """Assert that everybody can use the page, on a desk's screen and on a telephone."""
    for size in (PHONE, SCREEN):
        page.set_viewport_size(size)
        assert not sticks_out(page)
        assert violations(page) == []


def read(page: Page) -> Locator:
    """Return the open help once its pages are there."""
    panel = page.get_by_role("dialog")
    expect(panel.locator("section").first).to_be_visible()
    return panel


@LANGUAGES
def test_sign_in_page_says_what_is_kept_and_leads_to_the_law(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    page.goto(f"{live.url}/console/sign-in")
    expect(page.get_by_role("heading", name=words["kept"])).to_be_visible()
    expect(page.locator(".sign-in__kept li")).to_have_count(5)
    in_order(page)
    page.get_by_role("button", name=words["more"]).press("Enter")
    expect(read(page).locator("table").first).to_be_visible()
    in_order(page)


@LANGUAGES
def test_question_mark_tells_of_the_screen_one_is_on(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    sign_in(page, live, "dispatcher")
    page.goto(f"{live.url}/console/incidents")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").locator("input")).to_be_focused()
    page.keyboard.type("?")  # typed into a box, it is a letter
    expect(page.get_by_role("heading", name=words["help"], exact=True)).to_have_count(0)
    page.get_by_role("dialog").locator("input").fill("")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("#screen").focus()
    page.keyboard.press("?")
    panel = read(page)
    # What a screen says of its own stands above what all share, whichever sheet came first.
    expect(page.locator(".help__veil")).to_have_css("padding", "0px")
    expect(panel.get_by_role("heading", name=words["queue"], exact=True)).to_be_visible()
    in_order(page)
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


@LANGUAGES
def test_way_round_is_shown_by_keys_and_left_for_good(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    sign_in(page, live, "supervisor")
    page.goto(f"{live.url}/console/")
    page.wait_for_url("**/console/next")
    tour = page.locator(".tour")
    expect(tour).to_have_count(0)  # not by itself in a city that is not simulated
    page.get_by_role("button", name=words["help"]).press("Enter")
    read(page).get_by_role("button", name=words["tour"]).press("Enter")
    expect(tour.get_by_role("button", name=words["next"])).to_be_focused()
    in_order(page)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: not address.endswith("/console/next"))
    expect(tour.get_by_role("button", name=words["next"])).to_be_focused()
    page.keyboard.press("Escape")
    expect(tour).to_have_count(0)


@LANGUAGES
def test_report_of_a_day_is_taken_home_as_paper(
    screen: Callable[..., Page], live: LiveServer, language: str
) -> None:
    page, words = screen(language), WORDS[language]
    sign_in(page, live, "supervisor")
    page.goto(f"{live.url}/console/reports")
    page.get_by_label(words["purpose"]).fill("Morning meeting")
    with page.expect_download() as brought:
        page.get_by_role("button", name=words["pdf"]).press("Enter")
    paper = PdfReader(BytesIO(brought.value.path().read_bytes()))
    text = "".join(sheet.extract_text() for sheet in paper.pages)
    assert brought.value.suggested_filename.endswith(".pdf")
    assert "Morning meeting" in text
    assert words["paper"] in text


def test_empty_list_leads_on_or_opens_the_help_of_its_screen(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page = screen("en")
    sign_in(page, live, "dispatcher")
    page.goto(f"{live.url}/console/incidents")
    page.get_by_role("link", name="Take a call").press("Enter")
    page.wait_for_url("**/console/call")
    page.route("**/api/v1/alerts*", lambda asked: asked.fulfill(json={"items": [], "next": None}))
    page.goto(f"{live.url}/console/warnings")
    how = page.get_by_role("button", name="How this screen works")
    how.press("Enter")
    expect(read(page).get_by_role("heading", name="Warnings", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(how).to_be_focused()
    page.unroute_all(behavior="ignoreErrors")
