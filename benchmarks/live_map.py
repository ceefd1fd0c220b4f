"""Very many moving units on the console's map, beside one source that is set with every frame.

Chromium draws in software here, as on a desk without a graphics card: figures of a laptop with one
are higher. The page is built from the console's own sources (`console/bench`), with node.
"""

import gzip
import mimetypes
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright
from tests.browser.conftest import ARGUMENTS, CHROMIUM, DRAWING

from anlan.kernel.text_files import data_folder
from anlan.places.city_pack import SAMPLE
from anlan_engine.city import City, open_city
from benchmarks.rows import Row, Target, row

CONSOLE = Path(__file__).resolve().parents[1] / "console"
UNITS = 20_000
SECONDS, SECONDS_FULL = 10, 60
SCREEN = {"width": 1366, "height": 768}
TILE = "application/vnd.mapbox-vector-tile"
HERE = "http://bench.localhost"
PEER = "one source set with every frame"


def run(*, full: bool) -> list[Row]:
    """Measure both ways in the same browser, one after the other, and one unit alone."""
    seconds = SECONDS_FULL if full else SECONDS
    city = open_city(data_folder() / SAMPLE)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        _build(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *DRAWING])
        ours, peer, alone = (
            _measured(browser, Path(folder), city, way, units, seconds)
            for way, units in (("dots", UNITS), ("source", UNITS), ("dots", 1))
        )
        browser.close()
    named = f"{UNITS} units"
    fifty = Target("value", 50.0, at_least=True)
    return [
        row(f"pictures of {named}", ours["pictures_per_s"], "1/s",
            peer=(PEER, peer["pictures_per_s"]), target=fifty),
        row(f"frames with {named}", ours["frames_per_s"], "1/s", peer=(PEER, peer["frames_per_s"])),
        row(f"frames with {named}, beside one", ours["frames_per_s"], "1/s",
            peer=("one unit, which is what this machine shows at best", alone["frames_per_s"])),
        row(f"gap between frames with {named}, p95", ours["gap_p95_ms"], "ms",
            peer=(PEER, peer["gap_p95_ms"])),
    ]  # fmt: skip


def _build(folder: Path) -> None:
    npx = shutil.which("npx") or "npx"
    subprocess.run(
        [npx, "vite", "build", "--config", "bench/vite.config.ts", "--logLevel", "error"],
        cwd=CONSOLE, env=os.environ | {"BENCH_OUT": str(folder)}, check=True,
    )  # fmt: skip


def _measured(
    browser: Browser, folder: Path, city: City, way: str, units: int, seconds: int
) -> dict[str, float]:
    page: Page = browser.new_page(viewport=SCREEN)
    page.route(f"{HERE}/**", lambda route: _answer(route, folder, city))
    page.goto(f"{HERE}/live-map.html")
    page.wait_for_function("'measure' in window")
    asked: list[Any] = [way, _told(city), units, seconds]
    found: dict[str, float] = page.evaluate(
        "([way, city, units, seconds]) => measure(way, city, units, seconds)", asked
    )
    page.close()
    return found


def _told(city: City) -> dict[str, Any]:
    named = ("name", "bounds", "centre", "attribution")
    return {name: city.meta[name] for name in named} | {"pack": city.checksum}


def _answer(route: Route, folder: Path, city: City) -> None:
    """Give a tile of the city, or a file of the page."""
    path = route.request.url.removeprefix(f"{HERE}/")
    if path.startswith("city/"):
        z, x, y = path.removesuffix(".mvt").split("/")[-3:]
        tile = city.tile(int(z), int(x), int(y))
        if tile is None:
            route.fulfill(status=204)
        else:
            route.fulfill(status=200, content_type=TILE, body=gzip.decompress(tile))
        return
    file = folder / path
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if file.is_file():
        route.fulfill(status=200, content_type=kind, body=file.read_bytes())
    else:
        route.fulfill(status=404)
