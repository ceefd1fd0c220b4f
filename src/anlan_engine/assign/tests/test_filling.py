"""Run cards on the sample city and on a street of hand-made times."""

import json

import numpy as np
import pytest

from anlan_engine.assign import Question, Unit, rank_units
from anlan_engine.assign.filling import fill_card
from anlan_engine.assign.reasons import ChoiceReason
from anlan_engine.city import City
from anlan_engine.roads.build import StreetWay, build_graph
from anlan_engine.routing import RoadTimes


@pytest.fixture(scope="module")
def street() -> RoadTimes:
    """One straight street along the equator."""
    return RoadTimes(
        build_graph([StreetWay(1, (1, 2), 1, 36.0, 36.0)], {1: (0, 0), 2: (200_000, 0)}, []).graph
    )


def unit(unit_id: str, steps: float, *capabilities: str, available: bool = True) -> Unit:
    return Unit(unit_id, available, capabilities, steps * 0.001, 0.0, 5.0)


def ask(*units: Unit, needs: tuple[str, ...]) -> Question:
    return Question(0.0, 0.0, needs, units, stale_after_s=60.0, pack="street")


def test_the_last_needed_unit_decides(street: RoadTimes) -> None:
    """The nearest engine is the only ladder: it goes as the ladder, and another engine comes."""
    units = [
        unit("both", 1, "ENGINE", "LADDER"),
        unit("engine", 3, "ENGINE"),
        unit("far", 9, "LADDER"),
        unit("busy", 2, "ENGINE", available=False),
    ]
    card = fill_card(ask(*units, needs=("ENGINE", "LADDER")), street)
    engine, ladder = card.places
    assert (engine.unit_id, ladder.unit_id) == ("engine", "both")
    assert engine.reason.code == ChoiceReason.FASTEST_SERVES_ANOTHER
    assert engine.reason.facts["fastest"] == "both"
    assert ladder.reason.code == ChoiceReason.FASTEST
    assert card.complete_s == engine.travel_s


def test_a_place_that_nobody_can_fill_stays_open_and_says_why(street: RoadTimes) -> None:
    card = fill_card(
        ask(unit("A", 1, "ENGINE"), needs=("ENGINE", "ENGINE", "AMBULANCE")), street
    )  # fmt: skip
    told = [(place.need, place.unit_id, place.reason.code) for place in card.places]
    assert told == [
        ("ENGINE", "A", ChoiceReason.FASTEST),
        ("ENGINE", None, ChoiceReason.NOBODY_LEFT),
        ("AMBULANCE", None, ChoiceReason.NOBODY_CAN),
    ]
    assert card.complete_s is None


def test_a_card_without_places_is_complete_at_once(street: RoadTimes) -> None:
    card = fill_card(ask(unit("A", 1, "ENGINE"), needs=()), street)
    assert (card.places, card.complete_s) == ((), 0.0)
    assert fill_card(ask(needs=("ENGINE",)), street).complete_s is None


def test_a_card_is_filled_again_from_what_was_kept(helsinki: City) -> None:
    rng = np.random.default_rng(3)
    west, south, east, north = helsinki.meta["bounds"]
    kinds = ("ENGINE", "LADDER", "AMBULANCE")
    units = tuple(
        Unit(f"U{n}", True, tuple(k for k in kinds if rng.random() < 0.5),
             float(rng.uniform(west, east)), float(rng.uniform(south, north)), 5.0)
        for n in range(40)
    )  # fmt: skip
    needs = ("ENGINE", "ENGINE", "LADDER", "AMBULANCE")
    lon, lat = helsinki.meta["centre"]
    question = Question(lon, lat, needs, units, 60.0, helsinki.checksum)
    times = RoadTimes(helsinki.graph)
    card = fill_card(question, times)
    kept = json.loads(json.dumps(question.snapshot()))
    assert fill_card(Question.of_snapshot(kept), times) == card
    turned = Question(lon, lat, needs, units[::-1], 60.0, helsinki.checksum)
    assert fill_card(turned, times) == card
    travel = {one.unit_id: one.travel_s for one in rank_units(question, times)}
    assert all(place.travel_s == travel[place.unit_id or ""] for place in card.places)
