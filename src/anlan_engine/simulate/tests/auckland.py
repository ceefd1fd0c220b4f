"""The published ambulance model of Auckland (JEMSS.jl), read as a pattern, a ground and a fleet.

Ridler, Mason and Raith 2022, "A simulation and optimisation package for emergency medical
services", European Journal of Operational Research 298. Times in its files are in days.
"""

import csv
import gzip
import io
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from anlan_engine.simulate import CallKind, CallPattern, Duration, Fleet, Ground

DAY_S = 86_400.0
CELL = 40
"""Raster cells of 40 m along one side of a demand cell: 1.6 km."""

RASTER_COLUMNS, RASTER_ROWS, RASTER_OFFSET = 1133, 1391, 11494
RASTER_WEST, RASTER_NORTH = 174.5597835875819, -36.54749202789376
RASTER_STEP = (0.0003951194452520654, 0.0003951815408297009)

DECIDE_S, SCENE_S, HANDOVER_S = 50.0, 720.0, 720.0
CALLS_PER_DAY, TRANSPORTED = 280.0, 0.8
SHARES = (0.57, 0.245, 0.185)
LATE_AFTER_S = (480.0, 480.0, 1200.0)
COVER_S = 480.0 - DECIDE_S
PRIORITIES = 3


class Auckland(NamedTuple):
    """The model."""

    ground: Ground
    fleet: Fleet
    pattern: CallPattern


def read_auckland(folder: Path) -> Auckland:
    """Read the model; demand in cells of 1.6 km, each at its nearest junction."""
    nodes = np.array([(float(r["x"]), float(r["y"])) for r in _rows(folder / "nodes.csv.gz")])
    lights_s, plain_s = _arcs(folder / "arcs.csv.gz", len(nodes))
    at, people = _demand(folder / "population_density_raster.zip")
    stations = _sites(folder / "stations_1.csv")
    hospitals = _sites(folder / "hospitals_1.csv")
    scale = np.array([np.cos(np.radians(36.85)), 1.0])
    nearest = cKDTree(nodes * scale).query(np.concatenate([at, stations, hospitals]) * scale)[1]
    travel_s = np.stack(
        [dijkstra(graph, indices=nearest)[:, nearest] for graph in (lights_s, plain_s)]
    )
    layer = np.zeros((168, PRIORITIES + 1), np.int8)
    layer[:, 2:] = 1  # the least urgent, and every drive that is to no call, without lights
    first, last = len(at), len(at) + len(stations)
    ground = Ground(travel_s, np.arange(first, last), np.arange(last, len(nearest)), layer)
    demand = np.zeros(len(nearest))
    demand[: len(people)] = CALLS_PER_DAY / 24.0 * people / people.sum()
    homes = [int(r["stationIndex"]) - 1 for r in _rows(folder / "ambulances_1.csv", skip=1)]
    return Auckland(ground, Fleet(np.array(homes)), CallPattern(demand, _kinds()))


def _kinds() -> tuple[CallKind, ...]:
    return tuple(
        CallKind(
            f"priority {number}", share, number, decide=Duration(DECIDE_S),
            scene=Duration(SCENE_S, 1.0), handover=Duration(HANDOVER_S, 1.0),
            transported=TRANSPORTED,
        )
        for number, share in enumerate(SHARES)
    )  # fmt: skip


def _rows(file: Path, *, skip: int = 0) -> list[dict[str, str]]:
    raw = file.read_bytes()
    text = (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode()
    return list(csv.DictReader(line for line in text.splitlines()[skip:] if line.strip()))


def _sites(file: Path) -> npt.NDArray[np.float64]:
    rows = _rows(file, skip=1)
    return np.array([(float(row["x"]), float(row["y"])) for row in rows])


def _arcs(file: Path, nodes: int) -> list[csr_array]:
    rows = _rows(file)
    ends = np.array([(float(r["fromNode"]), float(r["toNode"])) for r in rows]).astype(int) - 1
    modes = [np.array([float(r[mode]) for r in rows]) * DAY_S for mode in ("mode_1", "mode_2")]
    return [csr_array((times, (ends[:, 0], ends[:, 1])), shape=(nodes, nodes)) for times in modes]


def _demand(file: Path) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Gather the raster into cells: where their people live in the middle, and how many."""
    with zipfile.ZipFile(file) as packed:
        raw = packed.read(packed.namelist()[0])
    count = RASTER_COLUMNS * RASTER_ROWS
    raster = np.frombuffer(io.BytesIO(raw).getvalue(), "<f8", count, RASTER_OFFSET)
    density = np.maximum(raster.reshape(RASTER_ROWS, RASTER_COLUMNS), 0.0)
    row, column = np.nonzero(density)
    people = density[row, column]
    cell = row // CELL * 1000 + column // CELL
    _, cell = np.unique(cell, return_inverse=True)
    total = np.bincount(cell, people)
    lon = RASTER_WEST + (np.bincount(cell, people * column) / total + 0.5) * RASTER_STEP[0]
    lat = RASTER_NORTH - (np.bincount(cell, people * row) / total + 0.5) * RASTER_STEP[1]
    return np.column_stack([lon, lat]), total
