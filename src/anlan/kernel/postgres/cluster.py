"""The data folder: made whole or not at all, and refused when it is somebody else's."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anlan.kernel.postgres.account import Account
from anlan.kernel.postgres.errors import (
    DiskFullError,
    FolderDeniedError,
    FolderForeignError,
    FolderUnreachableError,
    FolderVersionError,
    StartFailedError,
)
from anlan.kernel.postgres.home import Home, can_enter
from anlan.kernel.postgres.programs import MAJOR, NO_SPACE, Programs
from anlan.kernel.postgres.secret import ADMINISTRATOR


def read_version(data: Path) -> str | None:
    """Return the major version that made the cluster; None when there is none."""
    try:
        return (data / "PG_VERSION").read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None


def make_folders(home: Home, account: Account) -> None:
    """Make the home, which the server's account passes through, and the socket's folder, its own.

    Raises
    ------
    FolderUnreachableError, FolderDeniedError
        The account cannot pass to the home; a folder cannot be made or belongs to another account.
    """
    try:
        home.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        if account.identity and not can_enter(account, home.folder):
            _open_to_passage(home, account)
        account.make_private(home.socket_folder)
        if home.socket_folder.is_symlink() or not account.owns(home.socket_folder):
            raise FolderDeniedError(
                folder=home.socket_folder, reason="it belongs to another account"
            )
    except OSError as error:
        raise FolderDeniedError(
            folder=error.filename or home.folder, reason=error.strerror
        ) from error


def make_cluster(home: Home, programs: Programs, password: str) -> None:
    """Make the database cluster unless it is there; a half-made one of an earlier try is dropped.

    Raises
    ------
    DatabaseError
        The folder is another version's or holds something else; the disk is full; `initdb` failed.
    """
    version = read_version(home.data)
    if version is None:
        _refuse_foreign(home.data)
        _initialise(home, programs, password)
    elif version != str(MAJOR):
        raise FolderVersionError(folder=home.data, found=version, needed=MAJOR)
    elif not programs.account.owns(home.data):
        raise FolderDeniedError(folder=home.data, reason="it belongs to another account")


def _open_to_passage(home: Home, account: Account) -> None:
    """Let others pass through the home itself; the folders above it are not ours to change."""
    home.folder.chmod(home.folder.stat().st_mode | 0o111)
    if not can_enter(account, home.folder):
        raise FolderUnreachableError(folder=home.folder, account=account.name)


def _refuse_foreign(data: Path) -> None:
    if data.is_file() or (data.is_dir() and any(data.iterdir())):
        raise FolderForeignError(folder=data)


def _initialise(home: Home, programs: Programs, password: str) -> None:
    unfinished = home.unfinished_data
    shutil.rmtree(unfinished, ignore_errors=True)
    programs.account.make_private(unfinished)
    with _password_file(home, programs.account, password) as password_file:
        code, output = programs.run(
            "initdb",
            f"--pgdata={unfinished}",
            f"--username={ADMINISTRATOR}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        )
    if code:
        shutil.rmtree(unfinished, ignore_errors=True)
        if NO_SPACE in output:
            raise DiskFullError(folder=home.folder)
        raise StartFailedError(reason=f"initdb: {_last_error(output)}", log=home.log)
    unfinished.rename(home.data)


@contextmanager
def _password_file(home: Home, account: Account, password: str) -> Iterator[Path]:
    """Hold the administrator's password in a file that only the server's account can reach."""
    file = home.socket_folder / "password"
    try:
        file.write_text(password, encoding="ascii")
        account.hand_over(file)
        yield file
    finally:
        file.unlink(missing_ok=True)


def _last_error(output: str) -> str:
    lines = [line for line in output.splitlines() if "error:" in line or "FATAL:" in line]
    return (lines or output.splitlines() or ["it printed nothing"])[-1].strip()
