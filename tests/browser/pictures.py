"""Pictures of the documentation that show a map, which stories do not: of whom, how written."""

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
ZONE = "Europe/Helsinki"
COLOURS, OTHER_COLOURS = 192, 64
BYTES_LIMIT = 150_000
MAP = "[data-testid=map]"
SETTLE_MS = 2_000
"""A map without a graphics card needs that long to be drawn."""
LINES = {
    "en": "Building on fire at Liisankatu 20, somebody is trapped inside",
    "zh-CN": "Liisankatu 20 楼房着火，有人被困",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen as somebody sees it. `path` may name `{fire}` and `{ill}`.

    `shown` is a selector that appears once the screen is whole; `act` is done before the picture.
    """

    name: str
    username: str
    path: str
    shown: str = "h1"
    act: Callable[[Page, str], object] | None = None


def _type_line(page: Page, language: str) -> None:
    page.keyboard.type(LINES[language])
    page.get_by_role("radiogroup").first.wait_for()


PICTURES = (
    Picture("call", "calltaker", "call", act=_type_line),
    Picture("map", "dispatcher", "map", "[role=row]"),
    Picture("incident", "dispatcher", "incidents/{fire}", ".timeline"),
    Picture("recommendation", "dispatcher", "incidents/{ill}", ".recommend__foot"),
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
    with opened(browser, language) as page:
        named = {"username": picture.username, "password": password}
        reply = page.request.post(f"{address}/api/v1/session", data=named)
        assert reply.ok, reply.text()
        places = {"fire": scene.fire, "ill": scene.ill}
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
def opened(browser: Browser, language: str) -> Iterator[Page]:
    """Return a page of its own context, of somebody who knows the way round."""
    context = browser.new_context(
        viewport=DESK, locale=language, timezone_id=ZONE, reduced_motion="reduce"
    )
    context.add_init_script("localStorage.setItem('anlan.tour', 'left')")
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
