"""Cases that were closed before, written into the database by itself: as many as are wanted."""

from datetime import UTC, datetime

import psycopg
from tests.live import LiveServer

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.postgres.where import embedded

CASES_PER_STATEMENT = 200_000
OPEN_EVERY = 50
"""One case in so many is open."""

# Without triggers: they would ask the catalogue ten million times. Constraints and indexes stay.
_WRITE = """
WITH cells AS (SELECT array_agg(area ORDER BY area) AS all FROM places_grid_cell),
holders AS (
    SELECT array_agg(id ORDER BY code) AS all FROM orgs_organisation WHERE kind = 'DEPARTMENT'
),
made AS (
    INSERT INTO casework_case (
        id, area, street, number, item_code, state, lon, lat, place_text, text, channel,
        organisation_id, reported_by, verified_by, disposition, verdict, sent_back_count,
        reopened_count, clock, due_at, escalation_level, filed_at, closed_at)
    SELECT uuidv7(at.filed - now()), place.area, place.area / 1000000, 'B-' || n,
        lpad((n %% 16 + 1)::text, 2, '0') || lpad((n %% 7 + 1)::text, 2, '0'),
        CASE WHEN is_open THEN 'ASSIGNED' ELSE 'CLOSED' END,
        24.9351762 + 0.0182368 * ((n * 7919) %% 10007) / 10007,
        60.1641550 + 0.0149580 * ((n * 104729) %% 10007) / 10007,
        '', 'measured', 'STAFF', holders.all[n %% cardinality(holders.all) + 1],
        CASE WHEN is_open THEN NULL ELSE 'bench' END, CASE WHEN is_open THEN NULL ELSE 'other' END,
        CASE WHEN is_open THEN NULL ELSE 'RESOLVED' END,
        CASE WHEN NOT is_open AND n %% 9 = 0 THEN 'PUT_RIGHT' END, 0, 0,
        CASE WHEN is_open THEN 'RUNNING' ELSE 'STOPPED' END,
        CASE WHEN is_open THEN at.filed + interval '9 days' END, 0, at.filed,
        CASE WHEN is_open THEN NULL ELSE at.filed + interval '2 days' END
    FROM generate_series(%(low)s::bigint, %(high)s::bigint) AS n, cells, holders,
        LATERAL (SELECT n %% %(open_every)s = 0 AS is_open) AS state,
        LATERAL (SELECT cells.all[(n * 31) %% cardinality(cells.all) + 1] AS area) AS place,
        LATERAL (SELECT %(begin)s::timestamptz + n * %(step)s::interval AS filed) AS at
    RETURNING id, area, street, organisation_id, item_code, closed_at, verdict
)
INSERT INTO evaluation_outcome (
    id, area, street, case_id, organisation_id, item_code, clock_class, closed_on, in_time,
    promise_kept, first_check, reworked, confirmed, returned)
SELECT uuidv7(closed_at - now()), area, street, id, organisation_id, item_code, 'D5', %(day)s,
    random() < 0.93, random() < 0.88, random() < 0.96, random() < 0.05,
    CASE WHEN verdict IS NOT NULL THEN random() < 0.8 END, random() < 0.02
FROM made WHERE closed_at IS NOT NULL
"""
_PAST = "interval '9 months'"


def fill(server: LiveServer, before: int, wanted: int, whole: int) -> None:
    """Write the cases from number `before` to `wanted`, of `whole` in nine months, in their order.

    All of them count in the month that runs: more than any month of a province has.
    """
    where = embedded(Home(server.home), ADMINISTRATOR).conninfo()
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        begin = connection.execute(f"SELECT now() - {_PAST}").fetchone()
        step = connection.execute(f"SELECT {_PAST} / %s", [whole]).fetchone()
        assert begin is not None  # noqa: S101
        assert step is not None  # noqa: S101
        day = datetime.now(UTC).date().replace(day=1)
        for low in range(before + 1, wanted + 1, CASES_PER_STATEMENT):
            high = min(low + CASES_PER_STATEMENT - 1, wanted)
            values = {"low": low, "high": high, "begin": begin[0], "step": step[0], "day": day}
            connection.execute(_WRITE, values | {"open_every": OPEN_EVERY})
        for table in ("casework_case", "evaluation_outcome"):
            connection.execute(f"VACUUM (ANALYZE) {table}")
