"""Rounds in which messages come again three days later, when their replies are long gone."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import numpy as np
import psycopg

from tests.faults.rows import Row
from tests.faults.severing import BETWEEN_REPORTS, TICK_S, FarServer
from tests.faults.writing import CLIENTS, Writers, report, row_of
from tests.journeys.clients import until

LATE_S = 3 * 86_400.0
KEPT_WHOLE = """
    SELECT count(*) FROM kernel_kept_reply
    WHERE NOT forgotten AND kept_at < to_timestamp(%s) - interval '1 day'
"""
FORGET = "DELETE FROM kernel_kept_reply WHERE key = ANY(%s::uuid[])"


def messages_late(far: FarServer, chance: np.random.Generator, *, emptied: bool) -> Iterator[Row]:
    """Send every acknowledged report again after three days, out of order; with a control.

    `emptied` waits until the worker has erased the replies. The control forgets the keys as well,
    as if they were kept no longer than replies are.
    """
    rounds = [
        _written(far, "messages three days late"),
        _written(far, "messages three days late, keys forgotten"),
    ]
    far.offset_s += LATE_S
    time.sleep(2 * TICK_S)
    if emptied:
        until(lambda: not _whole(far), "replies are not erased")
    for writers, control in zip(rounds, (False, True), strict=True):
        again = [*writers.told.keys.items()]
        chance.shuffle(again)
        if control:
            _forget(far, [key for _, key in again])
        with ThreadPoolExecutor(CLIENTS) as clients:
            replies = list(clients.map(lambda one: report(far.session, *one), again))
        wanted = {(201, "")} if control else {(409, "idempotency.done_before")}
        assert {(reply.status_code, _code(reply)) for reply in replies} == wanted
        yield row_of(writers, far.pair.conninfo(), faults=len(again), back_s=None, control=control)
    far.offset_s -= LATE_S


def _written(far: FarServer, name: str) -> Writers:
    with Writers(far.session, name) as writers:
        writers.wait_for(BETWEEN_REPORTS)
    return writers


def _code(reply: httpx.Response) -> str:
    return str(reply.json().get("code", "")) if reply.status_code >= 400 else ""


def _whole(far: FarServer) -> int:
    """Return how many replies are kept that are older than a day."""
    with psycopg.connect(far.pair.conninfo()) as connection:
        (count,) = connection.execute(KEPT_WHOLE, [far.now_s]).fetchone() or (0,)
        return int(count)


def _forget(far: FarServer, keys: list[str]) -> None:
    with psycopg.connect(far.pair.conninfo()) as connection:
        connection.execute(FORGET, [keys])
