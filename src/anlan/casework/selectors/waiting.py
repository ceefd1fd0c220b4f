"""What of casework waits for whom: the queues of a department, a street, the centre, the rules.

A queue counts matters, never people: whose work it is says the organisation.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet

from anlan.casework.models import (
    ENDED_PARTS,
    BrokenGlass,
    Case,
    CasePause,
    JointPart,
    JointTask,
    RoutingTable,
    TemporaryItem,
)
from anlan.kernel.access import Actor
from anlan.kernel.waiting import READ_LIMIT_ROWS, Queue, RowsOf, WaitingRow

NO_ORGANISATION = UUID(int=0)
_NAMED = ("id", "number", "item_code", "place_text")
_CASE = (*_NAMED, "due_at", "organisation_id")
_PART = (
    "task_id", "task__number", "task__item_code", "task__place_text", "holder_due_at",
    "organisation_id",
)  # fmt: skip


def _ours(actor: Actor) -> UUID:
    """Return whom an actor acts for; who acts for nobody is given and called for nothing."""
    return actor.organisation_id or NO_ORGANISATION


def _read(rows: QuerySet[Model], columns: tuple[str, ...], by: str) -> Iterator[WaitingRow]:
    soonest = rows.order_by(F(by).asc(nulls_last=True), "pk").values_list(*columns)
    return (WaitingRow(*row) for row in soonest[:READ_LIMIT_ROWS])


def _cases(*, late: bool | None = None, by: str = "due_at", **wanted: Any) -> RowsOf:
    """Return how cases are read: those past their promise, those in time, or both."""

    def rows(_: Actor, at: datetime) -> Iterable[WaitingRow]:
        found = Case.objects.filter(**wanted)
        past = Q(clock="RUNNING", due_at__lt=at)
        if late is not None:
            found = found.filter(past) if late else found.exclude(past)
        return _read(found, (*_NAMED, by, "organisation_id"), by)

    return rows


def _own_cases(*, late: bool, **wanted: Any) -> RowsOf:
    """Return how the cases of the actor's organisation are read."""

    def rows(actor: Actor, at: datetime) -> Iterable[WaitingRow]:
        if actor.organisation_id is None:
            return ()
        return _cases(late=late, organisation_id=actor.organisation_id, **wanted)(actor, at)

    return rows


def _to_verify(actor: Actor, _: datetime) -> Iterable[WaitingRow]:
    rows = Case.objects.filter(state="REPORTED").exclude(reported_by=actor.id)
    if actor.organisation_id is not None:
        rows = rows.exclude(organisation_id=actor.organisation_id)
    return _read(rows, _CASE, "due_at")


def _own_parts(state: str) -> RowsOf:
    def rows(actor: Actor, _: datetime) -> Iterable[WaitingRow]:
        return _read(
            JointPart.objects.filter(organisation_id=_ours(actor), state=state),
            _PART,
            "holder_due_at",
        )

    return rows


def _parts_called(*, late: bool) -> RowsOf:
    """Return how the parts are read that the actor's organisation called for: late, or not."""

    def rows(actor: Actor, at: datetime) -> Iterable[WaitingRow]:
        called = JointPart.objects.filter(task__organisation_id=_ours(actor))
        past = Q(holder_due_at__lt=at) | Q(late=True)
        if late:
            return _read(called.filter(past).exclude(state__in=ENDED_PARTS), _PART, "holder_due_at")
        return _read(called.filter(state="CALLED").exclude(past), _PART, "holder_due_at")

    return rows


def _refused(_: Actor, __: datetime) -> Iterable[WaitingRow]:
    return _read(JointPart.objects.filter(state="REFUSED"), _PART, "holder_due_at")


def _to_close(actor: Actor, _: datetime) -> Iterable[WaitingRow]:
    at_work = JointPart.objects.exclude(state__in=ENDED_PARTS)
    rows = JointTask.objects.filter(state="OPEN", organisation_id=_ours(actor))
    done = rows.exclude(pk__in=at_work.values("task_id"))
    return _read(done, (*_NAMED, "opened_at"), "opened_at")


