"""Tags of streets: limits, directions, access."""

import pytest

from anlan_engine.city.making.street_tags import is_solid_barrier, limit_kmh, speeds


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("50", 50),
        ("50 km/h", 50),
        ("30 mph", 48.28032),
        ("30mph", 48.28032),
        ("10 knots", 18.52),
        ("22.5", 22.5),
        ("FI:urban", 50),
        ("RU:urban", 60),
        ("DE:zone:30", 30),
        ("DE:zone30", 30),
        ("GB:nsl_single", 96.56064),
        ("walk", 7),
        ("none", 130),
        ("80;60", 80),
        ("", None),
        ("0", None),
        ("signals", None),
        ("variable", None),
        ("fast", None),
        ("50 furlongs", None),
    ],
)
def test_limits_are_read(text: str, kmh: float | None) -> None:
    assert limit_kmh(text) == (None if kmh is None else pytest.approx(kmh))


def way(**tags: str) -> tuple[float, float]:
    tags.setdefault("highway", "residential")
    return speeds({key.replace("__", ":"): value for key, value in tags.items()})


def test_speed_is_the_limit_as_driven_or_that_of_the_class() -> None:
    assert way() == (25, 25)
    assert way(maxspeed="50") == (40, 40)
    assert way(maxspeed="50", maxspeed__forward="30") == (24, 40)
    assert way(maxspeed="2") == (5, 5)
    assert way(maxspeed="none", highway="motorway") == (104, 0)
    assert way(source__maxspeed="FI:urban") == (40, 40)


@pytest.mark.parametrize(
    ("tags", "open_both"),
    [
        ({"oneway": "yes"}, (True, False)),
        ({"oneway": "-1"}, (False, True)),
        ({"oneway": "reversible"}, (True, True)),
        ({"junction": "roundabout"}, (True, False)),
        ({"junction": "roundabout", "oneway": "no"}, (True, True)),
        ({"highway": "motorway"}, (True, False)),
        ({"highway": "motorway_link", "oneway": "no"}, (True, True)),
        ({"oneway": "yes", "oneway__emergency": "no"}, (True, True)),
    ],
)
def test_directions(tags: dict[str, str], open_both: tuple[bool, bool]) -> None:
    forward, backward = way(**tags)
    assert (forward > 0, backward > 0) == open_both


@pytest.mark.parametrize(
    ("tags", "is_open"),
    [
        ({"access": "no"}, False),
        ({"access": "private"}, False),
        ({"access": "destination"}, True),
        ({"access": "no", "motor_vehicle": "yes"}, True),
        ({"access": "no", "psv": "yes"}, True),
        ({"access": "yes", "motor_vehicle": "no"}, True),
        ({"motor_vehicle": "private"}, False),
        ({"highway": "pedestrian"}, True),
        ({"highway": "pedestrian", "area": "yes"}, False),
        ({"access": "no", "emergency": "yes"}, True),
        ({"motor_vehicle": "yes", "emergency": "no"}, False),
        ({"highway": "footway"}, False),
        ({"highway": "footway", "access": "yes"}, False),
        ({"highway": "footway", "emergency": "designated"}, True),
        ({"highway": "pedestrian", "motor_vehicle": "yes"}, True),
        ({"highway": "residential", "area": "yes"}, False),
        ({"highway": "construction"}, False),
    ],
)
def test_access(tags: dict[str, str], is_open: bool) -> None:
    assert (way(**tags) != (0.0, 0.0)) == is_open


def test_barriers_stop_vehicles_unless_they_let_them_through() -> None:
    assert is_solid_barrier({"barrier": "bollard"})
    assert not is_solid_barrier({"barrier": "lift_gate"})
    assert not is_solid_barrier({"barrier": "bollard", "emergency": "yes"})
    assert not is_solid_barrier({})
