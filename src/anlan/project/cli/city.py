"""`anlan city`: the ground under the map."""

from pathlib import Path

import click

from anlan.project.cli.progress import progress_bar
from anlan_engine.city import build_city


@click.group()
def city() -> None:
    """Build city packs."""


@city.command()
@click.argument("source", metavar="FILE.osm.pbf", type=click.Path(path_type=Path))
@click.option(
    "--out", "target", required=True, metavar="CITY", type=click.Path(path_type=Path),
    help="The pack to write.",
)  # fmt: skip
@click.option("--name", help="The city's name; by default the one on its map.")
def build(source: Path, target: Path, name: str | None) -> None:
    """Build a city pack from an OpenStreetMap extract.

    CITY appears only when it is whole. Set ANLAN_CITY to it to serve that city.
    """
    with progress_bar() as advance:
        summary = build_city(source, target, name=name, progress=advance)
    click.echo(f"{target}: {summary.meta['name']}, {summary.size_bytes:,} bytes")
