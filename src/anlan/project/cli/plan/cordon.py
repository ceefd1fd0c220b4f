"""`anlan plan cordon`."""

from pathlib import Path

import click

from anlan.project.cli.plan.options import FILE, Common, as_asked, wanted
from anlan.project.planning.cordons import close_zone, wanted_zone
from anlan.project.planning.ground import opened
from anlan.project.planning.tables import read_places

RADIUS_MAX_M = 50_000.0


@click.command()
@click.option("--at", metavar="LON,LAT", help="Middle of the zone, degrees.")
@click.option("--polygon", type=FILE, help="The zone as a GeoJSON polygon, instead of --at.")
@click.option(
    "--radius",
    "radius_m",
    type=click.FloatRange(0, RADIUS_MAX_M),
    help="Metres round --at (then needed), or beyond the edge of --polygon.",
)
@click.option(
    "--within",
    "within_m",
    default=1000.0,
    show_default=True,
    type=click.FloatRange(1, RADIUS_MAX_M),
    help="Points lie at most so many metres outside the zone.",
)
@click.option("--units", "units_file", type=FILE, help="CSV of units: lon, lat, name.")
@click.option("--held", "held_file", type=FILE, help="CSV of points held already: lon, lat.")
@wanted
def cordon(
    at: str | None, polygon: Path | None, radius_m: float | None, within_m: float,
    units_file: Path | None, held_file: Path | None, common: Common,
) -> None:  # fmt: skip
    """Find the fewest road points to hold so that no vehicle gets in or out of a zone."""
    zone = wanted_zone(at, polygon, radius_m)
    city = opened(common.pack)
    units = read_places(units_file, {}, {}) if units_file else None
    held = read_places(held_file, {}, {}) if held_file else None
    asked = as_asked(
        {"city": city.meta["name"], "pack": city.checksum[:12], "zone": at or polygon,
         "radius_m": radius_m, "within_m": within_m, "units": units_file, "held": held_file}
    )  # fmt: skip
    report = close_zone(city, zone, within_m, units, held, asked, common.language)
    common.deliver(report, city)
