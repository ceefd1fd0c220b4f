"""The key that signs the log, and the last checkpoint it signed: both outside the database.

Whoever may do anything inside the database can neither sign nor make the log forget its end.
"""

import os
from pathlib import Path

from anlan.audit.errors import LogKeyError, NoLogKeyError
from anlan.kernel.errors import OperatorError
from anlan.kernel.postgres.home import present_home
from anlan_tlog.notes import LOG, Note, NoteError, Signer

KEY_VARIABLE = "ANLAN_AUDIT_KEY"
FOLDER = "audit"


def folder() -> Path:
    """Return the folder, within the data folder, that holds what is kept outside the database."""
    return present_home().folder / FOLDER


def key_file() -> Path:
    """Return where the key lies: in the file ANLAN_AUDIT_KEY names, else in the data folder."""
    named = os.environ.get(KEY_VARIABLE)
    return Path(named) if named else folder() / "log.key"


def read_key() -> Signer:
    """Return the key.

    Raises
    ------
    NoLogKeyError
        There is none.
    LogKeyError
        The file holds no key of a log.
    """
    file = key_file()
    try:
        found = Signer.of_text(file.read_text(encoding="ascii"))
    except FileNotFoundError:
        raise NoLogKeyError(file=file) from None
    except (NoteError, UnicodeDecodeError) as error:
        raise LogKeyError(reason=f"{file} holds none ({error})") from error
    if found.kind != LOG:
        raise LogKeyError(reason=f"{file} holds the key of a witness")
    return found


def key_missing() -> str | None:
    """Return why nothing will be sealed, in one line; None where a key is there."""
    try:
        read_key()
    except OperatorError as error:
        return str(error)
    return None


def draw_key(name: str) -> Signer:
    """Draw a key for the log called `name` and keep it for its owner only.

    Raises `LogKeyError` where there is one already: with another key it is another log.
    """
    file = key_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        drawn = Signer.drawn(name, LOG)
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except NoteError as error:
        raise LogKeyError(reason=str(error)) from error
    except FileExistsError:
        raise LogKeyError(reason=f"{file} is there already") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as writer:
        writer.write(f"{drawn}\n")
        writer.flush()
        os.fsync(writer.fileno())
    return drawn


def kept_file() -> Path:
    """Return where the last checkpoint is kept."""
    return folder() / "checkpoint"


def kept_note() -> Note | None:
    """Return the last note that was signed here; None before the first.

    Raises `LogKeyError` where the file holds something else.
    """
    try:
        return Note.of_bytes(kept_file().read_bytes())
    except FileNotFoundError:
        return None
    except NoteError as error:
        raise LogKeyError(reason=f"{kept_file()} is no checkpoint ({error})") from error


def keep_note(note: Note) -> None:
    """Keep `note` in place of the one before, whole or not at all."""
    file = kept_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".checkpoint.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as writer:
        writer.write(str(note))
        writer.flush()
        os.fsync(writer.fileno())
    draft.replace(file)
