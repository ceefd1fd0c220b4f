"""What the database itself refuses of joint tasks, whoever writes, and two at a time."""

import threading
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction

from anlan.casework.models import Case, JointPart, JointTask
from anlan.casework.selectors.joint_tasks import joint_task
from anlan.casework.services.joint_tasks import CallUp
from anlan.casework.tests.test_at_the_same_time import (
    DIVISION,
    MOVER,
    WAIT_LIMIT_S,
    filed,
    give_back,
    until_somebody_waits,
)
from anlan.casework.tests.test_rules_of_the_database import accepted, make_case
from anlan.casework.transitions import PART_MOVES, PartState
from anlan.kernel.identifiers import new_id, new_number
from anlan.kernel.scope import scoped

__all__ = ["make_case"]


def opened(at, area: int, case: Case | None = None) -> JointTask:
    """Insert a joint task, past the services."""
    return JointTask.objects.create(
        area=area, number=new_number("J"), case=case, item_code="0301", lon=24.9, lat=60.1,
        text="flood", organisation_id=new_id(), opened_by="x", opened_at=at,
    )  # fmt: skip


def called(task: JointTask, at, state: str = "CALLED") -> JointPart:
    """Insert a part and bring it to a state, past the services."""
    part = JointPart.objects.create(
        area=task.area, task=task, organisation_id=new_id(), duty="pump", called_at=at
    )
    for step in WAYS[state]:
        become(part, step, at)
    return part


WAYS = {
    "CALLED": (),
    "REFUSED": ("REFUSED",),
    "REPORTED_IN": ("REPORTED_IN",),
    "DONE": ("REPORTED_IN", "DONE"),
    "WAIVED": ("WAIVED",),
}


def become(part: JointPart, state: str, at, **more: object) -> None:
    """Change a part's state with the columns that it needs there."""
    ended = state in {"DONE", "WAIVED"}
    source = JointPart.objects.values_list("state", flat=True).get(pk=part.pk)
    columns = {
        "state": state,
        "reported_in_at": at if state in {"REPORTED_IN", "DONE"} else None,
        "ended_at": at if ended else None,
        "outcome": "so" if ended else "",
        "decided": source == "REFUSED" and state == "CALLED",
    }
    JointPart.objects.filter(pk=part.pk).update(**columns | more)


def refused(write) -> str:
    """Return the constraint by which the database refuses a write."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return str(caught.value.__cause__.diag.constraint_name)


@pytest.mark.django_db
def test_trigger_accepts_exactly_the_pairs_of_the_table(make_case, at):
    task, taken = opened(at, make_case().area), set()
    for source, target in product(PartState, PartState):
        part = called(task, at, source.value)
        if source != target and accepted(lambda p=part, t=target: become(p, t.value, at)):
            taken.add((source, target))
    assert taken == PART_MOVES.pairs


@pytest.mark.django_db
def test_part_changes_hands_by_the_arbiter_alone(make_case, at):
    task = opened(at, make_case().area)
    rows = JointPart.objects.filter(pk=called(task, at).pk)
    hands = "casework_joint_part_hands"
    assert refused(lambda: rows.update(organisation_id=new_id())) == hands
    assert refused(lambda: rows.update(decided=True)) == hands
    part = called(task, at, "REFUSED")
    assert refused(lambda: become(part, "CALLED", at, decided=False)) == hands
    become(part, "CALLED", at, organisation_id=new_id())
    assert refused(lambda: become(part, "REFUSED", at, decided=True)) == (
        "casework_joint_part_decided_holds"
    )


@pytest.mark.django_db
def test_task_with_an_open_part_or_none_does_not_close(make_case, at):
    task = opened(at, make_case().area)
    rows = JointTask.objects.filter(pk=task.pk)
    name = "casework_joint_task_parts_ended"
    assert refused(lambda: rows.update(state="CLOSED", closed_at=at)) == name
    part = called(task, at, "REPORTED_IN")
    assert refused(lambda: rows.update(state="CLOSED", closed_at=at)) == name
    become(part, "DONE", at)
    rows.update(state="CLOSED", closed_at=at)
    open_task = "casework_joint_part_open_task"
    assert refused(lambda: become(part, "REPORTED_IN", at)) == open_task
    assert refused(lambda: called(task, at)) == open_task
    assert refused(lambda: rows.update(number="J-other")) == "casework_joint_task_stays"


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["CLOSED", "RETURNED"])
def test_case_does_not_end_while_a_joint_task_is_open(make_case, at, end):
    case = make_case("VERIFIED" if end == "CLOSED" else "ASSIGNED")
    task = opened(at, case.area, case)
    closing = {
        "CLOSED": {"disposition": "RESOLVED", "closed_at": at},
        "RETURNED": {"incident_id": new_id()},
    }[end]
    rows = Case.objects.filter(pk=case.pk)
    assert refused(lambda: rows.update(state=end, **closing)) == "casework_case_called_up"
    called(task, at, "WAIVED")
    JointTask.objects.filter(pk=task.pk).update(state="CLOSED", closed_at=at)
    rows.update(state=end, **closing)
    assert refused(lambda: opened(at, case.area, case)) == "casework_joint_task_open_case"


def test_of_calling_up_and_ending_the_case_at_once_one_is_refused(committing, at):
    """The rival has looked before the case ended, and inserts after: the database refuses."""
    case = filed(at)
    told: list[str] = []

    def rival() -> None:
        try:
            with scoped(MOVER):
                opened(at, DIVISION + 1, Case.objects.get(pk=case.id))
        except IntegrityError as error:
            told.append(str(error.__cause__.diag.constraint_name))
        finally:
            connection.close()

    thread = threading.Thread(target=rival)
    with scoped(MOVER):
        give_back(case.id, "first", at)
        thread.start()
        until_somebody_waits()
    thread.join(WAIT_LIMIT_S)
    assert told == ["casework_joint_task_open_case"]


def test_of_closing_the_task_and_reopening_a_part_at_once_one_is_refused(committing, at):
    with scoped(MOVER):
        task = opened(at, DIVISION + 1)
        part = called(task, at, "DONE")
    told: list[str] = []

    def rival() -> None:
        try:
            with scoped(MOVER):
                become(part, "REPORTED_IN", at)
        except IntegrityError as error:
            told.append(str(error.__cause__.diag.constraint_name))
        finally:
            connection.close()

    thread = threading.Thread(target=rival)
    with scoped(MOVER):
        JointTask.objects.filter(pk=task.pk).update(state="CLOSED", closed_at=at)
        thread.start()
        until_somebody_waits()
    thread.join(WAIT_LIMIT_S)
    assert told == ["casework_joint_part_open_task"]
    with scoped(MOVER):
        assert [one.state for one in joint_task(task.id).parts.all()] == ["DONE"]


def test_call_up_takes_item_and_place_of_its_case(at):
    case = Case(item_code="0301", lon=1.0, lat=2.0, area=DIVISION, place_text="under the bridge")
    found = CallUp.to_case(case, "flood", [])
    assert (found.item_code, found.lon, found.lat, found.area) == ("0301", 1.0, 2.0, DIVISION)
    assert found.place_text == "under the bridge"
