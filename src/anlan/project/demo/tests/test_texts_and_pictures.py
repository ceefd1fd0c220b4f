"""What the demonstration writes and draws: in both languages, and fit for the server."""

import re

import pytest

from anlan.kernel.photos import clean_photo
from anlan.kernel.text_files import data_folder, read_toml
from anlan.project.demo.duty import PHRASES, PROFILE
from anlan.project.demo.phrases import Phrases
from anlan.project.demo.pictures import draw_photo
from anlan.project.demo.stories import DISPOSITIONS, Stories
from anlan_engine.duty_day import DutyProfile

CHINESE = re.compile(r"[\u4e00-\u9fff]")
STEPS = (
    "close", "divert", "return", "report", "reading", "document", "rework", "verify", "reopen",
    "routing",
)  # fmt: skip
OUTCOMES = ("RESOLVED", "NOTHING_FOUND", "HANDED_OVER", "FALSE_ALARM")


def test_every_step_has_texts_in_both_languages() -> None:
    entries = {entry["step"]: entry for entry in read_toml(data_folder() / PHRASES)["phrases"]}
    assert set(entries) == {*STEPS, *(f"outcome.{outcome}" for outcome in OUTCOMES)}
    for entry in entries.values():
        assert len(entry["texts_zh"]) == len(entry["texts_en"]) > 0
        assert all(CHINESE.search(text) for text in entry["texts_zh"])
        assert not any(CHINESE.search(text) for text in entry["texts_en"])


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_story_always_gets_the_same_words(language: str) -> None:
    phrases = Phrases(data_folder() / PHRASES, language)
    said = [phrases.of("report", number) for number in range(6)]
    assert said[:3] == said[3:]
    assert len(set(said)) == 3


def test_a_photo_is_one_that_the_server_keeps_and_is_drawn_alike_twice() -> None:
    drawn = draw_photo(3)
    assert drawn == draw_photo(3)
    assert drawn != draw_photo(4)
    assert clean_photo(drawn).startswith(b"\xff\xd8")


def test_stories_of_strangers_follow_from_the_seed() -> None:
    profile = DutyProfile.read(data_folder() / PROFILE)
    one, same, other = (Stories(profile, seed) for seed in (1, 1, 2))
    drawn = [one.of_stranger("THEFT") for _ in range(20)]
    assert drawn == [same.of_stranger("THEFT") for _ in range(20)]
    assert drawn != [other.of_stranger("THEFT") for _ in range(20)]
    assert {story.disposition for story in drawn} <= {name for name, _ in DISPOSITIONS}


def test_automatic_alarms_are_mostly_false_and_calls_never_are() -> None:
    stories = Stories(DutyProfile.read(data_folder() / PROFILE), 1)
    alarms = [stories.of_stranger("FIRE_ALARM").disposition for _ in range(200)]
    calls = [stories.of_stranger("SMOKE_SMELL").disposition for _ in range(200)]
    assert 110 < alarms.count("FALSE_ALARM") < 170
    assert calls.count("FALSE_ALARM") == 0
