"""From calls taken to a plan: the installation's own counts become the demand that posts serve."""

import csv
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.live import LiveServer

pytestmark = pytest.mark.journey

CALLS = ((24.9425, 60.1690), (24.9426, 60.1691), (24.9502, 60.1704))


def anlan(live: LiveServer, *arguments: str) -> str:
    """Run the program on a running installation; return what it printed."""
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "anlan.project.cli", *arguments],
        env=live.environment(), capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_calls_become_demand_and_demand_posts(live: LiveServer, tmp_path: Path) -> None:
    with live.client("calltaker") as desk:
        for lon, lat in CALLS:
            call = {
                "channel": "PHONE",
                "kind": "FIRE_STRUCTURE",
                "text": "Smoke",
                "lon": lon,
                "lat": lat,
            }
            assert desk.post("/api/v1/reports", json=call).status_code == 201
    today = datetime.now(tz=UTC).date()
    days = ("--since", f"{today}", "--until", f"{today + timedelta(days=1)}")
    counted, answer = tmp_path / "calls.csv", tmp_path / "posts.json"
    said = anlan(live, "plan", "demand", *days, "--kind", "FIRE_STRUCTURE", "--out", str(counted))
    rows = list(csv.DictReader(counted.open(encoding="utf-8")))
    received = sum(int(row["weight"]) for row in rows)
    assert received >= len(CALLS)
    assert f"{received} incidents in {len(rows)} squares" in said
    assert set(rows[0]) == {"lon", "lat", "weight"}
    anlan(
        live, "plan", "coverage", "--posts", "1", "--within", "300", "--demand", str(counted),
        "--json", str(answer),
    )  # fmt: skip
    found = json.loads(answer.read_text(encoding="utf-8"))
    assert found["total_weight"] == received
    assert 0 < found["value"] <= received
