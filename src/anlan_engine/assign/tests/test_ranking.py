"""Rankings on a street where everything can be worked out by hand, and on the sample city."""

import json

import numpy as np
import pytest

from anlan_engine.assign import Question, RankingError, Reason, Unit, rank_units
from anlan_engine.city import City
from anlan_engine.roads.build import StreetWay, build_graph
from anlan_engine.routing import RoadTimes, RoutingError

STEP = 10_000  # 0.001 degree, 111.195 m at the equator
SECONDS_PER_STEP = 11.12  # at 36 km/h


@pytest.fixture(scope="module")
def ring() -> RoadTimes:
    """A one-way ring 1 > 2 > 3 > 4 > 1 around a square with sides of 0.001 degree."""
    square = {1: (0, 0), 2: (STEP, 0), 3: (STEP, STEP), 4: (0, STEP)}
    side = [(1, 2), (2, 3), (3, 4), (4, 1)]
    ways = [StreetWay(number, ends, number, 36.0, 0.0) for number, ends in enumerate(side)]
    return RoadTimes(build_graph(ways, square, []).graph)


def unit(unit_id: str, lon: float | None, lat: float | None, **changes: object) -> Unit:
    known = {"available": True, "capabilities": ("FIRE",), "position_age_s": 5.0} | changes
    return Unit(unit_id=unit_id, lon=lon, lat=lat, **known)  # type: ignore[arg-type]


def ask(*units: Unit, needs: tuple[str, ...] = ("FIRE",)) -> Question:
    """Ask for the corner at 0, 0."""
    return Question(0.0, 0.0, needs, units, stale_after_s=60.0, pack="ring")


def test_the_road_decides_and_not_the_straight_line(ring: RoadTimes) -> None:
    against, along = unit("A", 0.0004, 0.0), unit("B", 0.0, 0.0006)
    first, second = rank_units(ask(against, along), ring)
    assert (first.unit_id, first.rank, first.straight_rank) == ("B", 1, 2)
    assert (second.unit_id, second.rank, second.straight_rank) == ("A", 2, 1)
    assert first.travel_s == pytest.approx(0.6 * SECONDS_PER_STEP, abs=0.002)
    assert second.travel_s == pytest.approx(3.6 * SECONDS_PER_STEP, abs=0.003)
    assert [remark.code for remark in first.reasons] == [
        Reason.FASTEST,
        Reason.STRAIGHT_LINE_WOULD_MISLEAD,
    ]
    assert first.reasons[1].facts == {"rank": 1, "straight_rank": 2}
    assert second.reasons[0].code == Reason.NEXT
    assert second.reasons[0].facts == {"behind_s": round(second.travel_s - first.travel_s, 3)}


def test_who_cannot_be_sent_follows_unranked_with_the_reason(ring: RoadTimes) -> None:
    units = [
        unit("far", 1.0, 1.0),
        unit("lost", None, None, position_age_s=None),
        unit("medic", 0.0, 0.0005, capabilities=("MEDICAL",)),
        unit("busy", 0.0, 0.0001, available=False),
        unit("free", 0.0, 0.0009),
    ]
    ranked = rank_units(ask(*units), ring)
    assert [(row.unit_id, row.rank, row.reasons[0].code) for row in ranked] == [
        ("free", 1, Reason.FASTEST),
        ("busy", None, Reason.BUSY),
        ("medic", None, Reason.NOT_CAPABLE),
        ("far", None, Reason.UNREACHABLE),
        ("lost", None, Reason.NO_POSITION),
    ]
    busy, far = ranked[1], ranked[3]
    assert busy.travel_s == pytest.approx(0.1 * SECONDS_PER_STEP, abs=0.002)
    assert (far.travel_s, far.distance_m) == (None, None)
    assert far.straight_m == pytest.approx(157_249, abs=1)


def test_every_needed_capability_has_its_fastest_unit(ring: RoadTimes) -> None:
    units = [
        unit("engine-1", 0.0, 0.0001),
        unit("engine-2", 0.0, 0.0002),
        unit("medic-1", 0.0, 0.0003, capabilities=("MEDICAL",)),
        unit("medic-2", 0.0, 0.0005, capabilities=("MEDICAL",)),
    ]
    ranked = rank_units(ask(*units, needs=("FIRE", "MEDICAL")), ring)
    main = {row.unit_id: row.reasons[0] for row in ranked}
    assert main["engine-1"].facts == {"for": "FIRE"}
    assert main["medic-1"].facts == {"for": "MEDICAL"}
    assert main["engine-2"].code == main["medic-2"].code == Reason.NEXT
    assert main["medic-2"].facts["behind_s"] == pytest.approx(0.2 * SECONDS_PER_STEP, abs=0.002)


