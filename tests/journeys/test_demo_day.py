"""A measured duty day: the same seed gives the same day, and nothing of it is lost."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.live import CHECKOUT

pytestmark = pytest.mark.journey

HOURS = 1
DAYS_LIMIT_S = 560
COUNTS = ("received", "open", "linked", "diverted", "closed")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the database's account can reach, since it may not be the tests' own."""
    made = Path(tempfile.mkdtemp(prefix="anlan-day-")).resolve()
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def days(folder: Path) -> list[dict[str, Any]]:
    """The reports of the same day played twice, side by side."""
    with ThreadPoolExecutor(2) as both:
        return list(both.map(play_day, (folder / "first", folder / "second")))


def play_day(home: Path) -> dict[str, Any]:
    report = home.with_suffix(".json")
    command = ["demo", "--headless", "--hours", f"{HOURS}", "--seed", "7", "--report", f"{report}"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "anlan.project.cli", *command],
        env=os.environ
        | {
            "ANLAN_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "anlan.project.settings",
            "PYTHONPATH": str(CHECKOUT / "src"),
        },
        capture_output=True,
        text=True,
        timeout=DAYS_LIMIT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return read


@pytest.mark.timeout(DAYS_LIMIT_S)
def test_the_same_seed_gives_the_same_report(days: list[dict[str, Any]]) -> None:
    first, second = ({k: v for k, v in day.items() if k != "measured"} for day in days)
    assert first == second


def test_every_incident_is_somewhere(days: list[dict[str, Any]]) -> None:
    day = days[0]
    for tally in (day, *day["by_kind"].values()):
        assert tally["received"] == sum(tally[name] for name in COUNTS[1:])
    for name in COUNTS:
        assert day[name] == sum(tally[name] for tally in day["by_kind"].values())
    assert day["closed"] > 0


def test_every_acknowledged_write_is_there_once(days: list[dict[str, Any]]) -> None:
    day = days[0]
    assert day["acknowledged"] > 100
    assert (day["acknowledged_lost"], day["acknowledged_doubled"], day["refused"]) == (0, 0, 0)


def test_the_response_clock_ran(days: list[dict[str, Any]]) -> None:
    clock = days[0]["response_clock"]
    assert set(clock) == {"answer", "dispatch", "arrival"}
    for figures in clock.values():
        assert figures["n"] > 0
        assert 0 < figures["p50_s"] <= figures["p90_s"]
        assert figures["compliance_low"] <= figures["compliance"] <= figures["compliance_high"]
    assert clock["dispatch"]["n"] == days[0]["dispatched"]


def test_the_loop_reaches_casework(days: list[dict[str, Any]]) -> None:
    assert 0 < days[0]["cases_closed"] < days[0]["cases_filed"]
