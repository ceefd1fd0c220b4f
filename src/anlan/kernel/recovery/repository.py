"""The folder of the backups: bases and log segments of one database, all sealed with one key."""

import fcntl
import io
import json
import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from anlan.kernel.recovery.errors import (
    BusyError,
    DamagedError,
    KeyUnreadableError,
    NoBackupError,
    OtherInstallationError,
    WrongKeyError,
)
from anlan.kernel.recovery.sealing import KEY_BYTES, UnsealedError, seal, unseal

KEY_MARK = "anlan-backup-key-1:"
BACKUPS_MAX = 1_000
PARTIAL = ".partial"
SEALED = ".sealed"
STAMP = "%Y%m%dT%H%M%S%fZ"
SEGMENT_NAME = re.compile(r"[0-9A-F]{24}")
SEGMENTS_A_FILE = 256
"""Segments of 16 MB in one log file of 4 GB: how the second and third part of a name count."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a base backup is: `next_segment` is the first log segment that it does not hold."""

    name: str
    taken_at: str
    server_version: str
    system_identifier: str
    timeline: int
    first_segment: int
    next_segment: int
    size_bytes: int

    @property
    def at(self) -> datetime:
        """When it was complete: nothing before this time can be restored from it."""
        return datetime.fromisoformat(self.taken_at)


@dataclass(frozen=True, slots=True)
class Segment:
    """One sealed log segment, or what there is of it."""

    file: Path
    name: str
    is_partial: bool

    @property
    def number(self) -> int:
        """Its place in the log, whatever the timeline."""
        return int(self.name[8:16], 16) * SEGMENTS_A_FILE + int(self.name[16:24], 16)


def segment_number(position: str) -> int:
    """Return the number of the segment that holds a position such as `2/4A000028`."""
    high, _, low = position.partition("/")
    return int(high, 16) * SEGMENTS_A_FILE + (int(low, 16) >> 24)


def make_key(file: Path) -> None:
    """Draw a key into `file`, for its owner only, unless there is one."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    text = KEY_MARK + urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n"
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as made:
        made.write(text)
        made.flush()
        os.fsync(made.fileno())


def read_key(file: Path) -> bytes:
    """Return the key in `file`; `KeyUnreadableError` when there is none."""
    try:
        text = file.read_text(encoding="ascii").strip()
        key = urlsafe_b64decode(text.removeprefix(KEY_MARK))
    except OSError as error:
        raise KeyUnreadableError(key=file, reason=error.strerror) from error
    except ValueError as error:
        raise KeyUnreadableError(key=file, reason="it is no key of backups") from error
    if not text.startswith(KEY_MARK) or len(key) != KEY_BYTES:
        raise KeyUnreadableError(key=file, reason="it is no key of backups")
    return key


class Repository:
    """The backups of one database in one folder."""

    def __init__(self, folder: Path, key_file: Path) -> None:
        """Read the key; touch nothing."""
        self.folder = folder
        self.key_file = key_file
        self.key = read_key(key_file)

    @property
    def _identity(self) -> Path:
        return self.folder / f"database{SEALED}"

    def open_for(self, system_identifier: str) -> None:
        """Make the folder, or make sure that it is this database's and this key's.

        Raises `WrongKeyError`, `OtherInstallationError`; `OSError` when it cannot be made.
        """
        for part in ("base", "log"):
            (self.folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._identity.exists():
            self.seal_json({"system_identifier": system_identifier}, self._identity)
        elif self.identity() != system_identifier:
            raise OtherInstallationError(folder=self.folder)

    def identity(self) -> str:
        """Return the identifier of the database whose backups these are.

        Raises `NoBackupError` when there are none, `WrongKeyError` when the key is another's.
        """
        if not self._identity.is_file():
            raise NoBackupError(folder=self.folder, wanted="of a database")
        try:
            return str(self._json(self._identity)["system_identifier"])
        except DamagedError:
            raise WrongKeyError(folder=self.folder, key=self.key_file) from None

    def bases(self) -> list[Manifest]:
        """Return the complete base backups, the oldest first; `DamagedError` for a bad manifest."""
        self.identity()
        names = sorted(entry.name for entry in (self.folder / "base").iterdir())[-BACKUPS_MAX:]
        whole = [name for name in names if self.manifest_file(name).is_file()]
        return [Manifest(**self._json(self.manifest_file(name))) for name in whole]

    def base_before(self, until: datetime | None) -> Manifest:
        """Return the newest base that was complete at `until`; `NoBackupError` without one."""
        fitting = [one for one in self.bases() if until is None or one.at <= until]
        if not fitting:
            wanted = f"from before {until.isoformat()}" if until else "that is complete"
            raise NoBackupError(folder=self.folder, wanted=wanted)
        return fitting[-1]

    def base_folder(self, name: str) -> Path:
        """Return the folder of a base backup."""
        return self.folder / "base" / name

    def manifest_file(self, name: str) -> Path:
        """Return the sealed manifest, which is written last: a base without one is none."""
        return self.base_folder(name) / f"manifest{SEALED}"

    def content_file(self, name: str) -> Path:
        """Return the sealed files of a base backup."""
        return self.base_folder(name) / f"base.tar{SEALED}"

    def segment_file(self, name: str) -> Path:
        """Return where a log segment is kept; its name ends in `PARTIAL` while it is written."""
        return self.folder / "log" / f"{name}{SEALED}"

    def segments(self) -> list[Segment]:
        """Return the log segments by place; of a segment that is whole, no part is listed."""
        found: dict[str, Segment] = {}
        for file in (self.folder / "log").glob(f"*{SEALED}"):
            name = file.name.removesuffix(SEALED)
            whole = name.removesuffix(PARTIAL)
            is_partial = name != whole
            if SEGMENT_NAME.fullmatch(whole) and not (is_partial and whole in found):
                found[whole] = Segment(file, whole, is_partial)
        return sorted(found.values(), key=lambda one: (one.number, one.name))

    def histories(self) -> list[Path]:
        """Return the sealed histories of timelines: where a restored database branched off."""
        return sorted((self.folder / "log").glob(f"*.history{SEALED}"))

    def label(self, file: Path) -> str:
        """Return the name under which a file of the repository is sealed."""
        return file.relative_to(self.folder).as_posix()

    def seal_json(self, content: object, file: Path) -> None:
        """Write something small, sealed."""
        text = json.dumps(content, sort_keys=True).encode()
        seal(io.BytesIO(text), file, self.key, self.label(file))

    def write_manifest(self, manifest: Manifest) -> None:
        """Make a base backup count."""
        self.seal_json(asdict(manifest), self.manifest_file(manifest.name))

    def unsealed(self, file: Path) -> Iterator[bytes]:
        """Yield a file's content; `DamagedError` when it does not open."""
        try:
            yield from unseal(file, self.key, self.label(file))
        except UnsealedError as error:
            raise DamagedError(file=file, reason=str(error)) from None

    def _json(self, file: Path) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(b"".join(self.unsealed(file)))
        return content

    @contextmanager
    def locked(self, what: str) -> Iterator[None]:
        """Let one program at a time do `what` here; `BusyError` when another does."""
        with (self.folder / f"{what}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BusyError(folder=self.folder) from None
            yield
