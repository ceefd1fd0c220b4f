"""`anlan key`: which other systems are connected, and the keys of contacts."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click
import django
import psycopg

from anlan.kernel import clock
from anlan.kernel.access import system_actor
from anlan.kernel.postgres.where import database
from anlan.kernel.scope import scoped
from anlan.project.cli.database_running import database_running

OPERATOR = system_actor("operator", "account.write")
SCOPES = ("request.send", "update.send")
DAYS_USUAL = 365


@click.group()
def key() -> None:
    """Make, list and end the service keys of other systems; rotate the keys of contacts."""


@key.command()
@click.argument("name")
@click.option("--organisation", required=True, metavar="CODE", help="It opens this one's area.")
@click.option(
    "--scope", "scopes", multiple=True, default=SCOPES, show_default=True,
    help="A permission that it holds; may be given more than once.",
)  # fmt: skip
@click.option("--days", default=DAYS_USUAL, show_default=True, help="For how long; at most 365.")
def add(name: str, organisation: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a key called NAME for a connected system and show it, this once."""
    with database_running():
        django.setup()
        # Loaded only now: models need the settings, and those the running server's password.
        services = import_module("anlan.orgs.identity.services.service_keys")
        with scoped(OPERATOR):
            _, text = services.add_key(
                name, organisation, scopes, days=days, actor=OPERATOR, at=clock.machine_now()
            )
    click.echo(text)


@key.command(name="list")
def list_keys() -> None:
    """List the keys: name, what each opens, until when."""
    with database_running():
        django.setup()
        selectors = import_module("anlan.orgs.identity.selectors")
        with scoped(OPERATOR):
            for found in selectors.service_keys(clock.machine_now()):
                ends = found.ended_at or found.expires_at
                state = "ended" if found.ended_at else "until"
                click.echo(
                    f"{found.label}: {', '.join(found.permissions)}, {state} {ends:%Y-%m-%d}"
                )


@key.command()
@click.argument("name")
def end(name: str) -> None:
    """End the key called NAME, at once."""
    with database_running():
        django.setup()
        services = import_module("anlan.orgs.identity.services.service_keys")
        selectors = import_module("anlan.orgs.identity.selectors")
        with scoped(OPERATOR):
            found = selectors.service_key_named(name)
            services.end_key(found, actor=OPERATOR, at=clock.machine_now())
    click.echo(f"{name}: ended")


@key.command(name="rotate-contacts")
def rotate_contacts() -> None:
    """Draw a new master key of contacts and seal every data key with it; goes on where it stopped.

    What is still sealed in the form before data keys is sealed anew too. The old master key stays
    in its file until `anlan key retire-contacts`.
    """
    with _owner() as connection:
        rotation = import_module("anlan.kernel.vault.rotation")
        columns = import_module("anlan.project.sealed").SEALED_COLUMNS
        done = rotation.rotate(connection, columns)
    click.echo(f"{done.current}: {done.data_keys} data keys, {done.texts} texts sealed anew")
    if done.broken:
        click.echo(f"{done.broken} texts of the form before do not open, and stay", err=True)


@key.command(name="retire-contacts")
def retire_contacts() -> None:
    """Take the master keys out of their file that no data key needs.

    Back-ups made before the last rotation open with those alone: keep a copy for as long as such a
    back-up may have to be restored.
    """
    with _owner() as connection:
        retired = import_module("anlan.kernel.vault.rotation").retire(connection)
    click.echo("\n".join(f"{name}: taken out" for name in retired) or "every key is needed")


@contextmanager
def _owner() -> Iterator[psycopg.Connection[Any]]:
    """Connect as the tables' owner: the application itself may change no sealed text."""
    with database_running():
        django.setup()
        with psycopg.connect(database("owner").conninfo(), autocommit=True) as connection:
            yield connection
