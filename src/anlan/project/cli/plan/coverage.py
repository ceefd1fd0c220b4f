"""`anlan plan coverage`."""

from pathlib import Path

import click

from anlan.project.cli.plan.options import FILE, Common, as_asked, limited, wanted
from anlan.project.cli.progress import progress_bar
from anlan.project.planning.coverage_report import Placed, coverage_report
from anlan.project.planning.ground import opened, public_sites, street_squares
from anlan.project.planning.posts import BUSY, FIXED, ROOM, WEIGHT, goal_of, question_of
from anlan.project.planning.tables import read_places
from anlan_engine.coverage import place

MODELS = ("most", "all", "drives", "expected")


@click.command()
@click.option(
    "--model", type=click.Choice(MODELS), default="most", show_default=True,
    help="most: reach most demand in time. all: reach all of it with fewest posts. drives: least"
    " drive on average. expected: most demand in time although units may be busy.",
)  # fmt: skip
@click.option("--posts", type=click.IntRange(1), help="How many posts (units for expected).")
@click.option("--within", "within_s", type=click.FloatRange(1), help="Seconds that are in time.")
@click.option(
    "--busy", type=click.FloatRange(0, 1, max_open=True), default=BUSY, show_default=True,
    help="Share of the time that a unit is busy, for expected.",
)  # fmt: skip
@click.option(
    "--sites", "sites_file", type=FILE,
    help="CSV of candidates: lon, lat, name; fixed (1: stays), room (most units there)."
    " [default: the city's public buildings]",
)  # fmt: skip
@click.option(
    "--demand",
    "demand_file",
    type=FILE,
    help="CSV of demand: lon, lat, weight. [default: the city's streets by their length]",
)
@limited(30.0)
@wanted
def coverage(
    model: str, posts: int | None, within_s: float | None, busy: float, sites_file: Path | None,
    demand_file: Path | None, limit_s: float, common: Common,
) -> None:  # fmt: skip
    """Choose where posts stand, and prove how good the choice is."""
    goal = goal_of(model, posts, within_s, busy)
    city = opened(common.pack)
    sites = (
        read_places(sites_file, {**FIXED, **ROOM}, {"fixed": 0.0, "room": 1.0})
        if sites_file
        else public_sites(city)
    )
    demand = (
        read_places(demand_file, WEIGHT, {"weight": 1.0}) if demand_file else street_squares(city)
    )
    with progress_bar() as advance:
        advance("travel times", 0, 2)
        travel_s = city.road_times.times_between(sites.at, demand.at).travel_s
        advance("search", 1, 2)
        question = question_of(travel_s, sites, demand)
        placement = place(question, goal, limit_s=limit_s, seed=common.seed)
    asked = as_asked(
        {"model": model, "posts": posts, "within_s": within_s, "busy": busy,
         "sites": sites_file, "demand": demand_file, "city": city.meta["name"],
         "pack": city.checksum[:12], "limit_s": limit_s, "seed": common.seed}
    )  # fmt: skip
    placed = Placed(sites, demand, goal, placement, streets=demand_file is None)
    common.deliver(coverage_report(city, placed, asked, common.language), city)
