"""How much one client may ask: an allowance that fills again as time goes by.

Pure ASGI, before the door: who asks more than its allowance is told 429 and when to come again
(RFC 6585, 4), and takes neither a place nor a connection. Each process counts for itself.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prometheus_client import Counter

from anlan.kernel.asgi_types import Application, Receive, Scope, Send
from anlan.kernel.errors import AnlanError
from anlan.kernel.turning_away import turn_away

CLIENTS_LIMIT = 50_000
"""So many clients are remembered for each allowance; whoever was longest away is forgotten."""
LIMITED = Counter("anlan_requests_limited", "Requests beyond a client's allowance", ["allowance"])


class TooManyRequestsError(AnlanError):
    """One client asks more than its allowance. Facts: `retry_after_s`."""

    code = "too_many_requests"
    status = 429


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many requests at once, and so many a second after that (a token bucket)."""

    name: str
    at_once: int
    per_s: float


class Spent:
    """What each client has left of one allowance."""

    def __init__(self, allowance: Allowance, clients_limit: int = CLIENTS_LIMIT) -> None:
        self.allowance = allowance
        self._clients_limit = clients_limit
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, now_s: float) -> float:
        """Take one request from the allowance of `client` at a time of a clock that never jumps.

        Returns 0 where there was one left, else in how many seconds there is one; then nothing is
        taken.
        """
        most, per_s = self.allowance.at_once, self.allowance.per_s
        left, seen_s = self._left.get(client, (float(most), now_s))
        left = min(float(most), left + max(0.0, now_s - seen_s) * per_s)
        wait_s = 0.0 if left >= 1 else (1 - left) / per_s
        self._left[client] = (left - 1 if not wait_s else left, now_s)
        self._left.move_to_end(client)
        if len(self._left) > self._clients_limit:
            self._left.popitem(last=False)
        return wait_s


Counted = Iterable[tuple[Allowance, str]]
"""Which allowances a request is taken from, and whose."""


class ClientLimits:
    """ASGI application: hand on to `application` what is within every allowance.

    `counted_by` says of a request from which allowances it is taken, and by which client.
    """

    def __init__(
        self, application: Application, allowances: Iterable[Allowance],
        counted_by: Callable[[Scope], Counted],
    ) -> None:  # fmt: skip
        self._application = application
        self._spent = {one.name: Spent(one) for one in allowances}
        self._counted_by = counted_by

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or say when to come again."""
        now_s = time.monotonic()
        for allowance, client in self._counted_by(scope):
            wait_s = self._spent[allowance.name].take(client, now_s)
            if wait_s:
                LIMITED.labels(allowance.name).inc()
                retry_after_s = math.ceil(wait_s)
                error = TooManyRequestsError(retry_after_s=retry_after_s)
                await turn_away(scope, send, error, retry_after_s)
                return
        await self._application(scope, receive, send)
