"""Positions in great number: the last one counts, bad ones are counted, nothing grows."""

import asyncio
import json
import math
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NoReturn
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections
from tests.people import EVERYTHING, make_desk, unit_id
from tests.together import at_once

from anlan.kernel import clock
from anlan.kernel.access import Actor
from anlan.kernel.errors import DeniedError
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped
from anlan.kernel.stream import Hub, Stream
from anlan.kernel.tests.screens import Screen, connect, run
from anlan.orgs.models import Unit
from anlan.orgs.position_gate import BODY_LIMIT_BYTES, PositionGate
from anlan.orgs.selectors import unit_positions
from anlan.orgs.services import position_intake
from anlan.orgs.services.position_intake import IntakeFullError, PositionIntake
from anlan.orgs.services.positions import Fix
from anlan.project.showing import SHOWING

HERE = (24.94, 60.17)


@pytest.fixture
def intake(db: None) -> PositionIntake:
    return PositionIntake()


def fix(unit: UUID, lon: float = HERE[0], lat: float = HERE[1], *, seconds: float = 0) -> Fix:
    return Fix(unit, lon, lat, clock.now() + timedelta(seconds=seconds))


def place(call_sign: str) -> tuple[float | None, float | None]:
    with scoped(EVERYTHING):
        unit = Unit.objects.get(call_sign=call_sign)
    return unit.lon, unit.lat


def take(intake: PositionIntake, *fixes: Fix, actor: Actor = EVERYTHING) -> Counter[str]:
    return intake.take(fixes, actor=actor, at=clock.now())


def test_last_position_of_each_unit_is_written_by_one_statement(
    intake, django_assert_max_num_queries
):
    p01, p02 = unit_id("P01"), unit_id("P02")
    queued = take(
        intake,
        fix(p01, 24.91, seconds=-3),
        fix(p02, 24.92, seconds=-2),
        fix(p01, 24.93, seconds=-1),
    )
    assert queued == {"queued": 3}
    with django_assert_max_num_queries(5):  # savepoint, scope, setting, the statement, release
        assert intake.write(clock.now()) == {"taken": 2}
    assert (place("P01"), place("P02")) == ((24.93, 60.17), (24.92, 60.17))
    with scoped(EVERYTHING):
        assert not OutboxEntry.objects.filter(topic__contains="moved").exists()


def test_what_cannot_be_a_position_is_counted_by_its_reason(intake):
    p01 = unit_id("P01")
    take(intake, fix(p01, seconds=-5))
    wrong = take(
        intake,
        fix(p01, 0.0, 0.0),
        fix(p01, math.nan),
        fix(p01, 181.0),
        fix(p01, lat=-90.5),
        fix(p01, seconds=900),
        fix(p01, seconds=-7_200),
        fix(p01, seconds=-60),
    )
    assert wrong == {"not_on_earth": 4, "future": 1, "past": 1, "out_of_order": 1}
    same = fix(p01, seconds=-1)
    assert take(intake, same, same) == {"queued": 1, "duplicate": 1}


def test_what_the_database_knows_better_is_counted_and_moves_nobody(intake, desk):
    p01, p02 = unit_id("P01"), unit_id("P02")
    first = fix(p01, seconds=-5)
    take(intake, first)
    assert intake.write(clock.now()) == {"taken": 1}
    desk("DISPATCHER").put(f"units/{p02}/duty", {"duty": "OFF_DUTY"})
    take(intake, first, fix(p02), fix(uuid4()))
    assert intake.write(clock.now()) == {"duplicate": 1, "off_duty": 1, "unknown_unit": 1}
    take(intake, Fix(p01, 24.9, 60.1, first.at - timedelta(seconds=1)))
    assert intake.write(clock.now()) == {"out_of_order": 1}
    assert (place("P01"), place("P02")) == (HERE, (None, None))


