"""`anlan key`: which other systems may send requests (Open311)."""

from importlib import import_module

import click
import django

from anlan.kernel import clock
from anlan.kernel.access import system_actor
from anlan.kernel.scope import scoped
from anlan.project.cli.database_running import database_running

OPERATOR = system_actor("operator", "account.write")
SCOPES = ("request.send", "update.send")
DAYS_USUAL = 365


@click.group()
def key() -> None:
    """Make, list and end the service keys of other systems."""


@key.command()
@click.argument("name")
@click.option("--organisation", required=True, metavar="CODE", help="It opens this one's area.")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(SCOPES), default=SCOPES,
    show_default=True, help="What it opens; may be given more than once.",
)  # fmt: skip
@click.option("--days", default=DAYS_USUAL, show_default=True, help="For how long; at most 730.")
def add(name: str, organisation: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a key called NAME and show it, this once."""
    with database_running():
        django.setup()
        # Loaded only now: models need the settings, and those the running server's password.
        services = import_module("anlan.exchange.open311.services.keys")
        with scoped(OPERATOR):
            _, text = services.add_key(
                name, organisation, scopes, days=days, actor=OPERATOR, at=clock.now()
            )
    click.echo(text)


@key.command(name="list")
def list_keys() -> None:
    """List the keys: name, what each opens, until when."""
    with database_running():
        django.setup()
        services = import_module("anlan.exchange.open311.services.keys")
        with scoped(OPERATOR):
            for found in services.every_key():
                ends = found.ended_at or found.expires_at
                state = "ended" if found.ended_at else "until"
                click.echo(f"{found.label}: {', '.join(found.scopes)}, {state} {ends:%Y-%m-%d}")


@key.command()
@click.argument("name")
def end(name: str) -> None:
    """End the key called NAME, at once."""
    with database_running():
        django.setup()
        services = import_module("anlan.exchange.open311.services.keys")
        with scoped(OPERATOR):
            services.end_key(name, actor=OPERATOR, at=clock.now())
    click.echo(f"{name}: ended")
