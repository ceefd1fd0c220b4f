"""Expected calls from counts: known answers, borrowed strength, intervals, refits, refusals."""

import csv
import gzip
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import nbinom

from anlan_engine.demand import DemandError, covered_share, draw_arrivals, fit_demand
from anlan_engine.demand.quantiles import negative_binomial_quantile
from anlan_engine.demand.shrinkage import shrink

WEEK = 168
A_YEAR = 52 * WEEK


def counted(arrivals, hours: int, areas: int) -> np.ndarray:  # type: ignore[no-untyped-def]
    counts = np.zeros((hours, areas))
    np.add.at(counts, ((arrivals.at_s // 3600).astype(int), arrivals.area), 1)
    return counts


def town(areas: int = 6) -> np.ndarray:
    """Rates with a rhythm over the day and the week, and one area that wakes at night."""
    hour = np.arange(WEEK)
    day = 1.0 + 0.6 * np.sin((hour % 24 - 9) / 24 * 2 * np.pi) + 0.3 * (hour >= 120)
    rates = day[:, None] * np.linspace(0.2, 6.0, areas)[None, :]
    rates[:, -1] = 2.0 * day[::-1]
    return rates


def test_steady_counts_are_expected_as_they_are() -> None:
    model = fit_demand(np.full((3 * WEEK, 2), 4))
    assert model.per_hour == pytest.approx(np.full((WEEK, 2), 4.0))
    assert model.day_dispersion == 0.0
    assert model.hour_dispersion == 0.0


def test_area_with_few_calls_takes_the_rhythm_of_the_city() -> None:
    rates = town()
    counts = counted(draw_arrivals(rates, 4 * WEEK, np.random.default_rng(1)), 4 * WEEK, 6)
    model = fit_demand(counts, half_life_days=np.inf)
    plain = counts.reshape(4, WEEK, 6).mean(axis=0)

    def error(guess: np.ndarray, area: int) -> float:
        return float(np.sqrt(np.mean((guess[:, area] - rates[:, area]) ** 2)))

    for area in range(3):
        assert error(model.per_hour, area) < 0.6 * error(plain, area)
    night = model.per_hour[:, 5]
    assert np.corrcoef(night, rates[:, 5])[0, 1] > 0.55
    assert np.corrcoef(night, rates[:, 4])[0, 1] < 0.3


def test_recent_weeks_count_more() -> None:
    counts = np.repeat([[2], [6]], 10 * WEEK, axis=0)
    assert fit_demand(counts, half_life_days=np.inf).per_hour.mean() == pytest.approx(4.0)
    level = fit_demand(counts, half_life_days=7.0).per_hour.mean()
    assert 5.99 < level < 6.0


def test_hours_without_a_record_are_left_out() -> None:
    counts = np.full((4 * WEEK, 1), 5.0)
    counts[WEEK : 2 * WEEK] = np.nan
    assert fit_demand(counts).per_hour == pytest.approx(np.full((WEEK, 1), 5.0))


def test_shrinkage_follows_many_counts_and_distrusts_few() -> None:
    told = shrink(np.array([2000.0, 500.0, 2.0]), np.array([1000.0, 1000.0, 1.0]))
    assert told.ratio[0] == pytest.approx(2.0, rel=0.02)
    assert told.ratio[1] == pytest.approx(0.5, rel=0.02)
    assert 1.0 < told.ratio[2] < 1.6


def test_quantiles_are_those_of_the_negative_binomial() -> None:
    mean = np.array([0.01, 0.4, 3.0, 80.0, 5000.0])
    spread = np.array([0.5, 0.1, 1.0, 0.02, 0.3])
    for share in (0.025, 0.05, 0.5, 0.95, 0.999):
        shape = 1 / spread
        oracle = nbinom.ppf(share, shape, shape / (shape + mean))
        assert negative_binomial_quantile(share, mean, spread).tolist() == oracle.tolist()


def test_intervals_hold_their_share_of_new_days() -> None:
    drawn = draw_arrivals(
        10 * town(), 40 * WEEK, np.random.default_rng(2), dispersion=0.05, hour_dispersion=0.1
    )
    counts = counted(drawn, 40 * WEEK, 6)
    model = fit_demand(counts[: 20 * WEEK], half_life_days=np.inf)
    assert model.day_dispersion == pytest.approx(0.05, rel=0.3)
    assert model.hour_dispersion == pytest.approx(1.05 * 1.1 - 1, rel=0.15)
    assert covered_share(model, counts[20 * WEEK :], share=0.9) == pytest.approx(0.9, abs=0.03)


def test_days_drawn_from_a_fit_give_the_same_fit() -> None:
    drawn = draw_arrivals(
        10 * town(), A_YEAR, np.random.default_rng(3), dispersion=0.04, hour_dispersion=0.08
    )
    first = fit_demand(counted(drawn, A_YEAR, 6), half_life_days=np.inf)
    again = counted(first.draw(A_YEAR, np.random.default_rng(4)), A_YEAR, 6)
    second = fit_demand(again, half_life_days=np.inf)
    assert second.per_hour.sum() == pytest.approx(first.per_hour.sum(), rel=0.04)
    assert np.abs(second.per_hour / first.per_hour - 1.0).mean() < 0.06
    assert second.day_dispersion == pytest.approx(first.day_dispersion, rel=0.3)
    assert second.hour_dispersion == pytest.approx(first.hour_dispersion, rel=0.1)


def test_same_seed_gives_the_same_calls() -> None:
    one, two = (draw_arrivals(town(), 30.5, np.random.default_rng(7), first_hour=160) for _ in "ab")
    assert one.at_s.tolist() == two.at_s.tolist()
    assert one.area.tolist() == two.area.tolist()
    assert (np.diff(one.at_s) >= 0).all()
    assert one.at_s[-1] < 30.5 * 3600


def test_calls_come_in_the_hours_and_areas_that_have_rates() -> None:
    rates = np.zeros((WEEK, 3))
    rates[5, 1] = 50.0
    drawn = draw_arrivals(rates, WEEK, np.random.default_rng(1), first_hour=3)
    assert set(drawn.area.tolist()) == {1}
    assert (drawn.at_s // 3600 == 2).all()


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        (np.zeros(200), "WRONG_SHAPE"),
        (np.zeros((200, 0)), "NO_AREAS"),
        (np.zeros((100, 2)), "TOO_SHORT"),
        (np.zeros((200, 2)), "NO_CALLS"),
        (np.full((200, 2), -1), "NOT_A_RATE"),
        (np.full((200, 2), np.inf), "NOT_A_RATE"),
        (np.full((200, 2), np.nan), "NO_CALLS"),
    ],
)
def test_counts_that_tell_nothing_are_refused(counts: np.ndarray, code: str) -> None:
    with pytest.raises(DemandError) as refused:
        fit_demand(counts)
    assert refused.value.code == code


@pytest.mark.parametrize("hours", [0.0, -1.0, float("nan"), float("inf")])
def test_no_time_to_draw_for_is_refused(hours: float) -> None:
    with pytest.raises(DemandError) as refused:
        draw_arrivals(town(), hours, np.random.default_rng(1))
    assert refused.value.code == "NO_HORIZON"


@pytest.mark.parametrize("rate", [-1.0, float("nan"), float("inf")])
def test_rates_that_are_none_are_refused(rate: float) -> None:
    rates = town()
    rates[3, 2] = rate
    with pytest.raises(DemandError) as refused:
        draw_arrivals(rates, 5.0, np.random.default_rng(1))
    assert refused.value.code == "NOT_A_RATE"
    assert refused.value.facts["index"] == 3 * 6 + 2


def test_backtest_on_new_york_holds_nine_in_ten(shared: Callable[..., Path]) -> None:
    file = shared("a4_nyc_ems_hourly_2010-2016", "nyc_ems_hourly.csv.gz")
    start = datetime(2010, 1, 1)  # noqa: DTZ001  local hours, as published
    areas = ("bronx", "brooklyn", "manhattan", "queens", "richmond_staten_island")
    counts = np.full((61_369, len(areas)), np.nan)
    with gzip.open(file, "rt") as text:
        for row in csv.DictReader(text):
            since = datetime.fromisoformat(row["hour_start"]) - start
            counts[int(since.total_seconds() // 3600)] = [float(row[area]) for area in areas]
    held = []
    for end in range(A_YEAR, len(counts) - 4 * WEEK, 26 * WEEK):
        first = (start.weekday() * 24 + end - A_YEAR) % WEEK
        model = fit_demand(counts[end - A_YEAR : end], first_hour=first)
        later = counts[end : end + 4 * WEEK]
        held.append(covered_share(model, later, first_hour=first, share=0.9))
    assert len(held) == 12
    assert 0.88 <= np.mean(held) <= 0.95
    assert min(held) >= 0.85


def test_backtest_on_san_francisco_holds_nine_in_ten(shared: Callable[..., Path]) -> None:
    file = shared("a1_sf_fire_calls_2020-04", "sf_fire_unit_responses.csv.gz")
    start = datetime(2020, 4, 7)  # noqa: DTZ001  local hours, as published
    with gzip.open(file, "rt") as text:
        calls = {
            r["call_number"]: (r["received_dttm"], r["station_area"]) for r in csv.DictReader(text)
        }
    areas = sorted({area for _, area in calls.values()})
    counts = np.zeros((14 * 24, len(areas)))
    for received, area in calls.values():
        since = datetime.fromisoformat(received) - start
        counts[int(since.total_seconds() // 3600), areas.index(area)] += 1
    model = fit_demand(counts[: 10 * 24], first_hour=24)
    # Most hours of a quarter hold no call: whole numbers make intervals wider than asked.
    held = covered_share(model, counts[10 * 24 :], first_hour=(24 + 240) % WEEK, share=0.9)
    assert 0.9 <= held <= 0.995
