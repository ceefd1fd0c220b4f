"""Rules as text: a folder of files, one file a version, and which version is in force on a day.

A policy that decides something is data: what is shipped in `data/<folder>`, and what an
installation writes for itself in `<home>/rules/<folder>`, which wins where both hold the same
version. Files are looked at again while the system runs. A file that breaks a rule is left out and
reported: what was read from it before, or else the version before it, stays in force.
"""

import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, Literal, TypeVar

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from anlan.kernel.errors import UnavailableError
from anlan.kernel.postgres.home import present_home
from anlan.kernel.text_files import data_folder

RECHECK_S = 1.0
FILES_LIMIT = 500
FILE_LIMIT_BYTES = 1 << 20
FILES = "*.toml"

log = structlog.get_logger("anlan.rules")


class NoRuleError(UnavailableError):
    """No readable version of a rule is in force."""

    code = "rule.none_in_force"


class RuleFile(BaseModel):
    """What every file of rules says of itself; a kind of rule adds its own fields.

    `version` is `YEAR.NUMBER`; it holds from `valid_from` through `valid_until` (open where None).
    The source says on what the figures rest, and what of them is the project's own default.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_number: Literal[1] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,47}$")
    version: str = Field(pattern=r"^\d{4}\.\d{1,4}$")
    valid_from: date
    valid_until: date | None = None
    name_zh: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    source_zh: str = Field(min_length=1)
    source_en: str = Field(min_length=1)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "RuleFile":
        if self.valid_until is not None and self.valid_until < self.valid_from:
            message = "valid_until: not before valid_from"
            raise ValueError(message)
        return self

    @property
    def order(self) -> tuple[date, int, int]:
        """Of two versions in force, the one that is higher here counts."""
        year, number = self.version.split(".")
        return self.valid_from, int(year), int(number)

    def holds_on(self, day: date) -> bool:
        """Return whether this version may be in force on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


Rule = TypeVar("Rule", bound=RuleFile)


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file that is left out, and why: one line that names field and rule."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class _Read(Generic[Rule]):
    """What a file held when it had this stamp; its last good content if it holds none now."""

    stamp: tuple[int, int]
    rule: Rule | None
    broken: BrokenFile | None


class RuleFolder(Generic[Rule]):
    """The versions of one kind of rule.

    Parameters
    ----------
    name
        The folder's name.
    kind
        What a file must be; pydantic says which field breaks which rule.
    folders
        Where the files stand, later ones over earlier ones; by default as the module says.
    recheck_s
        How long the files are taken to be as they were, in seconds.
    """

    def __init__(
        self, name: str, kind: type[Rule], *,
        folders: Callable[[], Sequence[Path]] | None = None, recheck_s: float = RECHECK_S,
    ) -> None:  # fmt: skip
        self.name = name
        self._kind = kind
        self._folders = folders or self._usual_folders
        self._recheck_s = recheck_s
        self._looked_at = float("-inf")
        self._files: dict[Path, _Read[Rule]] = {}
        self._versions: dict[tuple[str, str], Rule] = {}

    def in_force(self, day: date) -> dict[str, Rule]:
        """Return the version in force on a day of each rule that has one, by its id."""
        found: dict[str, Rule] = {}
        for rule in self.versions().values():
            if rule.holds_on(day) and (rule.id not in found or rule.order > found[rule.id].order):
                found[rule.id] = rule
        return found

    def rule(self, rule_id: str, day: date) -> Rule:
        """Return the version of one rule in force on a day, or raise `NoRuleError`."""
        found = self.in_force(day).get(rule_id)
        if found is None:
            raise NoRuleError(folder=self.name, id=rule_id)
        return found

    def version(self, rule_id: str, version: str) -> Rule:
        """Return one version, whenever it held: what was decided by it can be decided again."""
        found = self.versions().get((rule_id, version))
        if found is None:
            raise NoRuleError(folder=self.name, id=rule_id)
        return found

    def versions(self) -> dict[tuple[str, str], Rule]:
        """Return every readable version, by id and version."""
        self._look()
        return self._versions

    def broken(self) -> list[BrokenFile]:
        """Return the files that are left out, by path."""
        self._look()
        found = [self._files[path].broken for path in sorted(self._files)]
        return [one for one in found if one is not None]

    def _usual_folders(self) -> Sequence[Path]:
        return data_folder() / self.name, present_home().folder / "rules" / self.name

    def _look(self) -> None:
        """Read what is new or changed since the last look.

        Two threads that look at once read the same files twice; each leaves a whole answer.
        """
        moment = time.monotonic()
        if moment - self._looked_at < self._recheck_s:
            return
        files = {path: self._read(path) for path in self._paths()}
        if files != self._files:
            self._versions = {
                (read.rule.id, read.rule.version): read.rule for read in files.values() if read.rule
            }
            self._files = files
        self._looked_at = moment

    def _paths(self) -> Iterator[Path]:
        for folder in self._folders():
            yield from sorted(folder.glob(FILES))[:FILES_LIMIT]

    def _read(self, path: Path) -> _Read[Rule]:
        """Return a file's content, its last good one where it is broken now."""
        before = self._files.get(path)
        kept = before.rule if before else None
        try:
            found = path.stat()
            stamp = found.st_mtime_ns, found.st_size
            if before and before.stamp == stamp:
                return before
            if found.st_size > FILE_LIMIT_BYTES:
                return self._left_out(path, stamp, kept, f"larger than {FILE_LIMIT_BYTES} bytes")
            rule = self._kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except ValidationError as error:
            return self._left_out(path, stamp, kept, in_one_line(error))
        except OSError as error:
            return self._left_out(path, (0, 0), kept, f"cannot be read: {error.strerror}")
        except (ValueError, RecursionError) as error:  # TOML, UTF-8, a number or depth without end
            return self._left_out(path, stamp, kept, f"is no TOML: {error}")
        return _Read(stamp, rule, None)

    def _left_out(
        self, path: Path, stamp: tuple[int, int], kept: Rule | None, reason: str
    ) -> _Read[Rule]:
        log.error("rule_file_left_out", folder=self.name, file=path.name, fault=reason)
        return _Read(stamp, kept, BrokenFile(path, reason))


def in_one_line(error: ValidationError) -> str:
    """Return what pydantic found, each as `field: rule`."""
    found = (
        f"{'.'.join(str(part) for part in one['loc']) or 'file'}: {one['msg']}"
        for one in error.errors(include_url=False)
    )
    return "; ".join(found)
