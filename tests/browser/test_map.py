"""The map and the list beside it: layers chosen and read by keys alone, and nothing only drawn."""

import io
import os
import re
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import screen, sign_in, take_call
from tests.live import LiveServer

__all__ = ["screen"]  # the fixture of the desk's tests

DRAWS_MAP = True
pytestmark = pytest.mark.browser
WORDS = {
    "en": {
        "layers": "Layers", "cases": "Open cases", "owners": "Cells and who looks after them",
        "coverage": "Reach in 1, 3, 5 minutes", "posts": "Posts", "seen": "In sight",
        "reach": "Reach of free units", "incidents": "Incidents", "units": "Units",
        "open": "Open case", "closures": "Closed roads", "km": "km",
    },
    "zh-CN": {
        "layers": "图层", "cases": "未结案件", "owners": "网格及责任单位",
        "coverage": "1、3、5 分钟可达", "posts": "驻点", "seen": "视野内",
        "reach": "待命力量可达范围", "incidents": "警情", "units": "力量", "open": "打开案件",
        "closures": "封路", "km": "公里",
    },
}  # fmt: skip
CHOSEN = ("cases", "owners", "coverage", "posts", "closures")
CLOSURE = {"reason": "Water main", "lon": 24.9440, "lat": 60.1702, "radius_m": 60}
CASE = {"item_code": "0103", "lon": 24.9450, "lat": 60.1660, "text": "A hole in the pavement."}


def seen(page: Page, words: dict[str, str]) -> Locator:
    """Return the list of what is in sight."""
    return page.get_by_role("grid", name=words["seen"])


def section_count(page: Page, words: dict[str, str], name: str) -> int:
    """Return how many of a layer are said to be in sight."""
    head = page.locator(".seen__head").filter(has_text=words[name])
    return int(re.sub(r"\D", "", head.locator(".count").inner_text()))


def keep_picture(page: Page, name: str) -> None:
    """Keep a picture where one is wanted."""
    if folder := os.environ.get("ANLAN_PICTURES"):
        page.wait_for_timeout(1_500)
        page.screenshot(path=f"{folder}/{name}.png")


@pytest.fixture
def happening(live: LiveServer) -> Iterator[None]:
    """An incident, a closed road and an open case."""
    take_call(live)
    with live.client("supervisor") as desk:
        closure = desk.post("/api/v1/road-closures", json=CLOSURE).json()
        assert desk.post("/api/v1/cases", json=CASE).is_success
        yield
        desk.post(f"/api/v1/road-closures/{closure['id']}/moves/end")


def choose_layers(page: Page, words: dict[str, str]) -> None:
    """Choose all layers by keys; they are remembered at this machine."""
    button = page.get_by_role("button", name=words["layers"])
    button.press("Enter")
    panel = page.get_by_role("dialog", name=words["layers"])
    for name in CHOSEN:
        panel.get_by_role("button", name=words[name]).press("Enter")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_contain_text(str(len(CHOSEN)))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_layers_are_chosen_and_everything_in_sight_is_read_by_keys(
    screen: Callable[..., Page], live: LiveServer, happening: None, language: str
) -> None:
    words, page = WORDS[language], screen(language)
    sign_in(page, live, "supervisor")
    page.goto(f"{live.url}/console/map")
    choose_layers(page, words)
    expect(page.get_by_role("region", name=words["reach"])).to_contain_text(words["km"])

    page.get_by_role("radio", name=words["seen"]).press("Enter")
    expect(seen(page, words)).to_be_visible()
    with live.client("supervisor") as desk:
        units = desk.get("/api/v1/units").json()
    expect(page.get_by_role("status").filter(has_text=words["cases"])).to_have_count(1)
    assert section_count(page, words, "units") == len(units)
    keep_picture(page, f"map-{language}")
    assert violations(page) == []
    assert not sticks_out(page)

    page.goto(f"{live.url}/console/map")  # what was chosen is there again
    button = page.get_by_role("button", name=words["layers"])
    expect(button).to_contain_text(str(len(CHOSEN)))


