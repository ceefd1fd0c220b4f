"""`anlan bench`: figures beside a peer's, measured in one run. Only in a checkout."""

import importlib
import sys
from pathlib import Path

import click

CHECKOUT = Path(__file__).resolve().parents[4]
BENCHMARKS = {
    "recommendation": "500 units ranked for one incident, p50 and p99; peer: SciPy's Dijkstra",
    "reports": "reports acknowledged per second, p99; peer: bare inserts",
    "screen": "time from commit to open screens; peer: LISTEN and NOTIFY alone",
    "serving": "start-up and memory of the server; peer: the database alone",
}


@click.command()
@click.argument("name", required=False, type=click.Choice(list(BENCHMARKS)))
@click.option("--list", "listed", is_flag=True, help="List the benchmarks.")
@click.option("--json", "file", type=click.Path(path_type=Path), help="Write the report here.")
def bench(name: str | None, listed: bool, file: Path | None) -> None:  # noqa: FBT001 - by click
    """Run the benchmark NAME and print its rows."""
    if listed or name is None:
        for known, about in BENCHMARKS.items():
            click.echo(f"{known:<16} {about}")
        return
    if not (CHECKOUT / "benchmarks").is_dir():
        line = "benchmarks are run in a checkout; there is none here"
        raise click.ClickException(line)
    sys.path.insert(0, str(CHECKOUT))
    rows = importlib.import_module(f"benchmarks.{name}").run()
    report = importlib.import_module("benchmarks.rows")
    report.write(file, name, rows)
    for one in rows:
        peer = f"  {one.ratio:.3g} x {one.peer} ({one.peer_value:.4g})" if one.ratio else ""
        held = "" if one.holds is None else f"  {one.target}: {'holds' if one.holds else 'MISSED'}"
        click.echo(f"{one.name:<36} {one.value:10.2f} {one.unit:<6}{peer}{held}")
