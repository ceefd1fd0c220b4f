"""Demand for planning is counts by square, in the planner's area, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.people import EVERYTHING

from anlan.dispatch import selectors
from anlan.dispatch.models import Incident
from anlan.kernel.scope import scoped

SIDE = (0.01, 0.01)
PLACES = ((24.941, 60.161), (24.949, 60.169), (24.951, 60.161))


def counts(since: datetime, until: datetime, *kinds: str) -> list[tuple[float, float, int]]:
    with scoped(EVERYTHING):
        found = selectors.counts_by_square(since, until, SIDE, kinds)
    return [(round(one.lon, 6), round(one.lat, 6), one.received) for one in found]


@pytest.fixture
def day(room) -> tuple[datetime, datetime]:
    """Three incidents in two squares, and the time around them."""
    for lon, lat in PLACES:
        room.call(lon=lon, lat=lat)
    with scoped(EVERYTHING):
        stamps = sorted(Incident.objects.values_list("received_at", flat=True))
    return stamps[0], stamps[-1]


def test_incidents_are_counted_by_square_in_the_time_asked_for(day):
    first, last = day
    after = timedelta(microseconds=1)
    assert counts(first, last + after) == [(24.945, 60.165, 2), (24.955, 60.165, 1)]
    assert sum(count for _, _, count in counts(first, last)) == 2  # `until` itself is not counted
    assert counts(last + after, datetime(2100, 1, 1, tzinfo=UTC)) == []


def test_only_the_kinds_asked_for_are_counted(day):
    until = day[1] + timedelta(seconds=1)
    assert len(counts(day[0], until, "FIRE_STRUCTURE")) == 2
    assert counts(day[0], until, "FIRE_VEHICLE") == []
