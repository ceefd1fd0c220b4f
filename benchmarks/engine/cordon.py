"""A cordon and who holds it: New York, 2 km round a place, points within 4 km more."""

import gzip
import os
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import maximum_flow

from anlan.kernel.text_files import data_folder
from anlan_engine.city import open_city
from anlan_engine.cordon import (
    CordonError,
    HoldCosts,
    StreetNet,
    Zone,
    draw_cordon,
    post_units,
    street_net,
    street_net_of_arcs,
)
from anlan_engine.roads import DEGREE_UNITS
from anlan_engine.sphere import METRES_PER_DEGREE
from benchmarks.interleaved import beside, drop_caches, timed
from benchmarks.rows import Row, Target, milliseconds, row

F64 = npt.NDArray[np.float64]
SEED = 4
UNITS = 200
PLACES, PLACES_FULL = 40, 300
SPEED_M_S = 12.0
SIZES = ((500.0, 1_000.0), (1_000.0, 2_000.0), (2_000.0, 4_000.0))
"""Radius of the zone, and how far beyond its edge points may lie; metres."""

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("ANLAN_SHARED_DATA", ROOT.parent / "shared" / "data"))
PEER = "SciPy: masks, maximum_flow, linear_sum_assignment"


def run(*, full: bool) -> list[Row]:
    """Measure on New York where its data is, and on the sample city."""
    count = PLACES_FULL if full else PLACES
    helsinki = street_net(open_city(data_folder() / "cities" / "helsinki.city").graph)
    rows = _measured("sample city", helsinki, 150.0, 250.0, count)
    file = DATA / "c4_dimacs_ny" / "USA-road-t.NY.gr.gz"
    if not file.exists():
        print(f"cordon: New York is left out: {file.name} is not there")
        return rows
    new_york = _new_york(file.parent)
    for radius_m, within_m in SIZES:
        rows += _measured("New York", new_york, radius_m, within_m, count)
    return rows + _grown(new_york, count)


