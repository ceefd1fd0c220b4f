"""`anlan plan`: where posts stand, which way patrols go, what a cordon needs."""

from collections.abc import Mapping

from anlan.project.cli.commands import group

COMMANDS: Mapping[str, str] = {
    "patrol": "anlan.project.cli.plan.patrol:patrol",
    "cordon": "anlan.project.cli.plan.cordon:cordon",
}


@group(COMMANDS)
def plan() -> None:
    """Plan patrols and cordons on a city's roads."""
