"""OSRM's own executables as a server on this machine, where they are; nothing is installed."""

import json
import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self
from urllib.request import urlopen

import click
import numpy as np
import psutil

from anlan_engine.routing import RoadTimes
from benchmarks.interleaved import timed
from benchmarks.machine import processor_time
from benchmarks.places import Positions
from benchmarks.rows import Row, Target, row

FOLDER = "ANLAN_OSRM"
READY_AFTER_S = 30.0
PREPARING_TIMEOUT_S = 900
SIDE = 1_000
PEER = "OSRM /table (contraction hierarchies)"


class OsrmServer:
    """Prepares an extract and serves it; without executables or extract it is merely absent."""

    def __init__(self, source: Path | None) -> None:
        root = os.environ.get(FOLDER)
        self.root = Path(root) if root and source and source.exists() else None
        self.source = source
        self.process: psutil.Popen | None = None
        self.port = 0
        self._folder = tempfile.TemporaryDirectory(prefix="anlan-osrm-")

    def __enter__(self) -> Self:
        """Start, if it is there."""
        if self.root is None or self.source is None:
            click.echo(f"OSRM was absent ({FOLDER} names its folder; with --full only)", err=True)
            return self
        base = Path(self._folder.name) / "city"
        extract = base.with_suffix(".osm.pbf")
        extract.write_bytes(self.source.read_bytes())
        profile = self.root / "share" / "profiles" / "car.lua"
        self._run("osrm-extract", "-p", str(profile), str(extract))
        self._run("osrm-contract", f"{base}.osrm")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        size = str(4 * SIDE)
        self.process = psutil.Popen(
            [
                str(self.root / "bin" / "osrm-routed"), "--ip=127.0.0.1", f"--port={self.port}",
                "--threads=1", f"--max-table-size={size}", f"{base}.osrm",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
        self._folder.cleanup()

    def table_s(self, origins: Positions, targets: Positions) -> tuple[list[list[float]], float]:
        """Ask for a table; return it and the processor seconds that the server spent."""
        at = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in np.concatenate([origins, targets]))
        first = ";".join(map(str, range(len(origins))))
        last = ";".join(map(str, range(len(origins), len(origins) + len(targets))))
        where = f"http://127.0.0.1:{self.port}/table/v1/driving/{at}"
        with (
            processor_time([self.process] if self.process else []) as spent,
            urlopen(f"{where}?sources={first}&destinations={last}") as reply,  # noqa: S310 - own
        ):
            durations: list[list[float]] = json.load(reply)["durations"]
        return durations, spent[0]

    def _run(self, program: str, *arguments: str) -> None:
        command = [str((self.root or Path()) / "bin" / program), "-t", "1", *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=PREPARING_TIMEOUT_S)

    def _wait(self) -> None:
        ends = time.monotonic() + READY_AFTER_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1.0).close()
            except OSError:
                if time.monotonic() > ends:
                    raise
                time.sleep(0.1)
            else:
                return


def osrm_rows(
    osrm: OsrmServer, times: RoadTimes, units: Positions, places: list[tuple[float, float]]
) -> list[Row]:
    """500 units to one place and a square table, in processor time of either.

    OSRM's answers differ by its speeds and penalties, so they are not compared; both snap.
    """
    if osrm.process is None:
        return []
    tracked = times.tracked(units)
    ours, theirs = [], []
    for place in places:
        ours.append(timed(lambda at: tracked.times_to(*at), place)[1])
        theirs.append(osrm.table_s(units, np.array([place]))[1])
    rows = []
    mine, peer = 1000 * float(np.median(ours)), 1000 * max(float(np.mean(theirs)), 1e-3)
    name = f"{len(units)} units to one place, kept ready, Porto"
    rows.append(row(f"{name} (aim)", mine, "ms", peer=(PEER, peer), target=Target("ratio", 0.001)))
    drawn = np.random.default_rng(3).integers(times.graph.nodes, size=2 * SIDE)
    at = times.graph.node_at[drawn] / 1e7
    _, spent = timed(lambda both: times.times_between(both[:SIDE], both[SIDE:]), at)
    _, spent = timed(lambda both: times.times_between(both[:SIDE], both[SIDE:]), at)
    peer_s = osrm.table_s(at[:SIDE], at[SIDE:])[1]
    name = f"{SIDE} x {SIDE} table with distances, Porto (aim)"
    rows.append(
        row(name, 1000 * spent, "ms", peer=(PEER, 1000 * peer_s), target=Target("ratio", 0.2))
    )
    return rows
