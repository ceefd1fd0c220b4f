"""Reports of one event are told from those of another."""

from math import cos, radians, sqrt

import numpy as np
import pytest

from anlan_engine.attribution import AttributionError, Earlier, Law, attribute
from anlan_engine.sphere import METRES_PER_DEGREE

LON, LAT = 24.94, 60.17
FIRE = Law(background_per_km2_h=0.05, spread_m=120.0, lasting_s=900.0, further_reports=0.9)


def east(metres: float) -> float:
    """Return the longitude so many metres east of the middle."""
    return LON + metres / float(METRES_PER_DEGREE) / cos(radians(LAT))


def seen(*rows: tuple[float, float, int]) -> Earlier:
    """Return earlier reports: metres east, seconds ago, incident; all of the same sort."""
    columns = [np.array(column, np.float64) for column in zip(*rows, strict=True)]
    metres, age_s, incident = columns if rows else [np.empty(0)] * 3
    lon = np.array([east(one) for one in metres])
    full = np.full(len(lon), LAT), age_s, incident.astype(np.int64), np.ones(len(lon))
    return Earlier(lon, *full)


def test_one_report_at_hand_is_worked_out_by_the_formula() -> None:
    intensity = 0.9 * 0.5 / (np.pi * 0.12**2) * 4.0 * np.exp(-1.0 / 3.0)
    told = attribute(LON, LAT, seen((0.0, 300.0, 0)), 1, FIRE)
    assert told[0] == pytest.approx(intensity / (0.05 + intensity), rel=1e-9)


def test_half_of_further_reports_lie_within_the_spread_times_root_three() -> None:
    radius_m = np.linspace(0.0, 120.0 * sqrt(3.0), 200_001)
    density = 0.5 / (np.pi * 120.0**2) * (1 + (radius_m / 120.0) ** 2) ** -1.5
    within = np.trapezoid(density * 2 * np.pi * radius_m, radius_m)
    assert within == pytest.approx(0.5, abs=1e-6)


def test_shares_and_the_chance_of_something_new_sum_to_one() -> None:
    told = attribute(LON, LAT, seen((40.0, 60.0, 0), (90.0, 200.0, 1)), 3, FIRE)
    assert told[2] == 0.0
    assert 0.0 < told.sum() < 1.0
    assert told[0] > told[1] > 0.0


def test_nothing_earlier_means_something_new() -> None:
    assert attribute(LON, LAT, seen(), 2, FIRE).tolist() == [0.0, 0.0]


def test_farther_and_older_reports_tell_less() -> None:
    near, far = (attribute(LON, LAT, seen((m, 60.0, 0)), 1, FIRE)[0] for m in (50.0, 900.0))
    new, old = (attribute(LON, LAT, seen((50.0, s, 0)), 1, FIRE)[0] for s in (60.0, 7_000.0))
    assert near > far
    assert new > old


def test_report_that_came_later_brings_nothing_about() -> None:
    assert attribute(LON, LAT, seen((0.0, -1.0, 0)), 1, FIRE)[0] == 0.0


def test_more_reports_of_an_incident_make_it_likelier() -> None:
    one = attribute(LON, LAT, seen((300.0, 60.0, 0)), 1, FIRE)[0]
    three = attribute(LON, LAT, seen(*[(300.0, 60.0, 0)] * 3), 1, FIRE)[0]
    assert three > one


@pytest.mark.parametrize(
    "law", [(0.0, 1, 1, 1), (1, 0.0, 1, 1), (1, 1, -1, 1), (1, 1, 1, -0.1), (float("nan"), 1, 1, 1)]
)
def test_figures_that_are_no_law_are_refused(law: tuple[float, float, float, float]) -> None:
    with pytest.raises(AttributionError) as refused:
        Law(*law)
    assert refused.value.code == "NO_LAW"


def test_bad_columns_are_refused_by_name() -> None:
    good = seen((0.0, 60.0, 0))
    nowhere = Earlier(np.array([np.nan]), good.lat, good.age_s, good.incident, good.agrees)
    short = Earlier(good.lon, good.lat, good.age_s[:0], good.incident, good.agrees)
    for earlier, incidents, code in (
        (nowhere, 1, "NOT_FINITE"),
        (short, 1, "LENGTHS_DIFFER"),
        (good, 0, "UNKNOWN_INCIDENT"),
    ):
        with pytest.raises(AttributionError) as refused:
            attribute(LON, LAT, earlier, incidents, FIRE)
        assert refused.value.code == code
