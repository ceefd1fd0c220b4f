"""The conformance suite against a running installation, as its operator would run both."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.live import LiveServer

pytestmark = pytest.mark.journey
LIMIT_S = 240.0


def anlan(live: LiveServer, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the program on the installation."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "anlan.project.cli", *arguments],
        env=live.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S,
    )


def test_conformance_suite_finds_nothing_broken_on_a_running_server(
    live: LiveServer, tmp_path: Path
) -> None:
    made = anlan(live, "key", "add", "conformance", "--organisation", "COORDINATION_CENTRE")
    assert made.returncode == 0, made.stderr
    endpoint, report = f"{live.url}/open311/v2", tmp_path / "report.json"
    # A key goes by the environment in earnest; here nobody else reads the list of processes.
    run = anlan(
        live, "open311-check", endpoint, "--write", "--key", made.stdout.strip(),
        "--place", "24.942", "60.1712", "--jurisdiction", "anlan.example",
        "--bulk", f"{endpoint}/bulk.csv", "--json", str(report),
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
    rules = json.loads(report.read_text(encoding="utf-8"))["rules"]
    assert {row["verdict"] for row in rules} <= {"pass", "not applicable"}
    assert sum(row["verdict"] == "pass" for row in rules) > 50
    assert made.stdout.strip() not in report.read_text(encoding="utf-8")
    ended = anlan(live, "key", "end", "conformance")
    assert ended.returncode == 0, ended.stderr
