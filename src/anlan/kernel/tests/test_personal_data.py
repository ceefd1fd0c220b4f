"""What looks like personal data in free text, by form, numbering plan and check digit."""

import csv
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shared_data import shared

from anlan.kernel.personal_data import (
    MASKED,
    TEXT_LIMIT_CHARACTERS,
    personal_data_in,
    without_personal_data,
)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("call 138-0013-8000 now", "TELEPHONE", "138-0013-8000"),
        ("手机：１３８００１３８０００", "TELEPHONE", "１３８００１３８０００"),
        ("a landline 010-65123456", "TELEPHONE", "010-65123456"),
        ("soita 040 123 4567", "TELEPHONE", "040 123 4567"),
        ("from abroad +44 20 7946 0018", "TELEPHONE", "+44 20 7946 0018"),
        ("tel 8765 4321", "TELEPHONE", "8765 4321"),
        ("id 11010519491231002X", "IDENTITY", "11010519491231002X"),
        ("hetu 131052-308T", "IDENTITY", "131052-308T"),
        ("card 4111 1111 1111 1111", "CARD", "4111 1111 1111 1111"),
        ("write aino@example.org", "EMAIL", "aino@example.org"),
        ("朝阳路12号院3栋2单元501室", "DWELLING", "12号院3栋2单元501室"),
        ("by Kaivokatu 1 A 5", "DWELLING", "Kaivokatu 1 A 5"),
        ("at 260 HAZELWOOD AVE", "DWELLING", "260 HAZELWOOD AVE"),
    ],
)
def test_personal_data_is_found_where_it_stands(text, kind, words):
    found = personal_data_in(text)
    assert [(one.kind, text[one.start : one.end]) for one in found] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-05 08:15",
        "lamp 1234",
        "1800 block 25TH ST",
        "at 60.182345678",
        "3号线2号门",
        "11010519491231002",
        "131052-308U",
        "4111 1111 1111 1112",
        "no number at all @ the corner",
    ],
)
def test_near_misses_are_left_alone(text):
    assert personal_data_in(text) == []


def test_house_numbers_stay_in_a_text_and_are_told():
    text = "Kaivokatu 1 A 5, call 138 0013 8000"
    assert without_personal_data(text) == (
        "Kaivokatu 1 A 5, call …", ["DWELLING", "TELEPHONE"],
    )  # fmt: skip


def test_installation_says_whose_numbers_are_written_short(settings):
    settings.TELEPHONE_REGIONS = ["US"]
    assert [one.kind for one in personal_data_in("(415) 555-2671")] == ["TELEPHONE"]
    settings.TELEPHONE_REGIONS = ["FI"]
    assert personal_data_in("(415) 555-2671") == []


@given(st.text(max_size=200) | st.from_regex(r"[0-9 +()@.\\-号室]{0,60}"))
def test_pieces_are_in_order_and_within_the_text(text):
    at = 0
    for one in personal_data_in(text):
        assert at <= one.start < one.end <= len(text)
        at = one.end


def test_only_so_much_of_a_text_is_looked_at():
    text = "x" * TEXT_LIMIT_CHARACTERS + " 138 0013 8000"
    assert personal_data_in(text) == []


def test_real_texts_hold_none_and_most_house_numbers_are_found():
    file = shared("b1_sf_311_sample_geo", "sf_311_cases.csv.gz")
    with gzip.open(file, "rt", encoding="utf-8") as rows:
        texts = [f"{row['request_details']} · {row['block']}" for row in csv.DictReader(rows)]
    kinds = [one.kind for text in texts for one in personal_data_in(text, ["CN", "FI", "US"])]
    assert (len(texts), len(MASKED & set(kinds))) == (4_883, 0)
    assert kinds.count("DWELLING") > 300
