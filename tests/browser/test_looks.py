"""What a comparison of two looks of a screen finds, without a browser."""

import io

import numpy as np
import pytest
from PIL import Image
from tests.browser.looks import (
    PICTURED,
    SCALE,
    TOLERATED,
    Cell,
    Sheet,
    differing,
    fault_of,
    picture_of,
    shrunk,
    unlike_screens,
)
from tests.browser.stories import DESK, LANGUAGES, screens

STORY = next(story for story in screens() if story.name == "cases")
CELL = Cell("en", "small", "light")


def shot_of(pixels: np.ndarray) -> bytes:
    """Return a picture of a screen."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def screen() -> np.ndarray:
    """Return a white screen."""
    return np.full((DESK["height"], DESK["width"], 3), 255, np.uint8)


def test_a_screen_looks_like_itself() -> None:
    shot = shot_of(screen())
    assert fault_of(STORY, CELL, shot, shrunk(shot, STORY)) is None


def test_a_box_that_moved_is_found_where_it_was_and_where_it_is() -> None:
    before, after = screen(), screen()
    before[80:160, 80:400] = 0
    after[80:160, 160:480] = 0
    fault = fault_of(STORY, CELL, shot_of(after), shrunk(shot_of(before), STORY))
    assert fault == "cases-small-en-light: 200 of 16320 differ, between [80, 80] and [480, 160]"


def test_edges_of_letters_drawn_a_little_otherwise_are_no_difference() -> None:
    before, after = screen(), screen()
    before[100:110, 100:300:6] = 90
    after[100:110, 100:300:6] = 120
    apart = differing(shrunk(shot_of(after), STORY), shrunk(shot_of(before), STORY))
    assert apart.sum() <= TOLERATED
    assert SCALE == 8


@pytest.mark.parametrize("name", PICTURED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_documentation_shows_a_screen_as_its_sheet_does(name: str, language: str) -> None:
    story = next(story for story in screens() if story.name == name)
    cell = Cell(language, "small", "light")
    shown = picture_of(name, language).read_bytes()
    assert fault_of(story, cell, shown, Sheet(story).cell(cell)) is None


def test_every_screen_has_a_sheet_and_every_sheet_a_screen() -> None:
    assert unlike_screens() == []
