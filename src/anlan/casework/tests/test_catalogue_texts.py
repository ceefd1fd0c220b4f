"""Texts of the catalogue: what a file may say, and what is found in all of them together."""

from datetime import date
from pathlib import Path

import pytest

from anlan.casework.catalogue.kept_out import word_kept_out
from anlan.casework.catalogue.lint import Folders, findings
from anlan.casework.catalogue.reading import Catalogue
from anlan.casework.catalogue.texts import (
    CATALOGUE,
    ClockClassFile,
    DepartmentFile,
    GroupFile,
)
from anlan.kernel.rule_files import RuleFolder

DAY = date(2026, 11, 22)

SIZES = {
    "01": 26, "02": 18, "03": 20, "04": 14, "05": 24, "06": 22, "07": 18, "08": 20,
    "09": 24, "10": 22, "11": 18, "12": 18, "13": 18, "14": 14, "15": 14, "16": 10,
}  # fmt: skip

HEAD = """
schema = 1
id = "{id}"
version = "{version}"
valid_from = {begins}
{ends}
name_zh = "试"
name_en = "Test"
source_zh = "试"
source_en = "Test"
"""
ITEM = """
[[items]]
code = "{code}"
name_zh = "事项{code}"
name_en = "Item {code}"
subject = "{subject}"
service_code = "{service}"
filing_zh = "路面{code}破损。"
filing_en = "{filing} {code}."
closing_zh = "路面已修复。"
closing_en = "It is whole again."
evidence = ["PHOTO", "NOTE"]
lead = "{lead}"
clock = "{clock}"
pausable = false
public = true
personal_data = "NONE"
deadline_source = "{source}"
"""
LETTERS = "abcdefghijklmnop"


class Written:
    """A catalogue written for a test into a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("catalogue", "clock_classes", "departments"):
            (folder / name).mkdir()
        self.classes(D3='unit = "WORKING_DAYS"\namount = 3')
        self.departments("WORKS")

    def put(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def classes(self, **classes: str) -> None:
        text = HEAD.format(id="standard", version="2026.1", begins="2026-01-01", ends="")
        for code, fields in classes.items():
            text += f'[[classes]]\ncode = "{code}"\nname_zh = "试"\nname_en = "T"\n{fields}\n'
        text += '[[sources]]\ncode = "OURS"\nname_zh = "试"\nname_en = "T"\n'
        self.put("clock_classes/standard.toml", text)

    def departments(self, *codes: str) -> None:
        text = HEAD.format(id="standard", version="2026.1", begins="2026-01-01", ends="")
        for code in codes:
            text += f'[[departments]]\ncode = "{code}"\nname_zh = "试"\nname_en = "T"\n'
        self.put("departments/standard.toml", text)

    def group(
        self, group: str = "01", count: int = 2, *, version: str = "2026.1",
        begins: str = "2026-01-01", until: str = "", file_id: str = "", size: int = 0,
        **fields: str,
    ) -> None:  # fmt: skip
        file_id = file_id or f"group_{group}"
        ends = f"valid_until = {until}" if until else ""
        text = HEAD.format(id=file_id, version=version, begins=begins, ends=ends)
        text += f'[group]\ncode = "{group}"\nname_zh = "组"\nname_en = "Group"\n'
        text += f"size = {size or count}\n"
        for number in range(1, count + 1):
            usual = {
                "code": f"{group}{number:02d}", "subject": "COMPONENT", "filing": "Broken at",
                "service": f"thing_{LETTERS[int(group)]}_{LETTERS[number]}", "lead": "WORKS",
                "clock": "D3", "source": "OURS",
            }  # fmt: skip
            text += ITEM.format(**usual | fields)
        self.put(f"catalogue/{file_id}_{version}.toml", text)

    def folders(self) -> Folders:
        def of(name: str, kind: type) -> RuleFolder:
            return RuleFolder(name, kind, folders=lambda: [self.folder / name], recheck_s=0)

        return Folders(
            of("catalogue", GroupFile),
            of("clock_classes", ClockClassFile),
            of("departments", DepartmentFile),
        )

    def broken(self) -> list[str]:
        return [one.reason for one in self.folders().groups.broken()]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return Written(tmp_path)


def test_a_catalogue_in_order_has_no_findings(written):
    written.group("01", 3)
    written.group("02", 2)
    assert written.broken() == []
    assert findings(DAY, ["0103", "0201"], written.folders()) == []


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"size": 3}, "group.size: 3, but 2 items"),
        ({"code": "0101"}, "items: 0102 comes here, not 0101"),
        ({"service": "thing"}, "items: service_code: more than one item says: thing"),
        ({"subject": "HABIT"}, "items.0.subject"),
        ({"lead": "works"}, "items.0.lead"),
        ({"filing": "A tenant keeps rubbish at"}, "0101: filing_en: no item may be about: tenant"),
        ({"filing": "Petitioners stand at"}, "no item may be about: Petitioners"),
        ({"service": "foreigner"}, "0101: service_code: no item may be about: foreigner"),
        ({"clock": 'D3"\ncolour = "red'}, "items.0.colour: Extra inputs are not permitted"),
        ({"source": 'OURS"\nvalid_until = 2025-01-01\nvalid_from = "2026-01-01'}, "valid_until"),
    ],
)
def test_a_file_that_breaks_a_rule_is_left_out_with_its_reason(written, wrong, reason):
    written.group("01", 2, **wrong)
    assert [reason in found for found in written.broken()] == [True]


def test_a_broken_edition_leaves_the_one_before_in_force(written):
    written.group("01", 2)
    folders = written.folders()
    catalogue = Catalogue(folders.groups, folders.classes)
    assert list(catalogue.items(DAY)) == ["0101", "0102"]
    written.group("01", 3, version="2026.2", size=4)
    assert list(catalogue.items(DAY)) == ["0101", "0102"]
    written.group("01", 3, version="2026.2")
    assert list(catalogue.items(DAY)) == ["0101", "0102", "0103"]
    assert catalogue.items(DAY)["0101"].version == "2026.2"


def test_an_item_ends_and_stays_known(written):
    written.group("01", 1, source='OURS"\nvalid_until = "2026-03-31')
    folders = written.folders()
    catalogue = Catalogue(folders.groups, folders.classes)
    assert list(catalogue.items(date(2026, 3, 31))) == ["0101"]
    assert list(catalogue.items(date(2026, 4, 1))) == []
    assert list(catalogue.listed(date(2026, 4, 1))) == ["0101"]


def test_unknown_departments_classes_sources_and_items_are_found(written):
    written.group("01", 1, lead="NOBODY", clock="D9", source="HEARSAY")
    assert findings(DAY, ["0102"], written.folders()) == [
        "0101: there is no department NOBODY (from 2026-11-22)",
        "0101: there is no clock class D9; the item is left out (from 2026-11-22)",
        "0101: there is no source HEARSAY (from 2026-11-22)",
        "department WORKS: no item names it (from 2026-11-22)",
        "clock class D3: no item names it (from 2026-11-22)",
        "0102: named by a kind of report, and not in the catalogue (from 2026-11-22)",
    ]


def test_two_groups_that_say_the_same_are_found(written):
    written.group("01", 1, service="pothole")
    written.group("02", 1, service="pothole")
    assert findings(DAY, (), written.folders()) == [
        "0201: service_code: 0101 says the same: pothole (from 2026-11-22)"
    ]


def test_a_group_written_by_two_files_is_found(written):
    written.group("01", 1)
    written.group("01", 1, file_id="own")
    assert "group 01: group_01 and own both write it (from 2026-11-22)" in findings(
        DAY, (), written.folders()
    )


def test_days_without_a_version_and_versions_without_a_day_are_found(written):
    written.group("01", 1, until="2026-06-30")
    written.group("01", 1, version="2026.2", begins="2026-07-03", until="2026-12-31")
    assert findings(date(2026, 12, 31), (), written.folders()) == [
        "group_01: no version holds from 2026-07-01 through 2026-07-02",
        "group_01: no version holds after 2026-12-31",
        "department WORKS: no item names it (from 2027-01-01)",
        "clock class D3: no item names it (from 2027-01-01)",
    ]
    written.group("01", 1, version="2026.3", begins="2026-07-03")
    assert findings(DAY, (), written.folders())[1:] == [
        "group_01 2026.2: never in force, 2026.3 covers it"
    ]


def test_a_code_with_another_meaning_and_an_item_taken_out_are_found(written):
    written.group("01", 2)
    written.group("01", 1, version="2026.2", begins="2026-07-01", service="another")
    assert findings(DAY, (), written.folders()) == [
        "0101: got another meaning in 2026.2: another",
        "0102: taken out in 2026.2: an item ends by valid_until",
    ]


@pytest.mark.parametrize("text", ["A tenancy", "crowd", "群租房", "Petitions", "a suspect"])
def test_kinds_of_person_and_gatherings_are_kept_out(text):
    assert word_kept_out(text)


@pytest.mark.parametrize("text", ["A section of pipe", "insects", "sector", "striking", "精准"])
def test_words_that_only_look_alike_are_not(text):
    assert word_kept_out(text) is None


def test_shipped_catalogue_is_in_order():
    assert CATALOGUE.broken() == []
    assert findings(DAY) == []


def test_shipped_catalogue_has_three_hundred_items_in_sixteen_groups():
    files = CATALOGUE.in_force(DAY).values()
    assert {file.group.code: len(file.items) for file in files} == SIZES
    assert sum(SIZES.values()) == 300
    assert len({item.service_code for file in files for item in file.items}) == 300


def test_no_two_conditions_of_the_shipped_catalogue_are_nearly_the_same():
    """Words in common over words in all: what is copied with a word changed would be near 1."""
    found = [item for file in CATALOGUE.in_force(DAY).values() for item in file.items]
    words = {item.code: set(item.filing_en.casefold().split()) for item in found}
    codes = sorted(words)
    near = [
        (one, other)
        for place, one in enumerate(codes)
        for other in codes[place + 1 :]
        if not (one[:2] == other[:2] == "16")  # referrals share the sentence on consent
        and len(words[one] & words[other]) > 0.6 * len(words[one] | words[other])
    ]
    assert near == []
