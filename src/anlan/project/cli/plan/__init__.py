"""`anlan plan`: where posts stand, which way patrols go, what a cordon needs."""

from collections.abc import Mapping

from anlan.project.cli.commands import group

COMMANDS: Mapping[str, str] = {
    "coverage": "anlan.project.cli.plan.coverage:coverage",
    "patrol": "anlan.project.cli.plan.patrol:patrol",
    "cordon": "anlan.project.cli.plan.cordon:cordon",
    "demand": "anlan.project.cli.plan.demand:demand",
}


@group(COMMANDS)
def plan() -> None:
    """Plan posts, patrols and cordons on a city's roads; count calls as demand."""
