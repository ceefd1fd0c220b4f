"""Counting the outcomes of a month: one pass over the table, inside the database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from anlan.casework.evaluation.transitions import Measure
from anlan.kernel.areas import Level
from anlan.kernel.postgres.bounded import waiting_for

COUNT_LIMIT_S = 300
SORT_MEMORY_MB = 64
DISTRICT = 10**Level.DISTRICT

_COLUMNS = ", ".join(
    f"count({one.lower()}), count(*) FILTER (WHERE {one.lower()})" for one in Measure
)
_COUNT = f"""
    SELECT area / {DISTRICT}, organisation_id, item_code, clock_class, {_COLUMNS}
    FROM evaluation_outcome WHERE closed_on BETWEEN %s AND %s
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""  # noqa: S608 - names of our own


@dataclass(frozen=True, slots=True)
class Counts:
    """Counted cells, in the order of district, organisation, item and class of clock.

    `cases` and `hits` have a row a cell and a column a measure, in the order of `Measure`.
    """

    district: NDArray[np.int64]
    organisations: list[UUID]
    items: list[str]
    classes: list[str]
    cases: NDArray[np.int64]
    hits: NDArray[np.int64]

    def kept(self, keep: NDArray[np.bool_]) -> "Counts":
        """Return some of the cells."""
        places = np.flatnonzero(keep).tolist()
        return Counts(
            self.district[keep],
            [self.organisations[place] for place in places],
            [self.items[place] for place in places],
            [self.classes[place] for place in places],
            self.cases[keep],
            self.hits[keep],
        )


def count_outcomes(first_day: date, last_day: date) -> Counts:
    """Count the outcomes in scope of some days, both ends included; needs a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{COUNT_LIMIT_S}s'")
        cursor.execute(f"SET LOCAL work_mem = '{SORT_MEMORY_MB}MB'")
        with waiting_for(cursor.connection, COUNT_LIMIT_S):
            cursor.execute(_COUNT, [first_day, last_day])
        rows = cursor.fetchall()
    numbers = np.array([row[4:] for row in rows], dtype=np.int64)
    numbers = numbers.reshape(len(rows), 2 * len(Measure))
    return Counts(
        np.array([row[0] for row in rows], dtype=np.int64),
        [row[1] for row in rows],
        [row[2] for row in rows],
        [row[3] for row in rows],
        numbers[:, 0::2],
        numbers[:, 1::2],
    )
