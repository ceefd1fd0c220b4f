"""`anlan user`: staff who may sign in, and by which provider of their department."""

import sys
from importlib import import_module

import click
import django

from anlan.kernel import clock
from anlan.kernel.access import system_actor
from anlan.kernel.scope import scoped
from anlan.orgs.roles import Role
from anlan.project.cli.database_running import database_running

RETURN_PATH = "/console/sign-in/provider"


@click.group()
def user() -> None:
    """Add staff, and the providers of their departments."""


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
        staff = import_module("anlan.orgs.services.staff")
        passwords = import_module("anlan.orgs.services.passwords")
        names = (username, organisation, name_zh, name_en or name_zh)
        with scoped(actor):
            staff.add_account(
                username=username,
                password=passwords.hashed(password, names=names),
                role=role,
                organisation_code=organisation,
                display_name=(name_zh, name_en or name_zh),
                unit_call_sign=unit,
                actor=actor,
                at=clock.now(),
            )
    click.echo(f"{username} may sign in as {role} of {organisation}")


@user.command()
@click.argument("code")
@click.option("--organisation", required=True, metavar="CODE", help="Whose accounts it is for.")
@click.option("--issuer", required=True, metavar="ADDRESS", help="As the provider spells it.")
@click.option("--client-id", required=True, help="Who we are to the provider.")
@click.option("--address", required=True, help="Address of this installation, as browsers see it.")
@click.option("--claim", default="sub", show_default=True, help="The claim that names a person.")
@click.option("--name-zh", required=True, help="Words of the button in Chinese.")
@click.option("--name-en", help="Words of the button in English; by default the Chinese ones.")
def provider(
    code: str, organisation: str, issuer: str, client_id: str, address: str, claim: str,
    name_zh: str, name_en: str | None,
) -> None:  # fmt: skip
    """Add CODE, a department's own OpenID Connect provider, or bring it up to date.

    The secret of the client is asked for, or read from standard input where nobody types.
    """
    secret = ask_secret() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    return_to = address.rstrip("/") + RETURN_PATH
    actor = system_actor("operator", "account.write")
    with database_running():
        django.setup()
        services = import_module("anlan.orgs.identity.services.providers")
        with scoped(actor):
            services.add_provider(
                code=code,
                organisation_code=organisation,
                name=(name_zh, name_en or name_zh),
                registration=services.Registration(issuer, client_id, secret, return_to, claim),
                actor=actor,
                at=clock.now(),
            )
    click.echo(f"{code} is offered at sign-in; tell the provider to return to {return_to}")


@user.command()
@click.argument("code")
def end_provider(code: str) -> None:
    """Let nobody sign in by the provider CODE any more; its links stay."""
    actor = system_actor("operator", "account.write")
    with database_running():
        django.setup()
        with scoped(actor):
            import_module("anlan.orgs.identity.services.providers").end_provider(
                code=code, actor=actor
            )
    click.echo(f"{code} is offered no more")


def ask_secret() -> str:
    """Ask for the secret of a client, without showing it."""
    answer: str = click.prompt("Secret of the client", hide_input=True)
    return answer


def ask_password() -> str:
    """Ask for a password twice, without showing it."""
    answer: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer
