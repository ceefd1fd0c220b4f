"""Takes the pictures of the documentation: `python -m tests.browser.take_pictures`.

The demonstration plays the same hours of the same day for each language; then its clock stands
still, a few people act by hand, and every screen is photographed. Nothing but the clock's last
seconds differs between two runs. Needs Debian's Chromium and some minutes.
"""

import argparse
import multiprocessing
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.browser.pictures import photograph
from tests.live import free_port

from anlan.kernel.clock import DrivenClock
from anlan.project.demo.home import DemoHome
from anlan.project.demo.run import FIRST_SEED, Demo, Patience, Wanted
from anlan.project.demo.screen import Screen
from anlan.project.supervision import Supervisor, asked_to_stop

BEGINS_AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
"""A Monday, eight in the morning in Helsinki."""
PLAYED_H = 2.5
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LANGUAGES = ("en", "zh-CN")


def take(language: str, only: list[str], folder: Path) -> None:
    """Play the day in one language and take its pictures."""
    wanted = Wanted(
        port=free_port(), speed=None, seed=FIRST_SEED, hours=PLAYED_H, headless=True, report=None,
        fresh=True, language=language,
    )  # fmt: skip
    screen = Screen(language)
    with tempfile.TemporaryDirectory(prefix="anlan-pictures-") as place:
        Path(place).chmod(0o711)  # PostgreSQL does not run as root: its account has to pass
        home = DemoHome(Path(place).resolve() / "demo")
        with home.locked(), asked_to_stop() as stopping:
            home.take_place()
            clock = DrivenClock(home.clock, start=BEGINS_AT.timestamp())
            with Supervisor(tell=screen.tell) as supervisor:
                patience = Patience(stopping, supervisor.tend)
                Demo(wanted, home, screen, patience).run(stopping, supervisor)
                password = home.read_notes(FIRST_SEED).password
                address = f"http://127.0.0.1:{wanted.port}"
                photograph(address, password, clock, language, folder / language, only)


def main() -> None:
    """Take what is asked for; each language in a process of its own."""
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation.")
    parser.add_argument("names", nargs="*", help="which pictures; all without")
    parser.add_argument("--language", choices=LANGUAGES, help="both without")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "anlan.project.settings"
    for language in [asked.language] if asked.language else LANGUAGES:
        work = multiprocessing.get_context("spawn").Process(
            target=take, args=(language, asked.names, asked.folder)
        )
        work.start()
        work.join()
        if work.exitcode:
            raise SystemExit(work.exitcode)


if __name__ == "__main__":
    main()