def _measured(city: str, net: StreetNet, radius_m: float, within_m: float, count: int) -> list[Row]:
    """Draw cordons at random places and send units, beside SciPy."""
    costs = HoldCosts.standard(net)
    questions = _questions(net, radius_m, within_m, count)

    def ours(asked: tuple[Zone, F64]) -> int:
        zone, units = asked
        cordon = draw_cordon(net, zone, within_m=within_m, costs=costs)
        post_units(_travel_s(units, cordon.at), cordon.needed)
        return cordon.units

    def peers(asked: tuple[Zone, F64]) -> int:
        return _by_scipy(net, asked[0], within_m, asked[1])

    ours(questions[0])
    size = f"{radius_m / 1000:g}/{(radius_m + within_m) / 1000:g} km"
    name = f"cordon and {UNITS} units, {city}, {size}"
    hot = beside(questions, ours, peers, int.__eq__)
    cold = beside(questions[: count // 4], ours, peers, int.__eq__, before_ours=drop_caches)
    times = [timed(ours, asked)[1] for asked in questions]
    largest = (radius_m, within_m) == SIZES[-1]
    must, aim = (Target("value", 20.0), Target("value", 5.0)) if largest else (None, None)
    low, high = hot.interval
    return [
        row(f"{name}, median", 1000 * hot.ours_s, "ms", peer=(PEER, 1000 * hot.peer_s),
            interval=(1 / high, 1 / low)),
        row(f"{name}, median, cold caches", 1000 * cold.ours_s, "ms",
            peer=(PEER, 1000 * cold.peer_s)),
        row(f"{name}, p95", milliseconds(times, 95), "ms", target=must),
        *([row(f"{name}, p95 (aim)", milliseconds(times, 95), "ms", target=aim)] if aim else []),
    ]  # fmt: skip


def _grown(net: StreetNet, count: int) -> list[Row]:
    """Fit how the time grows with the junctions looked at."""
    costs, seconds, nodes = HoldCosts.standard(net), [], []
    for radius_m, within_m in SIZES:
        for zone, _ in _questions(net, radius_m, within_m, count):
            cordon, took = timed(
                lambda asked, limit=within_m: draw_cordon(net, asked, within_m=limit, costs=costs),
                zone,
            )
            seconds.append(took)
            nodes.append(cordon.considered + 1)
    power, _ = np.polyfit(np.log(nodes), np.log(seconds), 1)
    held = sum(column.nbytes for column in net)
    return [
        row("cordon: time grows with junctions to the power of", float(power), "power"),
        row("cordon: the prepared network of New York", held / 2**20, "MiB"),
    ]


def _questions(
    net: StreetNet, radius_m: float, within_m: float, count: int
) -> list[tuple[Zone, F64]]:
    """Draw places that have a cordon, and units around them."""
    rng = np.random.default_rng(SEED)
    at = net.node_at / DEGREE_UNITS
    found: list[tuple[Zone, F64]] = []
    while len(found) < count:
        zone = Zone.disc(*at[rng.integers(len(at))], radius_m)
        try:
            draw_cordon(net, zone, within_m=within_m)
        except CordonError:
            continue
        found.append((zone, at[rng.integers(len(at), size=UNITS)]))
    return found


def _travel_s(units: F64, points: F64) -> F64:
    """Stand in for travel times, which other benchmarks measure: straight, at one speed."""
    scale = METRES_PER_DEGREE * np.array([np.cos(np.radians(units[0, 1])), 1.0])
    gaps = (units[:, np.newaxis] - points) * scale
    return np.hypot(gaps[..., 0], gaps[..., 1]) / SPEED_M_S


def _by_scipy(net: StreetNet, zone: Zone, within_m: float, units: F64) -> int:
    """Answer with masks over the whole network, SciPy's flow and SciPy's assignment."""
    lon, lat = zone.origin
    scale = METRES_PER_DEGREE * np.array([np.cos(np.radians(lat)), 1.0])
    at = (net.node_at / DEGREE_UNITS - (lon, lat)) * scale
    away = np.hypot(at[:, 0], at[:, 1]) - zone.radius_m
    through = _through(net, (net.shape / DEGREE_UNITS - (lon, lat)) * scale, zone.radius_m)
    near = np.flatnonzero(through | (away[net.end] <= within_m).any(axis=1))
    place = np.where(away <= 0, 0, np.where(away > within_m, 1, -1))
    inner = np.flatnonzero(place < 0)
    place[inner] = 2 + np.arange(len(inner))
    tail, head = place[net.end[near]].T
    inside = through[near]
    tails = np.concatenate([tail[~inside], np.zeros(2 * inside.sum(), np.int64)])
    heads = np.concatenate([head[~inside], tail[inside], head[inside]])
    out = np.where(np.arange(len(inner) + 2) > 1, np.arange(len(inner) + 2) + len(inner), 0)
    out[1] = 1
    middle = np.arange(2, len(inner) + 2)
    rows = np.concatenate([out[tails], out[heads], middle])
    columns = np.concatenate([heads, tails, out[middle]])
    rooms = np.concatenate([np.ones(2 * len(tails)), np.full(len(middle), 2.0)])
    kept = rows != columns
    size = 2 * len(inner) + 2
    shape = (size, size)
    graph = coo_array((rooms[kept], (rows[kept], columns[kept])), shape=shape).tocsr()
    value = int(maximum_flow(graph.astype(np.int32), 0, 1).flow_value)
    # Any points will do: the peer's cordon may be another of those that cost the same.
    times = _travel_s(units, net.node_at[inner[: max(value, 1)]] / DEGREE_UNITS)
    linear_sum_assignment(times)
    return value


def _through(net: StreetNet, shape: F64, radius_m: float) -> npt.NDArray[np.bool_]:
    """Which streets come into the disc round the origin."""
    pieces = np.flatnonzero(net.street_of[1:] == net.street_of[:-1])
    start, step = shape[pieces], shape[pieces + 1] - shape[pieces]
    square = np.maximum((step**2).sum(axis=1), 1e-12)
    share = np.clip(-(start * step).sum(axis=1) / square, 0.0, 1.0)
    nearest = start + share[:, np.newaxis] * step
    through = np.zeros(len(net.end), np.bool_)
    through[net.street_of[pieces[np.hypot(nearest[:, 0], nearest[:, 1]) <= radius_m]]] = True
    return through


def _new_york(folder: Path) -> StreetNet:
    """Read the DIMACS graph: tenths of a second, millionths of a degree."""
    at = _table(folder / "USA-road-d.NY.co.gz", b"v")[:, 1:] / 1e6
    arcs = _table(folder / "USA-road-t.NY.gr.gz", b"a")
    tail, head = (arcs[:, :2].T - 1).astype(np.int32)
    return street_net_of_arcs(at, tail, head, arcs[:, 2] / 10.0)


def _table(file: Path, kind: bytes) -> npt.NDArray[np.int64]:
    """Read the numbers of all lines of one kind."""
    with gzip.open(file) as lines:
        text = b"".join(line[2:] for line in lines if line.startswith(kind))
    width = len(text.split(b"\n", 1)[0].split())
    return np.array(text.split(), np.int64).reshape(-1, width)
