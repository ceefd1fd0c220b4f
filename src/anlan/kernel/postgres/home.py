"""The data folder of an installation and where each part of the database lies in it."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from anlan.kernel.postgres.account import Account, server_account

SOCKET_PORT = 5432
"""Names the socket file when no TCP port is asked for; nothing listens on it."""
SOCKET_FOLDER_MAX_BYTES = 88
"""A socket's whole path has at most 103 bytes on macOS (107 on Linux); PostgreSQL adds 15."""
SHORT_FOLDERS = Path("/tmp")  # noqa: S108 - the folder made here is private and its owner checked
SYSTEM_FOLDER = Path("/var/lib/anlan")
CHECKOUT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True, slots=True)
class Home:
    """One installation's data folder, by absolute path; nothing here touches the disk."""

    folder: Path

    @property
    def data(self) -> Path:
        """The database cluster."""
        return self.folder / "pgdata"

    @property
    def unfinished_data(self) -> Path:
        """A cluster being made; it becomes `data` by one rename once it is whole."""
        return self.folder / "pgdata.unfinished"

    @property
    def secret(self) -> Path:
        """The passwords of the server's roles (mode 0600)."""
        return self.folder / "pg.secret"

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self.folder / "pg.log"

    @property
    def lock(self) -> Path:
        """Held by whoever starts or stops the server."""
        return self.folder / "pg.lock"

    @property
    def socket_folder(self) -> Path:
        """Where the server's socket lies: in the home, or in a short path if that is too long."""
        folder = self.folder / "run"
        if len(os.fsencode(folder)) <= SOCKET_FOLDER_MAX_BYTES:
            return folder
        return SHORT_FOLDERS / f"anlan-{_digest(self.folder)}"


def present_home() -> Home:
    """Return the home named by ANLAN_HOME, else the default one."""
    named = os.environ.get("ANLAN_HOME")
    return Home(Path(named).expanduser().resolve()) if named else default_home()


def default_home() -> Home:
    """Return the home `.anlan` in the checkout, or without one in the present folder.

    A program run as root from a checkout that the server's account cannot reach (below /root,
    say) keeps its data in a folder of its own below /var/lib/anlan instead.
    """
    top = CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()
    if os.geteuid() == 0 and not can_enter(server_account(), top):
        return Home(SYSTEM_FOLDER / f"{top.name}-{_digest(top)}")
    return Home(top / ".anlan")


def tcp_port() -> int | None:
    """Return the port of 127.0.0.1 asked for in ANLAN_DATABASE_PORT; None means the socket only."""
    port = os.environ.get("ANLAN_DATABASE_PORT")
    return int(port) if port else None


def can_enter(account: Account, folder: Path) -> bool:
    """Say whether the account may pass through `folder` and everything above it."""
    return all(_may_pass(account, step) for step in (folder, *folder.parents))


def _may_pass(account: Account, folder: Path) -> bool:
    entry = folder.stat()
    if entry.st_uid == account.uid:
        return bool(entry.st_mode & stat.S_IXUSR)
    if entry.st_gid == account.gid:
        return bool(entry.st_mode & stat.S_IXGRP)
    return bool(entry.st_mode & stat.S_IXOTH)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
