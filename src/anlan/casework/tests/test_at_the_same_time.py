"""Two people move one case at the same time: one wins, the other is told."""

import threading
import time
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection

from anlan.casework.models import Case, CaseStep
from anlan.casework.services import Filing, file_case, make_move
from anlan.casework.tests.office import DISPUTE
from anlan.kernel.access import system_actor
from anlan.kernel.identifiers import new_id
from anlan.kernel.moves import MoveNotAllowedError
from anlan.kernel.scope import scoped

DIVISION = 990199000000000
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
WAIT_LIMIT_S = 20
MOVER = replace(
    system_actor("mover", "case.file", "incident.return"),
    area_low=DIVISION,
    area_high=DIVISION + 10**9 - 1,
)


def filed(at) -> Case:
    filing = Filing(
        item_code=DISPUTE, lon=24.9, lat=60.1, area=DIVISION + 1, text="", incident_id=new_id()
    )
    with scoped(MOVER):
        return file_case(filing, actor=MOVER, at=at)


def give_back(case_id: UUID, reason: str, at) -> None:
    make_move(case_id=case_id, name="return", facts={"reason": reason}, actor=MOVER, at=at)


def until_somebody_waits() -> None:
    """Return as soon as a transaction waits for another's lock."""
    for _ in range(WAIT_LIMIT_S * 100):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    pytest.fail("nobody waits for the lock")


def test_of_two_movers_one_wins_and_the_other_is_told(committing, at):
    case = filed(at)
    told: list[Exception] = []

    def second() -> None:
        try:
            with scoped(MOVER):
                give_back(case.id, "second", at)
        except MoveNotAllowedError as refused:
            told.append(refused)
        finally:
            connection.close()

    rival = threading.Thread(target=second)
    with scoped(MOVER):
        give_back(case.id, "first", at)
        rival.start()
        until_somebody_waits()
    rival.join(WAIT_LIMIT_S)
    assert [refused.facts["state"] for refused in told] == ["RETURNED"]
    with scoped(MOVER):
        steps = CaseStep.objects.filter(subject_id=case.id).order_by("made_at", "pk")
        assert [(step.move, step.facts) for step in steps] == [
            ("file", {}),
            ("return", {"reason": "first"}),
        ]
