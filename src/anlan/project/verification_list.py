"""OWASP ASVS 5.0.0, level 2, and where each requirement is met: read, checked, written as a page.

The standard's identifiers and levels are facts; the subjects are our own words, since its text is
under another licence. Source: OWASP Application Security Verification Standard 5.0.0 (May 2025).
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

REQUIREMENTS: Final[Mapping[str, tuple[int, int]]] = {
    "V1": (8, 19), "V2": (4, 7), "V3": (8, 11), "V4": (2, 8), "V5": (4, 5), "V6": (13, 22),
    "V7": (6, 12), "V8": (4, 3), "V9": (4, 3), "V10": (5, 24), "V11": (3, 11), "V12": (3, 6),
    "V13": (1, 12), "V14": (2, 7), "V15": (3, 10), "V16": (0, 16), "V17": (0, 7),
}  # fmt: skip
"""How many of each chapter are of level 1 and of level 2."""
KINDS: Final = ("test", "code", "document", "not_applicable", "open")
SAID: Final[Mapping[str, str]] = {
    "test": "Tested",
    "code": "By construction",
    "document": "Documented",
    "not_applicable": "Does not apply",
    "open": "Open",
}
HEAD: Final = """\
# Verification list: OWASP ASVS 5.0.0, level 2

Made from `docs/security/asvs.toml` by `anlan check asvs --write`. The check fails when a test, a
heading or a place in the code that is named here has gone, and when a requirement is missing. The
subjects are our own words; the requirements themselves are read in the
[standard](https://github.com/OWASP/ASVS/tree/v5.0.0_release). *Open* is not met, or not wholly, and
says what is missing.

| | Level 1 | Level 2 | Together |
|---|---|---|---|""".splitlines()
_ID = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}")
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement: by what it is met (`kind`), and where or why (`said`)."""

    id: str
    level: int
    about: str
    kind: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the standard with its requirements in their order."""

    id: str
    name: str
    requirements: tuple[Requirement, ...]


def read_chapters(file: Path) -> list[Chapter]:
    """Return the chapters of the list."""
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return [
        Chapter(chapter, table["name"], tuple(_requirements(table["requirements"])))
        for chapter, table in content.items()
    ]


def _requirements(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[Requirement]:
    for name, row in rows.items():
        kinds = [kind for kind in KINDS if kind in row]
        said = row[kinds[0]] if kinds else ""
        listed = tuple(said) if isinstance(said, list) else (str(said),)
        kind = kinds[0] if len(kinds) == 1 else "/".join(kinds)
        yield Requirement(name, int(row["level"]), str(row["about"]), kind, listed)


def faults(chapters: Sequence[Chapter], root: Path) -> Iterator[str]:
    """Yield what is missing from the list, and every place it names that is no longer there."""
    known = {chapter.id: chapter for chapter in chapters}
    for name, (first, second) in REQUIREMENTS.items():
        levels = Counter(one.level for one in known[name].requirements) if name in known else {}
        if (levels.get(1, 0), levels.get(2, 0)) != (first, second):
            yield f"{name}: {first} of level 1 and {second} of level 2 are wanted"
    for chapter in chapters:
        for one in chapter.requirements:
            yield from (f"{one.id}: {fault}" for fault in _wrong(one, chapter.id, root))


def _wrong(one: Requirement, chapter: str, root: Path) -> Iterator[str]:
    if not _ID.fullmatch(one.id) or f"V{one.id.partition('.')[0]}" != chapter:
        yield f"is no requirement of {chapter}"
    if one.kind not in KINDS:
        yield f"is met by exactly one of {', '.join(KINDS)}"
    elif one.kind in {"test", "code", "document"}:
        yield from (f"{place} is not there" for place in one.said if not is_there(place, root))
    elif not all(said.strip() for said in one.said):
        yield "says no reason"


def is_there(place: str, root: Path) -> bool:
    """Say whether a test (`file::name`), a heading (`page.md#anchor`) or words in a file exist."""
    path, _, name = place.partition("::")
    path, _, words = path.partition("#")
    file = root / path
    if not file.is_file():
        return False
    text = file.read_text(encoding="utf-8")
    if name:
        return all(
            re.search(rf"(def|class) {re.escape(part)}\b", text) for part in name.split("::")
        )
    if file.suffix == ".md" and words:
        return words in {anchor_of(line) for line in text.splitlines() if line.startswith("#")}
    return words in text


def anchor_of(heading: str) -> str:
    """Return the anchor that a heading of a page has."""
    plain = _NOT_IN_ANCHORS.sub("", heading.lstrip("#").strip().lower())
    return plain.replace(" ", "-")


def page(chapters: Sequence[Chapter]) -> str:
    """Return the list as a page."""
    all_of_them = [one for chapter in chapters for one in chapter.requirements]
    counts = Counter(one.kind for one in all_of_them)
    lines = [*HEAD]
    for kind in KINDS:
        first = sum(one.kind == kind and one.level == 1 for one in all_of_them)
        lines.append(f"| {SAID[kind]} | {first} | {counts[kind] - first} | {counts[kind]} |")
    for chapter in chapters:
        lines += ["", f"## {chapter.id} {chapter.name}", ""]
        lines += ["| | Level | About | | Where, or why |", "|---|---|---|---|---|"]
        lines += [
            f"| {one.id} | {one.level} | {one.about} | {SAID[one.kind]} | {_shown(one)} |"
            for one in chapter.requirements
        ]
    return "\n".join(lines) + "\n"


def _shown(one: Requirement) -> str:
    if one.kind in {"not_applicable", "open"}:
        return " ".join(one.said)
    return "<br>".join(f"`{place}`" for place in one.said)


def counted(chapters: Sequence[Chapter]) -> str:
    """Return the counts in one line."""
    counts = Counter(one.kind for chapter in chapters for one in chapter.requirements)
    return ", ".join(f"{counts[kind]} {SAID[kind].lower()}" for kind in KINDS)
