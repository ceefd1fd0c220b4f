"""A grid officer with a telephone: three taps, days without network, both sides of a conflict."""

import io
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.conftest import ANSWER_LIMIT_MS
from tests.live import LiveServer
from tests.prepared_home import start_with_city

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
POLL_MS = 250
SYNC_LIMIT_MS = 480_000
HERE = {"longitude": 24.9372, "latitude": 60.1732}
PLACE = {"lon": 24.9372, "lat": 60.1732}
OFFICER = "grid-officer-11"
ACTS = 500

WORDS = {
    "en": {
        "username": "User name", "password": "Password", "enter": "Sign in", "report": "Report",
        "send": "Report it", "blur": "Blur with the finger", "use": "Use the blurred photo",
        "bare": "Without photo", "waits": "500 acts wait", "kept": "Kept on this device",
        "done": "Report handled", "mine": "What you did", "meanwhile": "What happened meanwhile",
        "changed": "Item changed", "all_the_same": "Do it all the same", "aside": "Put mine aside",
        "begin": "Begin", "no_more": "no longer", "round": "My round", "close": "Close",
        "outcome": "What was done",
    },
    "zh-CN": {
        "username": "用户名", "password": "密码", "enter": "登录", "report": "上报",
        "send": "上报", "blur": "用手指涂抹模糊", "use": "使用模糊后的照片",
        "bare": "不拍照", "waits": "500 项操作", "kept": "已存于本机",
        "done": "反馈", "mine": "您做的", "meanwhile": "期间发生的",
        "changed": "变更事项", "all_the_same": "仍然照做", "aside": "搁置我的操作",
        "begin": "开始处置", "no_more": "已不能进行", "round": "我的巡查", "close": "关闭",
        "outcome": "处置情况",
    },
}  # fmt: skip
# What the queue of the page holds is copied, as an officer who did it all would have filled it.
FILL = """
async ([count, days]) => {
  const open = () => new Promise((resolve, reject) => {
    const asked = indexedDB.open('anlan');
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const store = (await open()).transaction('acts', 'readwrite').objectStore('acts');
  const [first] = await new Promise((resolve) => {
    const asked = store.getAll();
    asked.onsuccess = () => resolve(asked.result);
  });
  const began = Date.now() - days * 86400000;
  const put = (act) => new Promise((resolve) => { store.put(act).onsuccess = resolve; });
  for (let place = 0; place < count; place += 1) {
    const toldAt = new Date(began + (place * days * 86400000) / count).toISOString();
    const found = { ...first.deed.found, placeText: `act ${String(place + 1).padStart(3, '0')}` };
    await put({
      ...first, order: first.order + place, id: crypto.randomUUID(),
      subjectId: crypto.randomUUID(), toldAt, deed: { ...first.deed, found },
    });
  }
}
"""

COUNT = """
const read = IDBObjectStore.prototype.getAll;
window.readings = 0;
IDBObjectStore.prototype.getAll = function (...range) {
  window.readings += 1;
  return read.apply(this, range);
};
"""
"""Counts how often all acts are read from the telephone."""


@pytest.fixture(scope="module")
def city() -> Iterator[LiveServer]:
    """An installation of its own: five hundred cases would be in the way of every other journey."""
    server = LiveServer()
    try:
        start_with_city(server)
        yield server
    finally:
        server.stop()
        server.remove()


