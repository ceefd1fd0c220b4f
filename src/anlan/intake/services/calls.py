"""Calls: ringing, answered, silent, abandoned, ended; whoever rang and said nothing is owed one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from anlan.intake.call_backs import wait_after, wait_again
from anlan.intake.errors import (
    BadTimesError,
    CallReportedError,
    CallRingingError,
    CallTakenError,
    UnknownCallError,
)
from anlan.intake.models import Call, CallStep, Report
from anlan.intake.selectors import call_shape
from anlan.intake.services.contacts import ContactGiven, checked_contact, keep_contact_of_call
from anlan.intake.transitions import CALL_MOVES, OWED, TRY_BACK, CallState
from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.deadlines import Due, clear_deadlines, set_deadline
from anlan.kernel.moves import MoveNotAllowedError
from anlan.kernel.outbox import publish
from anlan.kernel.texts import clean_text

CALL_BACK_DEADLINE = "intake.call_back"
CLOCK_TOLERANCE = timedelta(seconds=5)  # a telephone exchange's clock may run so far ahead of ours
RANG_PAST_LIMIT = timedelta(hours=1)
REASON_LIMIT_CHARACTERS = 500
REMINDER = system_actor("call-back")


def ring(
    *, rang_at: datetime | None, answered: bool, contact: ContactGiven | None,
    actor: Actor, at: datetime,
) -> Call:  # fmt: skip
    """Take in a call that rings, or that `actor` has just answered.

    Raises `BadTimesError` for a time that cannot be true, `InvalidError` for a bad contact.
    """
    require(actor, "report.take")
    rang = _rang(rang_at, at)
    given = checked_contact(contact) if contact else None
    call = Call.objects.create(
        area=actor.area_low,
        state=CallState.ANSWERED if answered else CallState.RINGING,
        rang_at=rang,
        answered_at=at if answered else None,
        answered_by=actor.id if answered else "",
        answered_by_name=actor.name if answered else "",
    )
    if given:
        keep_contact_of_call(call, given, at)
    _write(call, "ring", "", {}, actor, at)
    return call


def _rang(rang_at: datetime | None, at: datetime) -> datetime:
    if rang_at is None:
        return at
    if not at - RANG_PAST_LIMIT <= rang_at <= at + CLOCK_TOLERANCE:
        raise BadTimesError(field="rang_at", rule="within_the_last_hour")
    return min(rang_at, at)


def locked_call(call_id: UUID) -> Call:
    """Return a call, locked until the transaction ends, or raise `UnknownCallError`."""
    call = Call.objects.select_for_update().filter(pk=call_id).first()
    if call is None:
        raise UnknownCallError
    return call


def make_move(
    call_id: UUID, name: str, facts: Mapping[str, Any], *, actor: Actor, at: datetime
) -> Call:
    """Make one of a call's moves; `no_answer` counts one more try to call back.

    Raises `MoveNotAllowedError`, `MissingFactError`; `CallTakenError` naming who was first.
    """
    require(actor, "report.take")
    call = locked_call(call_id)
    given = {
        key: clean_text(value, field=key, limit_characters=REASON_LIMIT_CHARACTERS)
        for key, value in facts.items()
        if value
    }
    if name == TRY_BACK:
        return _tried_back(call, actor, at)
    if name == "answer" and call.state == CallState.ANSWERED and call.answered_by != actor.id:
        raise CallTakenError(by=call.answered_by_name)
    return _moved(call, name, given, actor, at)


def _moved(call: Call, name: str, facts: dict[str, str], actor: Actor, at: datetime) -> Call:
    move = CALL_MOVES.check(call.state, name, facts)
    source, call.state = call.state, move.target
    if name in {"answer", "reach"}:
        call.answered_at = call.answered_at or at
        call.answered_by, call.answered_by_name = actor.id, actor.name
    call.ended_at = at if call.state == CallState.ENDED else None
    if call.state in OWED:
        _owe(call, at + wait_after(call.state, at.date()))
    elif call.call_back_due_at is not None:
        call.call_back_due_at = None
        clear_deadlines(call.id, [CALL_BACK_DEADLINE])
    call.save()
    _write(call, name, source, facts, actor, at)
    return call


def _tried_back(call: Call, actor: Actor, at: datetime) -> Call:
    if call.state not in OWED:
        raise MoveNotAllowedError(move=TRY_BACK, state=call.state)
    call.call_back_tries += 1
    _owe(call, at + wait_again(at.date()))
    call.save()
    _write(call, TRY_BACK, call.state, {}, actor, at)
    return call


def _owe(call: Call, due_at: datetime) -> None:
    call.call_back_due_at = due_at
    set_deadline(CALL_BACK_DEADLINE, area=call.area, subject_id=call.id, due_at=due_at)


def call_to_report(call_id: UUID, *, actor: Actor, at: datetime) -> Call:
    """Return the call that a report is taken from, locked; one that is owed is settled by it.

    Raises `CallRingingError`, and `CallReportedError` where it has its report already.
    """
    call = locked_call(call_id)
    if call.state == CallState.RINGING:
        raise CallRingingError
    if Report.objects.filter(call=call).exists():
        raise CallReportedError
    return _moved(call, "send", {}, actor, at) if call.state in OWED else call


def lock_for_reminder(call_id: UUID) -> object:
    """Lock a call as its moves do; None if it is gone."""
    return Call.objects.select_for_update().filter(pk=call_id).first()


def remind(due: Due, at: datetime) -> None:
    """Tell every call-taker that a call still waits to be called back."""
    call = locked_call(due.subject_id)
    if call.state in OWED:
        _write(call, "overdue", call.state, {}, REMINDER, at, topic="call.overdue")


def _write(
    call: Call, move: str, source: str, facts: dict[str, str], actor: Actor, at: datetime,
    topic: str = "call.changed",
) -> None:  # fmt: skip
    """Add one step to a call's history and tell the screens."""
    CallStep.objects.create(
        area=call.area,
        subject_id=call.id,
        move=move,
        source=source,
        target=call.state,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts=facts,
    )
    publish(topic, area=call.area, subject_id=call.id, body=call_shape(call), at=at)
