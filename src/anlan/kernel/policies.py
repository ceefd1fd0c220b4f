"""Who may do what, and see what for which purpose: Cedar policies, kept as text.

What is shipped in `data/policies`, and what an installation writes in `<home>/rules/policies`: a
file of the same name stands in for the shipped one, another is added. They are looked at again
while the system runs. All of them together are one set: when any file breaks a rule, the set that
was in force stays, and the fault is reported; without one to stay, the system does not start.

Cedar answers one question at a time and holds no rows back: which rows are seen is for row-level
security. So what depends on role and purpose alone is asked once for a set and kept as tables;
a request costs a look into them. (Cedar: https://docs.cedarpolicy.com, the engine by `cedarpy`.)
"""

import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cedarpy
import structlog

from anlan.kernel.errors import OperatorError
from anlan.kernel.postgres.home import present_home
from anlan.kernel.text_files import data_folder

FOLDER = "policies"
SCHEMA = "anlan.cedarschema"
RECHECK_S = 1.0
FILES_LIMIT = 50
FILE_LIMIT_BYTES = 1 << 18

log = structlog.get_logger("anlan.policies")
_ACTION = re.compile(r'action "([^"]+)"[^;{]*appliesTo \{[^}]*resource: \[Anlan\]')
_ENUM = re.compile(r"entity (\w+) enum \[([^\]]*)\];")
_NAME = re.compile(r'"([^"]+)"')


class BrokenPoliciesError(OperatorError):
    """The policies cannot be read, and none were in force before."""

    explanation = "the policies do not hold together: {reason}"


class _FaultError(Exception):
    """What is wrong with a set of policies, in one line."""


@dataclass
class PolicySet:
    """Policies that hold together, and the tables that follow from them.

    Parameters
    ----------
    policies, schema
        As Cedar read them.
    names
        The enumerated names of the schema by sort: `Role`, `Purpose`, `Field`; and `Action`.
    """

    policies: cedarpy.PolicySet
    schema: cedarpy.Schema
    names: dict[str, tuple[str, ...]]
    _tables: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)

    def permissions(self, role: str) -> frozenset[str]:
        """Return the actions that `role` may do."""
        return self._table("Action", role)

    def purposes(self, role: str) -> frozenset[str]:
        """Return the purposes that `role` may state."""
        return self._table("Purpose", role)

    def fields(self, role: str, purpose: str) -> frozenset[str]:
        """Return the protected fields that `role` sees for `purpose`; none for a foreign one."""
        if purpose not in self.purposes(role):
            return frozenset()
        return self._table("Field", role, purpose)

    def _table(self, sort: str, role: str, purpose: str = "") -> frozenset[str]:
        key = sort, role, purpose
        found = self._tables.get(key)
        if found is None:
            found = self._tables[key] = self._asked(sort, role, purpose)
        return found

    def _asked(self, sort: str, role: str, purpose: str) -> frozenset[str]:
        if role not in self.names["Role"]:
            return frozenset()
        names = self.names[sort]
        answers = cedarpy.is_authorized_batch(
            [_question(sort, role, name, purpose) for name in names],
            self.policies,
            [],
            self.schema,
        )
        pairs = zip(names, answers, strict=True)
        return frozenset(name for name, one in pairs if one.decision is cedarpy.Decision.Allow)


def _question(sort: str, role: str, name: str, purpose: str) -> dict[str, Any]:
    asked = {
        "Action": (name, 'Anlan::"anlan"', {}),
        "Purpose": ("state", f'Purpose::"{name}"', {}),
        "Field": ("see", f'Field::"{name}"', {"purpose": purpose}),
    }
    action, resource, context = asked[sort]
    return {
        "principal": f'Role::"{role}"',
        "action": f'Action::"{action}"',
        "resource": resource,
        "context": context,
    }


