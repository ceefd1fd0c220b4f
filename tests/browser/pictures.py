"""The pictures of the documentation: which screens, seen by whom, and how they are written."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.conftest import ANSWER_LIMIT_MS, ARGUMENTS, CHROMIUM, DRAWING
from tests.browser.scene import Scene

from anlan.kernel.clock import DrivenClock

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
ZONE = "Europe/Helsinki"
COLOURS, OTHER_COLOURS = 192, 64
BYTES_LIMIT = 150_000
MAP = "[data-testid=map]"
SETTLE_MS = 2_000
"""A map without a graphics card needs that long to be drawn."""
HOURS = {"en": "Hour of the day", "zh-CN": "时段"}
LINES = {
    "en": "Building on fire at Liisankatu 20, somebody is trapped inside",
    "zh-CN": "Liisankatu 20 楼房着火，有人被困",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen as somebody sees it. `path` may name `{fire}`, `{ill}` and `{unit}`.

    `shown` is a selector that appears once the screen is whole; `act` is done before the picture.
    """

    name: str
    username: str
    path: str
    shown: str = "h1"
    size: str = "desk"
    act: Callable[[Page, str], object] | None = None


def _type_line(page: Page, language: str) -> None:
    page.keyboard.type(LINES[language])
    page.get_by_role("radiogroup").first.wait_for()


def _by_hour(page: Page, language: str) -> None:
    page.locator(".reports__form .choice").nth(1).press("Enter")
    page.get_by_role("option", name=HOURS[language], exact=True).press("Enter")
    page.locator(".reports__charts rect").nth(1).wait_for()


PICTURES = (
    Picture("call", "calltaker", "call", act=_type_line),
    Picture("map", "dispatcher", "map", "[role=row]"),
    Picture("queue", "dispatcher", "incidents", "[role=row]"),
    Picture("board", "dispatcher", "units", ".board"),
    Picture("incident", "dispatcher", "incidents/{fire}", ".timeline"),
    Picture("recommendation", "dispatcher", "incidents/{ill}", ".recommend__foot"),
    Picture("plan", "dispatcher", "plan", ".page__list"),
    Picture("run-cards", "dispatcher", "run-cards", ".run-card"),
    Picture("unit", "dispatcher", "units/{unit}", ".unit-page"),
    Picture("warnings", "supervisor", "warnings", ".deal"),
    Picture("wall", "supervisor", "wall", ".wall"),
    Picture("reports", "supervisor", "reports", ".reports__files", act=_by_hour),
    Picture("overview", "supervisor", "overview"),
    Picture("inbox", "agency-water", "inbox", ".deal"),
    Picture("agreements", "admin", "agreements", ".deal"),
    Picture("cases", "dispatcher", "cases"),
    Picture("crew", "{crew}", "crew", ".crew__way", size="phone"),
)


def photograph(
    address: str, password: str, clock: DrivenClock, language: str, folder: Path,
    only: Sequence[str] = (),
) -> None:  # fmt: skip
    """Let people act on a demonstration whose clock stands, and write the pictures of one language.

    Parameters
    ----------
    address, password
        Where it serves, and what opens every sign-in.
    clock
        The demonstration's own.
    language, folder
        In which language, and where to.
    only
        The names of those wanted; all when empty.
    """
    scene = Scene(address, password, clock, language)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *DRAWING])
        for picture in PICTURES:
            if not only or picture.name in only:
                shot = take(browser, scene, picture, address, password, language)
                write(shot, folder / f"{picture.name}.png")
        browser.close()


def take(
    browser: Browser, scene: Scene, picture: Picture, address: str, password: str, language: str
) -> bytes:
    """Sign in as whoever sees the screen, wait until it is whole, return a PNG."""
    with opened(browser, picture.size, language) as page:
        named = {"username": picture.username.format(crew=scene.crew), "password": password}
        reply = page.request.post(f"{address}/api/v1/session", data=named)
        assert reply.ok, reply.text()
        places = {"fire": scene.fire, "ill": scene.ill, "unit": scene.unit}
        page.goto(f"{address}/console/{picture.path.format(**places)}")
        page.locator(picture.shown).first.wait_for()
        if picture.act is not None:
            picture.act(page, language)
        if page.locator(MAP).count():
            page.locator(f"{MAP}[data-ready=true]").wait_for(state="attached")
            page.wait_for_load_state("networkidle")
        page.wait_for_timeout(SETTLE_MS)
        return page.screenshot(animations="disabled", caret="initial")


@contextmanager
def opened(browser: Browser, size: str, language: str) -> Iterator[Page]:
    """Return a page of its own context, on a desk's or a telephone's screen."""
    is_phone = size == "phone"
    context = browser.new_context(
        viewport=PHONE if is_phone else DESK, is_mobile=is_phone, has_touch=is_phone,
        locale=language, timezone_id=ZONE, reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(ANSWER_LIMIT_MS)
    yield context.new_page()
    context.close()


def write(shot: bytes, file: Path) -> None:
    """Write a PNG with few colours, so that the documentation stays small."""
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    few = image.quantize(palette=palette_of(image), dither=Image.Dither.NONE)
    few.save(file, optimize=True)
    size = file.stat().st_size
    assert size <= BYTES_LIMIT, f"{file.name} has {size} bytes"


def palette_of(image: Image.Image) -> Image.Image:
    """Return the colours that a picture holds most, as they are, and some of all others.

    A cut through all colours alone turns the red of a few signs brown, or tints a whole ground.
    """
    counted = image.getcolors(image.width * image.height) or []
    exact = [pixel for _, pixel in sorted(counted, reverse=True)[: COLOURS - OTHER_COLOURS]]
    others = image.quantize(OTHER_COLOURS, method=Image.Quantize.MAXCOVERAGE)
    flat = [part for pixel in exact if isinstance(pixel, tuple) for part in pixel]
    palette = Image.new("P", (1, 1))
    palette.putpalette(flat + list(others.getpalette() or [])[: 3 * OTHER_COLOURS])
    return palette
