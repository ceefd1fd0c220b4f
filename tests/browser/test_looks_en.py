"""Every screen looks as its sheet says, in English (the other half of `test_looks_zh`)."""

import pytest
from tests.browser.look_at import faults_in, needs_sheets
from tests.browser.looks import sheet_of
from tests.browser.stories import screens

pytestmark = [pytest.mark.browser, needs_sheets]


def test_every_screen_looks_in_english_as_its_sheet_says() -> None:
    assert faults_in("en") == []


def test_every_screen_has_a_sheet() -> None:
    assert [story.name for story in screens() if not sheet_of(story).exists()] == []
