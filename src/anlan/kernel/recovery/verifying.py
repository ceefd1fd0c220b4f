"""Whether an unpacked base backup is what the server copied, file by file, and its log is readable.

Does what `pg_verifybackup` does (PostgreSQL manual, "Backup Manifest Format"); the one in the wheel
crashes at its start, and where it does not, two programs that agree would be no worse.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anlan.kernel.postgres.programs import client_programs

MANIFEST = "backup_manifest"
NOT_LISTED = {MANIFEST, "postgresql.auto.conf", "recovery.signal", "standby.signal"}
LOG = "pg_wal"


class UnverifiedError(Exception):
    """A base is not what its manifest says; the text names the first difference."""


@dataclass(frozen=True, slots=True)
class LogRange:
    """The part of the log without which a base cannot be used, and which it holds."""

    timeline: int
    start: str
    end: str


def verify(folder: Path) -> LogRange:
    """Check every file of a base and its log; return the log's range. Raises `UnverifiedError`."""
    try:
        text = (folder / MANIFEST).read_bytes()
        described = json.loads(text)
    except (FileNotFoundError, ValueError):
        msg = f"it has no readable {MANIFEST}"
        raise UnverifiedError(msg) from None
    _check_itself(text, described)
    listed = {_path_of(entry): entry for entry in described["Files"]}
    for path, entry in listed.items():
        _check_file(folder, path, entry)
    for file in folder.rglob("*"):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and path not in {*listed, *NOT_LISTED} and not path.startswith(LOG + "/"):
            msg = f"it holds {path}, which was not copied"
            raise UnverifiedError(msg)
    last = described["WAL-Ranges"][-1]
    found = LogRange(last["Timeline"], last["Start-LSN"], last["End-LSN"])
    _check_log(folder, found)
    return found


def _path_of(entry: Mapping[str, Any]) -> str:
    encoded = entry.get("Encoded-Path")
    return bytes.fromhex(encoded).decode() if encoded else str(entry["Path"])


def _check_itself(text: bytes, described: Mapping[str, Any]) -> None:
    """The last line is a checksum of all lines before it."""
    before = text[: text.rindex(b'"Manifest-Checksum"')]
    if hashlib.sha256(before).hexdigest() != described["Manifest-Checksum"]:
        msg = f"its {MANIFEST} does not match its own checksum"
        raise UnverifiedError(msg)


def _check_file(folder: Path, path: str, entry: Mapping[str, Any]) -> None:
    if path in NOT_LISTED:
        return
    try:
        with (folder / path).open("rb") as file:
            size = (folder / path).stat().st_size
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        msg = f"it lacks {path}"
        raise UnverifiedError(msg) from None
    if size != entry["Size"] or found != entry["Checksum"]:
        msg = f"{path} is not what was copied"
        raise UnverifiedError(msg)


def _check_log(folder: Path, wanted: LogRange) -> None:
    code, printed = client_programs().run(
        "pg_waldump", "--quiet", f"--path={folder / LOG}", f"--timeline={wanted.timeline}",
        f"--start={wanted.start}", f"--end={wanted.end}",
    )  # fmt: skip
    if code:
        lines = printed.strip().splitlines() or ["it cannot be read"]
        msg = f"its log: {lines[-1]}"
        raise UnverifiedError(msg)
