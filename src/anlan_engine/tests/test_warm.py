"""Warming compiles everything that answers a question about travel."""

import numpy as np

from anlan_engine.city import City
from anlan_engine.hierarchy import labels, sweep
from anlan_engine.roads import snapping
from anlan_engine.routing import network
from anlan_engine.warm import warm


def test_the_sample_city_needs_no_more_compiling_after_warming(helsinki: City) -> None:
    warm()
    functions = [snapping._snap_all, network.least_onward, sweep.sweep]
    functions += [labels.fill_table, labels.one_with_many]
    before = [set(function.signatures) for function in functions]  # type: ignore[attr-defined]
    times = helsinki.road_times
    lon, lat = helsinki.meta["centre"]
    times.times_to(lon, lat, np.array([[lon, lat]]), limit_s=100.0)
    times.times_from(lon, lat, np.array([[lon, lat]]))
    times.tracked(np.array([[lon, lat]])).times_to(lon, lat)
    times.path(lon, lat, lon, lat)
    helsinki.address_at(lon, lat)
    after = [set(function.signatures) for function in functions]  # type: ignore[attr-defined]
    assert after == before
    assert all(before)
