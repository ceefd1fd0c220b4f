"""`anlan simulate`: days of calls in a posture, or two postures on the same calls."""

from pathlib import Path

import click

from anlan.kernel.text_files import data_folder
from anlan.project.cli.plan.options import FILE, Common, as_asked, wanted
from anlan.project.cli.progress import progress_bar
from anlan.project.planning.ground import opened, street_squares
from anlan.project.planning.posts import WEIGHT
from anlan.project.planning.simulation import Capabilities, read_calls, read_posture, staged
from anlan.project.planning.simulation_report import Told, simulation_report
from anlan.project.planning.tables import read_places
from anlan_engine.simulate import Study, compare
from anlan_engine.simulate import simulate as simulate_posture

DAYS_MAX = 3_650.0
REPLICATIONS_MAX = 10_000


@click.command()
@click.argument("posture", required=False, metavar="[POSTURE.toml]", type=FILE)
@click.option(
    "--compare", "two", nargs=2, metavar="A.toml B.toml", type=FILE,
    help="Compare two postures on the same calls, instead of one alone.",
)  # fmt: skip
@click.option(
    "--calls",
    "calls_file",
    type=FILE,
    help="Text of the calls. [default: the example data/plans/calls.toml]",
)
@click.option(
    "--demand",
    "demand_file",
    type=FILE,
    help="CSV of where calls come from: lon, lat, weight. [default: the city's streets]",
)
@click.option(
    "--days", default=7.0, show_default=True, type=click.FloatRange(0.01, DAYS_MAX),
    help="Length of one replication.",
)  # fmt: skip
@click.option(
    "--replications", default=20, show_default=True, type=click.IntRange(2, REPLICATIONS_MAX),
    help="How many of them; intervals come from their differences.",
)  # fmt: skip
@wanted
def simulate(
    posture: Path | None, two: tuple[Path, Path] | None, calls_file: Path | None,
    demand_file: Path | None, days: float, replications: int, common: Common,
) -> None:  # fmt: skip
    """Simulate a posture: how fast units arrive, how often late; or which of two is better.

    The fields of the texts are described in data/README.md, with examples in data/plans.
    """
    if (posture is None) == (two is None):
        msg = "give one POSTURE.toml, or two with --compare"
        raise click.UsageError(msg)
    files = two or (posture,)
    city = opened(common.pack)
    capabilities = Capabilities()
    calls = read_calls(calls_file or data_folder() / "plans" / "calls.toml", capabilities)
    texts = [read_posture(file, len(calls.priorities), capabilities) for file in files if file]
    demand = (
        read_places(demand_file, WEIGHT, {"weight": 1.0}) if demand_file else street_squares(city)
    )
    with progress_bar() as advance:
        advance("travel times", 0, 2)
        times = city.road_times
        scene = staged(calls, texts, demand, lambda at: times.times_between(at, at).travel_s)
        advance("simulation", 1, 2)
        study = Study(scene.pattern, days, replications, seed=common.seed)
        first, *rest = scene.postures
        told = (
            Told.compared(calls, compare(first, rest[0], study))
            if rest
            else Told.alone(calls, simulate_posture(first, study))
        )
    asked = as_asked(
        {"postures": ", ".join(file.name for file in files if file),
         "calls": calls_file, "demand": demand_file, "days": f"{replications} × {days:g}",
         "city": city.meta["name"], "pack": city.checksum[:12], "seed": common.seed}
    )  # fmt: skip
    common.deliver(simulation_report(city, scene, texts, told, asked, common.language), city)
