"""What is sealed is asked with every statement: never at the price of reading all cases."""

from django.db import connection

READ_THROUGH = "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'casework_case'"


def read_through() -> int:
    """Return how often this transaction has read cases from end to end."""
    with connection.cursor() as cursor:
        cursor.execute(READ_THROUGH)
        return int(cursor.fetchall()[0][0])


def test_what_is_sealed_is_found_without_reading_all_cases(db):
    before = read_through()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM flows_sealed_subjects()")
        assert cursor.fetchone() == (0,)
    assert read_through() == before
