"""Rules as text: versions, dates, an installation's own files, broken files."""

import os
from datetime import date
from pathlib import Path

import pytest

from anlan.kernel.rule_files import FILE_LIMIT_BYTES, NoRuleError, RuleFile, RuleFolder

SHIPPED, OWN = "shipped", "own"
DAY = date(2026, 6, 1)


class Limit(RuleFile):
    """A rule with one figure."""

    limit_s: int


@pytest.fixture
def folder(tmp_path: Path) -> RuleFolder[Limit]:
    """Return an empty folder of limits that looks at its files every time."""
    places = [tmp_path / SHIPPED, tmp_path / OWN]
    for place in places:
        place.mkdir()
    return RuleFolder("limits", Limit, folders=lambda: places, recheck_s=0.0)


def write(path: Path, **fields: object) -> None:
    """Write a rule file; the time of change is moved on as the clock of a file system is coarse."""
    heading = {
        "schema": 1, "id": "answer", "version": "2026.1", "valid_from": date(2026, 1, 1),
        "name_zh": "限值", "name_en": "Limit", "source_zh": "测试", "source_en": "test",
        "limit_s": 10,
    }  # fmt: skip
    lines = [
        f"{name} = {value!r}" if isinstance(value, str | int) else f"{name} = {value}"
        for name, value in (heading | fields).items()
    ]
    stamp = path.stat().st_mtime_ns + 1_000_000 if path.exists() else None
    path.write_text("\n".join(lines), encoding="utf-8")
    if stamp is not None:
        os.utime(path, ns=(stamp, stamp))


def test_latest_version_that_has_begun_is_in_force(
    folder: RuleFolder[Limit], tmp_path: Path
) -> None:
    write(tmp_path / SHIPPED / "a.toml")
    write(tmp_path / SHIPPED / "b.toml", version="2026.2", valid_from=date(2026, 5, 1), limit_s=8)
    write(tmp_path / SHIPPED / "c.toml", version="2027.1", valid_from=date(2027, 1, 1), limit_s=5)
    assert folder.rule("answer", DAY).limit_s == 8
    assert folder.rule("answer", date(2026, 4, 30)).limit_s == 10
    assert folder.rule("answer", date(2027, 1, 1)).limit_s == 5
    assert folder.version("answer", "2026.1").limit_s == 10


def test_version_that_has_ended_is_not_in_force(folder: RuleFolder[Limit], tmp_path: Path) -> None:
    write(tmp_path / SHIPPED / "a.toml", valid_until=date(2026, 5, 31))
    assert folder.rule("answer", date(2026, 5, 31)).limit_s == 10
    with pytest.raises(NoRuleError):
        folder.rule("answer", DAY)
    assert folder.version("answer", "2026.1").limit_s == 10


def test_own_file_of_an_installation_wins_over_the_shipped_version(
    folder: RuleFolder[Limit], tmp_path: Path
) -> None:
    write(tmp_path / SHIPPED / "a.toml")
    write(tmp_path / OWN / "a.toml", limit_s=7)
    assert folder.rule("answer", DAY).limit_s == 7


def test_change_of_a_file_counts_without_a_restart(
    folder: RuleFolder[Limit], tmp_path: Path
) -> None:
    write(tmp_path / SHIPPED / "a.toml")
    assert folder.rule("answer", DAY).limit_s == 10
    write(tmp_path / SHIPPED / "a.toml", limit_s=9)
    assert folder.rule("answer", DAY).limit_s == 9
    (tmp_path / SHIPPED / "a.toml").unlink()
    with pytest.raises(NoRuleError):
        folder.rule("answer", DAY)


def test_broken_change_leaves_what_was_in_force(folder: RuleFolder[Limit], tmp_path: Path) -> None:
    path = tmp_path / SHIPPED / "a.toml"
    write(path)
    assert folder.rule("answer", DAY).limit_s == 10
    write(path, limit_s="'soon'")
    assert folder.rule("answer", DAY).limit_s == 10
    assert [broken.path for broken in folder.broken()] == [path]
    assert folder.broken()[0].reason.startswith("limit_s: ")


def test_broken_new_version_leaves_the_one_before_it(
    folder: RuleFolder[Limit], tmp_path: Path
) -> None:
    write(tmp_path / SHIPPED / "a.toml")
    write(tmp_path / SHIPPED / "b.toml", version="2026.2", limit_second=5)
    assert folder.rule("answer", DAY).version == "2026.1"
    assert "limit_second" in folder.broken()[0].reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"limit_s = ", "is no TOML"),
        (b"\xff\xfe", "is no TOML"),
        (b"", "limit_s: "),
        (b"#" * (FILE_LIMIT_BYTES + 1), "larger than"),
    ],
)
def test_each_broken_file_names_its_reason(
    folder: RuleFolder[Limit], tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / OWN / "a.toml").write_bytes(content)
    assert folder.versions() == {}
    assert reason in folder.broken()[0].reason


def test_rule_that_ends_before_it_begins_is_broken(
    folder: RuleFolder[Limit], tmp_path: Path
) -> None:
    write(tmp_path / OWN / "a.toml", valid_until=date(2025, 12, 31))
    assert "valid_until" in folder.broken()[0].reason
