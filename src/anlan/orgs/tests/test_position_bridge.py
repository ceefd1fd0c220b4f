"""Positions over MQTT, from a real broker: heard, written, and heard again after it was away."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.broker import MOSQUITTO, PATIENCE_S, Broker, position
from tests.database import held_connections
from tests.journeys.clients import until
from tests.people import EVERYTHING

from anlan.kernel import clock
from anlan.kernel.scope import scoped
from anlan.orgs.models import Unit
from anlan.orgs.position_bridge import PositionBridge
from anlan.orgs.services import position_intake
from anlan.orgs.services.position_intake import PositionIntake

pytestmark = pytest.mark.skipif(
    not MOSQUITTO.exists(), reason=f"{MOSQUITTO} is missing (Debian: mosquitto)"
)

WRITTEN = "the position is not written"


def told(lon: float, *, seconds: float = 0) -> bytes:
    at = clock.now() + timedelta(seconds=seconds)
    return position(lon, 60.17, at)


def stands_at(call_sign: str, lon: float) -> bool:
    with scoped(EVERYTHING):
        return Unit.objects.get(call_sign=call_sign).lon == lon


def figure(result: str) -> float:
    return float(position_intake.POSITIONS.labels(result)._value.get())


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    made = Broker(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def bridge(committing: str, broker: Broker) -> Iterator[PositionBridge]:
    """A bridge at work that has subscribed; its intake writes as it does in the worker."""
    intake, stopped = PositionIntake(), threading.Event()
    made = PositionBridge(broker.address, intake)
    subscribed = threading.Event()
    made.client.on_subscribe = lambda *_: subscribed.set()
    works = [threading.Thread(target=run, args=[stopped]) for run in (made.run, intake.run)]
    for work in works:
        work.start()
    assert subscribed.wait(PATIENCE_S)
    yield made
    stopped.set()
    for work in works:
        work.join(PATIENCE_S)


def test_position_of_a_unit_is_heard_and_written(bridge, broker):
    broker.publish("P01", told(24.94))
    until(lambda: stands_at("P01", 24.94), WRITTEN)
    until(lambda: held_connections() == 0, "hearing or writing keeps a connection of the pool")


def test_what_is_none_is_counted_and_the_next_one_is_heard(bridge, broker):
    names = ("malformed", "unknown_unit", "future")
    before = {name: figure(name) for name in names}
    for call_sign, payload in (
        ("P01", b"{"),
        ("P01", b"[]"),
        ("P01", b" " * 2_000),
        ("NOBODY", told(24.95)),
        ("P01", told(24.95, seconds=900)),
        ("P01", told(24.96)),
    ):
        broker.publish(call_sign, payload)
    until(lambda: stands_at("P01", 24.96), WRITTEN)
    counted = {name: figure(name) - before[name] for name in names}
    assert counted == {"malformed": 3, "unknown_unit": 1, "future": 1}


def test_bridge_comes_back_to_a_broker_that_was_away(bridge, broker):
    broker.stop()
    until(lambda: not bridge.client.is_connected(), "the bridge sees no end")
    broker.start()
    broker.publish("P02", told(24.95))  # the broker keeps it for the bridge if that is not back yet
    until(lambda: stands_at("P02", 24.95), WRITTEN)
