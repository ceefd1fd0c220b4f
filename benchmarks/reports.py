"""Reports acknowledged a second by 8 and 32 clients, beside the same rows written by bare SQL."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from secrets import token_hex
from uuid import uuid4

import psutil
import psycopg

from benchmarks.calls import Caller, Load, cookie_of, load
from benchmarks.installation import application, installation
from benchmarks.machine import processor_time
from benchmarks.rows import Row, Target, milliseconds, row

CLIENTS = (8, 32)
SECONDS, SECONDS_FULL = 5.0, 60.0
WARM_UP_S = 1.0
PEER = "the same five rows in one transaction by psycopg, no framework"
CELL, STREET = 990101001001001, 990101001
CALL = {
    "channel": "PHONE",
    "kind": "FIRE_STRUCTURE",
    "lon": 24.942,
    "lat": 60.1712,
    "text": "Smoke from a window on the third floor",
}
_SCOPE = "SET LOCAL anlan.area_low=0; SET LOCAL anlan.area_high=999999999999999"
_STATEMENTS = (
    "INSERT INTO kernel_kept_reply (id, area, street, actor_id, key, request_digest, status,"
    " content_type, body, kept_at) VALUES (%(key)s, %(area)s, %(street)s, 'bench', %(key)s,"
    " '\\x00', 201, 'application/json', %(reply)s, %(at)s)",
    "INSERT INTO dispatch_incident (id, area, street, number, kind, priority, needs, channel, lon,"
    " lat, place_text, text, state, report_count, received_at, disposition) VALUES (%(incident)s,"
    " %(area)s, %(street)s, %(number)s, 'FIRE_STRUCTURE', 1, '{FIRE_ENGINE}', 'PHONE', 24.942,"
    " 60.1712, '', %(text)s, 'OPEN', 1, %(at)s, '')",
    "INSERT INTO dispatch_incident_step (id, area, street, subject_id, move, source, target,"
    " made_by, made_by_name, made_at, facts) VALUES (%(step)s, %(area)s, %(street)s, %(incident)s,"
    " 'open', '', 'OPEN', 'bench', 'bench', %(at)s, %(facts)s)",
    "INSERT INTO kernel_outbox (id, area, street, topic, subject_id, body, published_at) VALUES"
    " (%(entry)s, %(area)s, %(street)s, 'incident.received', %(incident)s, %(facts)s, %(at)s)",
    "INSERT INTO intake_report (id, area, street, number, channel, kind, priority, lon, lat,"
    " place_text, text, received_at, taken_by, incident_id, attached) VALUES (%(report)s, %(area)s,"
    " %(street)s, %(number)s, 'PHONE', 'FIRE_STRUCTURE', 1, 24.942, 60.1712, '', %(text)s, %(at)s,"
    " 'bench', %(incident)s, false)",
)


def run(*, full: bool) -> list[Row]:
    """Measure acknowledged calls: each is committed with fsync before it is answered."""
    duration_s, rows = SECONDS_FULL if full else SECONDS, []
    with installation() as server:
        cookie = cookie_of(server, "calltaker")
        where = application(server).conninfo()

        def through_the_api() -> Callable[[], None]:
            caller = Caller(server, cookie)
            return lambda: caller.post("reports", CALL)

        def by_bare_sql() -> Callable[[], None]:
            connection = psycopg.connect(where, prepare_threshold=None)
            return lambda: _write(connection)

        load(max(CLIENTS), WARM_UP_S, through_the_api)
        for clients in CLIENTS:
            with processor_time(server.processes("anlan web")) as web:
                ours = load(clients, duration_s, through_the_api)
            with processor_time([psutil.Process()]) as own:
                bare = load(clients, duration_s, by_bare_sql)
            spent = [
                1000 * time[0] / len(done.seconds) for time, done in ((web, ours), (own, bare))
            ]
            rows += _rows(clients, ours, bare, spent)
    return rows


def _rows(clients: int, ours: Load, bare: Load, spent: Sequence[float]) -> list[Row]:
    at = f"{clients} clients"
    rate = Target("value", 100.0, at_least=True)
    took, alone = (milliseconds(done.seconds, 99) for done in (ours, bare))
    return [
        row(f"reports acknowledged, {at}", ours.per_second, "1/s", peer=(PEER, bare.per_second),
            target=rate),
        row(f"time to acknowledge, {at}, p99", took, "ms", peer=(PEER, alone)),
        row(f"processor time of the web process a report, {at}", spent[0], "ms",
            peer=(PEER, spent[1])),
    ]  # fmt: skip


def _write(connection: psycopg.Connection) -> None:
    values = {name: uuid4() for name in ("key", "incident", "step", "entry", "report")} | {
        "area": CELL,
        "street": STREET,
        "number": token_hex(8),
        "text": CALL["text"],
        "at": datetime.now(UTC),
        "facts": json.dumps(CALL),
        "reply": json.dumps(CALL).encode(),
    }
    with connection.transaction():
        connection.execute(_SCOPE)
        for statement in _STATEMENTS:
            connection.execute(statement, values)
