"""A portable copy of a whole database in one file: written, read back, put in its place; loaded."""

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import psycopg

from anlan.kernel.postgres.errors import DumpFailedError, LoadFailedError, NotEmptyError
from anlan.kernel.postgres.programs import clean_environment, client_folder
from anlan.kernel.postgres.where import ConnectionParameters

Advance = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done, and how many there are."""

CONNECT_LIMIT_S = 10
TABLE_BEGINS = re.compile(r"pg_dump: dumping contents of table")
TABLE_IN_LIST = re.compile(r"^\d+; \d+ \d+ TABLE DATA ", re.MULTILINE)
COUNT_TABLES = """
    SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema')
"""


def dump(source: ConnectionParameters, target: Path, *, embedded: bool, advance: Advance) -> int:
    """Write the database to `target` in pg_dump's custom format; return the size in bytes.

    `source` must be a role that row-level security does not limit. `target` is replaced only by a
    file that was read back whole; otherwise it is left as it was.

    Raises
    ------
    DumpFailedError
        The file cannot be written, the database cannot be read, or the copy is not whole.
    """
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        _write_checked(source, unfinished, client_folder(embedded=embedded), advance)
        unfinished.replace(target)
        return target.stat().st_size
    except OSError as error:
        raise DumpFailedError(target=target, reason=error.strerror) from error
    except (_ToolError, psycopg.Error) as error:
        reason = " ".join(str(error).split())
        raise DumpFailedError(target=target, reason=reason) from error
    finally:
        unfinished.unlink(missing_ok=True)


def load(file: Path, target: ConnectionParameters, *, embedded: bool) -> None:
    """Put the content of a dump into an empty database: all of it, or nothing.

    Raises
    ------
    NotEmptyError
        The database holds tables.
    LoadFailedError
        The file cannot be read, is no dump, or does not fit this server.
    """
    if _count_tables(target):
        raise NotEmptyError(database=target.name)
    command = [
        str(client_folder(embedded=embedded) / "pg_restore"),
        f"--dbname={replace(target, password='').conninfo()}",
        "--single-transaction",
        "--exit-on-error",
        str(file),
    ]
    try:
        _run(command, _with_password(target), lambda line: None)
    except _ToolError as error:
        raise LoadFailedError(source=file, reason=str(error)) from error


class _ToolError(Exception):
    """One of PostgreSQL's own programs failed, with what it printed last."""


def _write_checked(
    source: ConnectionParameters, file: Path, programs: Path, advance: Advance
) -> None:
    total = _count_tables(source) + 1
    done = 0

    def follow(line: str) -> None:
        nonlocal done
        if TABLE_BEGINS.match(line):
            advance("copying tables", done, total)
            done += 1

    where = f"--dbname={replace(source, password='').conninfo()}"
    command = [str(programs / "pg_dump"), where, "--format=custom", "--verbose", f"--file={file}"]
    _run(command, _with_password(source), follow)
    advance("reading the copy back", total - 1, total)
    _check(file, programs, tables=done)
    with file.open("rb") as written:
        os.fsync(written.fileno())


def _with_password(parameters: ConnectionParameters) -> Mapping[str, str]:
    """Return the environment with the password, which a command line would show to everybody."""
    return {**clean_environment(), "PGPASSWORD": parameters.password, "LC_ALL": "C"}


def _count_tables(source: ConnectionParameters) -> int:
    with psycopg.connect(source.conninfo(), connect_timeout=CONNECT_LIMIT_S) as connection:
        row = connection.execute(COUNT_TABLES).fetchone()
    return int(row[0]) if row else 0


def _check(file: Path, programs: Path, *, tables: int) -> None:
    """Refuse a copy that lacks a table or cannot be read to its end."""
    restore = str(programs / "pg_restore")
    listed = _run([restore, "--list", str(file)], clean_environment(), lambda line: None)
    if len(TABLE_IN_LIST.findall(listed)) != tables:
        msg = "the copy does not list every table"
        raise _ToolError(msg)
    _run([restore, f"--file={os.devnull}", str(file)], clean_environment(), lambda line: None)


def _run(command: list[str], environment: Mapping[str, str], follow: Callable[[str], None]) -> str:
    """Run a program, handing on each line it prints; return all of them."""
    printed = []
    with subprocess.Popen(  # noqa: S603 - PostgreSQL's own programs, no shell
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            printed.append(line)
            follow(line)
    if process.returncode:
        errors = [line for line in printed if "error:" in line]
        raise _ToolError((errors or printed or ["no reason was given"])[-1].strip())
    return "".join(printed)
