"""`anlan backup` and `anlan restore`: the whole embedded database, at any time since a backup."""

import os
from datetime import datetime
from pathlib import Path

import click
import psycopg

from anlan.kernel.postgres.home import Home, present_home
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.recovery.comparing import compare
from anlan.kernel.recovery.errors import RecoveryError
from anlan.kernel.recovery.log_keeping import LogKeeper, Source, identifier_of
from anlan.kernel.recovery.repository import BACKUPS_MAX, Repository, make_key
from anlan.kernel.recovery.restoring import restore as restore_backup
from anlan.kernel.recovery.taking import KEEP_DEFAULT, take
from anlan.project.cli.database_running import database_running
from anlan.project.cli.db import embedded_server
from anlan.project.cli.progress import progress_bar
from anlan.project.cli.serve import tell
from anlan.project.supervision import asked_to_stop

FOLDER = "ANLAN_BACKUPS"
KEY = "ANLAN_BACKUP_KEY"
MIB = 1 << 20


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), envvar=FOLDER)
@click.option(
    "--keep", default=KEEP_DEFAULT, show_default=True, type=click.IntRange(1, BACKUPS_MAX),
    help="How many backups stay; older ones go, with the log that only they needed.",
)  # fmt: skip
@click.option("--follow", is_flag=True, help="Keep the log only, until stopped; `serve` does it.")
def backup(folder: Path, keep: int, follow: bool) -> None:  # noqa: FBT001 - click passes by name
    """Back the embedded database up to FOLDER, while it works.

    FOLDER is ANLAN_BACKUPS unless given. The copy and the log since are sealed with the key in
    ANLAN_BACKUP_KEY (`backup.key` in the data folder, made at the first backup). Keep that key,
    `secrets.json` and `contact_keys.json` elsewhere: without them nothing opens.
    """
    embedded_server()
    make_key(key_file())
    repository = Repository(folder.resolve(), key_file())
    if follow:
        keep_log(repository)
        return
    with database_running(), progress_bar() as advance:
        done = take(source(), repository, keep=keep, tell=tell, advance=advance)
        count = len(repository.bases())
    click.echo(f"{done.name}: {done.size_bytes / MIB:.1f} MiB, verified; {count} kept in {folder}")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), envvar=FOLDER)
@click.option("--to", "until", help="A time such as 2026-11-22T14:30:00+08:00; else the last one.")
@click.option("--list", "listed", is_flag=True, help="Only list the backups.")
@click.option("--drill", is_flag=True, help="Restore aside, compare every row with the live ones.")
def restore(folder: Path, until: str | None, listed: bool, drill: bool) -> None:  # noqa: FBT001 - click passes by name
    """Make the database of an empty data folder from the backups in FOLDER.

    All of it or nothing: it is recovered aside and put in place when it is whole.
    """
    repository = Repository(folder.resolve(), key_file())
    if listed:
        for one in repository.bases():
            click.echo(f"{one.name}  complete at {one.taken_at}  {one.size_bytes / MIB:.1f} MiB")
    elif drill:
        run_drill(repository)
    else:
        with progress_bar() as advance:
            done = restore_backup(repository, home(), until=time_of(until), advance=advance)
        click.echo(
            f"restored from {done.manifest.name} and {done.segments} log segments; "
            "back up again now: the log goes on from here"
        )


def run_drill(repository: Repository) -> None:
    """Run the restore drill and print what it measured."""
    with database_running(), progress_bar() as advance:
        found = compare(source(), repository, home(), tell=tell, advance=advance)
    click.echo(
        f"backup {found.backup}, {found.size_bytes / MIB:.1f} MiB, {found.segments} segments"
    )
    click.echo(f"rows: {found.rows:,} in {found.tables} tables, all equal")
    click.echo(f"recovery point: {found.lost_s:.1f} s")
    click.echo(f"recovery time: {found.back_s:.1f} s")


def keep_log(repository: Repository) -> None:
    """Keep the log until told to stop."""
    where = source()
    with asked_to_stop() as stopping:
        try:
            with where.connect() as connection:
                identifier = identifier_of(connection)
        except psycopg.Error as error:
            raise RecoveryError(reason="the log is not kept: no database answers") from error
        repository.open_for(identifier)
        LogKeeper(where, repository, tell=tell).follow(stopping.wait)


def source() -> Source:
    """Return the embedded server as something to back up."""
    return Source(embedded_server().connection(ADMINISTRATOR), home().folder / "log-spool")


def home() -> Home:
    """Return the present data folder; refuse when the database is elsewhere."""
    embedded_server()
    return present_home()


def key_file() -> Path:
    """Return where the key of the backups is."""
    named = os.environ.get(KEY)
    return Path(named).expanduser().resolve() if named else present_home().folder / "backup.key"


def time_of(text: str | None) -> datetime | None:
    """Return the time that was asked for; a `UsageError` unless it has an offset from UTC."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        reason = f"{text} is no time with its offset: 2026-11-22T14:30:00+08:00"
        raise click.UsageError(reason)
    return found
