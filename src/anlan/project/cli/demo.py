"""`anlan demo`: the sample city with a simulated duty day."""

import os
from pathlib import Path

import click

from anlan.kernel.wording import LANGUAGES
from anlan.project.demo.run import Wanted, run_demo
from anlan_engine.duty_day.calls import DAY_HOURS_MAX

LIVE_PORT = 8000
LIVE_SPEED = 10.0
INTERRUPTED = 130


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535),
    help=f"Port of 127.0.0.1 to serve at. [default: {LIVE_PORT}; a free one with --headless]",
)  # fmt: skip
@click.option(
    "--speed", type=click.FloatRange(0.1, 10_000),
    help="Simulated seconds in a second."
    f" [default: {LIVE_SPEED:g}; as many as the machine can with --headless]",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(0), help="Which day to draw. [default: 1, then 2, ...]")
@click.option(
    "--hours", default=24.0, show_default=True, type=click.FloatRange(0.1, DAY_HOURS_MAX),
    help="Length of a day.",
)  # fmt: skip
@click.option("--headless", is_flag=True, help="Play one day on new data of its own, then end.")
@click.option(
    "--report", type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the counts and the response clock of the day to this file.",
)  # fmt: skip
@click.option("--fresh", is_flag=True, help="Start over instead of going on with the data kept.")
@click.option("--language", type=click.Choice(LANGUAGES), help="What people write in.")
def demo(
    port: int | None, speed: float | None, seed: int | None, hours: float,
    headless: bool, report: Path | None, fresh: bool,  # noqa: FBT001 - click passes by name
    language: str | None,
) -> int:  # fmt: skip
    """Run the sample city: a live, simulated duty day played through the public API.

    Everything is kept in a data folder of its own beside the installation's. Ctrl-C ends all that
    was started; the next start goes on from there.
    """
    if report and not report.absolute().parent.is_dir():
        msg = f"there is no folder {report.parent}"
        raise click.BadParameter(msg, param_hint="--report")
    ended = run_demo(
        Wanted(
            port=port or (None if headless else LIVE_PORT),
            speed=speed or (None if headless else LIVE_SPEED),
            seed=seed,
            hours=hours,
            headless=headless,
            report=report,
            fresh=fresh,
            language=language or own_language(),
        )
    )
    return INTERRUPTED if headless and not ended else 0


def own_language() -> str:
    """Return the language that the terminal is set to: zh-CN where that is Chinese, else en."""
    setting = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "zh-CN" if (setting or "").lower().startswith("zh") else "en"
