"""The outbox: what was committed is numbered once, in one order, by one relay."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.people import EVERYTHING

from anlan.kernel import outbox
from anlan.kernel.identifiers import new_id
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped

CELL = 990101001001001
WAIT_LIMIT_S = 60


def publish(at, *topics: str) -> None:
    with scoped(EVERYTHING):
        for topic in topics:
            outbox.publish(topic, area=CELL, subject_id=new_id(), body={"topic": topic}, at=at)


def numbered() -> list[tuple[int | None, str]]:
    with scoped(EVERYTHING):
        return list(OutboxEntry.objects.order_by("sequence").values_list("sequence", "topic"))


@pytest.mark.django_db
def test_relay_numbers_in_the_order_of_publishing(at):
    publish(at, *[f"t{number}" for number in range(30)])
    assert outbox.relay_batch() == 30
    sequences, topics = zip(*numbered(), strict=True)
    assert topics == tuple(f"t{number}" for number in range(30))
    assert list(sequences) == list(range(sequences[0], sequences[0] + 30))


@pytest.mark.django_db
def test_relay_numbers_each_entry_once(at):
    publish(at, "a", "b")
    outbox.relay_batch()
    before = numbered()
    assert outbox.relay_batch() == 0
    publish(at, "c")
    assert outbox.relay_batch() == 1
    after = numbered()
    assert after[:2] == before
    assert after[2][1] == "c"
    assert after[2][0] > before[1][0]


@pytest.mark.django_db
def test_relay_takes_a_bounded_batch(at, monkeypatch):
    monkeypatch.setattr(outbox, "RELAY_BATCH_ROWS", 2)
    publish(at, "a", "b", "c")
    assert [outbox.relay_batch() for _ in range(3)] == [2, 1, 0]
    assert [topic for _, topic in numbered()] == ["a", "b", "c"]


@pytest.mark.django_db
def test_entry_of_a_write_that_was_undone_is_never_told(at):
    with scoped(EVERYTHING):
        outbox.publish("undone", area=CELL, subject_id=new_id(), body={}, at=at)
        transaction.set_rollback(True)
    assert outbox.relay_batch() == 0
    assert numbered() == []


def test_entry_that_commits_later_is_numbered_later(committing, at):
    """Whoever saw number n has seen all before it: nothing slips in behind a reader's back."""
    published, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with scoped(EVERYTHING):
            outbox.publish("slow", area=CELL, subject_id=new_id(), body={}, at=at)
            published.set()
            go_on.wait(WAIT_LIMIT_S)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert published.wait(WAIT_LIMIT_S)
    publish(at, "quick")
    assert outbox.relay_batch() == 1
    go_on.set()
    writer.join(WAIT_LIMIT_S)
    assert outbox.relay_batch() == 1
    assert [topic for _, topic in numbered()] == ["quick", "slow"]


def test_second_relay_does_nothing_while_the_first_is_at_work(committing, at):
    publish(at, "a")
    moved: list[int] = []

    def rival() -> None:
        moved.append(outbox.relay_batch())
        connection.close()

    with scoped(EVERYTHING):
        assert outbox.relay_batch() == 1
        second = threading.Thread(target=rival)
        second.start()
        second.join(WAIT_LIMIT_S)
    assert moved == [0]
    assert [topic for _, topic in numbered()] == ["a"]


@pytest.mark.django_db
def test_old_entries_are_erased_but_never_one_that_waits(at):
    publish(at, "told")
    outbox.relay_batch()
    publish(at, "waiting")
    assert outbox.erase_old_entries(at + outbox.KEPT_FOR) == 0
    assert outbox.erase_old_entries(at + outbox.KEPT_FOR + timedelta(seconds=1)) == 1
    assert numbered() == [(None, "waiting")]
