"""`anlan audit`: the key of the audit log, what it states, and whether anything was changed."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import click
import psycopg

from anlan.audit.checking import check_all
from anlan.audit.drilling import drill
from anlan.audit.errors import NothingSealedError
from anlan.audit.exporting import export
from anlan.audit.keys import draw_key, key_file, read_key
from anlan.audit.sealed import Connection, last_stated
from anlan.audit.sealer import SNAPSHOT, connect
from anlan.audit.sealing import goes_on
from anlan.audit.standing import standing_of
from anlan.kernel.errors import OperatorError
from anlan.kernel.postgres.bounded import waiting_for
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.postgres.where import database
from anlan.project.cli.database_running import database_running
from anlan.project.serving import migrate, present_server

FOUND = 3
"""Exit code where something was changed behind the log."""


class NoAnswerError(OperatorError):
    """The database did not answer the sealer. Facts: `reason`."""

    code = "audit.no_answer"


@click.group()
def audit() -> None:
    """Look after the audit log: every write, sealed so that others can check it."""


@audit.command()
@click.argument("name", required=False)
def key(name: str | None) -> None:
    """Draw the key of the log, called NAME (such as city.example/audit); show its public half.

    Without NAME the key that is there is shown. Publish it where auditors look, and keep the file
    apart from the database and its copies.
    """
    click.echo(str((draw_key(name) if name else read_key()).verifier))
    if name:
        click.echo(f"kept in {key_file()}", err=True)


@audit.command()
def checkpoint() -> None:
    """Show the last signed checkpoint, as witnesses and auditors take it."""
    with _sealed() as connection:
        stated = last_stated(connection, read_key().verifier)
    if stated is None:
        raise NothingSealedError
    click.echo(str(stated.note), nl=False)


@audit.command()
def status() -> None:
    """Say how the log stands: its size, what waits, since when."""
    with _sealed() as connection:
        for line in standing_of(connection).lines():
            click.echo(line)


@audit.command()
def check() -> None:
    """Look through all entries and rows for what was changed behind the log.

    One line for each thing found, and exit code 3; nothing and 0 where all fits.
    """
    found = 0
    with _sealed() as connection, connection.transaction():
        connection.execute(SNAPSHOT)
        stated = goes_on(connection, read_key())
        for line in check_all(connection, stated.checkpoint.size if stated else 0):
            click.echo(line)
            found += 1
    click.echo(f"{found} found" if found else "all fits", err=True)
    click.get_current_context().exit(FOUND if found else 0)


@audit.command(name="drill")
@click.option(
    "--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write all rows here."
)
def drill_log(file: Path | None) -> None:
    """Tamper with a log in five ways, as the database's superuser, and look who notices.

    In an installation of its own, which is gone afterwards. Exit code 3 unless each is noticed by
    the next look and the row is named.
    """
    found = []
    with scratch_installation() as connection:
        for one in drill(connection):
            found.append(one)
            click.echo(f"{one.name:<9} {one.did or 'Look, with nothing done.'}")
            told = "; ".join(dict.fromkeys([*one.noticed[:1], one.named])) or "all fits"
            click.echo(f"{'':<9} {'as it must be' if one.holds else 'WRONG'}, "
                       f"{one.after_s:.1f} s: {told}")  # fmt: skip
    if file is not None:
        rows = [
            {"name": one.name, "did": one.did, "row": str(one.row), "noticed": one.noticed,
             "named": one.named, "after_s": round(one.after_s, 2), "holds": one.holds}
            for one in found
        ]  # fmt: skip
        file.write_text(json.dumps({"rows": rows}, indent=2) + "\n", encoding="utf-8")
    click.get_current_context().exit(0 if all(one.holds for one in found) else FOUND)


@contextmanager
def scratch_installation() -> Iterator[Connection]:
    """Make an installation with a key of its own; give its superuser's connection; remove it."""
    folder = Path(tempfile.mkdtemp(prefix="anlan-drill-")).resolve()
    folder.chmod(0o711)  # the database runs as another account where this one is root
    for name in [name for name in os.environ if name.startswith(("DATABASE_", "ANLAN_AUDIT"))]:
        del os.environ[name]
    os.environ["ANLAN_HOME"] = str(folder / "home")
    server = present_server()
    try:
        server.start()
        migrate()
        draw_key("drill.example/audit")
        where = server.connection(ADMINISTRATOR).conninfo()
        with psycopg.connect(where, autocommit=True) as connection:
            yield connection
    finally:
        server.stop()
        shutil.rmtree(folder)


@audit.command(name="export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--without-rows", is_flag=True, help="The log alone, to be handed to anybody.")
def export_log(folder: Path, without_rows: bool) -> None:  # noqa: FBT001 - click passes by name
    """Write the log to FOLDER, which must not be there yet, for `anlan-verify` to check offline.

    With the rows, an export is as confidential as a copy of the database.
    """
    key = read_key().verifier
    folder.mkdir(mode=0o700, parents=True)
    with database_running(), _owning() as connection, connection.transaction():
        connection.execute(SNAPSHOT)
        stated = export(connection, key, folder, with_rows=not without_rows)
    click.echo(f"{folder}: {stated.checkpoint.size:,} entries")
    for signature in stated.note.signatures:
        click.echo(f"signed by {signature.name}")
    click.echo(f"anlan-verify {folder} --log {key}")


@contextmanager
def _owning() -> Iterator[Connection]:
    """Give a connection as the owner of the tables, who sees every row."""
    try:
        with psycopg.connect(database("owner").conninfo(), autocommit=True) as connection:
            yield connection
    except psycopg.Error as error:
        raise _no_answer(error, role="owner") from error


def _no_answer(error: psycopg.Error, *, role: Literal["owner", "sealer"]) -> NoAnswerError:
    said = (str(error).strip().splitlines() or ["it said nothing"])[0]
    return NoAnswerError(reason=f"{database(role).user} is not answered: {said}")


@contextmanager
def _sealed() -> Iterator[Connection]:
    """Give a connection as the sealer, which may take as long as it needs."""
    with database_running():
        try:
            with connect() as connection, waiting_for(connection, None):
                connection.execute("SET statement_timeout = 0")
                yield connection
        except psycopg.Error as error:
            raise _no_answer(error, role="sealer") from error
