"""Travel times of 500 units to one place, and their whole ranking, in process."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from anlan.kernel.text_files import data_folder
from anlan_engine.assign import Question, Unit, rank_units
from anlan_engine.city import open_city
from anlan_engine.routing import RoadTimes
from benchmarks.calls import timed
from benchmarks.places import SEED, Positions, drawn_places
from benchmarks.rows import Row, Target, milliseconds, row
from benchmarks.scipy_peer import PEER, ScipyTimes

UNITS = 500
QUESTIONS, QUESTIONS_FULL = 100, 2_000
AGREE_S = 0.0015  # SciPy sums fractions of milliseconds that we round
CAPABILITIES = ("FIRE_ENGINE", "LADDER", "AMBULANCE")


Places = Sequence[tuple[float, float]]


class DisagreementError(RuntimeError):
    """The peer gives so many of so many times otherwise: comparing speeds would say nothing."""


def run(*, full: bool) -> list[Row]:
    """Measure; the answers of both are compared first."""
    ours = open_city(data_folder() / "cities" / "helsinki.city").road_times
    graph, peer = ours.graph, ScipyTimes(ours)
    units = drawn_places(graph, UNITS)
    drawn = drawn_places(graph, QUESTIONS_FULL if full else QUESTIONS, SEED + 1)
    targets = [(float(lon), float(lat)) for lon, lat in drawn]
    check_agreement(ours, peer, targets[:10], units)
    by_road = timed([partial(ours.times_to, lon, lat, units) for lon, lat in targets])
    by_scipy = timed([partial(peer.times_to, lon, lat, units) for lon, lat in targets])
    questions = [_question(lon, lat, units) for lon, lat in targets]
    # Units are described when they are looked at: look at all of them.
    ranked = timed([partial(_all_ranked, question, ours) for question in questions])
    rows = []
    for share in (50, 99):
        name, beside = f"travel times of {UNITS} units", (PEER, milliseconds(by_scipy, share))
        target = Target("ratio", 1.0) if share == 50 else None
        took = milliseconds(by_road, share)
        rows.append(row(f"{name}, p{share}", took, "ms", peer=beside, target=target))
    for share in (50, 99):
        name, beside = f"ranking of {UNITS} units", (PEER, milliseconds(by_scipy, share))
        took = milliseconds(ranked, share)
        rows.append(row(f"{name} with reasons, p{share}", took, "ms", peer=beside))
    return rows


def check_agreement(ours: RoadTimes, peer: ScipyTimes, targets: Places, units: Positions) -> None:
    """Refuse to compare two that answer differently."""
    for lon, lat in targets:
        mine, theirs = ours.times_to(lon, lat, units).travel_s, peer.times_to(lon, lat, units)
        differ = ~np.isclose(mine, theirs, rtol=0, atol=AGREE_S)
        if differ.mean() > 0.01 or (mine > theirs + AGREE_S).any():
            raise DisagreementError(int(differ.sum()), len(units))


def _all_ranked(question: Question, times: RoadTimes) -> int:
    return sum(1 for _ in rank_units(question, times))


def _question(lon: float, lat: float, units: Positions) -> Question:
    asked = tuple(
        Unit(
            unit_id=f"B{number:04}",
            available=True,
            capabilities=(CAPABILITIES[number % len(CAPABILITIES)],),
            lon=float(east),
            lat=float(north),
            position_age_s=10.0,
        )
        for number, (east, north) in enumerate(units)
    )
    return Question(
        lon=lon, lat=lat, needs=("FIRE_ENGINE", "LADDER"), units=asked,
        stale_after_s=120.0, pack="",
    )  # fmt: skip
