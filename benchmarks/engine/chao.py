"""Chao's team orienteering instances, and the best values known for them."""

import csv
import os
from pathlib import Path

import numpy as np

from anlan_engine.patrol import PatrolProblem, PatrolUnit, Window, point

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("ANLAN_SHARED_DATA", ROOT.parent / "shared" / "data")) / "g2_top_chao"

HARD = (
    "p7.2.t", "p7.3.t", "p7.4.k", "p5.3.r", "p7.2.o", "p7.2.q", "p7.3.q", "p7.4.q",
    "p7.3.l", "p5.4.v", "p7.2.s", "p7.3.s", "p7.2.n", "p7.3.p", "p7.4.s", "p7.4.m",
)  # fmt: skip
"""Sixteen of the largest, on which solvers differ; the first four are measured by default."""


def best_known() -> dict[str, float]:
    """Read the best value known of each instance; see the benchmark's page for their source."""
    with (Path(__file__).parent / "chao_best.csv").open(encoding="utf-8") as lines:
        return {row["instance"]: float(row["value"]) for row in csv.DictReader(lines)}


def chao(name: str) -> PatrolProblem:
    """Read an instance as a patrol problem in which only values count."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split()
    units, limit = int(lines[1].split(";")[1]), float(lines[2].split(";")[1])
    rows = np.array([[float(cell) for cell in line.split(";")] for line in lines[3:]])
    travel = np.hypot(*(rows[:, None, :2] - rows[None, :, :2]).transpose(2, 0, 1))
    last = len(rows) - 1
    return PatrolProblem(
        travel_s=travel,
        units=tuple(PatrolUnit(f"{k}", 0, last, Window(0.0, limit)) for k in range(units)),
        visits=tuple(
            point(f"{k}", k, windows=(Window(0.0, limit),), value=float(rows[k, 2]))
            for k in range(1, last)
        ),
        driving=0.0,
    )
