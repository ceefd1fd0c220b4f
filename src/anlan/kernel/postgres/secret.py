"""The passwords of the embedded server's roles: random, in one file that only its owner reads."""

import json
import os
import secrets
from pathlib import Path

ADMINISTRATOR = "postgres"
OWNER = "anlan_owner"
APPLICATION = "anlan_app"
SEALER = "anlan_sealer"
ROLES = (ADMINISTRATOR, OWNER, APPLICATION, SEALER)

PASSWORD_BYTES = 24


def read_passwords(path: Path) -> dict[str, str]:
    """Return the password of each role; an empty mapping when no server was ever started here."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    passwords: dict[str, str] = json.loads(text)
    return passwords


def make_passwords(path: Path) -> dict[str, str]:
    """Return the password of each role; draw and keep what is missing. One writer at a time."""
    present = read_passwords(path)
    passwords = {role: present.get(role) or secrets.token_hex(PASSWORD_BYTES) for role in ROLES}
    if passwords != present:
        unfinished = path.with_name(path.name + ".unfinished")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(passwords, file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    return passwords