class PolicyFolder:
    """The policies in force, as the files now say.

    Parameters
    ----------
    folders
        Where the files stand, later ones over earlier ones; by default as the module says.
    recheck_s
        How long the files are taken to be as they were, in seconds.
    """

    def __init__(
        self, *, folders: Callable[[], Sequence[Path]] | None = None, recheck_s: float = RECHECK_S
    ) -> None:
        self._folders = folders or _usual_folders
        self._recheck_s = recheck_s
        self._looked_at = float("-inf")
        self._stamps: dict[Path, tuple[int, int]] | None = None
        self._set: PolicySet | None = None
        self._reason = ""
        self._reading = threading.Lock()

    def in_force(self) -> PolicySet:
        """Return the policies in force; raise `BrokenPoliciesError` if there never were any."""
        if time.monotonic() - self._looked_at >= self._recheck_s:
            with self._reading:
                self._look()
        if self._set is None:
            raise BrokenPoliciesError(reason=self._reason)
        return self._set

    def broken(self) -> str:
        """Return why the files as they stand are not in force; empty when they are."""
        self.in_force()
        return self._reason

    def _look(self) -> None:
        self._looked_at = time.monotonic()
        try:
            files = self._files()
            stamps = {path: _stamp(path) for path in files.values()}
            if stamps == self._stamps:
                return
            self._stamps = stamps
            self._set, self._reason = _read(files), ""
        except _FaultError as fault:
            self._reason = str(fault)
            log.error("policies_left_out", fault=self._reason)  # noqa: TRY400 - an operator's line

    def _files(self) -> dict[str, Path]:
        """Return the files by name: that of a later folder stands in for an earlier one's."""
        found: dict[str, Path] = {}
        for folder in self._folders():
            found |= {path.name: path for path in sorted(folder.glob("*.cedar*"))[:FILES_LIMIT]}
        return found


def _usual_folders() -> Sequence[Path]:
    return data_folder() / FOLDER, present_home().folder / "rules" / FOLDER


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        message = f"{path.name}: cannot be read: {error.strerror}"
        raise _FaultError(message) from error
    return found.st_mtime_ns, found.st_size


def _text(path: Path) -> str:
    if _stamp(path)[1] > FILE_LIMIT_BYTES:
        message = f"{path.name}: larger than {FILE_LIMIT_BYTES} bytes"
        raise _FaultError(message)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path.name}: cannot be read: {error}"
        raise _FaultError(message) from error


def _read(files: dict[str, Path]) -> PolicySet:
    """Return the set that the files make, or raise `_FaultError` naming file and rule."""
    if SCHEMA not in files:
        message = f"{SCHEMA}: is missing"
        raise _FaultError(message)
    try:
        schema = cedarpy.Schema.from_str(_text(files[SCHEMA]))
    except ValueError as error:
        message = f"{SCHEMA}: {_in_one_line(error)}"
        raise _FaultError(message) from error
    texts = [_checked(path, schema) for name, path in sorted(files.items()) if name != SCHEMA]
    said = str(schema)
    names = {sort: tuple(_NAME.findall(inside)) for sort, inside in _ENUM.findall(said)}
    names["Action"] = tuple(_ACTION.findall(said))
    return PolicySet(cedarpy.PolicySet.from_str("\n".join(texts)), schema, names)


def _checked(path: Path, schema: cedarpy.Schema) -> str:
    text = _text(path)
    try:
        result = cedarpy.validate_policies(text, schema)
    except ValueError as error:
        message = f"{path.name}: {_in_one_line(error)}"
        raise _FaultError(message) from error
    if not result.validation_passed:
        faults = "; ".join(_in_one_line(error) for error in result.errors)
        message = f"{path.name}: {faults}"
        raise _FaultError(message)
    return text


def _in_one_line(error: object) -> str:
    return " ".join(str(error).split())


POLICIES = PolicyFolder()


def permissions_of(role: str) -> frozenset[str]:
    """Return what `role` may do, by the policies in force."""
    return POLICIES.in_force().permissions(role)


def roles_holding(permission: str) -> tuple[str, ...]:
    """Return the roles that hold `permission`, in the order of the schema."""
    held = POLICIES.in_force()
    return tuple(role for role in held.names["Role"] if permission in held.permissions(role))


def purposes_of(role: str) -> tuple[str, ...]:
    """Return the purposes that `role` may state, in the order of the schema: the first is usual."""
    held = POLICIES.in_force()
    allowed = held.purposes(role)
    return tuple(purpose for purpose in held.names["Purpose"] if purpose in allowed)


def fields_for(role: str, purpose: str) -> frozenset[str]:
    """Return the protected fields that `role` sees for `purpose`."""
    return POLICIES.in_force().fields(role, purpose)
