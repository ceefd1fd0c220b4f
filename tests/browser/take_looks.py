"""Takes how every screen looks anew: `python -m tests.browser.take_looks`.

Takes the console as it is built, with the stories in `console/stories`. Look at each sheet that
changed, in `tests/browser/looks`, before it is committed.
"""

import argparse
from collections.abc import Callable

from playwright.sync_api import Browser, sync_playwright
from tests.browser.conftest import ARGUMENTS, CHROMIUM, NOT_DRAWING
from tests.browser.looks import Cell, Sheet, shrunk
from tests.browser.stories import DATA, LANGUAGES, THEMES, Story, Visit, screens, serving

LETTERS = ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"]
"""Letters are drawn alike whatever the machine's settings for them are."""


def visit_all(
    browser: Browser, address: str, language: str, seen: Callable[[Story, Cell, bytes], None],
    only: tuple[str, ...] = (), data: tuple[str, ...] = DATA,
) -> None:  # fmt: skip
    """Go to every screen with every amount of data, by day and by night; hand on its picture."""
    wanted = [story for story in screens() if not only or story.name in only]
    for amount in data:
        visit = Visit(browser, address, language, amount)
        for story in sorted(wanted, key=lambda one: (one.phone, one.role)):
            visit.open(story)
            for theme in THEMES:
                seen(story, Cell(language, amount, theme), visit.shoot(theme))
        visit.close()


def main() -> None:
    """Take the sheets of all screens, or of those named."""
    parser = argparse.ArgumentParser(description="Take how every screen looks anew.")
    parser.add_argument("names", nargs="*", help="which sheets; all without")
    asked = parser.parse_args()
    sheets: dict[Story, Sheet] = {}

    def keep(story: Story, cell: Cell, shot: bytes) -> None:
        sheet = sheets.setdefault(story, Sheet(story))
        sheet.keep(cell, shrunk(shot, story))

    with serving() as address, sync_playwright() as playwright:
        arguments = [*ARGUMENTS, *NOT_DRAWING, *LETTERS]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        for language in LANGUAGES:
            visit_all(browser, address, language, keep, tuple(asked.names))
        browser.close()
    for sheet in sheets.values():
        sheet.write()


if __name__ == "__main__":
    main()
