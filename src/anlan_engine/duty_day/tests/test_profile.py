"""Profiles that break a rule are refused with the field and the rule."""

from pathlib import Path

import pytest

from anlan_engine.duty_day import DutyProfile, ProfileError

ROOT = Path(__file__).resolve().parents[4]

COMMITTED = (ROOT / "data" / "demo" / "duty_day.toml").read_text(encoding="utf-8")
ONE_TEXT = 'texts_zh = ["{place}一辆汽车冒烟起火。"]'


def refused(tmp_path: Path, text: str) -> ProfileError:
    file = tmp_path / "day.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as refusal:
        DutyProfile.read(file)
    return refusal.value


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("schema = 1", "schema = 2", "schema"),
        ("    11, 9, 8,", "    11, 9,", "calls.per_hour"),
        ("    11, 9, 8,", "    11, -9, 8,", "calls.per_hour"),
        ("share = 0.08", "share = 1.2", "repeats.share"),
        ("within_s = 420", "within_s = 0", "repeats.within_s"),
        ("answer = { median_s = 4, p90_s = 9 }", "", "durations.answer"),
        ("median_s = 4, p90_s = 9", "median_s = 9, p90_s = 9", "durations.answer"),
        ("share = 6\n", "share = 0\n", "share"),
        ("PHONE = 88", "PIGEON = 88", "kinds[0].channels"),
        ('places = ["STREETS"]', 'places = ["CASTLE"]', "kinds[0].places"),
        ('scene = "long"', 'scene = "endless"', "scenes.endless"),
        ('texts_zh = ["{place}一辆汽车冒烟起火。"]', 'texts_zh = ["着火"]', "texts_zh"),
        (
            'texts_zh = ["{place}一辆汽车冒烟起火。"]',
            'texts_zh = ["{place}", "{place}"]',
            "kinds[1].texts_en",
        ),
    ],
)
def test_a_broken_rule_is_named(tmp_path: Path, old: str, new: str, field: str) -> None:
    assert old in COMMITTED
    error = refused(tmp_path, COMMITTED.replace(old, new, 1))
    assert error.code == "INVALID"
    assert str(error.facts["field"]).startswith(field)


def test_what_is_no_toml_is_unreadable(tmp_path: Path) -> None:
    assert refused(tmp_path, "calls per hour: many").code == "UNREADABLE"


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as refusal:
        DutyProfile.read(tmp_path / "none.toml")
    assert refusal.value.code == "UNREADABLE"
