"""Lanes at the door: under load the important is served first, and the rest is turned away early.

Pure ASGI and one event loop: a request enters by its lane, waits for its turn where all places are
taken, and is turned away with 503 and Retry-After where its lane has no room left. Turning away
costs nothing: no thread, no connection to the database.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from prometheus_client import Counter, Gauge

from anlan.kernel.asgi_types import Application, Receive, Scope, Send
from anlan.kernel.errors import UnavailableError
from anlan.kernel.turning_away import turn_away

SHED = Counter("anlan_requests_shed", "Requests turned away at the door", ["lane"])
WAITING = Gauge("anlan_requests_waiting", "Requests that wait at the door", ["lane"])


class OverloadedError(UnavailableError):
    """There is more to do than can be done, and this can wait. Facts: `retry_after_s`."""

    code = "overloaded"


@dataclass(frozen=True, slots=True)
class Lane:
    """A class of requests.

    Attributes
    ----------
    name : str
    kept_free_places : int
        So many places are never taken by this lane and those after it together.
    waiting_limit_requests : int or None
        So many wait for their turn; None: whoever comes waits, and the web server's own bound on
        open requests is the bound.
    wait_limit_s : float or None
        Nobody waits longer; None: until its turn comes.
    retry_after_s : int
        What those are told who are turned away.
    """

    name: str
    kept_free_places: int
    waiting_limit_requests: int | None
    wait_limit_s: float | None
    retry_after_s: int


@dataclass(slots=True)
class _Queue:
    """Who of a lane is inside, and who waits, first come first.

    `places` may be taken by this lane and those after it: always one at least.
    """

    lane: Lane
    places: int
    inside: int = 0
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)


class Door:
    """ASGI application: let `application` serve at most `places` requests at once, lane by lane.

    `lanes` stand in the order in which they are served. `lane_of` says by which lane a method and a
    path enter; None passes without a place, for what answers at once.
    """

    def __init__(
        self, application: Application, lanes: Sequence[Lane], places: int,
        lane_of: Callable[[str, str], Lane | None],
    ) -> None:  # fmt: skip
        self._application = application
        self._queues = [_Queue(lane, max(1, places - lane.kept_free_places)) for lane in lanes]
        self._of = {queue.lane.name: queue for queue in self._queues}
        self._lane_of = lane_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request when its turn comes, or turn it away."""
        lane = self._lane_of(scope["method"], scope["path"])
        if lane is None:
            await self._application(scope, receive, send)
            return
        queue = self._of[lane.name]
        try:
            await self._enter(queue)
        except OverloadedError as error:
            SHED.labels(lane.name).inc()
            await turn_away(scope, send, error, lane.retry_after_s)
            return
        try:
            await self._application(scope, receive, send)
        finally:
            self._leave(queue)

    async def _enter(self, queue: _Queue) -> None:
        lane, limit = queue.lane, queue.lane.waiting_limit_requests
        if not queue.waiting and self._has_place(queue):
            queue.inside += 1
            return
        if limit is not None and len(queue.waiting) >= limit:
            raise OverloadedError(retry_after_s=lane.retry_after_s)
        turn = asyncio.get_running_loop().create_future()
        queue.waiting.append(turn)
        WAITING.labels(lane.name).set(len(queue.waiting))
        try:
            async with asyncio.timeout(lane.wait_limit_s):
                await turn
        except (TimeoutError, asyncio.CancelledError) as error:
            self._give_up(queue, turn)
            if isinstance(error, TimeoutError):
                raise OverloadedError(retry_after_s=lane.retry_after_s) from None
            raise
        finally:
            WAITING.labels(lane.name).set(len(queue.waiting))

    def _give_up(self, queue: _Queue, turn: asyncio.Future[None]) -> None:
        if turn.done() and not turn.cancelled():
            self._leave(queue)  # its turn came in this very moment
        else:
            with suppress(ValueError):
                queue.waiting.remove(turn)

    def _leave(self, queue: _Queue) -> None:
        queue.inside -= 1
        while (following := self._next()) is not None:
            turn = following.waiting.popleft()
            if not turn.done():
                following.inside += 1
                turn.set_result(None)

    def _next(self) -> _Queue | None:
        """Return the first lane in which somebody waits for whom there is a place."""
        waited = (queue for queue in self._queues if queue.waiting)
        return next((queue for queue in waited if self._has_place(queue)), None)

    def _has_place(self, queue: _Queue) -> bool:
        """Say whether one more of a lane leaves the lanes before it what is kept free for them."""
        last = self._queues.index(queue)
        taken = sum(other.inside for other in self._queues[last + 1 :])
        for before in reversed(self._queues[: last + 1]):
            taken += before.inside
            if taken >= before.places:
                return False
        return True
