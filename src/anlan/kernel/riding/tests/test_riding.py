"""What rides goes in its order, once, with its transaction or not at all."""

from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.people import EVERYTHING

from anlan.kernel.models import OutboxEntry
from anlan.kernel.postgres.bounded import BoundedConnection
from anlan.kernel.riding import PlainRead, ask_together, ride, ride_rows, send
from anlan.kernel.scope import scoped

CELL = 990101001001001
AWKWARD = "100 % of 'it'; -- said \\ \"so\"\n/* %s */"


@pytest.fixture
def crossings(monkeypatch):
    """Count what is sent and waited for."""
    waited = []
    wait = BoundedConnection.wait

    def counted(self, *arguments, **named):
        waited.append(1)
        return wait(self, *arguments, **named)

    connection.ensure_connection()
    monkeypatch.setattr(BoundedConnection, "wait", counted)
    return waited


def entry(topic: str, at, key=None) -> OutboxEntry:
    return OutboxEntry(
        id=key or uuid4(), topic=topic, area=CELL, subject_id=uuid4(), body={"told": topic},
        published_at=at,
    )  # fmt: skip


def wanted_of(topic: str):
    rows = OutboxEntry.objects.order_by("position")
    named = rows.filter(topic=topic)
    by_hand = PlainRead(
        "SELECT topic, position FROM kernel_outbox WHERE topic = %s", (topic,),
        lambda topic, position: (position, topic),
    )  # fmt: skip
    return rows, named, rows.values_list("topic", flat=True), rows.reverse()[:1], by_hand


def topics() -> list[str]:
    with scoped(EVERYTHING):
        return list(OutboxEntry.objects.order_by("position").values_list("topic", flat=True))


def test_rows_and_the_scope_and_the_end_go_in_one_crossing(committing, at, crossings):
    with scoped(EVERYTHING):
        for topic in ("first", "second", "third"):
            ride_rows([entry(topic, at)])
        assert crossings == []
    assert len(crossings) == 1
    assert topics() == ["first", "second", "third"]


def test_transaction_that_had_nothing_to_do_does_not_cross(committing, crossings):
    with scoped(EVERYTHING), scoped(EVERYTHING), transaction.atomic():
        pass
    assert crossings == []


def test_statement_sees_what_rode_with_it(committing, at, crossings):
    with scoped(EVERYTHING):
        ride_rows([entry("a", at), entry("b", at)])
        assert OutboxEntry.objects.count() == 2
    assert len(crossings) == 2


def test_what_is_refused_of_a_rider_undoes_the_whole(committing, at):
    key = uuid4()

    def write(more) -> None:
        with scoped(EVERYTHING):
            ride_rows([entry("first", at, key)])
            ride_rows([entry("the same", at, key)])
            more()

    for more in (list, OutboxEntry.objects.count):
        with pytest.raises(IntegrityError):
            write(more)
        assert topics() == []


@pytest.mark.parametrize("sent", [False, True], ids=["savepoint rides", "savepoint was sent"])
def test_savepoint_takes_back_the_riders_after_it_and_no_other(committing, at, sent):
    with scoped(EVERYTHING):
        ride_rows([entry("before", at)])
        with suppress(ZeroDivisionError), transaction.atomic():
            ride_rows([entry("taken back", at)])
            if sent:
                OutboxEntry.objects.count()
            ride_rows([entry("taken back too", at)])
            raise ZeroDivisionError
        ride_rows([entry("after", at)])
    assert topics() == ["before", "after"]


def test_refused_statement_with_its_savepoint_leaves_what_was_before(committing, at):
    key = uuid4()
    with scoped(EVERYTHING):
        ride_rows([entry("before", at, key)])
        with pytest.raises(IntegrityError), transaction.atomic():
            entry("again", at, key).save(force_insert=True)
        ride_rows([entry("after", at)])
    assert topics() == ["before", "after"]


