"""`anlan import`: the past of another system for city matters."""

import csv
import gzip
import io
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import click
import django

from anlan.kernel import clock
from anlan.kernel.access import system_actor
from anlan.project.cli.database_running import database_running
from anlan.project.cli.progress import progress_bar

OPERATOR = system_actor("import", "import.write")
COLUMNS = ("row", "source_id", "field", "rule")
PERSONAL = {
    "EMAIL": "an e-mail address: left out",
    "IDENTITY": "an identity number: left out",
    "CARD": "a card number: left out",
    "TELEPHONE": "a telephone: left out",
    "DWELLING": "a house or flat number: kept",
}


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--mapping", "mapping_file", required=True, metavar="FILE.toml",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="How the file is to be read.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Look at every row and write nothing.")
@click.option(
    "--errors", "errors_file", metavar="FILE.csv",
    type=click.Path(path_type=Path, dir_okay=False), help="Write each rejected row's rule there.",
)  # fmt: skip
def import_matters(
    file: Path, mapping_file: Path, dry_run: bool, errors_file: Path | None  # noqa: FBT001 - click passes by name
) -> None:  # fmt: skip
    """Import the matters in FILE (CSV or JSON, also .gz), as the mapping says.

    A row that cannot be taken is told of and left; the others are taken. Run it again after it was
    stopped, or with a longer file: what is there already is not taken twice.
    """
    with database_running(), ExitStack() as open_files:
        django.setup()
        # Loaded only now: models need the settings, and those the running server's password.
        services = import_module("anlan.exchange.imports.services.importing")
        mapping = import_module("anlan.exchange.imports.mapping").read_mapping(mapping_file)
        reader = import_module("anlan.exchange.imports.rows_in_files")
        at, began = clock.now(), time.monotonic()
        services.check_mapping(mapping, mapping_file.name, at)
        errors = open_files.enter_context(_errors_to(errors_file))
        raw, rows = open_files.enter_context(_opened(file))
        advance = open_files.enter_context(progress_bar())

        def reject(one: Any) -> None:
            errors.writerow((one.place, one.source_id, one.field, one.rule))

        tally = None
        for tally in services.import_rows(
            reader.rows_of(rows, mapping.format), mapping, actor=OPERATOR, at=at,
            reject=reject, dry_run=dry_run,
        ):  # fmt: skip
            advance(f"{tally.read:,} rows", raw.tell(), file.stat().st_size)
        _report(tally, time.monotonic() - began, dry_run=dry_run)


def _report(tally: Any, took_s: float, *, dry_run: bool) -> None:
    if tally is None:
        click.echo("no row in the file")
        return
    rejected = sum(tally.rejected.values())
    would = "would be taken" if dry_run else "taken"
    click.echo(
        f"{tally.read:,} rows, {tally.read / max(took_s, 0.001):,.0f} a second: "
        f"{tally.taken:,} {would}, {tally.known:,} there already, {rejected:,} rejected; "
        f"{tally.left_out:,} pieces of text left out as personal data"
    )
    for kind, count in tally.personal.most_common():
        click.echo(f"{count:>9,}  looks like {PERSONAL[kind]}")
    for rule, count in tally.rejected.most_common():
        click.echo(f"{count:>9,}  {rule}")


@contextmanager
def _opened(file: Path) -> Iterator[tuple[Any, TextIO]]:
    """Open a file for its rows; the raw one beside it tells how far reading has come."""
    with file.open("rb") as raw:
        unpacked: Any = gzip.GzipFile(fileobj=raw) if file.suffix == ".gz" else raw
        # Bytes that are no UTF-8 break their own row, not the import.
        yield (
            raw,
            io.TextIOWrapper(unpacked, encoding="utf-8-sig", errors="surrogateescape", newline=""),
        )


@contextmanager
def _errors_to(file: Path | None) -> Iterator[Any]:
    if file is None:
        yield csv.writer(_Nowhere())
        return
    with file.open("w", encoding="utf-8", errors="replace", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(COLUMNS)
        yield writer


class _Nowhere:
    """Takes what nobody wants to keep."""

    def write(self, text: str) -> int:
        """Drop the text."""
        return len(text)