def test_without_needs_every_available_unit_will_do(ring: RoadTimes) -> None:
    ranked = rank_units(ask(unit("A", 0.0, 0.0001, capabilities=()), needs=()), ring)
    assert ranked[0].rank == 1
    assert ranked[0].reasons[0].code == Reason.FASTEST


def test_equal_ways_are_ordered_by_unit_id(ring: RoadTimes) -> None:
    units = [unit(name, 0.0, 0.0005) for name in ("C", "A", "B")]
    assert [row.unit_id for row in rank_units(ask(*units), ring)] == ["A", "B", "C"]


def test_an_old_position_is_pointed_out(ring: RoadTimes) -> None:
    fresh, old = unit("A", 0.0, 0.0002, position_age_s=60.0), unit("B", 0.0, 0.0003)
    ranked = rank_units(ask(fresh, unit("C", 0.0, 0.0005, position_age_s=61.0), old), ring)
    stale = {row.unit_id: [remark.code for remark in row.reasons[1:]] for row in ranked}
    assert stale == {"A": [], "B": [], "C": [Reason.STALE_POSITION]}
    assert ranked[2].reasons[1].facts == {"age_s": 61.0, "stale_after_s": 60.0}


def test_a_ranking_replays_from_its_snapshot(helsinki: City) -> None:
    rng = np.random.default_rng(11)
    west, south, east, north = helsinki.meta["bounds"]
    units = tuple(
        unit(
            f"U{number}",
            float(rng.uniform(west, east)),
            float(rng.uniform(south, north)),
            available=bool(rng.random() < 0.8),
            capabilities=("FIRE",) if number % 3 else ("MEDICAL", "FIRE"),
        )
        for number in range(60)
    )
    lon, lat = helsinki.meta["centre"]
    question = Question(lon, lat, ("FIRE", "MEDICAL"), units, 120.0, helsinki.checksum)
    kept = json.loads(json.dumps(question.snapshot()))
    times = RoadTimes(helsinki.graph)
    assert Question.of_snapshot(kept) == question
    assert rank_units(Question.of_snapshot(kept), times) == rank_units(question, times)
    rows = [
        dict(zip(kept["units"], row, strict=True))
        for row in zip(*kept["units"].values(), strict=True)
    ]
    assert Question.of_snapshot(kept | {"version": 1, "units": rows}) == question
    shuffled = Question(lon, lat, question.needs, units[::-1], 120.0, helsinki.checksum)
    assert rank_units(shuffled, times) == rank_units(question, times)


def test_a_place_off_the_network_is_refused(ring: RoadTimes) -> None:
    question = Question(5.0, 5.0, (), (unit("A", 0.0, 0.0),), 60.0, "ring")
    with pytest.raises(RoutingError) as refusal:
        rank_units(question, ring)
    assert refusal.value.code == "OFF_NETWORK"


def test_a_unit_stands_once_in_a_question() -> None:
    with pytest.raises(RankingError) as refusal:
        ask(unit("A", 0.0, 0.0), unit("A", 0.0, 0.0))
    assert refusal.value.code == "SAME_UNIT_TWICE"


def test_the_number_of_units_is_bounded() -> None:
    with pytest.raises(RankingError) as refusal:
        ask(*(unit(str(number), 0.0, 0.0) for number in range(10_001)))
    assert refusal.value.facts == {"units": 10_001, "most": 10_000}


def test_a_snapshot_of_another_version_is_refused() -> None:
    kept = ask(unit("A", 0.0, 0.0)).snapshot() | {"version": 99}
    with pytest.raises(RankingError) as refusal:
        Question.of_snapshot(kept)
    assert refusal.value.code == "UNKNOWN_SNAPSHOT"


def test_half_a_position_is_refused() -> None:
    with pytest.raises(RankingError) as refusal:
        ask(unit("A", 0.0, None))
    assert refusal.value.code == "HALF_A_POSITION"


def test_a_ranking_counts_whom_it_leaves_out(ring: RoadTimes) -> None:
    units = [unit("A", 0.0, 0.0001), unit("B", 0.0, 0.0, available=False), unit("C", None, None)]
    ranking = rank_units(ask(*units), ring)
    assert (len(ranking), ranking.sendable) == (3, 1)
    assert ranking.left_out == {Reason.BUSY: 1, Reason.NO_POSITION: 1}
    assert ranking[-1] == ranking[2]
    assert ranking[1:] == (ranking[1], ranking[2])


def test_the_number_of_needs_is_bounded() -> None:
    with pytest.raises(RankingError) as refusal:
        ask(needs=("FIRE",) * 101)
    assert refusal.value.facts == {"needs": 101, "most": 100}
