"""Typed text: what is mended, what is refused."""

import pytest

from anlan.kernel.errors import InvalidError
from anlan.kernel.texts import clean_text


def test_text_is_trimmed_composed_and_given_plain_line_ends() -> None:
    typed = "  Cafe\u0301\r\nback\rdoor\t1 \n"
    assert clean_text(typed, field="text", limit_characters=30) == "Café\nback\ndoor\t1"


def test_limit_counts_what_is_left_after_trimming() -> None:
    assert clean_text(" 井盖 ", field="text", limit_characters=2) == "井盖"
    with pytest.raises(InvalidError) as refused:
        clean_text("井盖坏", field="text", limit_characters=2)
    assert (refused.value.field, refused.value.rule) == ("text", "text_too_long")


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\ud800"])
def test_control_characters_are_refused(character: str) -> None:
    with pytest.raises(InvalidError) as refused:
        clean_text(f"a{character}b", field="place_text", limit_characters=10)
    assert (refused.value.field, refused.value.rule) == ("place_text", "no_control_characters")


def test_blank_is_refused_only_where_text_is_required() -> None:
    assert clean_text(" \n ", field="text", limit_characters=10) == ""
    with pytest.raises(InvalidError) as refused:
        clean_text(" \n ", field="text", limit_characters=10, required=True)
    assert (refused.value.field, refused.value.rule) == ("text", "required")
