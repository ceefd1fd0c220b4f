"""`anlan plan demand`."""

import csv
import math
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import click
import django

from anlan.kernel.access import system_actor
from anlan.kernel.scope import scoped
from anlan.project.cli.database_running import database_running
from anlan_engine.sphere import METRES_PER_DEGREE

SIDE_LEAST_M, SIDE_MOST_M = 100.0, 20_000.0
ACTOR = system_actor("planner", "incident.read")


@click.command()
@click.option("--since", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day.")
@click.option(
    "--until", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day after the last."
)
@click.option(
    "--side", "side_m", default=250.0, show_default=True,
    type=click.FloatRange(SIDE_LEAST_M, SIDE_MOST_M), help="Side of the squares, metres.",
)  # fmt: skip
@click.option(
    "--kind", "kinds", multiple=True, help="Only incidents of this kind; may be repeated."
)
@click.option(
    "--out", "target", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="CSV to write: lon, lat, weight; what the other commands take as --demand.",
)  # fmt: skip
def demand(
    since: datetime, until: datetime, side_m: float, kinds: tuple[str, ...], target: Path
) -> None:
    """Count this installation's incidents by square, as demand for planning.

    Days begin at midnight UTC. Only counts leave the database.
    """
    if until <= since:
        msg = "is not after --since"
        raise click.BadParameter(msg, param_hint="--until")
    with database_running():
        django.setup()
        # Loaded only now: models need the settings, and those the running server's password.
        selectors = import_module("anlan.dispatch.selectors")
        _, lat = import_module("anlan.places.city_pack").city().meta["centre"]
        side_deg = side_m / METRES_PER_DEGREE
        side = (side_deg / math.cos(math.radians(lat)), side_deg)
        with scoped(ACTOR):
            squares = selectors.counts_by_square(
                since.replace(tzinfo=UTC), until.replace(tzinfo=UTC), side, kinds
            )
    part = target.with_name(f".{target.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("lon", "lat", "weight"))
        rows.writerows((f"{one.lon:.6f}", f"{one.lat:.6f}", one.received) for one in squares)
    part.replace(target)
    received = sum(one.received for one in squares)
    click.echo(f"{target}: {received} incidents in {len(squares)} squares")
