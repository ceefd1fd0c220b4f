"""`anlan plan cordon`: from what a person names to the points to hold."""

from pathlib import Path

import click
import numpy as np

from anlan.project.planning.cordon_report import Closed, cordon_report
from anlan.project.planning.errors import PointError
from anlan.project.planning.report import Asked, Report
from anlan.project.planning.tables import POSITION, Places
from anlan.project.planning.zones import read_polygon
from anlan_engine.city import City
from anlan_engine.cordon import (
    Cordon,
    CordonError,
    Detours,
    HoldCosts,
    StreetNet,
    Zone,
    draw_cordon,
    find_detours,
    post_units_by_road,
    street_net,
)
from anlan_engine.roads.snapping import NO_SEGMENT, snap

HELD_REACH_M = 30.0
"""A point held already holds the nearest street, at most so far away."""


def wanted_zone(at: str | None, polygon: Path | None, radius_m: float | None) -> Zone:
    """Make the zone of the command line: a point with a radius, or a polygon."""
    if (at is None) == (polygon is None):
        msg = "give --at LON,LAT or --polygon FILE, one of the two"
        raise click.UsageError(msg)
    if polygon is not None:
        return read_polygon(polygon, radius_m or 0.0)
    if radius_m is None:
        msg = "--at needs --radius METRES"
        raise click.UsageError(msg)
    return Zone.disc(*read_position(at or ""), radius_m)


def read_position(text: str) -> tuple[float, float]:
    """Read `LON,LAT` of the command line."""
    try:
        lon, lat = (
            read(part) for read, part in zip(POSITION.values(), text.split(","), strict=True)
        )
    except ValueError as error:
        msg = f"{text!r} is not LON,LAT in degrees"
        raise click.BadParameter(msg, param_hint="--at") from error
    return lon, lat


def close_zone(
    city: City, zone: Zone, within_m: float, units: Places | None, held: Places | None,
    asked: Asked, language: str,
) -> Report:  # fmt: skip
    """Draw the cordon and send the units."""
    net = street_net(city.graph)
    costs = HoldCosts.standard(net)
    if held is not None:
        costs = costs.held(streets=_held_streets(city, held))
    cordon = draw_cordon(net, zone, within_m=within_m, costs=costs)
    posting = None
    if units is not None:
        posting = post_units_by_road(cordon, units.at, city.road_times)
    closed = Closed(net, zone, cordon, units, posting, _detours(net, zone, cordon, within_m))
    return cordon_report(city, closed, asked, language)


def _detours(net: StreetNet, zone: Zone, cordon: Cordon, within_m: float) -> Detours | None:
    """Compare the ways round; None where too little of the city lies outside."""
    try:
        return find_detours(net, zone, cordon, within_m=within_m)
    except CordonError:
        return None


def _held_streets(city: City, held: Places) -> np.ndarray:
    """Give the streets at which somebody stands already."""
    segment = snap(city.graph, held.at, HELD_REACH_M).segment
    away = np.flatnonzero(segment == NO_SEGMENT)
    if len(away):
        name = held.names[int(away[0])]
        raise PointError(what=f"held point {name}", reach_m=round(HELD_REACH_M))
    return segment
