"""How long an answer of the database is waited for."""

import psycopg
import pytest

from anlan.kernel.postgres.bounded import BoundedConnection, waiting_for
from anlan.kernel.postgres.where import database

LONGER = "SELECT pg_sleep(0.6)"


class Hasty(BoundedConnection):
    """Gives up sooner than a statement of the test takes."""

    answer_limit_s = 0.2


@pytest.mark.parametrize("limit_s", [5.0, None])
def test_statement_that_may_take_longer_is_waited_for_and_the_next_one_is_not(limit_s):
    with Hasty.connect(database("app").conninfo(), autocommit=True) as connection:
        with waiting_for(connection, limit_s):
            assert connection.execute(LONGER).fetchone() == ("",)
        assert connection.answer_limit_s == 0.2
        with pytest.raises(psycopg.OperationalError):
            connection.execute(LONGER)
        assert connection.closed
