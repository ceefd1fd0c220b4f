"""Lanes at the door: who comes in, who waits, who is turned away, and in which order."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import pytest

from anlan.kernel.lanes import Door, Lane

FIRST = Lane("first", 0, None, None, retry_after_s=1)
SECOND = Lane("second", 1, 2, 30.0, retry_after_s=5)
LAST = Lane("last", 2, 1, 30.0, retry_after_s=30)
HASTY = Lane("last", 2, 1, 0.0, retry_after_s=30)
ENOUGH_TURNS = 20


class House:
    """An application whose requests stay inside until they are let go."""

    def __init__(self, lanes: tuple[Lane, ...], places: int) -> None:
        self.came: list[str] = []
        self.replies: dict[str, list[dict[str, Any]]] = {}
        self._let_go: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        named = {lane.name: lane for lane in lanes}
        self._door = Door(self._serve, lanes, places, lambda _, path: named.get(path.split("/")[1]))

    async def _serve(self, scope: Any, receive: Any, send: Any) -> None:
        self.came.append(scope["path"])
        await self._let_go[scope["path"]].wait()
        if scope["path"].endswith("broken"):
            raise RuntimeError
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def ask(self, *paths: str) -> None:
        """Send requests, one after the other, and let each come as far as it can."""
        for path in paths:
            self._let_go[path] = asyncio.Event()
            sent = self.replies.setdefault(path, [])
            scope = {"method": "GET", "path": path, "headers": [(b"accept-language", b"en")]}

            async def send(message: dict[str, Any], sent: list[dict[str, Any]] = sent) -> None:
                sent.append(message)

            self._tasks[path] = asyncio.create_task(self._door(scope, None, send))
            await self.settle()

    async def let_go(self, *paths: str) -> None:
        """Let requests leave."""
        for path in paths:
            self._let_go[path].set()
            await self.settle()

    async def give_up(self, path: str) -> None:
        """Let whoever asked go away."""
        self._tasks[path].cancel()
        await self.settle()

    async def settle(self) -> None:
        """Let everything happen that can."""
        for _ in range(ENOUGH_TURNS):
            await asyncio.sleep(0)

    async def empty(self) -> None:
        """Let everybody go, and wait for them."""
        for event in self._let_go.values():
            event.set()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def turned_away(self) -> list[str]:
        """Return which requests were turned away."""
        return [path for path, sent in self.replies.items() if sent and sent[0]["status"] == 503]


Play = Callable[[House], Awaitable[None]]


def played(play: Play, *lanes: Lane, places: int = 3) -> House:
    """Return the house after a play."""

    async def main() -> House:
        house = House(lanes, places)
        await play(house)
        await house.empty()
        return house

    return asyncio.run(main())


def test_a_place_is_kept_free_for_each_lane_before():
    async def play(house: House) -> None:
        await house.ask("/last/1", "/last/2", "/second/1", "/second/2", "/first/1", "/first/2")
        assert house.came == ["/last/1", "/second/1", "/first/1"]

    house = played(play, FIRST, SECOND, LAST)
    assert house.turned_away() == []
    assert len(house.came) == 6


def test_who_waits_comes_in_by_the_order_of_lanes_and_then_of_coming():
    async def play(house: House) -> None:
        await house.ask("/first/1", "/first/2", "/first/3")
        await house.ask("/last/1", "/second/1", "/second/2", "/first/4", "/first/5")
        await house.let_go("/first/1", "/first/2", "/first/3")
        assert house.came[3:] == ["/first/4", "/first/5", "/second/1"]
        await house.let_go("/first/4", "/first/5")
        assert house.came[6:] == ["/second/2"]
        await house.let_go("/second/1", "/second/2")
        assert house.came[7:] == ["/last/1"]

    played(play, FIRST, SECOND, LAST)


def test_who_finds_no_room_is_turned_away_at_once_and_told_when_to_come_again():
    async def play(house: House) -> None:
        await house.ask("/last/1", "/last/2", "/last/3")
        assert house.turned_away() == ["/last/3"]

    start, body = played(play, FIRST, SECOND, LAST).replies["/last/3"]
    headers = dict(start["headers"])
    assert headers[b"retry-after"] == b"30"
    assert headers[b"content-type"] == b"application/problem+json"
    problem = orjson.loads(body["body"])
    assert (problem["code"], problem["status"]) == ("overloaded", 503)
    assert problem["facts"] == {"retry_after_s": 30}
    assert "30 s" in problem["title"]


def test_who_waits_too_long_is_turned_away_and_takes_no_place():
    async def play(house: House) -> None:
        await house.ask("/last/1", "/last/2")
        await asyncio.sleep(0.01)
        await house.settle()
        assert house.turned_away() == ["/last/2"]
        await house.let_go("/last/1")
        await house.ask("/last/3")
        assert house.came == ["/last/1", "/last/3"]

    played(play, FIRST, SECOND, HASTY)


def test_the_first_lane_is_never_turned_away():
    async def play(house: House) -> None:
        await house.ask(*(f"/last/{n}" for n in range(100)), *(f"/second/{n}" for n in range(100)))
        await house.ask(*(f"/first/{n}" for n in range(1_000)))

    house = played(play, FIRST, SECOND, LAST)
    assert sum(path.startswith("/first") for path in house.came) == 1_000
    assert not any(path.startswith("/first") for path in house.turned_away())
    assert len(house.turned_away()) == 98 + 97


def test_who_goes_away_while_waiting_leaves_the_line_to_the_next():
    async def play(house: House) -> None:
        await house.ask("/last/1", "/last/2")
        await house.give_up("/last/2")
        await house.ask("/last/3")
        assert house.turned_away() == []
        await house.let_go("/last/1")
        assert house.came == ["/last/1", "/last/3"]

    played(play, FIRST, SECOND, LAST)


@pytest.mark.parametrize("how", ["broken", "gone"])
def test_a_place_is_free_again_however_a_request_ends(how):
    async def play(house: House) -> None:
        await house.ask(f"/last/{how}", "/last/2")
        await (house.let_go("/last/broken") if how == "broken" else house.give_up("/last/gone"))
        assert house.came == [f"/last/{how}", "/last/2"]

    played(play, FIRST, SECOND, LAST)


def test_what_has_no_lane_passes_while_every_place_is_taken():
    async def play(house: House) -> None:
        await house.ask("/first/1", "/first/2", "/first/3", "/healthz/")
        assert house.came[-1] == "/healthz/"

    played(play, FIRST, SECOND, LAST)


def test_with_one_place_every_lane_still_gets_in():
    async def play(house: House) -> None:
        await house.ask("/last/1", "/second/1", "/first/1")
        await house.let_go("/last/1", "/first/1", "/second/1")
        assert house.came == ["/last/1", "/first/1", "/second/1"]

    played(play, FIRST, SECOND, LAST, places=1)
