"""`anlan db`: the database server, its tables, and copies of its content."""

from importlib import import_module
from pathlib import Path

import click
import django

from anlan.kernel.postgres.dump import dump as dump_database
from anlan.kernel.postgres.dump import load as load_database
from anlan.kernel.postgres.errors import DatabaseError
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.postgres.server import Server
from anlan.kernel.postgres.where import ConnectionParameters, database, is_embedded
from anlan.project.cli.database_running import database_running
from anlan.project.cli.progress import progress_bar
from anlan.project.serving import migrate as migrate_tables
from anlan.project.serving import present_server


@click.group()
def db() -> None:
    """Start, stop and look after the database."""


@db.command()
def start() -> None:
    """Start the embedded server and leave it running."""
    server = embedded_server()
    state = "runs already" if server.start() == "adopted" else "started"
    click.echo(f"PostgreSQL {state}: {server.home.data}, socket in {server.home.socket_folder}")


@db.command()
def stop() -> None:
    """End the embedded server; the data stays."""
    click.echo("stopped" if embedded_server().stop() else "it was not running")


@db.command()
def status() -> None:
    """Say how the embedded server is; exit code 1 unless it accepts connections."""
    found = embedded_server().status()
    process = f", process {found.pid}" if found.pid else ""
    click.echo(f"{found.state}{process}, PostgreSQL {found.version or '-'}, {found.home.data}")
    click.get_current_context().exit(0 if found.state == "ready" else 1)


@db.command()
def migrate() -> None:
    """Bring the tables up to date, as the role that owns them."""
    with database_running():
        migrate_tables()
    click.echo("the tables are up to date")


@db.command()
def outcomes() -> None:
    """Write down for the evaluation the cases that were closed before there was one.

    In batches, beside whatever else runs; what is written already is passed over.
    """
    with database_running(), progress_bar() as advance:
        django.setup()
        earlier = import_module("anlan.casework.evaluation.services.earlier")
        for batch in earlier.account_for_earlier():
            advance(f"{batch.looked_at:,} closed cases", batch.written, batch.looked_at)
    click.echo(f"{batch.looked_at:,} closed cases, {batch.written:,} of them written down now")


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def dump(file: Path) -> None:
    """Write the whole database to FILE, checked, in pg_dump's custom format.

    For moving to another server or version; against loss there is `anlan backup`. FILE appears only
    when it is whole. `pg_restore` reads it. The sealed contacts in it open only
    with the keys in `contact_keys.json` of the data folder: keep that too, apart from FILE.
    """
    with database_running(), progress_bar() as advance:
        size_bytes = dump_database(unlimited(), file, embedded=is_embedded(), advance=advance)
    click.echo(f"{file}: {size_bytes:,} bytes")


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def load(file: Path) -> None:
    """Put the content of FILE, a dump, into a database that is still empty.

    Point ANLAN_HOME at a new folder first, and put the old `secrets.json` and `contact_keys.json`
    into it.
    """
    with database_running():
        load_database(file, unlimited(), embedded=is_embedded())
    click.echo(f"{file} is loaded")


def unlimited() -> ConnectionParameters:
    """Return the role that row-level security does not limit."""
    return present_server().connection(ADMINISTRATOR) if is_embedded() else database("owner")


def embedded_server() -> Server:
    """Return the embedded server; refuse when DATABASE_URL names another one."""
    if not is_embedded():
        raise DatabaseError(reason="DATABASE_URL names a server that is not run from here")
    return present_server()
