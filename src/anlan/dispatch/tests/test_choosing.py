"""The choice by itself, on made-up travel times: the guard never leaves the in-time set."""

from dataclasses import replace

import numpy as np
import pytest

from anlan.dispatch.choosing import DeskQuestion, Job, Policy, choose
from anlan_engine.assign import ChoiceReason, Question, Unit
from anlan_engine.routing import Arrivals, Table

PLACE = (0.0, 0.0)
POLICY = Policy(
    urgent=False, in_time_s=300.0, extra_s=120.0, busy_share=0.3,
    pairs=((3, 1), (3, 2)), states=("EN_ROUTE",), least_gain_s=60.0,
)  # fmt: skip


class Distances:
    """Travel times that are a thousand seconds a degree, as the crow flies."""

    def times_to(self, lon, lat, origins):
        travel_s = np.hypot(origins[:, 0] - lon, origins[:, 1] - lat) * 1000
        return Arrivals(travel_s, travel_s * 10)

    def times_between(self, origins, targets):
        gap = origins[:, np.newaxis, :] - np.asarray(targets)[np.newaxis, :, :]
        travel_s = np.hypot(gap[..., 0], gap[..., 1]) * 1000
        return Table(travel_s, travel_s * 10)


def unit(name, lon, lat, *brings, free=True) -> Unit:
    return Unit(name, free, brings or ("CAR",), lon, lat, 10.0)


def asked(units, places=("CAR",), jobs=(), demand=(), priority=2, **policy) -> DeskQuestion:
    return DeskQuestion(
        question=Question(*PLACE, tuple(places), tuple(units), 120.0, "pack"),
        places=tuple(places),
        priority=priority,
        policy=replace(POLICY, **policy),
        demand=tuple(demand),
        jobs=tuple(jobs),
    )


def test_the_most_urgent_class_gets_the_fastest_whatever_it_costs():
    units = [unit("NEAR", 0.1, 0), unit("ALSO", 0.12, 0.01)]
    busy_corner = [(0.35, 0.0, 50.0), (0.1, 0.25, 1.0)]
    (alone,) = choose(asked(units, demand=busy_corner, urgent=True), Distances()).places
    assert (alone.unit_id, alone.reason.code) == ("NEAR", ChoiceReason.URGENT_SO_FASTEST)


def test_the_fastest_is_kept_for_the_place_that_only_it_reaches():
    units = [unit("NEAR", 0.1, 0.0), unit("SPARE", -0.15, 0.0)]
    demand = [(0.35, 0.0, 9.0), (0.0, 0.0, 1.0)]
    (place,) = choose(asked(units, demand=demand), Distances()).places
    assert (place.unit_id, place.reason.code) == (
        "SPARE",
        ChoiceReason.IN_TIME_AND_COSTS_LEAST_COVER,
    )
    assert place.reason.facts["fastest"] == "NEAR"
    assert place.reason.facts["behind_s"] == pytest.approx(50.0)
    assert place.reason.facts["cover_lost"] < place.reason.facts["fastest_cover_lost"]


@pytest.mark.parametrize("seed", range(40))
def test_guard_never_leaves_the_in_time_set_and_the_card_stays_filled(seed):
    draw = np.random.default_rng(seed)
    kinds = (("CAR",), ("TRUCK",), ("CAR", "TRUCK"))
    units = [
        unit(f"U{n:02}", *draw.uniform(-0.6, 0.6, 2), *kinds[int(draw.integers(3))])
        for n in range(12)
    ]
    demand = [(*draw.uniform(-0.6, 0.6, 2).tolist(), float(draw.uniform(0, 5))) for _ in range(15)]
    places = ("CAR", "TRUCK", "CAR")[: int(draw.integers(1, 4))]
    question = asked(units, places, demand=demand)
    guarded = choose(question, Distances())
    fastest = choose(asked(units, places, demand=demand, urgent=True), Distances())
    assert [p.need for p in guarded.places] == list(places)
    assert len({p.unit_id for p in guarded.places}) == len(places)
    for one, best in zip(guarded.places, fastest.places, strict=True):
        assert one.unit_id in {u.unit_id for u in units if one.need in u.capabilities}
        if best.travel_s <= POLICY.in_time_s:
            assert one.travel_s <= POLICY.in_time_s
        else:
            assert one.travel_s <= best.travel_s
    assert choose(DeskQuestion.of_snapshot(question.snapshot()), Distances()) == guarded


def test_a_unit_on_its_way_to_less_is_offered_when_that_gains_enough():
    units = [unit("FAR", 0.5, 0), unit("GOING", 0.1, 0, free=False)]
    job = Job("GOING", "EN_ROUTE", "I1", 3, 0.2, 0.0, ("CAR",))
    offer = choose(asked(units, jobs=[job], priority=1, urgent=True), Distances()).offer
    assert (offer.unit, offer.call, offer.left.unit) == ("GOING", "I1", "FAR")
    assert offer.reason.facts["gain_s"] == pytest.approx(400.0)
    assert offer.left.travel_s == pytest.approx(300.0)


@pytest.mark.parametrize(
    ("change", "priority", "near"),
    [({"state": "ON_SCENE"}, 1, 0.1), ({"priority": 2}, 2, 0.1), ({}, 3, 0.1), ({}, 1, 0.45)],
)
def test_nobody_is_offered_on_scene_for_no_more_urgent_or_for_too_little(change, priority, near):
    units = [unit("FAR", 0.5, 0), unit("GOING", near, 0, free=False)]
    job = replace(Job("GOING", "EN_ROUTE", "I1", 3, 0.2, 0.0, ("CAR",)), **change)
    assert choose(asked(units, jobs=[job], priority=priority), Distances()).offer is None


def test_who_takes_over_brings_what_the_call_needs_and_goes_nowhere_else():
    units = [
        unit("FAR", 0.5, 0), unit("TRUCK", 0.2, 0, "TRUCK"),
        unit("GOING", 0.1, 0, "CAR", "TRUCK", free=False),
    ]  # fmt: skip
    job = Job("GOING", "EN_ROUTE", "I1", 3, 0.2, 0.0, ("TRUCK",))
    offer = choose(asked(units, jobs=[job], priority=1, urgent=True), Distances()).offer
    assert (offer.unit, offer.left.unit) == ("GOING", "TRUCK")
