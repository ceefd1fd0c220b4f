"""`anlan plan patrol`."""

from pathlib import Path

import click

from anlan.project.cli.plan.options import FILE, Common, as_asked, limited, wanted
from anlan.project.cli.progress import progress_bar
from anlan.project.planning.ground import opened
from anlan.project.planning.patrol import read_patrol
from anlan.project.planning.patrol_report import patrol_report
from anlan_engine.patrol import Status, plan_patrols

INFEASIBLE = 3


@click.command()
@click.argument("file", metavar="FILE.toml", type=FILE)
@click.option(
    "--near", type=FILE,
    help="JSON of an earlier plan: change as little of it as the costs in FILE allow.",
)  # fmt: skip
@limited(10.0)
@wanted
def patrol(file: Path, near: Path | None, limit_s: float, common: Common) -> int:
    """Plan who visits what when, from a text of units and visits.

    The fields of FILE are described in data/README.md, an example is data/plans/patrol.toml. The
    exit code is 3 where not every visit that must be made is in the plan; the report says why.
    """
    city = opened(common.pack)
    times = city.road_times
    with progress_bar() as advance:
        advance("travel times", 0, 2)
        text = read_patrol(file, lambda at: times.times_between(at, at).travel_s, near)
        advance("search", 1, 2)
        found = plan_patrols(text.problem, limit_s=limit_s, seed=common.seed)
    asked = as_asked(
        {"file": file.name, "city": city.meta["name"], "pack": city.checksum[:12], "near": near,
         "limit_s": limit_s, "seed": common.seed, "iterations": found.iterations}
    )  # fmt: skip
    report = patrol_report(city, times, text, found, asked, common.language)
    common.deliver(report, city)
    return 0 if found.status is Status.FEASIBLE else INFEASIBLE
