"""Travel times by road on Porto: from its extract to the first answer, 500 units, reach, closures.

OSRM stands beside where `ANLAN_OSRM` names a folder with its executables and profiles (`bin/`,
`share/profiles/`, as in the wheel of `osrm-bindings`); otherwise a line says that it was absent.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import osmium
from scipy.spatial import KDTree
from tests.shared_data import FOLDER

from anlan.kernel.text_files import data_folder
from anlan_engine.city import open_city
from anlan_engine.city.making.streets import road_network
from anlan_engine.roads import DEGREE_UNITS, RoadGraph
from anlan_engine.roads.snapping import snap
from anlan_engine.routing import FREE, REACH_M, Conditions, RoadTimes
from anlan_engine.routing.reach import reach
from benchmarks.engine.osrm_peer import OsrmServer, osrm_rows
from benchmarks.interleaved import Beside, beside, drop_caches, timed
from benchmarks.places import SEED, Positions, drawn_places
from benchmarks.rows import Row, Target, row
from benchmarks.scipy_peer import PEER, ScipyTimes

PORTO = FOLDER / "c1_osm_porto_portugal" / "porto_portugal.osm.pbf"
UNITS, CLOSED_SEGMENTS = 500, 30
ASKED, ASKED_FULL = 15, 60
MINUTES_S = (60.0, 180.0, 300.0)
AGREE_S = 0.0015  # SciPy sums fractions of milliseconds that we round
SAME_STREET_SHARE = 0.01  # SciPy's graph does not hold a unit behind its place on one street

Place = tuple[float, float]


def run(*, full: bool) -> list[Row]:
    """Measure on Porto where its extract is there, else on the sample city."""
    asked = ASKED_FULL if full else ASKED
    if PORTO.exists():
        name, times, rows = "Porto", *_from_extract(PORTO)
    else:
        name, rows = "Helsinki", []
        times = open_city(data_folder() / "cities" / "helsinki.city").road_times
    peer = ScipyTimes(times)
    units = drawn_places(times.graph, UNITS)
    places = [(lon, lat) for lon, lat in drawn_places(times.graph, asked, SEED + 1).tolist()]
    rows += _units(name, times, peer, units, places)
    rows += _closures(name, times, units, places[: asked // 3])
    rows += _reach(name, times, places[: asked // 3])
    rows.append(_snapping(name, times.graph, units))
    with OsrmServer(PORTO if full else None) as osrm:
        rows += osrm_rows(osrm, times, units, places)
    return rows


def _from_extract(source: Path) -> tuple[RoadTimes, list[Row]]:
    """Read streets, make the graph and its hierarchy, answer once; beside osmium's bare pass."""

    def first_answer(source: Path) -> RoadTimes:
        times = RoadTimes(road_network(source).graph)
        lon, lat = (times.graph.node_at[0] / DEGREE_UNITS).tolist()
        times.times_to(lon, lat, drawn_places(times.graph, UNITS))
        return times

    def bare_pass(source: Path) -> None:
        located = osmium.NodeLocationsForWays(osmium.index.create_map("sparse_mem_array"))
        located.ignore_errors()
        osmium.apply(osmium.io.Reader(str(source)), located)

    times, took = timed(first_answer, source)
    _, bare = timed(bare_pass, source)
    name, against = "extract to first answer, Porto", ("osmium reads the file", bare)
    return times, [
        row(name, took, "s", peer=against, target=Target("value", 6.0)),
        row(f"{name} (aim)", took, "s", target=Target("value", 2.0)),
    ]


def _units(
    name: str, times: RoadTimes, peer: ScipyTimes, units: Positions, places: list[Place]
) -> list[Row]:
    """500 units to one place: kept ready (hot and cold), all moved, and asked without keeping."""
    tracked = times.tracked(units)

    def kept(place: Place) -> Positions:
        return tracked.times_to(*place).travel_s

    def moved(place: Place) -> Positions:
        return times.tracked(units).times_to(*place).travel_s

    def asked(place: Place) -> Positions:
        return times.times_to(*place, units).travel_s

    def searched(place: Place) -> Positions:
        return peer.times_to(*place, units)

    ways: list[tuple[str, Callable[[Place], Positions], Callable[[], object] | None]] = [
        ("kept ready, hot", kept, None),
        ("kept ready, cold", kept, drop_caches),
        ("all moved", moved, None),
        ("asked once", asked, None),
    ]
    rows = []
    for told, way, before in ways:
        way(places[0]), searched(places[0])
        found = beside(places, way, searched, _agree, before_ours=before)
        rows.append(_row(f"{UNITS} units to one place, {told}, {name}", found, PEER))
    return rows


def _closures(name: str, times: RoadTimes, units: Positions, places: list[Place]) -> list[Row]:
    """30 closed segments, then exact times for 500 units; the peer searches the changed graph."""
    drawn = np.random.default_rng(SEED)

    def closed(place: Place) -> tuple[Conditions, Place]:
        segments = drawn.choice(times.graph.segments, CLOSED_SEGMENTS, replace=False)
        arcs = np.flatnonzero(np.isin(times.graph.arc_segment, segments)).astype(np.int32)
        return Conditions(arcs, FREE.speeds), place

    def ours(asked: tuple[Conditions, Place]) -> Positions:
        return times.under(asked[0]).times_to(*asked[1], units).travel_s

    def searched(asked: tuple[Conditions, Place]) -> Positions:
        return ScipyTimes(times.under(asked[0])).times_to(*asked[1], units)

    found = beside([closed(place) for place in places], ours, searched, _agree)
    label = f"{CLOSED_SEGMENTS} closures, then {UNITS} units to one place, {name}"
    return [_row(label, found, "the same, searched by SciPy")]


def _reach(name: str, times: RoadTimes, places: list[Place]) -> list[Row]:
    """Three polygons of 1, 3 and 5 minutes."""
    reach(times, *places[0], MINUTES_S)
    took = [timed(partial(reach, times, *place), MINUTES_S)[1] for place in places]
    return [row(f"reach of 1, 3 and 5 minutes, {name}", 1000 * float(np.median(took)), "ms")]


def _snapping(name: str, graph: RoadGraph, units: Positions) -> Row:
    """500 positions to the nearest point of the nearest street; a KD-tree finds only a node."""
    tree = KDTree(graph.shape / DEGREE_UNITS)
    found = beside(
        [units] * ASKED,
        lambda at: snap(graph, at, REACH_M).away_m,
        lambda at: np.asarray(tree.query(at)[0]),
        lambda mine, nodes: len(mine) == len(nodes),
    )
    return _row(f"{UNITS} positions snapped to streets, {name}", found, "SciPy KD-tree of points")


def _agree(mine: Positions, theirs: Positions) -> bool:
    """Whether two answers are the same, but for units on the place's own street."""
    with np.errstate(invalid="ignore"):
        differ = (mine != theirs) & ~(np.abs(mine - theirs) <= AGREE_S)
    return bool(differ.mean() <= SAME_STREET_SHARE)


def _row(label: str, found: Beside, peer: str) -> Row:
    return row(
        label, 1000 * found.ours_s, "ms",
        peer=(peer, 1000 * found.peer_s), interval=_inverse(found.interval),
    )  # fmt: skip


def _inverse(interval: tuple[float, float]) -> tuple[float, float]:
    """A row's ratio is ours over the peer's."""
    return 1 / interval[1], 1 / interval[0]
