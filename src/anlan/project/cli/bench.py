"""`anlan bench`: the measurements in the checkout's folder `benchmarks/`."""

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from anlan.kernel.errors import OperatorError

CHECKOUT = Path(__file__).resolve().parents[4]
FOLDER = "benchmarks"


class NoBenchmarksError(OperatorError):
    """This is an installed program, and benchmarks are in the checkout only."""

    code = "bench.none"
    explanation = "the benchmarks are in a checkout of the project, not in the installed program"


@click.command()
@click.argument("name", required=False)
@click.option("--list", "listed", is_flag=True, help="Say what can be measured.")
@click.option(
    "--json", "file", type=click.Path(dir_okay=False, path_type=Path),
    help="Write the machine and all rows to this file.",
)  # fmt: skip
@click.option("--full", is_flag=True, help="Larger sizes; by default each takes about a minute.")
def bench(name: str | None, listed: bool, file: Path | None, full: bool) -> None:  # noqa: FBT001 - click passes by name
    """Measure NAME beside a peer that does the same with less around it.

    Figures are of this machine, with whatever else runs on it: compare ratios, and repeat.
    """
    known = _module().BENCHMARKS
    if listed:
        for one, what in known.items():
            click.echo(f"{one:<20}{what}")
        return
    if name is None or name not in known:
        wrong = f"no such benchmark: {name}" if name else "say which one"
        reason = f"{wrong}; there are {', '.join(known)}"
        raise click.UsageError(reason)
    machine = _module("machine").describe()
    rows = _module(name).run(full=full)
    result = _module("rows").result(name, machine, rows, full=full)
    if file is not None:
        file.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    for row in result["rows"]:
        click.echo(shown(row))
    click.echo(f"machine: {', '.join(f'{key} {value}' for key, value in machine.items())}")


def shown(row: dict[str, Any]) -> str:
    """Return one row as a line for people."""
    line = f"{row['name']}: {row['value']:g} {row['unit']}"
    if row["peer"] is not None:
        line += f"; {row['peer']}: {row['peer_value']:g} {row['unit']}; ratio {row['ratio']:g}"
    if row["interval"] is not None:
        low, high = row["interval"]
        line += f" [{low:g}, {high:g}]"
    if row["target"] is not None:
        line += f"; target {row['target']}: {'holds' if row['holds'] else 'MISSED'}"
    return line


def _module(name: str = "") -> ModuleType:
    """Return a module of the checkout's benchmarks."""
    if not (CHECKOUT / FOLDER).is_dir():
        raise NoBenchmarksError
    if str(CHECKOUT) not in sys.path:
        sys.path.insert(0, str(CHECKOUT))
    return importlib.import_module(f"{FOLDER}.{name}" if name else FOLDER)