def test_from_far_away_incidents_and_units_are_told_by_their_number(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    take_call(live)
    page = screen("en")
    sign_in(page, live, "dispatcher")
    page.goto(f"{live.url}/console/map")
    expect(page.get_by_test_id("map")).to_have_attribute("data-ready", "true")
    out = page.get_by_role("button", name="Zoom out")
    for _ in range(4):
        out.click()
        page.wait_for_timeout(400)
    page.get_by_role("radio", name="In sight").press("Enter")
    with live.client("dispatcher") as desk:
        units = desk.get("/api/v1/units").json()
    assert section_count(page, WORDS["en"], "units") == len(units)
    keep_picture(page, "map-far")
    assert violations(page) == []


def test_map_stays_in_its_place_while_alerts_take_a_row_below(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page = screen("en", reduced_motion="reduce")
    sign_in(page, live, "dispatcher")
    page.goto(f"{live.url}/console/map")
    expect(page.get_by_test_id("map")).to_have_attribute("data-ready", "true")
    expect(page.locator(".connection--good")).to_be_attached()
    page.get_by_role("button", name="Measure").press("Enter")
    add, found = page.get_by_role("button", name="Add the middle"), page.locator(".measure output")
    add.press("Enter")
    expect(found).to_have_text("0 m")
    take_call(live)
    expect(page.locator(".alert")).to_have_count(1)
    add.press("Enter")
    expect(found).not_to_have_text("0 m")  # the ground stays, so the middle is elsewhere on it


def test_map_is_measured_and_printed_by_keys(screen: Callable[..., Page], live: LiveServer) -> None:
    page = screen("en", reduced_motion="reduce")
    page.add_init_script(
        """window.print = () => {
            document.documentElement.dataset.printed = document.querySelector('.sheet').textContent;
            dispatchEvent(new Event('afterprint'));
        }"""
    )
    sign_in(page, live, "dispatcher")
    page.goto(f"{live.url}/console/map")
    expect(page.get_by_test_id("map")).to_have_attribute("data-ready", "true")
    page.get_by_role("button", name="Measure").press("Enter")
    add, found = page.get_by_role("button", name="Add the middle"), page.locator(".measure output")
    expect(add).to_be_focused()
    add.press("Enter")
    expect(found).to_have_text("0 m")
    page.get_by_role("region", name="Live map").press("ArrowRight")
    add.press("Enter")
    expect(found).not_to_have_text("0 m")
    keep_picture(page, "map-measure")
    assert violations(page) == []
    page.get_by_role("button", name="End measuring").press("Enter")
    expect(found).to_have_count(0)

    page.get_by_role("button", name="Print").press("Enter")
    printed = re.compile("printed by.*© OpenStreetMap|© OpenStreetMap.*printed by", re.DOTALL)
    expect(page.locator("html")).to_have_attribute("data-printed", printed)
    expect(page.locator(".sheet")).to_have_count(0)


RED_OF_THE_MOST_URGENT, GREEN_OF_THE_FREE = (0xC1, 0x1A, 0x2B), (0x14, 0x71, 0x3F)
LOOKS, LOOK_EVERY_MS = 60, 500


def holds(shot: bytes, colour: tuple[int, int, int]) -> bool:
    """Return whether a picture has a patch of a colour, as far as screens agree on it."""
    with Image.open(io.BytesIO(shot)) as image:
        counted = image.convert("RGB").getcolors(image.width * image.height) or []
    near = (
        count
        for count, pixel in counted
        if isinstance(pixel, tuple)
        and all(abs(one - other) <= 8 for one, other in zip(pixel, colour, strict=True))
    )
    return sum(near) >= 20


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_signs_of_the_map_differ_in_colour_whether_or_not_motion_is_reduced(
    screen: Callable[..., Page], live: LiveServer, motion: str
) -> None:
    page = screen("en", reduced_motion=motion, color_scheme="light")
    fire = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "lon": 24.9425, "lat": 60.1690}
    with live.client("calltaker") as taker:
        assert taker.post("/api/v1/reports", json=fire).status_code == 201
    sign_in(page, live, "dispatcher")
    page.goto(f"{live.url}/console/map")
    canvas = page.locator(".map__canvas")
    for _ in range(LOOKS):  # a map without a graphics card is drawn slowly
        shot = canvas.screenshot()
        if holds(shot, RED_OF_THE_MOST_URGENT) and holds(shot, GREEN_OF_THE_FREE):
            return
        page.wait_for_timeout(LOOK_EVERY_MS)
    pytest.fail("The map shows no sign of the most urgent, or none of a free unit.")
