"""Every screen looks as its sheet says, in Chinese: a file of its own, for another core."""

import pytest
from tests.browser.look_at import faults_in, needs_sheets

pytestmark = [pytest.mark.browser, needs_sheets]


def test_every_screen_looks_in_chinese_as_its_sheet_says() -> None:
    assert faults_in("zh-CN") == []
