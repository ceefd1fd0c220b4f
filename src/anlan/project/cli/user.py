"""`anlan user`: staff who may sign in."""

import sys
from importlib import import_module

import click
import django

from anlan.kernel import clock
from anlan.kernel.access import system_actor
from anlan.kernel.scope import scoped
from anlan.orgs.roles import Role
from anlan.project.cli.database_running import database_running


@click.group()
def user() -> None:
    """Add staff."""


@user.command()
@click.argument("username")
@click.option("--role", required=True, type=click.Choice([r for r in Role if r != Role.RESIDENT]))
@click.option("--organisation", required=True, metavar="CODE", help="Code of its organisation.")
@click.option("--name-zh", required=True, help="Name shown in Chinese.")
@click.option("--name-en", help="Name shown in English; by default the Chinese one.")
@click.option("--unit", metavar="CALL_SIGN", help="The unit that a crew signs in for.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(
    username: str, role: str, organisation: str, name_zh: str, name_en: str | None,
    unit: str | None, password_stdin: bool,  # noqa: FBT001 - click passes by name
) -> None:  # fmt: skip
    """Add USERNAME, who sees the area of the organisation. The password is asked for."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else ask_password()
    actor = system_actor("operator", "account.write")
    with database_running():
        django.setup()
        # Loaded only now: models need the settings, and those the running server's password.
        services = import_module("anlan.orgs.services.staff")
        with scoped(actor):
            services.add_account(
                username=username,
                password=services.hashed(password),
                role=role,
                organisation_code=organisation,
                display_name=(name_zh, name_en or name_zh),
                unit_call_sign=unit,
                actor=actor,
                at=clock.now(),
            )
    click.echo(f"{username} may sign in as {role} of {organisation}")


def ask_password() -> str:
    """Ask for a password twice, without showing it."""
    answer: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer
