"""The stream to the screens: every event of their area, once, in order, whatever the line does."""

import asyncio
from dataclasses import replace

import numpy as np
import psycopg
import pytest
from django.db import OperationalError, connection
from tests.people import EVERYTHING

from anlan.kernel import screens as screens_module
from anlan.kernel import stream as stream_module
from anlan.kernel.access import system_actor
from anlan.kernel.models import OutboxEntry
from anlan.kernel.policies import permissions_of
from anlan.kernel.scope import scoped
from anlan.kernel.stream import Hub
from anlan.kernel.tests.screens import (
    PATIENCE_S,
    SHOWING,
    Screen,
    connect,
    publish,
    publish_now,
    run,
    serving,
)
from anlan.orgs.roles import Role
from anlan.orgs.sign_in import VISITOR

pytestmark = pytest.mark.usefixtures("committing", "short_heartbeat")

HERE, THERE = 990101001001001, 990101002001001
WATCHER = replace(EVERYTHING, id="watcher", role="DISPATCHER")


@pytest.fixture
def short_heartbeat(monkeypatch):
    monkeypatch.setattr(screens_module, "HEARTBEAT_S", 0.05)


def sequences() -> list[int]:
    with scoped(EVERYTHING):
        return list(OutboxEntry.objects.order_by("sequence").values_list("sequence", flat=True))


def test_event_reaches_the_screen_with_its_number_topic_and_content():
    async def journey() -> None:
        async with serving(WATCHER) as stream:
            screen = Screen(stream)
            await screen.greeted()
            await publish(HERE, topic="incident.received")
            await screen.until(lambda: bool(screen.told))
            (event,) = screen.told
            assert (event.topic, event.data["area"], event.data["n"]) == (
                "incident.received",
                HERE,
                0,
            )
            assert event.data["at"] == "2026-11-21T08:00:00+00:00"
            assert screen.status == 200
            assert screen.headers[b"content-type"] == b"text/event-stream; charset=utf-8"
            assert screen.headers[b"cache-control"] == b"no-store"
            await screen.cut()

    run(journey)


def test_new_screen_hears_nothing_of_what_was_before():
    publish_now(HERE, HERE)

    async def journey() -> None:
        async with serving(WATCHER) as stream:
            screen = Screen(stream)
            await screen.greeted()
            (hello,) = screen.events
            assert (hello.topic, hello.data) == ("hello", {"sequence": sequences_now[-1]})
            await screen.cut()

    sequences_now = sequences()
    run(journey)


@pytest.mark.parametrize("actor", [None, VISITOR, system_actor("part")])
def test_stream_is_for_people_who_are_signed_in(actor):
    async def journey() -> None:
        async with serving(actor) as stream:
            screen = Screen(stream)
            await screen.line
            assert (screen.status, screen.events) == (401, [])

    run(journey)


def test_stream_is_not_for_a_gateway():
    async def journey() -> None:
        async with serving(replace(WATCHER, permissions=permissions_of(Role.GATEWAY))) as stream:
            screen = Screen(stream)
            await screen.line
            assert (screen.status, screen.events) == (403, [])

    run(journey)


def test_screen_sees_its_own_area_only(community):
    async def journey() -> None:
        async with serving(replace(community, role="GRID_OFFICER")) as stream:
            screen = Screen(stream)
            await screen.greeted()
            await publish(HERE, THERE, HERE, THERE)
            await screen.until(lambda: len(screen.told) == 2)
            await screen.cut()
            again = Screen(stream, str(screen.events[0].id))
            await again.greeted()
            for seen in (screen, again):
                assert [event.data["n"] for event in seen.told] == [0, 2]
                assert {event.data["area"] for event in seen.told} == {HERE}
            await again.cut()

    run(journey)


