"""`anlan city`: the ground under the map."""

from importlib import import_module
from pathlib import Path

import click
import django

from anlan.project.cli.database_running import database_running
from anlan.project.cli.progress import progress_bar
from anlan_engine.city.making import build_city


@click.group()
def city() -> None:
    """Build city packs, load cities."""


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


@city.command()
@click.argument("file", metavar="FILE.toml", type=click.Path(path_type=Path))
def load(file: Path) -> None:
    """Load a city's areas, cells, organisations and units, and the sites of its pack.

    The fields of FILE are described in data/README.md. Loading it again changes what changed.
    """
    with database_running():
        django.setup()
        # Loaded only now: models need the settings, and those the running server's password.
        setup = import_module("anlan.project.city_setup")
        pack = import_module("anlan.places.city_pack")
        loaded = setup.load_city(file, tuple(pack.city().meta["bounds"]))
        sites = setup.load_sites()
    click.echo(
        f"{loaded.cells} cells, {loaded.organisations} organisations, {loaded.units} units,"
        f" {sites} sites"
    )
