"""A commit whose wait for the synchronous replica was cancelled is neither done nor refused."""

import threading
from collections import Counter
from uuid import uuid4

import httpx
import psycopg
import pytest
from tests.journeys.clients import PLACE, everything_received, until
from tests.live import LiveServer

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.postgres.server import Server

pytestmark = pytest.mark.journey

NAME = "outcome unknown"
REPORT = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "place_text": NAME, **PLACE}
CANCEL = """
    SELECT pg_cancel_backend(pid) FROM pg_stat_activity
    WHERE wait_event = 'SyncRep' AND usename = 'anlan_app'
"""


@pytest.fixture
def database(live: LiveServer):
    """The administrator's connection to the database, which forgets afterwards what was set."""
    where = Server(Home(live.home)).connection(ADMINISTRATOR).conninfo()
    with psycopg.connect(where, autocommit=True) as connection:
        yield connection
        connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
        connection.execute("SELECT pg_reload_conf()")


def test_commit_of_unknown_outcome_is_never_done_until_its_key_says_so(live, database):
    with live.client("calltaker") as taker:
        key = {"Idempotency-Key": str(uuid4())}
        database.execute("ALTER SYSTEM SET synchronous_standby_names = 'a_replica_that_is_away'")
        database.execute("SELECT pg_reload_conf()")
        for _ in range(2):  # the second finds the first one's row, and does not say "done" either
            reply = answer_when_cancelled(database, taker, key)
            assert (reply.status_code, reply.json()["code"]) == (503, "outcome.unknown")
            assert reply.headers["Retry-After"] == "2"
        database.execute("ALTER SYSTEM RESET synchronous_standby_names")
        database.execute("SELECT pg_reload_conf()")
        done = taker.post("/api/v1/reports", json=REPORT, headers=key)
    assert (done.status_code, done.headers["Idempotent-Replay"]) == (201, "true")
    assert everything_received(live, NAME) == Counter({NAME: 1})


def answer_when_cancelled(database, taker: httpx.Client, key: dict[str, str]) -> httpx.Response:
    """Report; cancel waits for the replica until there is an answer; return it."""
    answers: list[httpx.Response] = []
    thread = threading.Thread(
        target=lambda: answers.append(taker.post("/api/v1/reports", json=REPORT, headers=key))
    )
    thread.start()
    until(lambda: bool(database.execute(CANCEL) and answers), "no commit waited")
    thread.join()
    return answers[0]