def test_position_that_grew_old_while_it_waited_is_not_shown_as_fresh(intake):
    take(intake, fix(unit_id("P01")))
    assert intake.write(clock.now() + timedelta(hours=1)) == {"past": 1}
    assert place("P01") == (None, None)


def test_crew_tells_its_own_position_alone(intake, desk):
    crew = desk("CREW", unit="P01").actor
    told = take(intake, fix(unit_id("P01")), fix(unit_id("P02")), actor=crew)
    assert told == {"queued": 1, "not_own": 1}
    with pytest.raises(DeniedError):
        take(intake, fix(unit_id("P01")), actor=desk("CALL_TAKER").actor)
    assert intake.write(clock.now()) == {"taken": 1}


def test_no_more_units_wait_than_may(intake, monkeypatch):
    monkeypatch.setattr(position_intake, "WAITING_LIMIT_UNITS", 1)
    p01, p02 = unit_id("P01"), unit_id("P02")
    take(intake, fix(p01, seconds=-3))
    with pytest.raises(IntakeFullError):
        take(intake, fix(p02))
    assert take(intake, fix(p01, 24.95)) == {"queued": 1}
    assert intake.write(clock.now()) == {"taken": 1}
    assert place("P01") == (24.95, 60.17)


def test_positions_wait_while_the_database_is_away(intake, monkeypatch):
    def away(batch: object) -> NoReturn:
        raise DatabaseError

    take(intake, fix(unit_id("P01"), seconds=-2))
    with monkeypatch.context() as broken:
        broken.setattr(position_intake, "_written", away)
        with pytest.raises(DatabaseError):
            intake.write(clock.now())
    take(intake, fix(unit_id("P01"), 24.95))
    assert intake.write(clock.now()) == {"taken": 1}
    assert place("P01") == (24.95, 60.17)


def test_unit_that_somebody_holds_is_written_next_time(committing):
    intake, p01 = PositionIntake(), unit_id("P01")
    take(intake, fix(p01), fix(unit_id("P02")))
    with scoped(EVERYTHING):
        Unit.objects.select_for_update().get(pk=p01)
        assert at_once([lambda: intake.write(clock.now())]) == [{"taken": 1}]
    assert intake.waiting == 1
    assert intake.write(clock.now()) == {"taken": 1}
    assert (place("P01"), place("P02")) == (HERE, HERE)


def test_many_writers_leave_the_newest_position(committing):
    units = [unit_id(sign) for sign in ("P01", "P02", "F01", "A01")]
    began = clock.now()

    def tell(writer: int) -> None:
        intake = PositionIntake()
        for number in range(20):
            at = began + timedelta(microseconds=20 * number + writer)
            told = [Fix(unit, 24.9 + number / 1_000 + writer / 1e6, 60.17, at) for unit in units]
            intake.take(told, actor=EVERYTHING, at=clock.now())
            intake.write(clock.now())
        while intake.waiting:
            intake.write(clock.now())

    at_once([lambda w=writer: tell(w) for writer in range(4)])
    newest = 24.9 + 19 / 1_000 + 3 / 1e6
    with scoped(EVERYTHING):
        assert {unit.lon for unit in Unit.objects.filter(pk__in=units)} == {newest}


# The door.


