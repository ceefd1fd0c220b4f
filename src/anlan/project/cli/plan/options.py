"""What every planning command has: options, a report on the terminal, in HTML and as JSON."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from anlan.kernel.wording import LANGUAGES, language_of
from anlan.project.planning.report import Report
from anlan_engine.city import City

Command = Callable[..., Any]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LIMIT_MAX_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Common:
    """What every planning command is given."""

    pack: Path | None
    seed: int
    language: str
    out: Path | None
    json_file: Path | None

    def deliver(self, report: Report, city: City) -> None:
        """Print the answer, and write what was asked for; a file appears only when it is whole."""
        report.show(Console())
        if self.out is not None:
            _write(self.out, report.page(str(city.meta["attribution"])))
        if self.json_file is not None:
            _write(self.json_file, report.json() + "\n")


def wanted(command: Command) -> Command:
    """Add the options that every planning command has; the command takes them as `common`."""

    @wraps(command)
    def called(
        *, pack: Path | None, seed: int, language: str | None, out: Path | None,
        json_file: Path | None, **own: Any,
    ) -> Any:  # fmt: skip
        _check_folders(out, json_file)
        spoken = language or language_of(os.environ.get("LANG", "en")[:2])
        return command(common=Common(pack, seed, spoken, out, json_file), **own)

    decorated: Command = called
    for option in (
        click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path),
                     help="Write the answer for other programs."),
        click.option("--out", type=click.Path(dir_okay=False, path_type=Path),
                     help="Write the report: one HTML page with map and plots."),
        click.option("--language", type=click.Choice(LANGUAGES),
                     help="Language of the report. [default: that of the terminal]"),
        click.option("--seed", default=1, show_default=True, type=click.IntRange(0),
                     help="The same seed gives the same answer."),
        click.option("--city", "pack", type=FILE, envvar="ANLAN_CITY",
                     help="City pack. [default: $ANLAN_CITY, else the sample city]"),
    ):  # fmt: skip
        decorated = option(decorated)
    return decorated


def limited(default_s: float) -> Callable[[Command], Command]:
    """Add the option that bounds the search."""
    return click.option(
        "--limit", "limit_s", default=default_s, show_default=True,
        type=click.FloatRange(0.1, LIMIT_MAX_S), help="Seconds to search; the best is then given.",
    )  # fmt: skip


def _check_folders(*files: Path | None) -> None:
    """Refuse a file whose folder is missing before anything long begins."""
    for file in files:
        if file is not None and not file.absolute().parent.is_dir():
            msg = f"there is no folder {file.parent}"
            raise click.BadParameter(msg, param_hint="--out, --json")


def _write(file: Path, text: str) -> None:
    part = file.with_name(f".{file.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)
    click.echo(str(file))


def as_asked(options: Mapping[str, object]) -> list[tuple[str, str]]:
    """List options as a report shows them."""
    return [(name, str(value)) for name, value in options.items() if value is not None]
