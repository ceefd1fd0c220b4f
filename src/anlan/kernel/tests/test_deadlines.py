"""Deadlines: each is handled once, whoever works and whatever dies; never after it was cleared."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.database import home
from tests.people import EVERYTHING

from anlan.kernel import deadlines, outbox
from anlan.kernel.deadlines import Handler, clear_deadlines, handle_due, next_due_at, set_deadline
from anlan.kernel.identifiers import new_id
from anlan.kernel.models import Deadline, OutboxEntry
from anlan.kernel.scope import scoped

CELL = 990101001001001
WAIT_LIMIT_S = 60
SECOND = timedelta(seconds=1)


def lock(subject_id) -> None:
    """Stand for the row lock that the moves of a subject take."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [str(subject_id)])


def tell(due, at) -> None:
    body = {"name": due.name, "due_at": due.due_at.isoformat(), **due.facts}
    outbox.publish("handled", area=due.area, subject_id=due.subject_id, body=body, at=at)


TELLING = {"call": Handler(lock, tell), "check": Handler(lock, tell)}


def put(name, due_at, subject_id=None, **facts):
    subject_id = subject_id or new_id()
    with scoped(EVERYTHING):
        lock(subject_id)
        set_deadline(name, area=CELL, subject_id=subject_id, due_at=due_at, facts=facts)
    return subject_id


def clear(subject_id, *names) -> None:
    with scoped(EVERYTHING):
        lock(subject_id)
        clear_deadlines(subject_id, names)


def handled() -> list:
    with scoped(EVERYTHING):
        return list(OutboxEntry.objects.order_by("position").values_list("subject_id", flat=True))


def pending() -> list:
    with scoped(EVERYTHING):
        return list(Deadline.objects.order_by("due_at").values_list("name", "due_at", "failures"))


@pytest.mark.django_db
def test_deadline_is_handled_at_its_moment_and_not_before(at):
    subject = put("call", at, unit="P01")
    assert handle_due(TELLING, at - SECOND / 1000) == 0
    assert handled() == []
    assert handle_due(TELLING, at) == 1
    assert handled() == [subject]
    with scoped(EVERYTHING):
        told = OutboxEntry.objects.get()
    assert told.body == {"name": "call", "due_at": at.isoformat(), "unit": "P01"}
    assert (told.area, told.published_at) == (CELL, at)


@pytest.mark.django_db
def test_deadline_is_handled_once_even_when_the_clock_goes_back(at):
    put("call", at)
    assert [handle_due(TELLING, at + s * SECOND) for s in (0, -5, 0, 60)] == [1, 0, 0, 0]
    later = put("call", at + 10 * SECOND)
    assert [handle_due(TELLING, at + s * SECOND) for s in (9, -9, 10, -9, 11)] == [0, 0, 1, 0, 0]
    assert handled()[1:] == [later]


@pytest.mark.django_db
def test_what_is_due_first_is_handled_first_in_bounded_batches(at, monkeypatch):
    monkeypatch.setattr(deadlines, "BATCH_ROWS", 2)
    subjects = {s: put("call", at - s * SECOND) for s in (1, 3, 2)}
    assert [handle_due(TELLING, at) for _ in range(3)] == [2, 1, 0]
    assert handled() == [subjects[3], subjects[2], subjects[1]]


@pytest.mark.django_db
def test_setting_a_deadline_again_moves_it(at):
    subject = put("call", at)
    put("call", at + 30 * SECOND, subject, note="later")
    assert handle_due(TELLING, at + 29 * SECOND) == 0
    assert pending() == [("call", at + 30 * SECOND, 0)]
    put("call", at + 5 * SECOND, subject)
    assert handle_due(TELLING, at + 5 * SECOND) == 1
    assert handled() == [subject]


@pytest.mark.django_db
def test_cleared_deadline_is_never_handled(at):
    subject = put("call", at)
    put("check", at, subject)
    other = put("call", at)
    clear(subject, "call")
    assert [name for name, _, _ in pending()] == ["check", "call"]
    clear(subject, "check", "call")
    assert handle_due(TELLING, at) == 1
    assert handled() == [other]


@pytest.mark.django_db
def test_move_that_is_undone_leaves_its_deadlines_as_they_were(at):
    subject = put("call", at)
    with scoped(EVERYTHING):
        clear_deadlines(subject, ["call"])
        set_deadline("check", area=CELL, subject_id=subject, due_at=at)
        transaction.set_rollback(True)
    assert pending() == [("call", at, 0)]


