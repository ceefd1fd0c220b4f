"""Every screen with nothing, little, very much and failing data: one page goes through them all.

Each screen is compared with its sheet on the way, by day and by night. Some rows are shown in both
languages, the rest in one; `test_every_screen` shows each screen in both, with a server.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from tests.browser.accessibility import sticks_out
from tests.browser.conftest import need_chromium, told
from tests.browser.looks import Cell, Sheet, fault_of
from tests.browser.stories import SHOWN, THEMES, Story, Visit, launched, screens, serving

pytestmark = pytest.mark.browser
NODES_LIMIT = 5_000
"""So many elements a browser lays out at once: a list that holds more rows shows the first."""
ASKED_OF_AXE = ("failing",)
"""With data in them screens are asked by the tests of each."""
NOTHING_ASKED = ("gallery", "sign-in")
"""What these show does not come from a server: nothing of it can fail to come."""
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
LOOK = """async (isAsked) => {
  const main = document.querySelector('main') ?? document.body;
  // What can be done stands in an empty list of the screen, in the head above, or around it.
  const around = '.panel, .field-page, .crew, .map-page, .beside-map';
  const head = main.querySelector('.page__head');
  const offers = (state) => [...main.querySelectorAll('.state'), state.closest(around), head]
    .some((place) => place?.querySelector('a, button, input') != null);
  const spills = (panel) => getComputedStyle(panel).overflowY === 'visible'
    && panel.scrollHeight > panel.clientHeight + 1;
  const retries = [...main.querySelectorAll('[role=alert] button')];
  const found = isAsked ? await axe.run({ resultTypes: ['violations'] }) : { violations: [] };
  return {
    titles: document.querySelectorAll('h1').length,
    elements: document.querySelectorAll('*').length,
    retries: retries.filter((button) => button.checkVisibility()).length,
    deadEnds: [...main.querySelectorAll('.state')].filter((state) => !offers(state)).length,
    spilt: [...main.querySelectorAll('.panel')].filter(spills)
      .map((panel) => panel.textContent.slice(0, 40)),
    violations: found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html}`)),
  };
}"""

CHART = """() => {
  const chart = document.querySelector('.chart');
  const size = (one) => parseFloat(getComputedStyle(one).fontSize);
  const width = (name) => chart.querySelector(name).getBoundingClientRect().width;
  return {
    letters: size(chart.querySelector('.chart__axis')),
    axis: width('.chart__axis'),
    drawing: width('.chart__plot > svg'),
    room: chart.getBoundingClientRect().width,
  };
}"""


@pytest.fixture(scope="module")
def painter() -> Iterator[Browser]:
    """Return a browser that draws letters alike on every machine."""
    need_chromium()
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the stories are served."""
    with serving() as served:
        yield served


class Lines:
    """What a page writes to its console as an error, screen by screen."""

    def __init__(self, page: Page, expected: str) -> None:
        """Begin to listen; lines with `expected` in them belong to the story."""
        self._said: list[str] = []
        self._expected = expected
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._said.append(str(error)))

    def _hear(self, line: ConsoleMessage) -> None:
        if line.type == "error" and self._expected not in (text := told(line)):
            self._said.append(text)

    def taken(self) -> list[str]:
        """Return what was said since the last time."""
        said, self._said[:] = list(self._said), []
        return said


def faults_of(page: Page, story: Story, data: str) -> list[str]:
    """Return what is wrong with a screen."""
    is_asked = data in ASKED_OF_AXE
    if is_asked and not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    seen: dict[str, Any] = page.evaluate(LOOK, is_asked)
    faults: list[str] = seen["violations"]
    if seen["titles"] != 1:
        faults.append(f"{seen['titles']} titles")
    if seen["deadEnds"]:
        faults.append(f"{seen['deadEnds']} empty lists do not say what to do next")
    faults += [f"the panel {title} lies over what is below it" for title in seen["spilt"]]
    if seen["elements"] > NODES_LIMIT:
        faults.append(f"{seen['elements']} elements")
    if sticks_out(page):
        faults.append("wider than its place")
    if data == "failing" and story.name not in NOTHING_ASKED and seen["retries"] == 0:
        faults.append("nothing says what failed and offers to try again")
    return faults


def looks_otherwise(visit: Visit, story: Story, data: str, language: str) -> list[str]:
    """Return where a screen differs from its sheet."""
    sheet = Sheet(story)
    found = []
    for theme in THEMES:
        cell = Cell(language, data, theme)
        fault = fault_of(story, cell, visit.shoot(theme), sheet.cell(cell))
        found += [fault] if fault is not None else []
    return found


@pytest.mark.parametrize(("data", "language"), SHOWN)
def test_every_screen_holds_what_there_is_to_show_and_looks_as_its_sheet_says(
    painter: Browser, address: str, data: str, language: str
) -> None:
    visit = Visit(painter, address, language, data)
    # Asking who is there before anybody has signed in answers 401.
    lines = Lines(visit.page, "status of 500" if data == "failing" else "status of 401")
    faults = []
    for story in sorted(screens(), key=lambda one: (one.phone, one.role)):
        page = visit.open(story)
        looks = looks_otherwise(visit, story, data, language)
        found = looks + faults_of(page, story, data) + lines.taken()
        faults += [f"{story.name}: {fault}" for fault in found if "status of 401" not in fault]
    visit.close()
    assert faults == []


@pytest.mark.parametrize("size", [16, 24, 32])
def test_chart_takes_the_width_that_is_there_and_has_letters_of_the_readers_size(
    painter: Browser, address: str, size: int
) -> None:
    visit = Visit(painter, address, "en", "small")
    visit.read_at(size)
    page = visit.open(next(story for story in screens() if story.name == "evaluation"))
    seen: dict[str, float] = page.evaluate(CHART)
    visit.close()
    assert seen["letters"] > 0.7 * size
    assert seen["axis"] + seen["drawing"] > 0.95 * seen["room"]


@pytest.mark.parametrize("size", [16, 24, 32])
def test_bar_of_a_telephone_holds_its_keys_in_letters_of_the_readers_size(
    painter: Browser, address: str, size: int
) -> None:
    visit = Visit(painter, address, "en", "small")
    visit.read_at(size)
    page = visit.open(next(story for story in screens() if story.phone and story.role == "CREW"))
    spilt: bool = page.locator(".bar").evaluate("bar => bar.scrollWidth > bar.clientWidth")
    visit.close()
    assert not spilt
