"""No mark is told from another by its colour alone (ISO 22324): the gallery's, in one ink.

Every mark of a sort stands in a row of the gallery, made from the table that the console itself
draws by. Here all colours become black on white and all letters are hidden: what is left of two
marks that differ in colour has to differ in shape, and their words have to differ as well.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page
from tests.browser.conftest import ANSWER_LIMIT_MS
from tests.browser.stories import CONSOLE, SETTLED, Visit, screens, serving

pytestmark = pytest.mark.browser
TOKENS = CONSOLE / "src" / "ui" / "tokens.css"
COLOUR = re.compile(r"^    --([\w-]+): light-dark\(#", re.MULTILINE)
GROUND = re.compile(r"^(?!ink).*-soft$|^(desk|surface|raised|sunken|lifted|hover|chosen)$")
SERIES = {
    "priority": 4, "unit": 6, "phase": 8, "case": 9, "clock": 6, "level": 3, "map": 10,
}  # fmt: skip
"""The sorts of marks, and how many there are of each."""
ZOOM = 4
SHIFTS = range(-6, 7, 2)
"""By so many of the picture's pixels one shape is moved over another to see whether it is it."""
SAME = 0.12
"""Two shapes whose ink differs by less than this share are one."""
FAR = 24.0
"""Two colours further apart, of 255, are two."""
SIGNS = """() => [...document.querySelectorAll('[data-theme=light] [data-series]')].map((row) => ({
  name: row.dataset.series,
  marks: [...row.children].map((mark) => {
    const sign = mark.matches('canvas') ? mark : mark.querySelector('.mark, svg');
    const { left, top, width, height } = (sign ?? mark).getBoundingClientRect();
    const x = sign === null ? left : left + width / 2 - SIDE / 2;
    return { text: mark.ariaLabel ?? mark.innerText, x, y: top + height / 2 - SIDE / 2 };
  }),
}))""".replace("SIDE", "(mark.matches('canvas') ? 32 : mark.querySelector('.mark') ? 24 : 18)")


@dataclass(frozen=True, slots=True)
class Mark:
    """What is seen of a mark: its word, its shape in one ink, its colour."""

    text: str
    shape: NDArray[np.bool_]
    colour: NDArray[np.float64]


def in_one_ink() -> str:
    """Return a style in which every colour is black or white, and no letter is seen."""
    names = COLOUR.findall(TOKENS.read_text(encoding="utf-8"))
    inks = [f"--{name}: {'#fff' if GROUND.search(name) else '#000'} !important" for name in names]
    hidden = "-webkit-text-fill-color: transparent !important; transition: none !important"
    return f":root, [data-theme] {{ {'; '.join(inks)} }} * {{ {hidden} }}"


def pixels_of(page: Page) -> NDArray[np.uint8]:
    """Return the whole page as it is seen."""
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))


def redrawn(page: Page) -> None:
    """Have the signs of the map drawn anew, which take their colours once: leave and return.

    Both times until all has come: what comes later moves what was measured.
    """
    for path in ("/console/account", "/console/gallery"):
        awaited = page.evaluate(SETTLED, path)
        assert awaited == 0, f"{path} still awaits {awaited} answers"


def marks_on(page: Page, more: str = "") -> dict[str, list[Mark]]:
    """Return the marks of each series; `more` is a style that is in force as well."""
    page.add_style_tag(content=more or ":root {}")
    coloured = pixels_of(page)
    page.add_style_tag(content=in_one_ink())
    redrawn(page)
    found, inked = page.evaluate(SIGNS), pixels_of(page)
    series = {}
    for row in found:
        marks = []
        for one in row["marks"]:
            side = 32 if row["name"] == "map" else 24 if row["name"] == "priority" else 18
            rows, columns = (
                slice(round(at * ZOOM), round(at * ZOOM) + side * ZOOM)
                for at in (one["y"], one["x"])
            )
            shape = inked[rows, columns].max(axis=2) < 128
            marks.append(Mark(one["text"], shape, coloured[rows, columns][shape].mean(axis=0)))
        series[row["name"]] = marks
    return series


def apart(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Return by which share of their ink two shapes differ, where they lie best on each other."""
    moved = (np.roll(other, (down, right), (0, 1)) for down in SHIFTS for right in SHIFTS)
    return min(float((one ^ at).sum() / max(1, (one | at).sum())) for at in moved)


def faults_in(series: dict[str, list[Mark]]) -> list[str]:
    """Return each pair of marks that only its colour, or no word, tells apart."""
    faults = []
    for name, marks in series.items():
        for one, other in combinations(marks, 2):
            pair = f"{name}: {one.text} and {other.text}"
            if one.text == other.text:
                faults.append(f"{pair} have one word")
            is_coloured = float(np.abs(one.colour - other.colour).max()) > FAR
            if is_coloured and (share := apart(one.shape, other.shape)) < SAME:
                faults.append(f"{pair} differ by colour alone ({share:.2f} of their shape)")
    return faults


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the stories are served."""
    with serving() as served:
        yield served


@pytest.fixture
def gallery(chromium: Browser, address: str) -> Iterator[Page]:
    """Open the gallery, large enough to be measured."""
    story = next(one for one in screens() if one.name == "gallery")
    visit = Visit(chromium, address, "en", "small", zoom=ZOOM)
    page = visit.open(story)
    page.set_default_timeout(ANSWER_LIMIT_MS)
    yield page
    visit.close()


def test_no_mark_is_told_by_its_colour_alone(gallery: Page) -> None:
    series = marks_on(gallery)
    assert {name: len(marks) for name, marks in series.items()} == SERIES
    assert all(mark.shape.sum() > ZOOM**2 for marks in series.values() for mark in marks)
    assert faults_in(series) == []


def test_marks_of_one_shape_would_be_found(gallery: Page) -> None:
    alike = """.mark::before { inset: 2px !important; transform: none !important;
      border-radius: 50% !important; clip-path: none !important }"""
    faults = faults_in({"priority": marks_on(gallery, alike)["priority"]})
    assert len(faults) == len(list(combinations(range(4), 2)))