def _pauses(actor: Actor, _: datetime) -> Iterable[WaitingRow]:
    asked = CasePause.objects.filter(state="ASKED").exclude(asked_by=actor.id)
    asked = asked.exclude(organisation_id=_ours(actor))
    of_case = ("case_id", "case__number", "case__item_code", "case__place_text")
    return _read(asked, (*of_case, "asked_at", "organisation_id"), "asked_at")


def _looks(actor: Actor, _: datetime) -> Iterable[WaitingRow]:
    if actor.organisation_id is None:
        return ()
    rows = BrokenGlass.objects.filter(
        sealed_to__overlap=[actor.organisation_id], case__isnull=False, reviewed_at__isnull=True
    ).exclude(opened_by=actor.id)
    found = rows.order_by("review_due_at", "pk").values_list("number", "review_due_at")
    return (WaitingRow(None, number, at=due) for number, due in found[:READ_LIMIT_ROWS])


def _items(actor: Actor, _: datetime) -> Iterable[WaitingRow]:
    rows = TemporaryItem.objects.filter(state="ASKED").exclude(asked_by=actor.id)
    found = rows.order_by("asked_at", "pk").values_list("code", "asked_at")
    return (WaitingRow(None, code, at=asked_at) for code, asked_at in found[:READ_LIMIT_ROWS])


def _tables(state: str) -> RowsOf:
    def rows(_: Actor, __: datetime) -> Iterable[WaitingRow]:
        found = RoutingTable.objects.filter(state=state).order_by("changed_at", "pk")
        columns = found.values_list("id", "title", "changed_at")[:READ_LIMIT_ROWS]
        return (WaitingRow(key, title, at=changed_at) for key, title, changed_at in columns)

    return rows


CASEWORK_QUEUES = (
    Queue("CASE_LATE", "case.report", _own_cases(late=True, state="ASSIGNED")),
    Queue(
        "CASE_TO_TAKE", "case.report",
        _own_cases(late=False, state="ASSIGNED", begun_at__isnull=True),
    ),
    Queue(
        "CASE_IN_HAND", "case.report",
        _own_cases(late=False, state="ASSIGNED", begun_at__isnull=False),
    ),
    Queue("PART_TO_ANSWER", "task.answer", _own_parts("CALLED")),
    Queue("PART_TO_FINISH", "task.answer", _own_parts("REPORTED_IN")),
    Queue("CASE_DISPUTED", "case.arbitrate", _cases(state="DISPUTED")),
    Queue("PART_REFUSED", "task.arbitrate", _refused),
    Queue("CASE_SENT_BACK", "case.assign", _cases(state="FILED", sent_back_count__gt=0)),
    Queue("CASE_TO_ASSIGN", "case.assign", _cases(state="FILED", sent_back_count=0)),
    Queue("CASE_TO_VERIFY", "case.verify", _to_verify),
    Queue("CASE_TO_CLOSE", "case.close", _cases(state="VERIFIED")),
    Queue("PAUSE_TO_DECIDE", "case.pause", _pauses),
    Queue("CASE_LISTED", "case.arbitrate", _cases(by="listed_at", listed_at__isnull=False)),
    Queue("PART_LATE", "task.call_up", _parts_called(late=True)),
    Queue("PART_UNANSWERED", "task.call_up", _parts_called(late=False)),
    Queue("TASK_TO_CLOSE", "task.call_up", _to_close),
    Queue("ITEM_TO_DECIDE", "item.decide", _items),
    Queue("GLASS_TO_REVIEW", "glass.review", _looks),
    Queue("ROUTING_TO_PUBLISH", "routing.publish", _tables("PROPOSED")),
    Queue("ROUTING_DRAFT", "routing.write", _tables("DRAFT")),
)  # fmt: skip