@pytest.mark.parametrize("seed", range(4))
def test_line_that_is_cut_anywhere_loses_and_doubles_nothing(seed):
    rounds, at_once = 40, 5
    generator = np.random.default_rng(seed)

    async def journey() -> list[int]:
        seen: list[int] = []
        async with serving(WATCHER) as stream:
            screen = Screen(stream)
            await screen.greeted()
            last = screen.last_event_id
            for _ in range(rounds):
                sending = asyncio.create_task(publish(*[HERE] * at_once))
                for _ in range(int(generator.integers(0, 30))):
                    await asyncio.sleep(0)
                await asyncio.sleep(float(generator.random()) * 0.02)
                await screen.cut()
                seen += [event.id for event in screen.told]
                last = screen.last_event_id or last
                screen = Screen(stream, last)
                await sending
            await screen.until(lambda: len(seen) + len(screen.told) >= rounds * at_once)
            await screen.cut()
            return seen + [event.id for event in screen.told]

    seen: list[int] = []

    async def keep() -> None:
        seen.extend(await journey())

    run(keep)
    assert seen == sequences()
    assert len(seen) == rounds * at_once


def test_screen_that_was_away_too_long_is_told_to_start_over(monkeypatch):
    monkeypatch.setattr(stream_module, "BACKLOG_LIMIT_ROWS", 3)
    publish_now(*[HERE] * 5)
    numbers = sequences()

    async def journey() -> None:
        async with serving(WATCHER) as stream:
            greetings = []
            for seen in (numbers[0], numbers[1]):
                screen = Screen(stream, str(seen))
                await screen.greeted()
                greetings.append((screen.events[-1].topic, [event.id for event in screen.told]))
                assert screen.events[-1].id == numbers[-1]
                await screen.cut()
            assert greetings == [("reset", []), ("hello", numbers[2:])]

    run(journey)


def test_screen_whose_events_were_erased_is_told_to_start_over():
    publish_now(*[HERE] * 3)
    numbers = sequences()
    with scoped(EVERYTHING):
        OutboxEntry.objects.filter(sequence__lt=numbers[2]).delete()

    async def journey() -> None:
        async with serving(WATCHER) as stream:
            topics = []
            for seen in (numbers[0], numbers[1]):
                screen = Screen(stream, str(seen))
                await screen.greeted()
                topics.append([event.topic for event in screen.events])
                await screen.cut()
            assert topics == [["reset"], ["t", "hello"]]

    run(journey)


@pytest.mark.parametrize("seen", ["999999999", "x", "-1", "", "9" * 5_000, "１", "²"])
def test_number_that_was_never_given_starts_afresh(seen):
    publish_now(HERE)

    async def journey() -> None:
        async with serving(WATCHER) as stream:
            screen = Screen(stream, seen)
            await screen.greeted()
            assert screen.told == []
            await publish(HERE)
            await screen.until(lambda: len(screen.told) == 1)
            await screen.cut()

    run(journey)


def test_slow_screen_is_dropped_and_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(screens_module, "QUEUE_LIMIT_FRAMES", 4)

    async def journey() -> None:
        async with serving(WATCHER) as stream:
            slow, quick = Screen(stream), Screen(stream)
            await slow.greeted()
            await quick.greeted()
            slow.stop_reading()
            for batch in range(1, 7):
                await publish(HERE, HERE)
                await quick.until(lambda batch=batch: len(quick.told) == 2 * batch)
            assert not slow.line.done()
            slow.read_on()
            async with asyncio.timeout(PATIENCE_S):
                await slow.line
            assert len(slow.told) < 12
            again = Screen(stream, slow.last_event_id)
            await again.until(lambda: len(slow.told) + len(again.told) >= 12)
            assert [e.id for e in slow.told + again.told] == [e.id for e in quick.told]
            await asyncio.gather(quick.cut(), again.cut())

    run(journey)


