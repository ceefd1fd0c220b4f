"""`anlan faults`: what breaks the product on purpose, in the checkout's folder `tests/faults`."""

import importlib
import json
import sys
from pathlib import Path

import click

from anlan.project.cli.bench import CHECKOUT, NoBenchmarksError

FOLDER = "tests/faults"


@click.command()
@click.option("--quick", is_flag=True, help="A minute and a half in place of half an hour.")
@click.option("--seed", default=1, show_default=True, help="Chooses what is killed, and when.")
@click.option(
    "--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write all rows here."
)
@click.option("--parts-seconds", type=float, help="How long parts are killed, in place of 600 s.")
@click.option("--upgrade", is_flag=True, help="Only the upgrade from the release before, and back.")
@click.option("--earlier", help="The revision to upgrade from, in place of the newest tag v*.")
def faults(
    quick: bool,  # noqa: FBT001 - click passes by name
    seed: int,
    file: Path | None,
    parts_seconds: float | None,
    upgrade: bool,  # noqa: FBT001
    earlier: str | None,
) -> None:
    """Kill, cut, fill and step under sixteen writers; count what was acknowledged and lost.

    Everything happens in installations of its own on 127.0.0.1. Controls must lose or double
    something, else the harness sees nothing. Exit code 1 when a row is not as it must be.
    """
    if not (CHECKOUT / FOLDER).is_dir():
        raise NoBenchmarksError
    if str(CHECKOUT) not in sys.path:
        sys.path.insert(0, str(CHECKOUT))
    running = importlib.import_module("tests.faults.running")
    found = importlib.import_module("tests.faults.rows")
    if upgrade:
        rows = running.run_upgrade(earlier, tell=click.echo)
    else:
        rows = running.run(seed=seed, quick=quick, tell=click.echo, parts_s=parts_seconds)
    if file is not None:
        result = {"seed": seed, "quick": quick, "rows": found.as_json(rows)}
        file.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    click.get_current_context().exit(1 if any(found.failed(rows)) else 0)
