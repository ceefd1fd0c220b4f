"""The secrets of one installation, kept in its data folder."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

SECRET_BYTES = 48


@dataclass(frozen=True, slots=True)
class Secrets:
    """Keys that never stand in the database, a log or the repository."""

    session_key: str
    contact_key: str = ""
    """What was sealed before there were data keys opens with it; those stand in a file apart."""


def secrets_of(home: Path) -> Secrets:
    """Return the installation's secrets; made at the first call, for their owner only."""
    file = home / "secrets.json"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        made = Secrets(secrets.token_urlsafe(SECRET_BYTES))
        _write_once(file, json.dumps(asdict(made)))
    return Secrets(**json.loads(file.read_text(encoding="utf-8")))


def _write_once(file: Path, text: str) -> None:
    """Write `file` whole or not at all; whoever comes second keeps the first one's secrets."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as writer:
        writer.write(text)
        writer.flush()
        os.fsync(writer.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