def test_event_that_another_process_has_shown_already_is_not_shown_again():
    """Two web processes follow the outbox, one a little behind: a screen moves from one to it."""
    publish_now(*[HERE] * 5)
    numbers = sequences()

    async def journey() -> None:
        behind = Hub(connect, SHOWING)
        behind.last = numbers[1]

        async def find_actor(cookies: str):
            return WATCHER

        screen = Screen(stream_module.Stream(behind, find_actor), str(numbers[3]))
        await screen.greeted()
        behind.start()
        await screen.until(lambda: bool(screen.told))
        assert [event.id for event in screen.told] == [numbers[4]]
        await screen.cut()
        await behind.stop()

    run(journey)


def test_screen_that_leaves_is_forgotten():
    async def journey() -> None:
        async with serving(WATCHER) as stream:
            screen = Screen(stream)
            await screen.greeted()
            assert len(stream.hub._screens) == 1
            await screen.cut()
            assert stream.hub._screens == set()

    run(journey)


def test_screen_that_hangs_up_is_forgotten_before_the_next_heartbeat(monkeypatch):
    async def journey() -> None:
        async with serving(WATCHER) as stream:
            screen = Screen(stream)
            await screen.greeted()
            screen.hang_up()
            async with asyncio.timeout(PATIENCE_S):
                await screen.line
            assert stream.hub._screens == set()

    monkeypatch.setattr(screens_module, "HEARTBEAT_S", PATIENCE_S * 2)
    run(journey)


def test_screen_waits_while_the_outbox_is_not_followed_yet():
    async def journey() -> None:
        async def find_actor(cookies: str):
            return WATCHER

        screen = Screen(stream_module.Stream(Hub(connect, SHOWING), find_actor))
        await screen.line
        assert (screen.status, screen.headers[b"retry-after"]) == (503, b"2")

    run(journey)


def test_screen_that_cannot_be_told_what_it_missed_is_asked_to_come_back():
    publish_now(HERE)

    async def journey() -> None:
        async def away():
            raise psycopg.OperationalError

        async def find_actor(cookies: str):
            return WATCHER

        hub = Hub(away, SHOWING)
        hub.last = 1
        screen = Screen(stream_module.Stream(hub, find_actor), "1")
        await screen.line
        assert (screen.status, hub._screens) == (200, set())
        assert [event.topic for event in screen.events] == ["away"]

    run(journey)


def test_nobody_waits_for_a_sign_in_that_cannot_be_looked_at():
    async def journey() -> None:
        asked = []

        async def find_actor(cookies: str):
            asked.append(cookies)
            raise OperationalError

        hub = Hub(connect, SHOWING)
        for hub.away in (False, True):
            screen = Screen(stream_module.Stream(hub, find_actor), "7")
            await screen.line
            assert (screen.status, [event.topic for event in screen.events]) == (200, ["away"])
        assert len(asked) == 1

    run(journey)


def test_open_screens_hear_that_the_database_goes_and_that_it_is_back():
    async def journey() -> None:
        async with serving(WATCHER) as stream:
            screen = Screen(stream)
            await screen.greeted()
            await asyncio.to_thread(end_every_session)
            await screen.until(lambda: [e.topic for e in screen.events][1:] == ["away", "hello"])
            await publish(HERE)
            await screen.until(lambda: len(screen.told) == 1)
            await screen.cut()

    run(journey)


def end_every_session() -> None:
    """End every other session of this database, as one that restarts does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    finally:
        connection.close()
        connection.close_pool()  # its sessions are ended too; the next test would be given one


def test_quiet_stream_shows_that_the_line_is_up():
    async def journey() -> None:
        async with serving(WATCHER) as stream:
            sent: list[bytes] = []

            async def receive() -> dict:
                await asyncio.Event().wait()
                return {}

            async def send(message: dict) -> None:
                sent.append(message.get("body", b""))

            line = asyncio.create_task(stream({"headers": []}, receive, send))
            async with asyncio.timeout(PATIENCE_S):
                while b": still here\n\n" not in sent:
                    await asyncio.sleep(0.01)
            line.cancel()
            await asyncio.gather(line, return_exceptions=True)

    run(journey)
