"""Words for people: the reader's language is found, facts are filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.kernel.wording import LANGUAGES, catalogue, language_of, word


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh-CN"),
        ("*", "zh-CN"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en;q=0.2,zh;q=0.8", "zh-CN"),
        ("fr,en;q=0.5", "en"),
        ("zh;q=0,en;q=0.1", "en"),
        ("en;q=0", "zh-CN"),
        ("EN-us", "en"),
        ("en;q=high", "zh-CN"),
        ("zh-TW", "zh-CN"),
    ],
)
def test_language_is_the_best_that_the_reader_accepts(accepted, language):
    assert language_of(accepted) == language


@given(st.text(max_size=100))
def test_any_header_gets_a_language(accepted):
    assert language_of(accepted) in LANGUAGES


def test_facts_are_filled_in():
    said = word("problem.move.not_allowed", "en", move="close", state="CLOSED")
    assert said == "The move close is not possible in the state CLOSED."


def test_missing_fact_leaves_a_gap_and_no_failure():
    assert word("rule.text_too_long", "en") == "at most  characters"


def test_unknown_key_is_shown_as_it_is():
    assert word("no.such.key", "en") == "no.such.key"


def test_fact_with_braces_is_not_filled_in_again():
    assert word("problem.field_rule", "en", field="{rule}", rule="x") == "{rule}: x"


def test_every_room_speaks_both_languages():
    assert catalogue("en").keys() == catalogue("zh-CN").keys()