@pytest.fixture
def telephone(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Return a maker of an officer's telephone, which knows where it is."""
    contexts: list[BrowserContext] = []

    def open_page(language: str, **more: Any) -> Page:
        context = chromium.new_context(
            viewport=PHONE, is_mobile=True, has_touch=True, locale=language,
            geolocation=HERE, permissions=["geolocation"], **more,
        )  # fmt: skip
        context.set_default_timeout(ANSWER_LIMIT_MS)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def until(page: Page, expression: str) -> None:
    """Wait until an expression holds."""
    for _ in range(ANSWER_LIMIT_MS // POLL_MS):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(POLL_MS)
    raise AssertionError(expression)


def sign_in(page: Page, city: LiveServer, language: str) -> None:
    """Sign in as a grid officer; return when the page is kept for times without network."""
    words = WORDS[language]
    page.goto(f"{city.url}/console/sign-in")
    page.get_by_label(words["username"]).fill(OFFICER)
    page.get_by_label(words["password"]).fill(city.password)
    page.get_by_role("button", name=words["enter"], exact=True).click()
    page.wait_for_url(lambda url: "field" in url)
    until(page, "navigator.serviceWorker.controller !== null")
    kept = "caches.match('/api/v1/{}', {{ignoreVary: true, ignoreSearch: true}})"
    for path in ("session", "round", "items", "organisations", "city"):
        until(page, kept.format(path) + ".then(found => !!found)")


def picture() -> bytes:
    """Return a photo in which something can be read everywhere: black and white squares."""
    drawn = Image.new("RGB", (640, 480), "white")
    pen = ImageDraw.Draw(drawn)
    for x in range(0, 640, 8):
        for y in range(0, 480, 8):
            if (x + y) // 8 % 2:
                pen.rectangle((x, y, x + 7, y + 7), fill="black")
    file = io.BytesIO()
    exif = Image.Exif()
    exif[271] = "A maker of cameras"
    drawn.save(file, "JPEG", quality=95, exif=exif.tobytes())
    return file.getvalue()


def take(page: Page, name: str) -> None:
    """Press the button with a camera on it; the camera takes a picture."""
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name=name, exact=True).first.tap()
    file = {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    chosen.value.set_files([file])


def blur_the_middle(page: Page, words: dict[str, str]) -> None:
    """Pass over the middle of the photo, and use it as it is then."""
    page.get_by_role("button", name=words["blur"]).tap()
    canvas = page.locator(".blur canvas")
    box = canvas.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.4, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, middle, steps=4)
    page.mouse.up()
    assert violations(page) == []
    page.get_by_role("button", name=words["use"]).tap()
    expect(canvas).to_have_count(0)


def contrast(photo: bytes, left: int, top: int) -> int:
    """Return how far the greys of a small part of a photo lie apart."""
    with Image.open(io.BytesIO(photo)) as shown:
        assert dict(shown.getexif()) == {}
        darkest, lightest = shown.convert("L").crop((left, top, left + 24, top + 24)).getextrema()
        return int(lightest) - int(darkest)


def cases(city: LiveServer, **query: Any) -> list[dict[str, Any]]:
    """Return every case, the first filed first."""
    found: list[dict[str, Any]] = []
    with city.client("supervisor") as desk:
        after = ""
        while True:
            asked = {"limit": 200, "after": after, **query}
            page = desk.get("/api/v1/cases", params=asked).json()
            found += page["items"]
            after = page["next"] or ""
            if not after:
                return found[::-1]


def task(city: LiveServer, place: str) -> str:
    """Give the officer's office a task at a place of its own; return its id."""
    with city.client("supervisor") as desk:
        body = {"item_code": "1601", "text": "Noise", "place_text": place, **PLACE}
        filed = desk.post("/api/v1/cases", json=body)
        assert filed.status_code == 201, filed.text
        offices = {row["code"]: row["id"] for row in desk.get("/api/v1/organisations").json()}
        path = f"/api/v1/cases/{filed.json()['id']}/moves/assign"
        given = desk.post(path, json={"organisation_id": offices["COMMUNITY_11"]})
        assert given.status_code == 200, given.text
        return str(filed.json()["id"])


def case_of(city: LiveServer, case_id: str) -> dict[str, Any]:
    with city.client("supervisor") as desk:
        return dict(desk.get(f"/api/v1/cases/{case_id}").json())


def row_of(page: Page, place: str) -> Locator:
    """Return the row of the task at a place."""
    return page.locator(".field__case", has_text=place)


def step_that_came(page: Page, city: LiveServer, case_id: str, move: str) -> dict[str, Any]:
    """Return the last step of a case once it is of this move; fail where it does not come."""
    for _ in range(ANSWER_LIMIT_MS // POLL_MS):
        step = case_of(city, case_id)["timeline"][-1]
        if step["move"] == move:
            return step
        page.wait_for_timeout(POLL_MS)
    raise AssertionError(step["move"])


def report_done(page: Page, words: dict[str, str], place: str, outcome: str) -> None:
    """Open the task at a place and say that it is done."""
    row_of(page, place).tap()
    page.get_by_role("button", name=words["done"], exact=True).tap()
    page.get_by_role("textbox").last.fill(outcome)
    page.get_by_role("button", name=words["done"], exact=True).last.tap()
    expect(page.locator(".field__sheet")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_conflict_is_shown_side_by_side_and_nothing_is_overwritten(
    telephone: Callable[..., Page], city: LiveServer, language: str
) -> None:
    place = f"Conflict street, {language}"
    words, case_id = WORDS[language], task(city, place)
    page = telephone(language)
    sign_in(page, city, language)
    expect(row_of(page, place)).to_be_visible()
    assert violations(page) == []
    assert not sticks_out(page)
    page.context.set_offline(True)
    page.reload()
    report_done(page, words, place, "Spoke with both of them")
    expect(page.locator(".field__waiting")).to_be_visible()
    with city.client("supervisor") as desk:
        other = {"item_code": "1602", "reason": "It is about the estate's fee."}
        moved = desk.post(f"/api/v1/cases/{case_id}/moves/reclassify", json=other)
        assert moved.status_code == 200, moved.text
    page.context.set_offline(False)
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text(words["mine"])
    expect(conflict).to_contain_text("Spoke with both of them")
    expect(conflict).to_contain_text(words["changed"])
    expect(conflict).to_contain_text("It is about the estate's fee.")
    assert violations(page) == []
    assert not sticks_out(page)
    assert [step["move"] for step in case_of(city, case_id)["timeline"]][-1] == "reclassify"
    page.get_by_role("button", name=words["all_the_same"]).tap()
    expect(page.locator(".field__waiting")).to_have_count(0)
    step = case_of(city, case_id)["timeline"][-1]
    assert (step["move"], step["facts"]["outcome"]) == ("report", "Spoke with both of them")
    assert step["told_at"] < step["made_at"]


def test_of_two_telephones_that_close_one_task_the_second_is_shown_the_first(
    telephone: Callable[..., Page], city: LiveServer
) -> None:
    place = "Two telephones' street"
    words, case_id = WORDS["en"], task(city, place)
    first, second = telephone("en"), telephone("en")
    for page in (first, second):
        sign_in(page, city, "en")
        expect(row_of(page, place)).to_be_visible()
        page.context.set_offline(True)
    report_done(first, words, place, "Done by the first")
    report_done(second, words, place, "Done by the second")
    first.context.set_offline(False)
    expect(first.locator(".field__waiting")).to_have_count(0)
    second.context.set_offline(False)
    conflict = second.locator(".conflict")
    expect(conflict).to_contain_text("Done by the second")
    expect(conflict).to_contain_text("Done by the first")
    expect(conflict).to_contain_text(words["no_more"])
    expect(conflict.get_by_role("button").first).to_be_disabled()
    second.get_by_role("button", name=words["aside"]).tap()
    expect(second.locator(".field__waiting")).to_have_count(0)
    said = [step["facts"].get("outcome") for step in case_of(city, case_id)["timeline"]]
    assert said[-1] == "Done by the first"
    assert "Done by the second" not in said


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_report_takes_three_taps_and_what_the_finger_passed_is_gone(
    telephone: Callable[..., Page], city: LiveServer, language: str
) -> None:
    words, before = WORDS[language], len(cases(city))
    case_id = task(city, "Tap street")  # its item is a tap away
    page = telephone(language)
    sign_in(page, city, language)
    take(page, words["report"])  # the first tap
    blur_the_middle(page, words)
    page.locator(".field__item").first.tap()  # the second
    send = page.locator(".field__foot .button--main")
    expect(send).to_be_enabled()
    assert violations(page) == []
    assert not sticks_out(page)
    send.tap()  # the third
    expect(page.get_by_text(words["kept"])).to_be_visible()
    expect(page.locator(".field__waiting")).to_have_count(0)
    filed = cases(city)[-1]
    assert len(cases(city)) == before + 2
    assert (round(filed["lon"], 3), round(filed["lat"], 3)) == (24.937, 60.173)
    with city.client("supervisor") as desk:
        (shot,) = desk.get(f"/api/v1/cases/{filed['id']}").json()["photos"]
        photo = desk.get(f"/api/v1/photos/{shot['id']}").content
    assert contrast(photo, 308, 228) < 60
    assert contrast(photo, 40, 40) > 200
    assert case_of(city, case_id)["state"] == "ASSIGNED"


def test_blurring_works_with_the_keyboard_alone(
    telephone: Callable[..., Page], city: LiveServer
) -> None:
    page = telephone("en")
    sign_in(page, city, "en")
    take(page, "Report")
    page.get_by_role("button", name="Blur with the finger").press("Enter")
    canvas = page.locator(".blur canvas")
    canvas.focus()
    for key in ("ArrowLeft", "ArrowUp", "Space"):
        canvas.press(key)
    expect(page.get_by_text("1 place blurred")).to_be_visible()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("0 places blurred")).to_be_visible()


def test_telephone_whose_clock_is_a_day_fast_is_believed_and_put_right(
    telephone: Callable[..., Page], city: LiveServer
) -> None:
    case_id = task(city, "Fast street")
    page = telephone("en")
    page.add_init_script(
        "const right = Date.now; Date.now = () => right() + 86400000;"
        "Date = class extends Date { constructor(...given) {"
        " given.length ? super(...given) : super(right() + 86400000); } static now() {"
        " return right() + 86400000; } };"
    )
    sign_in(page, city, "en")
    row_of(page, "Fast street").tap()
    page.get_by_role("button", name="Begin", exact=True).tap()
    step = step_that_came(page, city, case_id, "start")
    assert abs(int(step["facts"]["clock_off_s"]) - 86_400) < 120
    told, made = (datetime.fromisoformat(step[name]) for name in ("told_at", "made_at"))
    assert timedelta() <= made - told < timedelta(minutes=3)


def test_five_hundred_acts_of_seven_days_without_network_arrive_in_order(
    telephone: Callable[..., Page], city: LiveServer
) -> None:
    words = WORDS["en"]
    page = telephone("en")
    sign_in(page, city, "en")
    page.context.set_offline(True)
    page.reload()
    page.get_by_role("button", name=words["bare"]).tap()
    page.locator(".field__item").first.tap()
    page.locator(".field__foot .button--main").tap()
    expect(page.locator(".field__waiting")).to_be_visible()
    before = {case["id"] for case in cases(city)}
    page.evaluate(FILL, [ACTS, 7])
    page.add_init_script(COUNT)
    page.reload()
    expect(page.locator(".field__waiting-head")).to_contain_text(words["waits"])
    assert violations(page) == []
    assert page.evaluate("readings") == 1  # for what is shown and for what is sent
    assert {case["id"] for case in cases(city)} == before
    page.context.set_offline(False)
    expect(page.locator(".field__waiting")).to_have_count(0, timeout=SYNC_LIMIT_MS)
    filed = [case for case in cases(city) if case["id"] not in before]
    assert [case["place_text"] for case in filed] == [f"act {n:03d}" for n in range(1, ACTS + 1)]
    step = case_of(city, filed[0]["id"])["timeline"][0]
    told, made = (datetime.fromisoformat(step[name]) for name in ("told_at", "made_at"))
    assert timedelta(days=6, hours=23) < made - told < timedelta(days=7, hours=1)