def ask(
    gate: PositionGate, body: bytes, *, method: str = "POST", **headers: str
) -> tuple[int, dict[str, Any], dict[bytes, bytes]]:
    """Ask the door as a client does; return status, content and headers."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    named = {"content-type": "application/json"} | given
    scope = {
        "type": "http", "method": method, "path": "/ingest/positions",
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(gate(scope, receive, send))
    return sent[0]["status"], json.loads(sent[1]["body"]), dict(sent[0]["headers"])


@pytest.fixture
def gate(intake: PositionIntake, desk: Callable[..., Any]) -> PositionGate:
    """The door, as the crew of P01 comes to it."""
    crew = desk("CREW", unit="P01").actor

    async def find(cookies: str) -> Actor | None:
        return crew if cookies == "mine" else None

    return PositionGate(intake, find)


def batch(*entries: object) -> bytes:
    return json.dumps({"positions": entries}).encode()


def entry(unit: UUID, at: datetime, **more: object) -> dict[str, object]:
    return {"unit_id": str(unit), "lon": 24.94, "lat": 60.17, "at": at.isoformat()} | more


def test_batch_is_accepted_with_what_became_of_each(gate):
    p01, at = unit_id("P01"), clock.now()
    bad = [{"unit_id": str(p01)}, entry(p01, at, lon="x"), 7]
    told = batch(entry(p01, at), entry(unit_id("P02"), at), *bad)
    assert ask(gate, told, cookie="mine")[:2] == (
        202,
        {"queued": 1, "refused": {"not_own": 1, "malformed": 3}},
    )
    assert gate.intake.write(clock.now()) == {"taken": 1}


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"{}", {}, 401, "unauthenticated"),
        (b"{", {"cookie": "mine"}, 400, "body.malformed"),
        (b"[]", {"cookie": "mine"}, 422, "invalid"),
        (b"{}", {"cookie": "mine", "content_type": "text/plain"}, 400, "body.malformed"),
        (b"{}", {"cookie": "mine", "sec_fetch_site": "cross-site"}, 403, "denied.foreign_site"),
        (b" " * (BODY_LIMIT_BYTES + 1), {"cookie": "mine"}, 413, "too_large"),
        (b"", {"cookie": "mine", "content_length": "9999999"}, 413, "too_large"),
        (b"{}", {"cookie": "mine", "method": "GET"}, 405, "http.405"),
        (batch(*[{}] * 501), {"cookie": "mine"}, 422, "invalid"),
    ],
)
def test_what_is_no_batch_is_refused_and_nothing_waits(gate, body, headers, status, code):
    answered, problem, _ = ask(gate, body, **headers)
    assert (answered, problem["code"], gate.intake.waiting) == (status, code, 0)


def test_full_intake_says_when_to_come_again(gate, monkeypatch):
    monkeypatch.setattr(position_intake, "WAITING_LIMIT_UNITS", 0)
    status, problem, headers = ask(gate, batch(entry(unit_id("P01"), clock.now())), cookie="mine")
    assert (status, problem["code"], headers[b"retry-after"]) == (503, "positions.full", b"1")


# The screens.


def test_screens_are_told_where_units_stand_when_they_come_and_when_one_moves(committing):
    intake, p01 = PositionIntake(), unit_id("P01")
    take(intake, fix(p01, seconds=-9))
    intake.write(clock.now())

    dispatcher = make_desk("DISPATCHER").actor

    async def find(cookies: str) -> Actor:
        return dispatcher

    def move() -> None:
        take(intake, fix(p01, 24.96))
        intake.write(clock.now())
        connections.close_all()

    async def journey() -> None:
        hub = Hub(connect, SHOWING, unit_positions())
        hub.start()
        while hub.last is None:
            await asyncio.sleep(0.01)
        screen = Screen(Stream(hub, find))
        await screen.until(lambda: len(moved(screen)) == 1)
        await asyncio.to_thread(move)
        await screen.until(lambda: len(moved(screen)) == 2)
        late = Screen(Stream(hub, find))
        await late.until(lambda: len(moved(late)) == 1)
        for one in (screen, late):
            await one.cut()
        await hub.stop()
        assert [lons(event) for event in moved(screen)] == [[24.94], [24.96]]
        assert [lons(event) for event in moved(late)] == [[24.96]]

    run(journey)


def moved(screen: Screen) -> list[dict[str, Any]]:
    return [event.data for event in screen.events if event.topic == "units.moved"]


def lons(told: dict[str, Any]) -> list[float]:
    return [unit["lon"] for unit in told["units"]]