@pytest.mark.django_db
def test_handler_may_set_the_next_deadline_of_its_subject(at):
    def again(due, now):
        tell(due, now)
        set_deadline("call", area=CELL, subject_id=due.subject_id, due_at=now + 60 * SECOND)

    repeating = {"call": Handler(lock, again)}
    subject = put("call", at)
    assert [handle_due(repeating, at + s * SECOND) for s in (0, 1, 60, 61)] == [1, 0, 1, 0]
    assert handled() == [subject, subject]


@pytest.mark.django_db
def test_failing_handler_is_tried_again_later_each_time_and_holds_up_no_other(at):
    def fail(due, now):
        tell(due, now)
        raise ZeroDivisionError

    failing = {"call": Handler(lock, fail), "check": Handler(lock, tell)}
    put("call", at - SECOND)
    other = put("check", at)
    assert handle_due(failing, at) == 1
    assert handled() == [other]  # what the failing one wrote is undone
    assert pending() == [("call", at - SECOND, 1)]
    tried = [s for s in range(1, 1300) if handle_due(failing, at + s * SECOND) or moved(s, at)]
    assert tried == [1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1111]
    assert handle_due(TELLING, at + 2000 * SECOND) == 1


def moved(second, at) -> bool:
    """Return whether the one pending deadline was tried, and failed, at this second."""
    with scoped(EVERYTHING):
        wait_s = (Deadline.objects.get().try_at - at).total_seconds() - second
        return wait_s == min(2 ** (Deadline.objects.get().failures - 1), 300)


@pytest.mark.django_db
def test_deadline_without_a_handler_waits_for_one(at):
    put("unheard_of", at)
    soon = put("call", at + SECOND)
    assert next_due_at(TELLING) == at + SECOND
    assert handle_due(TELLING, at + SECOND) == 1
    assert handled() == [soon]
    assert next_due_at(TELLING) is None
    assert [name for name, *_ in pending()] == ["unheard_of"]


def test_many_workers_handle_each_deadline_once(committing, at):
    subjects = [put("call", at - number * SECOND / 100) for number in range(120)]
    counts: list[int] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait(WAIT_LIMIT_S)
        counts.extend(handle_due(TELLING, at) for _ in range(3))
        connection.close()

    together(*[work] * 4)
    assert sum(counts) == 120
    assert Counter(handled()) == Counter(subjects)
    assert pending() == []


def test_deadline_that_a_move_clears_while_the_loop_waits_for_it_is_not_handled(committing, at):
    """The move holds its subject; the loop waits for it, without either waiting for ever."""
    kept, gone, moved_on = (put("call", at) for _ in range(3))
    held, waiting = threading.Event(), threading.Event()

    def move() -> None:
        with scoped(EVERYTHING):
            lock(gone)
            lock(moved_on)
            held.set()
            assert waiting.wait(WAIT_LIMIT_S)
            clear_deadlines(gone, ["call"])
            set_deadline("call", area=CELL, subject_id=moved_on, due_at=at + SECOND)
        connection.close()

    def noticed(subject_id) -> None:
        if subject_id != kept:
            waiting.set()
        lock(subject_id)

    counts: list[int] = []

    def loop() -> None:
        assert held.wait(WAIT_LIMIT_S)
        counts.append(handle_due({"call": Handler(noticed, tell)}, at))
        connection.close()

    together(move, loop)
    assert counts == [1]
    assert handled() == [kept]
    assert pending() == [("call", at + SECOND, 0)]


def test_worker_that_is_killed_before_its_commit_leaves_the_deadline_to_the_next(committing, at):
    subject = put("call", at - timedelta(days=3000))
    environment = os.environ | {
        "ANLAN_HOME": str(home().folder),
        "ANLAN_DATABASE": committing,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    command = [sys.executable, "-m", "anlan.kernel.tests.dying_worker"]
    killed = subprocess.run(command, env=environment, check=False, timeout=WAIT_LIMIT_S)
    assert killed.returncode == -signal.SIGKILL
    assert handled() == []
    assert handle_due(TELLING, at) == 1
    assert handled() == [subject]


def together(*works) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_LIMIT_S)
    assert not any(thread.is_alive() for thread in threads)
