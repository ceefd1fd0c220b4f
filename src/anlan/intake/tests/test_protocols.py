"""Key questions as versioned text: what is shipped, what answers raise, what a broken file does."""

from datetime import date
from pathlib import Path

import pytest

from anlan.intake.errors import BadAnswerError
from anlan.intake.kinds import kinds
from anlan.intake.protocols import (
    Protocol,
    checked_answers,
    in_words,
    kinds_without_protocol,
    outcome_of,
    protocol_for,
    protocols,
)
from anlan.kernel.rule_files import RuleFolder
from anlan.kernel.text_files import data_folder

DAY = date(2026, 11, 22)
FIRE = "building_fire_2026_1.toml"


def fire() -> Protocol:
    found = protocol_for("FIRE_STRUCTURE", DAY)
    assert found is not None
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = (data_folder() / "protocols" / FIRE).read_text(encoding="utf-8")
    (tmp_path / FIRE).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def own(folder: Path) -> RuleFolder[Protocol]:
    return RuleFolder("protocols", Protocol, folders=lambda: [folder], recheck_s=0)


def test_every_kind_that_needs_a_unit_has_exactly_one_protocol():
    assert protocols.broken() == []
    assert kinds_without_protocol(DAY) == []
    assert kinds_without_protocol(date(2025, 1, 1)) == [
        code for code, kind in kinds().items() if kind.needs_unit
    ]


def test_shipped_protocols_name_known_capabilities_only():
    known = {capability for kind in kinds().values() for capability in kind.capabilities}
    named = {
        need
        for protocol in protocols.versions().values()
        for rule in protocol.rules
        for need in rule.needs
    }
    assert named <= known


def test_answers_raise_urgency_needs_alarm_and_choose_the_advice():
    outcome = outcome_of(fire(), {"INSIDE": "YES", "FLOOR": 4})
    assert (outcome.priority, outcome.needs, outcome.alarm_level) == (1, ("RESCUE", "LADDER"), 2)
    assert outcome.because == (("INSIDE", "YES"), ("FLOOR", 4))
    assert len(outcome.advice) == 2


def test_chosen_answer_is_told_by_its_name_and_a_text_as_it_is():
    crash = protocols.version("road_crash", "2026.1")
    vehicle = in_words(crash, "VEHICLE", "LORRY")
    assert vehicle.answer_zh != vehicle.answer_en
    assert "LORRY" not in (vehicle.answer_zh, vehicle.answer_en)


@pytest.mark.parametrize(("protocol", "code"), [(None, "INSIDE"), ("building_fire", "GONE")])
def test_answer_by_a_version_or_question_that_has_gone_is_told_by_its_codes(protocol, code):
    asked_by = protocols.version(protocol, "2026.1") if protocol else None
    told = in_words(asked_by, code, "YES")
    assert (told.text_en, told.answer_en, told.raises) == (code, "YES", False)


def test_answers_that_no_rule_names_raise_nothing():
    outcome = outcome_of(fire(), {"INSIDE": "NO", "FLOOR": 3})
    assert (outcome.priority, outcome.needs, outcome.alarm_level) == (None, (), 0)


@pytest.mark.parametrize(
    ("question", "answer", "rule"),
    [
        ("NOWHERE", "YES", "known_question"),
        ("INSIDE", "MAYBE", "one_of_its_answers"),
        ("INSIDE", 1, "one_of_its_answers"),
        ("FLOOR", "four", "a_whole_number"),
        ("FLOOR", True, "a_whole_number"),
        ("FLOOR", 201, "a_number_within"),
        ("SEEN", "YES", "one_of_its_answers"),
    ],
)
def test_answer_of_another_type_is_refused(question, answer, rule):
    with pytest.raises(BadAnswerError) as refused:
        checked_answers(fire(), [(question, answer)])
    assert refused.value.rule == rule


def test_broken_file_leaves_the_version_before_it_in_force(own, folder):
    assert own.rule("building_fire", DAY).version == "2026.1"
    text = (folder / FIRE).read_text(encoding="utf-8")
    newer = text.replace('version = "2026.1"', 'version = "2026.2"')
    broken = newer.replace('question = "INSIDE"\nis = "YES"', 'question = "INSIDE"\nis = "MAYBE"')
    assert broken != newer
    (folder / "newer.toml").write_text(broken, encoding="utf-8")
    assert own.rule("building_fire", DAY).version == "2026.1"
    (left_out,) = own.broken()
    assert "INSIDE: MAYBE is none of its answers" in left_out.reason
    (folder / "newer.toml").write_text(newer, encoding="utf-8")
    assert own.rule("building_fire", DAY).version == "2026.2"


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('kinds = ["FIRE_STRUCTURE"', 'kinds = ["DRAGON"', "unknown DRAGON"),
        ('answer = "YES_NO"', 'answer = "CHOICE"', "choices"),
        ("at_least = 4", "at_least = 4\nis = \"YES\"", "exactly one of them"),
        ('code = "FLOOR"', 'code = "INSIDE"', "each code once"),
        ("priority = 1", "priority = 9", "less than or equal to 4"),
    ],
)  # fmt: skip
def test_senseless_protocol_is_left_out_and_says_why(own, folder, before, after, reason):
    text = (folder / FIRE).read_text(encoding="utf-8")
    assert before in text
    (folder / FIRE).write_text(text.replace(before, after), encoding="utf-8")
    assert own.in_force(DAY) == {}
    assert reason in own.broken()[0].reason
