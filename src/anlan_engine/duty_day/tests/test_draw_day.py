"""A drawn day: the same for the same seed, true to its profile, inside the city."""

import tomllib
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from anlan_engine.city import City
from anlan_engine.duty_day import DutyProfile, draw_day, draw_fate
from anlan_engine.sphere import distance_m

ROOT = Path(__file__).resolve().parents[4]

PROFILE = ROOT / "data" / "demo" / "duty_day.toml"
MORNING = datetime(2026, 3, 2, 8, 0)  # noqa: DTZ001 - local time of the city


@pytest.fixture(scope="module")
def profile() -> DutyProfile:
    return DutyProfile.read(PROFILE)


def test_the_same_seed_gives_the_same_day(helsinki: City, profile: DutyProfile) -> None:
    day = draw_day(profile, helsinki, 7, 6, MORNING)
    assert day == draw_day(profile, helsinki, 7, 6, MORNING)
    assert day != draw_day(profile, helsinki, 8, 6, MORNING)


def test_a_longer_day_begins_with_the_shorter_one(helsinki: City, profile: DutyProfile) -> None:
    long, short = (draw_day(profile, helsinki, 7, hours, MORNING) for hours in (8, 2.5))
    assert short == [call for call in long if call.at_s < 2.5 * 3600]


def test_calls_come_in_order_within_the_day(helsinki: City, profile: DutyProfile) -> None:
    start = MORNING.replace(minute=40)
    day = draw_day(profile, helsinki, 3, 3, start)
    assert [call.number for call in day] == list(range(len(day)))
    assert [call.at_s for call in day] == sorted(call.at_s for call in day)
    assert day[0].at_s >= 0
    assert day[-1].at_s < 3 * 3600


def test_each_hour_has_its_own_rate(helsinki: City, profile: DutyProfile) -> None:
    only_nine = tuple(200.0 if hour == 9 else 0.0 for hour in range(24))
    busy = replace(profile, calls_per_hour=only_nine, repeat_share=0.0)
    day = draw_day(busy, helsinki, 1, 24, MORNING.replace(minute=30))
    assert {int((call.at_s + 1800) // 3600) for call in day} == {1}
    # Poisson with mean 200: seven standard deviations either way.
    assert 100 < len(day) < 300


def test_shares_are_kept(helsinki: City, profile: DutyProfile) -> None:
    busy = replace(profile, calls_per_hour=(100.0,) * 24)
    day = draw_day(busy, helsinki, 5, 24, MORNING)
    first = [call for call in day if call.repeats is None]
    assert len(day) - len(first) == pytest.approx(len(first) * profile.repeat_share, rel=0.3)
    kinds = Counter(call.kind for call in first)
    total = sum(kind.share for kind in profile.kinds)
    for kind in profile.kinds:
        expected = len(first) * kind.share / total
        assert abs(kinds[kind.code] - expected) < 6 * expected**0.5
    diverted = {call.kind for call in day if call.fate.diverts}
    assert diverted <= {kind.code for kind in profile.kinds if kind.diverts > 0}


def test_places_lie_within_the_city(helsinki: City, profile: DutyProfile) -> None:
    west, south, east, north = helsinki.meta["bounds"]
    for call in draw_day(profile, helsinki, 9, 24, MORNING):
        assert west <= call.lon <= east
        assert south <= call.lat <= north
        assert call.place_text
        assert "{" not in call.text_zh + call.text_en


def test_a_repeated_call_tells_of_the_same_thing_nearby(
    helsinki: City, profile: DutyProfile
) -> None:
    day = draw_day(replace(profile, repeat_share=0.5), helsinki, 2, 12, MORNING)
    repeated = [call for call in day if call.repeats is not None]
    assert len(repeated) > 20
    for call in repeated:
        first = day[call.repeats]
        assert first.repeats is None
        assert call.kind == first.kind
        assert 0 < call.at_s - first.at_s <= profile.repeat_within_s + 0.1
        metres = distance_m(np.array(call.lon), np.array(call.lat), first.lon, first.lat)
        assert metres <= profile.repeat_within_m + 0.1


def test_durations_have_the_percentiles_of_the_profile(
    helsinki: City, profile: DutyProfile
) -> None:
    busy = replace(profile, calls_per_hour=(200.0,) * 24)
    drawn = [call.fate.turnout_s for call in draw_day(busy, helsinki, 4, 12, MORNING)]
    turnout = profile.durations["turnout"]
    assert np.median(drawn) == pytest.approx(turnout.median_s, rel=0.06)
    assert np.percentile(drawn, 90) == pytest.approx(turnout.p90_s, rel=0.06)
    assert max(drawn) <= 4 * turnout.p90_s


@pytest.mark.parametrize(("hours", "seed"), [(0, 1), (169, 1), (1, -1)])
def test_impossible_days_are_refused(
    helsinki: City, profile: DutyProfile, hours: float, seed: int
) -> None:
    with pytest.raises(ValueError, match="cannot draw"):
        draw_day(profile, helsinki, seed, hours, MORNING)


TOLD_ELSEWHERE = {"OTHER_EMERGENCY"}
"""Kinds that no caller's words lead to: what another centre told without a kind of ours."""


def test_the_committed_profile_fits_the_kinds_of_the_city() -> None:
    content = tomllib.loads((ROOT / "data" / "kinds.toml").read_text(encoding="utf-8"))
    kinds = {kind["code"]: kind for kind in content["kinds"]}
    profile = DutyProfile.read(PROFILE)
    assert sorted(kind.code for kind in profile.kinds) == sorted(kinds.keys() - TOLD_ELSEWHERE)
    for kind in profile.kinds:
        known = kinds[kind.code]
        assert known["public"] or "WEB" not in kind.channels, kind.code
        assert known["needs_unit"] or kind.diverts == 0, kind.code
        assert "item_code" in known or kind.diverts == 0, kind.code


def test_a_fate_can_be_drawn_for_a_call_that_was_not(profile: DutyProfile) -> None:
    fates = [draw_fate(profile, "LAMP_OUT", np.random.default_rng(seed)) for seed in (1, 1, 2)]
    assert fates[0] == fates[1] != fates[2]
    assert not any(fate.diverts for fate in fates)
    with pytest.raises(KeyError, match="NO_SUCH_KIND"):
        draw_fate(profile, "NO_SUCH_KIND", np.random.default_rng(1))
