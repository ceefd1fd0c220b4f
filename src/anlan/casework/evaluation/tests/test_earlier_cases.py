"""Cases that were closed before there was an evaluation."""

import pytest
from tests.people import EVERYTHING

from anlan.casework.evaluation.models import Outcome
from anlan.casework.evaluation.services import earlier
from anlan.casework.evaluation.services.earlier import Batch, account_for_earlier
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db
KEPT = ("case_id", "organisation_id", "closed_on", "in_time", "promise_kept", "reworked")


def rows() -> list[tuple[object, ...]]:
    with scoped(EVERYTHING):
        return sorted(Outcome.objects.values_list(*KEPT), key=str)


def forget(*case_ids: str) -> None:
    """Let cases stand as they stood before outcomes were written."""
    with scoped(EVERYTHING):
        Outcome.objects.filter(case_id__in=case_ids).delete()


def test_earlier_cases_are_written_as_if_they_closed_today_and_once(office, monkeypatch):
    monkeypatch.setattr(earlier, "BATCH_CASES", 2)
    closed = [office.closed() for _ in range(5)]
    office.bring(office.file(), "assign", "report")
    before = rows()
    forget(*closed[1:])
    assert list(account_for_earlier()) == [Batch(2, 2), Batch(4, 4), Batch(5, 4)]
    assert rows() == before
    assert list(account_for_earlier())[-1] == Batch(5, 0)
    assert rows() == before


def test_it_goes_on_where_it_was_stopped(office, monkeypatch):
    monkeypatch.setattr(earlier, "BATCH_CASES", 1)
    closed = [office.closed() for _ in range(3)]
    before = rows()
    forget(*closed)
    stopped = account_for_earlier()
    assert next(stopped) == Batch(1, 1)
    stopped.close()
    assert list(account_for_earlier())[-1] == Batch(3, 2)
    assert rows() == before


def test_nothing_closed_is_nothing_to_write():
    assert list(account_for_earlier()) == [Batch(0, 0)]
