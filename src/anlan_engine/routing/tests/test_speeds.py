"""Speeds by class of road and hour of the week."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from anlan_engine.roads import ROAD_CLASSES, class_code
from anlan_engine.roads.build import StreetWay, build_graph
from anlan_engine.routing import FREE, RoadTimes, RoutingError, conditions_at, read_speeds

ROOT = Path(__file__).resolve().parents[4]

HEAD = """
name_en = "Test"
source = "invented for a test"
time_zone = "Asia/Shanghai"
"""
PEAK = """
[[factors]]
classes = ["primary", "trunk"]
days = ["MON", "FRI"]
hours = [7, 9]
factor = 0.5
"""

PRIMARY, STREET = class_code("primary"), class_code("residential")


def written(folder: Path, text: str) -> Path:
    file = folder / "speeds.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_rule_holds_in_its_hours_by_the_citys_clocks(tmp_path: Path) -> None:
    profile = read_speeds(written(tmp_path, HEAD + PEAK))
    monday = datetime(2026, 5, 3, 23, tzinfo=UTC)  # Monday 07:00 in Shanghai
    assert profile.at(monday)[PRIMARY] == 0.5
    assert profile.at(monday)[STREET] == 1.0
    for other in ((2026, 5, 3, 22), (2026, 5, 4, 1), (2026, 5, 4, 23)):
        assert profile.at(datetime(*other, tzinfo=UTC)) == FREE.speeds
    assert profile.at(datetime(2026, 5, 8, 0, 59, tzinfo=UTC))[PRIMARY] == 0.5


def test_times_follow_the_speeds_of_the_hour(tmp_path: Path) -> None:
    """A slow main street between 1 and 3; the side streets round by 2 take half as long again."""
    profile = read_speeds(written(tmp_path, HEAD + PEAK))
    at = {1: (0, 0), 3: (20_000, 0), 2: (10_000, 0), 4: (10_000, 10_000)}
    ways = [
        StreetWay(1, (1, 2, 3), 1, 36.0, 36.0, PRIMARY),
        StreetWay(2, (1, 4, 3), 2, 36.0, 36.0, STREET),
    ]
    times = RoadTimes(build_graph(ways, at, []).graph)
    start, end = (0.0001, 0.0), np.array([[0.0019, 0.0]])
    free_s = times.times_from(*start, end).travel_s[0]
    assert free_s == pytest.approx(0.0018 * 111_195.08 / 10, abs=0.002)
    noon = conditions_at(times.graph, datetime(2026, 5, 4, 4, tzinfo=UTC), speeds=profile)
    assert times.under(noon).times_from(*start, end).travel_s[0] == free_s
    peak = conditions_at(times.graph, datetime(2026, 5, 4, 0, tzinfo=UTC), speeds=profile)
    busy = times.under(peak)
    assert busy.times_from(*start, end).travel_s[0] == pytest.approx(2 * free_s, abs=0.003)
    assert busy.path(*start, *end[0]).travel_s == busy.times_to(*end[0], np.array([start])).travel_s


def test_the_shipped_profile_is_that_of_free_roads() -> None:
    profile = read_speeds(ROOT / "data" / "speeds" / "free_flow.toml")
    assert set(profile.factors) == {(1.0,) * len(ROAD_CLASSES)}
    assert profile.source


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml at all",
        HEAD.replace("Asia/Shanghai", "Mars/Olympus"),
        HEAD + PEAK.replace("primary", "skyway"),
        HEAD + PEAK.replace("MON", "MO"),
        HEAD + PEAK.replace("[7, 9]", "[9, 7]"),
        HEAD + PEAK.replace("[7, 9]", "[7, 25]"),
        HEAD + PEAK.replace("[7, 9]", "[7]"),
        HEAD + PEAK.replace("0.5", "0.0"),
        HEAD + PEAK.replace("0.5", "-1"),
        HEAD + PEAK.replace("0.5", "nan"),
        HEAD + PEAK.replace("0.5", "inf"),
        HEAD + PEAK.replace("factor = 0.5", ""),
    ],
)
def test_what_is_no_profile_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RoutingError) as refusal:
        read_speeds(written(tmp_path, text))
    assert refusal.value.code == "INVALID_SPEEDS"
    assert "speeds.toml" in str(refusal.value)


def test_a_profile_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RoutingError):
        read_speeds(tmp_path / "none.toml")
