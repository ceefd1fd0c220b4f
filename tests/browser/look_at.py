"""Whether every screen looks as its sheet says, in one language: a file of tests for each."""

import pytest
from playwright.sync_api import sync_playwright
from tests.browser.conftest import ARGUMENTS, CHROMIUM, NOT_DRAWING
from tests.browser.looks import FOLDER, Cell, Sheet, fault_of
from tests.browser.stories import Story, serving
from tests.browser.take_looks import LETTERS, visit_all

needs_sheets = pytest.mark.skipif(
    not FOLDER.exists(), reason="no sheet is kept yet: python -m tests.browser.take_looks"
)


def faults_in(language: str) -> list[str]:
    """Return each story whose picture differs, and where."""
    faults = []

    def look(story: Story, cell: Cell, shot: bytes) -> None:
        fault = fault_of(story, cell, shot, Sheet(story).cell(cell))
        if fault is not None:
            faults.append(fault)

    with serving() as address, sync_playwright() as playwright:
        arguments = [*ARGUMENTS, *NOT_DRAWING, *LETTERS]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        visit_all(browser, address, language, look)
        browser.close()
    return faults
