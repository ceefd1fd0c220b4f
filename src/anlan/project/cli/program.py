"""The group of all commands, and how a refusal becomes one line and an exit code.

0: done. 1: refused or failed, with one line on standard error. 2: the command line is wrong.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import click

from anlan import __version__
from anlan.kernel.errors import AnlanError, OperatorError
from anlan.kernel.wording import word
from anlan.project.cli.commands import group
from anlan_engine.errors import EngineError

COMMANDS: Mapping[str, str] = {
    "demo": "anlan.project.cli.demo:demo",
    "serve": "anlan.project.cli.serve:serve",
    "db": "anlan.project.cli.db:db",
    "backup": "anlan.project.cli.recovery:backup",
    "restore": "anlan.project.cli.recovery:restore",
    "city": "anlan.project.cli.city:city",
    "user": "anlan.project.cli.user:user",
    "audit": "anlan.project.cli.audit:audit",
    "key": "anlan.project.cli.key:key",
    "witness": "anlan_tlog.command:witness",
    "import": "anlan.project.cli.import_matters:import_matters",
    "check": "anlan.project.cli.check:check",
    "plan": "anlan.project.cli.plan:plan",
    "simulate": "anlan.project.cli.simulate:simulate",
    "bench": "anlan.project.cli.bench:bench",
    "faults": "anlan.project.cli.faults:faults",
    "open311-check": "open311_check.command:open311_check",
}
REFUSED = 1
INTERRUPTED = 130
LANGUAGE = "en"


@group(COMMANDS)
@click.version_option(__version__, message="anlan %(version)s")
def commands() -> None:
    """Anlan: public-safety operations for a city, from the first report to the closed case.

    In a checkout, `./anlan test` runs every check.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlan.project.settings")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and leave it with its exit code."""
    try:
        sys.exit(_run(arguments))
    except (AnlanError, EngineError) as error:
        refuse(explain(error))
    except OSError as error:
        refuse(f"{error.filename or 'input and output'}: {error.strerror or error}")


def refuse(line: str) -> NoReturn:
    """Leave with one line that says why."""
    click.echo(f"anlan: {line}", err=True)
    sys.exit(REFUSED)


def explain(error: Exception) -> str:
    """Return a refusal as one line: its own words, else those of the message catalogue."""
    if isinstance(error, AnlanError) and not isinstance(error, OperatorError):
        facts: dict[str, Any] = {"field": error.field or "", "rule": error.rule or ""}
        line = word(f"problem.{error.named}", LANGUAGE, **facts, **error.facts)
        rule = word(f"rule.{error.rule}", LANGUAGE, **error.facts) if error.rule else ""
        return f"{line} ({error.field} {rule})" if rule else line
    return " ".join(str(error).split())


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = commands.main(
            args=None if arguments is None else list(arguments),
            prog_name="anlan",
            standalone_mode=False,
        )
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    return result if isinstance(result, int) else 0
