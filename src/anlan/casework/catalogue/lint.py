"""What is wrong with the catalogue as a whole: what no single file can tell."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from anlan.casework.catalogue.texts import (
    CATALOGUE,
    CLOCK_CLASSES,
    DEPARTMENTS,
    ONCE,
    ClockClassFile,
    DepartmentFile,
    GroupFile,
    ItemText,
)
from anlan.kernel.rule_files import RuleFile, RuleFolder


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders that together are a catalogue; by default the installation's."""

    groups: RuleFolder[GroupFile] = CATALOGUE
    classes: RuleFolder[ClockClassFile] = CLOCK_CLASSES
    departments: RuleFolder[DepartmentFile] = DEPARTMENTS


def findings(day: date, wanted: Collection[str] = (), folders: Folders | None = None) -> list[str]:
    """Return what is wrong with the catalogue from a day on, each once, with its first day.

    Parameters
    ----------
    day
        From which day on; days before it cannot be put right any more.
    wanted
        Codes of items that other texts name: each must be in force.
    folders
        Which catalogue.

    Notes
    -----
    A file that breaks a rule of its own is left out when it is read, and reported as broken. Found
    here are: groups with days that no version covers, versions that never come into force, a group
    that two files write, words that two groups say, departments, classes and sources that are not
    there, departments and classes that no item uses, codes that got another meaning, items that
    were taken out of a later version instead of being ended.
    """
    folders = folders or Folders()
    found: dict[str, date] = {}
    for change in _days_of_change(day, folders):
        for line in (*_in_force(change, folders), *_not_listed(change, wanted, folders)):
            found.setdefault(line, change)
    dated = [f"{line} (from {first})" for line, first in found.items()]
    return [*_over_time(folders.groups), *dated]


def _days_of_change(day: date, folders: Folders) -> list[date]:
    files: list[RuleFile] = [
        *folders.groups.versions().values(),
        *folders.classes.versions().values(),
        *folders.departments.versions().values(),
    ]
    begins = {file.valid_from for file in files}
    after = {file.valid_until + timedelta(1) for file in files if file.valid_until}
    return sorted({day} | {one for one in begins | after if one > day})


def _in_force(day: date, folders: Folders) -> Iterator[str]:
    files = list(folders.groups.in_force(day).values())
    yield from _written_twice(files)
    departments = {
        one.code
        for department_file in folders.departments.in_force(day).values()
        for one in department_file.departments
    }
    class_files = list(folders.classes.in_force(day).values())
    classes = {one.code for file in class_files for one in file.classes}
    sources = {one.code for file in class_files for one in file.sources}
    items = [item for file in files for item in file.items]
    for item in items:
        yield from _unknown(item, departments, classes, sources)
    yield from _idle("department", departments, {item.lead for item in items})
    yield from _idle("clock class", classes, {item.clock for item in items})


def _written_twice(files: Iterable[GroupFile]) -> Iterator[str]:
    groups: dict[str, str] = {}
    said: dict[tuple[str, str], str] = {}
    for file in files:
        first = groups.setdefault(file.group.code, file.id)
        if first != file.id:
            yield f"group {file.group.code}: {first} and {file.id} both write it"
        for item in file.items:
            for field in ONCE:
                words = getattr(item, field).casefold()
                other = said.setdefault((field, words), item.code)
                if other != item.code:
                    yield f"{item.code}: {field}: {other} says the same: {words}"


def _unknown(
    item: ItemText, departments: Collection[str], classes: Collection[str], sources: Collection[str]
) -> Iterator[str]:
    for department in (item.lead, *item.support):
        if department not in departments:
            yield f"{item.code}: there is no department {department}"
    if item.clock not in classes:
        yield f"{item.code}: there is no clock class {item.clock}; the item is left out"
    if item.deadline_source not in sources:
        yield f"{item.code}: there is no source {item.deadline_source}"


def _idle(what: str, known: Collection[str], used: Collection[str]) -> Iterator[str]:
    for code in sorted(set(known) - set(used)):
        yield f"{what} {code}: no item names it"


def _not_listed(day: date, wanted: Collection[str], folders: Folders) -> Iterator[str]:
    listed = {
        item.code
        for file in folders.groups.in_force(day).values()
        for item in file.items
        if item.valid_until is None or day <= item.valid_until
    }
    for code in sorted(set(wanted) - listed):
        yield f"{code}: named by a kind of report, and not in the catalogue"


def _over_time(folder: RuleFolder[GroupFile]) -> Iterator[str]:
    versions: Mapping[str, list[GroupFile]] = defaultdict(list)
    for file in folder.versions().values():
        versions[file.id].append(file)
    for group_id in sorted(versions):
        ordered = sorted(versions[group_id], key=lambda file: file.order)
        yield from _uncovered(group_id, ordered)
        yield from _never_in_force(group_id, ordered)
        for older, newer in pairwise(ordered):
            yield from _changed_meaning(older, newer)


def _uncovered(group_id: str, ordered: list[GroupFile]) -> Iterator[str]:
    """Yield the days between the first version and the last that none covers."""
    covered_until: date | None = ordered[0].valid_from
    for file in ordered:
        if covered_until is None:
            return
        if file.valid_from > covered_until + timedelta(1):
            yield (
                f"{group_id}: no version holds from {covered_until + timedelta(1)}"
                f" through {file.valid_from - timedelta(1)}"
            )
        covered_until = file.valid_until and max(covered_until, file.valid_until)
    if covered_until is not None:
        yield f"{group_id}: no version holds after {covered_until}"


def _never_in_force(group_id: str, ordered: list[GroupFile]) -> Iterator[str]:
    for older, newer in pairwise(ordered):
        same_day = older.valid_from == newer.valid_from
        ends_later = newer.valid_until is None or (
            older.valid_until is not None and older.valid_until <= newer.valid_until
        )
        if same_day and ends_later:
            yield f"{group_id} {older.version}: never in force, {newer.version} covers it"


def _changed_meaning(older: GroupFile, newer: GroupFile) -> Iterator[str]:
    after = {item.code: item for item in newer.items}
    for item in older.items:
        now = after.get(item.code)
        if now is None:
            yield f"{item.code}: taken out in {newer.version}: an item ends by valid_until"
        elif (now.service_code, now.subject) != (item.service_code, item.subject):
            yield f"{item.code}: got another meaning in {newer.version}: {now.service_code}"
