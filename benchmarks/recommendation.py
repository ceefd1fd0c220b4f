"""A recommendation over HTTP while 500 units are on duty, asked by one dispatcher after another."""

from collections.abc import Sequence
from functools import partial

import psutil

from anlan.kernel.text_files import data_folder
from anlan_engine.city import open_city
from benchmarks.calls import Caller, cookie_of, timed
from benchmarks.installation import installation
from benchmarks.machine import processor_time
from benchmarks.places import SEED, Positions, drawn_places
from benchmarks.rows import Row, Target, milliseconds, row
from benchmarks.scipy_peer import PEER, ScipyTimes

UNITS = 500
KNOWN_UNITS = 40
ASKED, ASKED_FULL = 150, 3_000
WARM_UP = 5
URGENT, GUARDED = "FIRE_STRUCTURE", "THEFT"
"""A kind of the most urgent class, with two places to fill, and one that the guard looks at."""


def run(*, full: bool) -> list[Row]:
    """Measure from sending the request to the last byte of its answer."""
    asked = ASKED_FULL if full else ASKED
    city = open_city(data_folder() / "cities" / "helsinki.city")
    times, bounds = city.road_times, city.meta["bounds"]
    places = _within(bounds, drawn_places(times.graph, 4 * asked, SEED + 1))[:asked]
    with installation(units=UNITS - KNOWN_UNITS) as server:
        taker = Caller(server, cookie_of(server, "calltaker"))
        dispatcher = Caller(server, cookie_of(server, "dispatcher"))
        incidents, guarded = (
            [taker.post("reports", _call(kind, *place))["incident_id"] for place in places]
            for kind in (URGENT, GUARDED)
        )
        for incident in (*incidents[:WARM_UP], *guarded[:WARM_UP]):
            answer = dispatcher.post(f"incidents/{incident}/recommendations", {})
        guarded_s = timed(
            [
                partial(dispatcher.post, f"incidents/{incident}/recommendations", {})
                for incident in guarded
            ]
        )
        with processor_time(server.processes("anlan web")) as spent:
            seconds = timed(
                [
                    partial(dispatcher.post, f"incidents/{incident}/recommendations", {})
                    for incident in incidents
                ]
            )
        taker.close()
        dispatcher.close()
    peer, units = ScipyTimes(times), drawn_places(times.graph, UNITS)
    with processor_time([psutil.Process()]) as spent_alone:
        alone = timed([partial(peer.times_to, lon, lat, units) for lon, lat in places])
    rows = [row("units considered", answer["considered"], "units")]
    for share, target in ((50, None), (99, Target("value", 50.0))):
        beside = (PEER, milliseconds(alone, share))
        name = f"recommendation over HTTP, p{share}"
        rows.append(row(name, milliseconds(seconds, share), "ms", peer=beside, target=target))
        name = f"the same under the coverage guard, p{share}"
        rows.append(row(name, milliseconds(guarded_s, share), "ms", target=target))
    each = [1000 * total[0] / len(places) for total in (spent, spent_alone)]
    name = "processor time of the web process a recommendation"
    return [*rows, row(name, each[0], "ms", peer=(PEER, each[1]))]


def _call(kind: str, lon: float, lat: float) -> dict[str, object]:
    return {"channel": "PHONE", "kind": kind, "lon": lon, "lat": lat}


def _within(bounds: Sequence[float], places: Positions) -> list[tuple[float, float]]:
    """Return the places that lie within the city's bounds, which are cut into its grid cells."""
    west, south, east, north = bounds
    every = [(float(lon), float(lat)) for lon, lat in places]
    return [(lon, lat) for lon, lat in every if west < lon < east and south < lat < north]