def test_rider_of_a_transaction_that_was_undone_is_in_no_other(committing, at):
    with suppress(ZeroDivisionError), scoped(EVERYTHING):
        ride_rows([entry("undone", at)])
        raise ZeroDivisionError
    with scoped(EVERYTHING):
        ride_rows([entry("with its line", at)])
        connection.connection.close()
        transaction.set_rollback(True)
    connection.close()
    assert topics() == []


def test_any_text_rides_unchanged(committing, at):
    with scoped(EVERYTHING):
        for number in range(2):
            ride_rows([entry(f"{number}", at)])
            ride("UPDATE kernel_outbox SET body = jsonb_build_object('text', %s::text) -- all",
                 (AWKWARD,))  # fmt: skip
    with scoped(EVERYTHING):
        assert [one.body for one in OutboxEntry.objects.all()] == [{"text": AWKWARD}] * 2


def test_every_sort_of_statement_comes_after_the_riders(committing, at):
    seen = "SELECT set_config('anlan.seen', (SELECT count(*)::text FROM kernel_outbox), false)"
    with scoped(EVERYTHING):
        ride_rows([entry("a", at)])
        with connection.cursor() as cursor:
            cursor.executemany("SELECT %s::int", [(1,), (2,)])
            cursor.execute("SELECT count(*) FROM kernel_outbox")
            assert cursor.fetchone() == (1,)
        ride_rows([entry("b", at)])
        assert len(list(OutboxEntry.objects.iterator())) == 2
        ride_rows([entry("c", at)])
        with connection.cursor() as cursor, cursor.copy("COPY (SELECT 1) TO STDOUT") as rows:
            assert list(rows.rows()) == [("1",)]
        ride(seen)
    with connection.cursor() as cursor:
        ride("SET anlan.other = 'at once'")
        cursor.execute("SELECT current_setting('anlan.seen'), current_setting('anlan.other')")
        assert cursor.fetchone() == ("3", "at once")


def test_reads_that_are_wanted_together_are_asked_in_one_crossing(committing, at, crossings):
    with scoped(EVERYTHING):
        ride_rows([entry(topic, at) for topic in ("a", "b", AWKWARD)])
        ride("SELECT 1")  # whose row nobody wants
        whole, named, topics, last, by_hand = ask_together(wanted_of, AWKWARD)
        assert len(crossings) == 1
    assert [one.topic for one in whole] == topics == ["a", "b", AWKWARD]
    assert whole[0].published_at == at
    assert whole[0].body == {"told": "a"}
    assert named == [whole[-1]]
    assert [one.pk for one in last] == [whole[-1].pk]
    assert by_hand == [(whole[-1].position, AWKWARD)]


def test_reads_are_written_once_and_asked_of_each_value(committing, at):
    with scoped(EVERYTHING):
        ride_rows([entry(topic, at) for topic in ("a", "b", "a")])
        found = {asked: ask_together(wanted_of, asked) for asked in ("a", "b", "c")}
    told = {asked: [one.topic for one in rows[1]] for asked, rows in found.items()}
    assert told == {"a": ["a", "a"], "b": ["b"], "c": []}
    assert {asked: [topic for _, topic in rows[-1]] for asked, rows in found.items()} == told


@pytest.mark.parametrize("questions", [
    lambda topic: [OutboxEntry.objects.filter(topic__icontains=topic)],
    lambda _: [OutboxEntry.objects.all()],
])  # fmt: skip
def test_value_that_is_in_no_condition_as_it_is_is_refused(committing, questions):
    with scoped(EVERYTHING), pytest.raises(ValueError, match=r"values \[0\] are in no condition"):
        ask_together(questions, "a")


def test_refused_rider_is_raised_where_it_is_sent(committing, at):
    key = uuid4()
    with scoped(EVERYTHING):
        ride_rows([entry("before", at, key)])
        send()
        ride_rows([entry("again", at, key)])
        with pytest.raises(IntegrityError):
            send()
        transaction.set_rollback(True)
    assert topics() == []


def test_row_that_rode_is_changed_the_next_time_it_is_saved(committing, at):
    one = entry("first", at)
    with scoped(EVERYTHING):
        ride_rows([one])
        one.topic = "second"
        one.save()
    assert topics() == ["second"]
