"""Reading a line while it is typed: kind, urgency, place, answers, and the words they stand on."""

from datetime import date

import pytest
from tests.people import EVERYTHING

from anlan.intake.kinds import kinds
from anlan.intake.models import Report
from anlan.intake.reading import read_line
from anlan.kernel.models import KeptReply
from anlan.kernel.scope import scoped

DAY = date(2026, 11, 22)
LIISANKATU_FIRE = "Building on fire at Liisankatu 20, somebody is trapped inside"


def words(spans):
    return [span.text for span in spans]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("路边一辆车着火了", "FIRE_VEHICLE"),
        ("三楼着火，浓烟", "FIRE_STRUCTURE"),
        ("Man NOT breathing at the stop", "MEDICAL_UNRESPONSIVE"),
        ("没有呼吸", "MEDICAL_UNRESPONSIVE"),
        ("路灯不亮", "LAMP_OUT"),
        ("喂？", None),
        ("a clampdown", None),
    ],
)
def test_words_point_to_a_kind(line, kind):
    reading = read_line(line, day=DAY)
    assert (reading.kind.code if reading.kind else None) == kind


@pytest.mark.parametrize("code", sorted(kinds()))
def test_every_kind_is_read_from_its_own_name_in_both_languages(code):
    for name in (kinds()[code].name_zh, kinds()[code].name_en):
        assert read_line(name, day=DAY).kind.code == code, name


def test_each_suggestion_shows_the_words_it_stands_on():
    reading = read_line("楼房着火 Liisankatu", day=DAY)
    assert words(reading.kind.words) == ["着火", "楼房"]
    for span in (*reading.kind.words, *(place.words for place in reading.places)):
        assert "楼房着火 Liisankatu"[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("line", "negated", "kind"),
    [
        ("没有着火，只是闻到煤气味", ["着火"], "GAS_SMELL"),
        ("there is no fire but a man is not breathing", ["fire"], "MEDICAL_UNRESPONSIVE"),
        ("no smoke, no flames", ["smoke", "flames"], None),
        ("no visible smoke. house fire", ["smoke"], "FIRE_STRUCTURE"),
    ],
)
def test_what_the_line_says_not_counts_for_nothing(line, negated, kind):
    reading = read_line(line, day=DAY)
    assert words(reading.negated) == negated
    assert (reading.kind.code if reading.kind else None) == kind


def test_how_clear_a_kind_is_follows_from_its_words():
    assert read_line("着火", day=DAY).confidence == "CLEAR"
    assert read_line("一辆车着火了", day=DAY).confidence == "LIKELY"
    assert read_line("喂？", day=DAY).confidence == "UNSURE"


def test_place_in_the_line_is_found_with_how_clear_it_is():
    (place, *_) = read_line(LIISANKATU_FIRE, day=DAY).places
    assert (place.place.name, place.words.text, place.confidence) == (
        "Liisankatu 20",
        "Liisankatu 20",
        "CLEAR",
    )
    (misspelt, *_) = read_line("fire at lisankatu", day=DAY).places
    assert (misspelt.place.name, misspelt.confidence) == ("Liisankatu", "UNSURE")


def test_words_answer_key_questions_and_raise_what_is_needed():
    reading = read_line(LIISANKATU_FIRE, day=DAY)
    (inside, *_) = reading.heard
    assert (inside.question, inside.answer, words(inside.words)) == (
        "INSIDE",
        "YES",
        ["trapped inside"],
    )
    assert "RESCUE" in reading.outcome.needs


def test_answer_by_hand_stands_before_the_words():
    reading = read_line(LIISANKATU_FIRE, day=DAY, answers={"INSIDE": "NO"})
    assert "RESCUE" not in reading.outcome.needs


def test_questions_follow_the_kind_chosen_by_hand():
    reading = read_line("fire", day=DAY, chosen="MEDICAL_BIRTH")
    assert reading.protocol.id == "birth"
    assert reading.kind.code == "FIRE_STRUCTURE"


@pytest.mark.parametrize("line", ["", "\0\x07", "火" * 10_000, "fire " * 2_000, "🔥" * 500])
def test_any_text_is_read(line):
    read_line(line, day=DAY)


@pytest.mark.django_db
class TestThroughTheApi:
    """The address that the console asks while a line is typed."""

    def test_line_is_read_and_nothing_is_kept(self, desk):
        taker = desk("CALL_TAKER")
        reply = taker.post("call-readings", {"text": LIISANKATU_FIRE})
        read = reply.json()
        assert (reply.status_code, read["kind"]["code"]) == (200, "FIRE_STRUCTURE")
        assert (read["priority"], read["protocol_id"]) == (1, "building_fire")
        question = read["questions"][0]
        assert (question["code"], question["given"], question["heard"]) == ("INSIDE", "YES", True)
        assert read["advice"][0]["text_zh"]
        with scoped(EVERYTHING):
            assert KeptReply.objects.count() == 0

    def test_ten_thousand_characters_are_refused(self, desk):
        reply = desk("CALL_TAKER").post("call-readings", {"text": "火" * 10_000})
        assert (reply.status_code, reply.json()["field"]) == (422, "text")

    @pytest.mark.parametrize("lon", ["NaN", 181, None])
    def test_place_that_is_none_is_refused_or_left_out(self, desk, lon):
        body = {"text": "fire", "lon": lon, "lat": 60.1}
        reply = desk("CALL_TAKER").post("call-readings", body)
        assert reply.status_code == (200 if lon is None else 422)

    def test_what_was_suggested_is_kept_beside_what_was_chosen_and_counted(self, desk):
        taker = desk("CALL_TAKER")
        since = "2026-01-01T00:00:00Z"
        told = {"channel": "PHONE", "text": LIISANKATU_FIRE, "lon": 24.9523, "lat": 60.17403}
        for kind in ("FIRE_STRUCTURE", "SMOKE_SMELL"):
            assert taker.post("reports", told | {"kind": kind}).status_code == 201
        counted = taker.get("suggestion-counts", since=since).json()
        assert counted == {
            "reports": 2, "kind_suggested": 2, "kind_kept": 1, "priority_kept": 1,
            "place_suggested": 2, "place_kept": 2,
        }  # fmt: skip
        with scoped(EVERYTHING):
            kept = Report.objects.get(kind="SMOKE_SMELL")
            assert (kept.suggested_kind, kept.suggested_priority) == ("FIRE_STRUCTURE", 1)
