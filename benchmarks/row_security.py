"""What row-level security costs a list: the application's query, beside the owner's own words.

The peer is the table's owner, whom no policy holds back, with the range of areas written into the
query: what a programmer would write who never forgets it. Both give the same rows, or it fails.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import APPLICATION, OWNER
from anlan.kernel.postgres.where import embedded
from benchmarks.installation import installation
from benchmarks.interleaved import bootstrap
from benchmarks.past_cases import fill
from benchmarks.rows import Row, Target, row

CASES, CASES_FULL = 100_000, 1_000_000
ROUNDS = 60
PAGE_ROWS = 51
CITY = (990101000000000, 990101999999999)
STREET = (990101001000000, 990101001999999)
COMMUNITY = (990101001001000, 990101001001999)
TARGET = Target("ratio", 1.15)
PEER = "the owner, with the area in the query"
COLUMNS = "id, number, item_code, state, area, place_text, organisation_id, due_at, filed_at"


@dataclass(frozen=True)
class Asked:
    """A list: a condition, an order, and whether it is a count."""

    name: str
    condition: str
    order: str = "ORDER BY id DESC"


LISTS = (
    Asked("newest", "true"),
    Asked("open", "state = 'ASSIGNED'"),
    Asked("late", "clock = 'RUNNING' AND due_at < now()", "ORDER BY due_at, id"),
)


def run(*, full: bool) -> list[Row]:
    """Measure lists of cases in the scope of a city, a street and a community."""
    wanted = CASES_FULL if full else CASES
    with installation() as server:
        fill(server, 0, wanted, wanted)
        home = Home(server.home)
        with (
            psycopg.connect(embedded(home, APPLICATION).conninfo()) as application,
            psycopg.connect(embedded(home, OWNER).conninfo()) as owner,
        ):
            return list(_compared(application, owner, wanted))


def _compared(
    application: psycopg.Connection, owner: psycopg.Connection, wanted: int
) -> Iterator[Row]:
    scopes = {"city": CITY, "street": STREET, "community": COMMUNITY}
    for asked in LISTS:
        for name, (low, high) in scopes.items():
            bare = f"SELECT {COLUMNS} FROM casework_case WHERE {asked.condition}"  # noqa: S608
            end = f"{asked.order} LIMIT {PAGE_ROWS}"
            named = f"{bare} AND area BETWEEN {low} AND {high} {end}"
            ours, theirs = [], []
            for number in range(ROUNDS):
                turns = [(application, f"{bare} {end}", ours), (owner, named, theirs)]
                answers = [
                    _timed(connection, query, low, high, taken)
                    for connection, query, taken in (turns if number % 2 else turns[::-1])
                ]
                if answers[0] != answers[1]:
                    message = f"{asked.name}, {name}: the two give different rows"
                    raise AssertionError(message)
            ratios = np.array(ours) / np.array(theirs)
            yield row(
                f"{asked.name} of a {name}, {wanted:,} cases", 1_000 * float(np.median(ours)), "ms",
                peer=(PEER, 1_000 * float(np.median(theirs))), target=TARGET,
                interval=bootstrap(ratios),
            )  # fmt: skip


def _timed(
    connection: psycopg.Connection, query: str, low: int, high: int, taken: list[float]
) -> Sequence[tuple[Any, ...]]:
    """Return the rows of a query in a scope; how long it took goes to `taken`, in seconds."""
    with _scope(connection, low, high):
        began = time.perf_counter()
        rows = connection.execute(query.encode(), prepare=False).fetchall()
        taken.append(time.perf_counter() - began)
    return rows


@contextmanager
def _scope(connection: psycopg.Connection, low: int, high: int) -> Iterator[None]:
    with connection.transaction():
        connection.execute(f"SET LOCAL anlan.area_low={low};SET LOCAL anlan.area_high={high}")
        yield
