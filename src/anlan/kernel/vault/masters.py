"""The master keys of the vault: in a file outside the database and its back-ups, each with a name.

The file is read at every use, so that all processes follow a rotation at once. It is replaced
whole or not at all.
"""

import base64
import json
import os
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from anlan.kernel import clock
from anlan.kernel.postgres.home import present_home
from anlan.kernel.vault.errors import MasterFileError, MasterKeyMissingError

FILE_VARIABLE = "ANLAN_CONTACT_KEYS"
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Masters:
    """The keys by name, and which one seals from now on."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    def key(self, name: str) -> bytes:
        """Return a key, or raise `MasterKeyMissingError`."""
        if name not in self.keys:
            raise MasterKeyMissingError(key=name, file=master_file())
        return self.keys[name]


def master_file() -> Path:
    """Return where the keys lie: in the file ANLAN_CONTACT_KEYS names, else in the data folder."""
    named = os.environ.get(FILE_VARIABLE)
    return Path(named) if named else present_home().folder / "contact_keys.json"


def masters() -> Masters:
    """Return the keys; the first one is drawn where there is no file.

    Raises
    ------
    MasterFileError
        The file holds something else.
    """
    try:
        return _read()
    except FileNotFoundError:
        _place(_with_one_more({}), only_first=True)
        return _read()


def draw_master() -> Masters:
    """Draw one more key, which seals from now on; return all."""
    drawn = _with_one_more(masters().keys)
    _place(drawn)
    return drawn


def drop_masters(names: Collection[str]) -> None:
    """Take keys out of the file; the one that seals stays."""
    held = masters()
    left = {
        name: key for name, key in held.keys.items() if name == held.current or name not in names
    }
    _place(Masters(held.current, left))


def _with_one_more(keys: Mapping[str, bytes]) -> Masters:
    name = f"{clock.machine_now():%Y%m%d}-{secrets.token_hex(4)}"
    return Masters(name, {**keys, name: os.urandom(KEY_BYTES)})


def _read() -> Masters:
    file = master_file()
    try:
        held = json.loads(file.read_text(encoding="ascii"))
        keys = {name: base64.b64decode(text, validate=True) for name, text in held["keys"].items()}
        found = Masters(held["current"], keys)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise MasterFileError(file=file, reason=f"it holds none ({error})") from error
    if found.current not in keys or any(len(key) != KEY_BYTES for key in keys.values()):
        raise MasterFileError(file=file, reason=f"not every key has {KEY_BYTES} bytes")
    return found


def _place(held: Masters, *, only_first: bool = False) -> None:
    """Write the file for its owner only; where `only_first`, whoever comes second keeps theirs."""
    file = master_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    keys = {name: base64.b64encode(key).decode() for name, key in held.keys.items()}
    descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as writer:
            writer.write(json.dumps({"current": held.current, "keys": keys}, indent=1))
            writer.flush()
            os.fsync(writer.fileno())
        if only_first:
            os.link(draft, file)
        else:
            draft.replace(file)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
