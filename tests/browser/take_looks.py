"""Takes how every screen looks anew: `python -m tests.browser.take_looks`.

Takes the console as it is built, with the stories in `console/stories`; of screens that the
documentation shows, its pictures too. Look at each sheet that changed, in `tests/browser/looks`,
before it is committed.
"""

import argparse

from playwright.sync_api import Browser, sync_playwright
from tests.browser.looks import (
    PICTURED,
    Cell,
    Sheet,
    picture_of,
    sheet_named,
    shrunk,
    unlike_screens,
)
from tests.browser.pictures import write
from tests.browser.stories import SHOWN, THEMES, Story, Visit, launched, screens, serving


def take(browser: Browser, address: str, only: tuple[str, ...], sheets: dict[Story, Sheet]) -> None:
    """Go to every screen with whatever there is to show, by day and by night; keep its picture."""
    wanted = [story for story in screens() if not only or story.name in only]
    for data, language in SHOWN:
        visit = Visit(browser, address, language, data)
        for story in sorted(wanted, key=lambda one: (one.phone, one.role)):
            sheet = sheets.setdefault(story, Sheet(story))
            visit.open(story)
            for theme in THEMES:
                sheet.keep(Cell(language, data, theme), shrunk(visit.shoot(theme), story))
            if data == "small" and story.name in PICTURED:
                write(visit.shoot("light", "png"), picture_of(story.name, language))
        visit.close()


def main() -> None:
    """Take the sheets of all screens, or of those named."""
    parser = argparse.ArgumentParser(description="Take how every screen looks anew.")
    parser.add_argument("names", nargs="*", help="which sheets; all without")
    asked = parser.parse_args()
    sheets: dict[Story, Sheet] = {}
    with serving() as address, sync_playwright() as playwright:
        browser = launched(playwright)
        take(browser, address, tuple(asked.names), sheets)
        browser.close()
    for sheet in sheets.values():
        sheet.write()
    for name in () if asked.names else unlike_screens():
        sheet_named(name).unlink()


if __name__ == "__main__":
    main()
