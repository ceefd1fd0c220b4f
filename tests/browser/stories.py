"""Every screen of the built console without a server, its clock standing still.

`npm run stories:built` answers what the console asks for, from `api/openapi.json`; a cookie says
with how much data, and who looks. One page goes from screen to screen as a person would, so that
nothing is loaded twice.
"""

import re
import shutil
import subprocess
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from playwright.sync_api import Browser, Page, Playwright
from tests.browser.conftest import ANSWER_LIMIT_MS, ARGUMENTS, CHROMIUM, NOT_DRAWING
from tests.live import CHECKOUT, free_port

CONSOLE = CHECKOUT / "console"
SCREENS = CONSOLE / "stories" / "screens.ts"
SCREEN = re.compile(
    r"^  '(?P<path>/[^']*)': \{ role: '(?P<role>[A-Z_]*)'(?P<more>.*)\},$", re.MULTILINE
)
START_LIMIT_S = 60.0
POLL_S = 0.1
DATA = ("empty", "small", "full", "failing")
LANGUAGES = ("en", "zh-CN")
SHOWN = (
    ("empty", "zh-CN"), ("small", "en"), ("small", "zh-CN"), ("full", "en"), ("failing", "zh-CN")
)  # fmt: skip
"""What screens are gone through with: some rows in both languages, the rest in one."""
THEMES = ("light", "dark")
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
ZONE = "Europe/Helsinki"
NOW = "2026-11-23T08:30:00Z"

STANDING = """
// Deadlines run by this clock: it stands, so that a picture does not depend on when it was taken.
performance.now = () => 1000;
const now = Date.parse('NOW');
window.Date = class extends Date {
  constructor(...parts) {
    if (parts.length === 0) super(now);
    else super(...parts);
  }

  static now() {
    return now;
  }
};
// Nothing is on its way from one colour or place to another when a picture is taken.
const still = new CSSStyleSheet();
const all = '*, *::before, *::after';
still.replaceSync(`${all} { transition: none !important; animation: none !important }`);
document.adoptedStyleSheets.push(still);
// What is only there a moment later (a button that takes no second tap) is waited for as well.
window.pauses = new Set();
const [wait, forget] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];
window.setTimeout = (act, wait_ms = 0, ...rest) => {
  if (!(wait_ms > 1000 && wait_ms < 2000)) return wait(act, wait_ms, ...rest);
  const pause = wait(() => { window.pauses.delete(pause); act(...rest); }, wait_ms);
  window.pauses.add(pause);
  return pause;
};
window.clearTimeout = (pause) => { window.pauses.delete(pause); forget(pause); };
// How many answers are still awaited.
window.awaited = 0;
const asked = window.fetch;
window.fetch = async (...request) => {
  window.awaited += 1;
  try {
    const answer = await asked(...request);
    await answer.clone().arrayBuffer();
    return answer;
  } finally {
    window.awaited -= 1;
  }
};
""".replace("NOW", NOW)
SETTLED = """async (path) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  if (location.pathname !== path) {
    history.pushState(null, '', path);
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
  }
  for (let still = 0, frames = 0; still < QUIET && frames < FRAMES; frames += 1) {
    await frame();
    const isQuiet = window.awaited + window.pauses.size === 0
      && document.querySelector('h1') !== null
      && !document.querySelector('.skeleton:not(.gallery *)')
      && (document.querySelector('main') ?? document.body).textContent !== '';
    still = isQuiet ? still + 1 : 0;
  }
  await document.fonts.ready;
  scrollTo(0, 0);
  await frame();
  return window.awaited;
}""".replace("QUIET", "4").replace("FRAMES", "900")
"""Four frames in which nothing is awaited: what an answer calls for is asked in the next one."""
TWO_FRAMES = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""


@dataclass(frozen=True, slots=True)
class Story:
    """One screen, and who looks at it."""

    name: str
    address: str
    role: str
    phone: bool


def screens() -> list[Story]:
    """Return every screen in `console/stories/screens.ts`; its test knows that none is missing."""
    found = []
    for row in SCREEN.finditer(SCREENS.read_text(encoding="utf-8")):
        path = row["path"]
        address = re.sub(r":\w+", "0", path)
        name = path.strip("/").replace("/:id", "-one").replace("/", "-")
        found.append(Story(name, address, row["role"], "phone: true" in row["more"]))
    return found


LETTERS = ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"]
"""Letters are drawn alike whatever the machine's settings for them are."""


def launched(playwright: Playwright) -> Browser:
    """Return Debian's Chromium as it takes and compares pictures of screens."""
    arguments = [*ARGUMENTS, *NOT_DRAWING, *LETTERS]
    return playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)


@contextmanager
def serving() -> Iterator[str]:
    """Serve the built console with stories in the place of a server; yield its address."""
    node = shutil.which("node")
    assert node is not None, "node is not on the PATH"
    port = free_port()
    vite = CONSOLE / "node_modules" / "vite" / "bin" / "vite.js"
    command = [node, vite, "preview", "--mode", "stories", "--host", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--strictPort"],
        cwd=CONSOLE, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        await_answer(address)
        yield address
    finally:
        process.terminate()
        process.wait(START_LIMIT_S)


def await_answer(address: str) -> None:
    """Return when the stories are served."""
    end = time.monotonic() + START_LIMIT_S
    while True:
        try:
            httpx.get(address).raise_for_status()
        except httpx.TransportError:
            if time.monotonic() > end:
                raise
            time.sleep(POLL_S)
        else:
            return


class Visit:
    """Somebody going from screen to screen in one language, with one amount of data."""

    def __init__(
        self, browser: Browser, address: str, language: str, data: str, zoom: int = 1
    ) -> None:
        """Open a page of its own; `zoom` is how many of a picture's pixels one of the page is."""
        self._address = address
        self._context = browser.new_context(
            viewport=DESK, locale=language, timezone_id=ZONE, reduced_motion="reduce",
            service_workers="block", device_scale_factor=zoom,
        )  # fmt: skip
        self._context.set_default_timeout(ANSWER_LIMIT_MS)
        self._context.add_init_script(STANDING)
        self._data = data
        self._role: str | None = None
        self.page = self._context.new_page()
        self._camera = self._context.new_cdp_session(self.page)

    def close(self) -> None:
        """Close the page."""
        self._context.close()

    def read_at(self, size: int) -> None:
        """Set how large the reader has letters, in pixels; browsers start with 16."""
        self._camera.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})

    def open(self, story: Story) -> Page:
        """Go to a screen and return when it is whole."""
        if self.page.viewport_size != (size := PHONE if story.phone else DESK):
            self.page.set_viewport_size(size)
        path = f"/console{story.address}"
        if self._role != story.role:
            self._enter(story.role, path)
        awaited = self.page.evaluate(SETTLED, path)
        assert awaited == 0, f"{story.name} still awaits {awaited} answers"
        return self.page

    def _enter(self, role: str, path: str) -> None:
        """Load the console anew, as somebody else."""
        self._role = role
        cookies = (("story", self._data), ("story-role", role))
        self._context.add_cookies(
            [{"name": name, "value": value, "url": self._address} for name, value in cookies]
        )
        self.page.goto(f"{self._address}{path}")

    def shoot(self, theme: str, kind: str = "jpeg") -> bytes:
        """Return the screen by day or by night, as a JPEG unless as a `png`."""
        self.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        self.page.evaluate(TWO_FRAMES)
        asked = {"format": kind, "quality": 92, "optimizeForSpeed": True}
        return b64decode(self._camera.send("Page.captureScreenshot", asked)["data"])
