"""A new master key: data keys are sealed anew under writers, resumably; rows stay as they are."""

import shutil
import threading

import psycopg
import pytest
from cryptography.fernet import Fernet
from django.db import connection
from tests import database
from tests.people import EVERYTHING

from anlan.intake.models import Contact
from anlan.intake.services.contacts import SEALED
from anlan.intake.tests.reports import CALLER, take
from anlan.kernel.clock import now
from anlan.kernel.identifiers import new_id
from anlan.kernel.models import DataKey
from anlan.kernel.postgres.secret import OWNER
from anlan.kernel.scope import scoped
from anlan.kernel.vault import FORM, SealedColumn, open_sealed, rotation, seal
from anlan.kernel.vault.errors import MasterKeyMissingError, RotationRunningError
from anlan.kernel.vault.masters import draw_master, drop_masters, master_file, masters
from anlan.project.sealed import SEALED_COLUMNS
from anlan.project.serving import check_contact_keys

TEXTS = 12


@pytest.fixture
def owner(committing, tmp_path, monkeypatch):
    """Give a connection of the tables' owner to a copy of the city, with master keys of its own."""
    before = master_file()
    file = tmp_path / "contact_keys.json"
    if before.exists():
        shutil.copy(before, file)
    monkeypatch.setenv("ANLAN_CONTACT_KEYS", str(file))
    where = database.server().connection(OWNER, database=committing)
    with psycopg.connect(where.conninfo(), autocommit=True) as opened:
        yield opened


def made(count: int) -> dict:
    """Seal a text in each of `count` columns, so with as many data keys; return them by row."""
    held = {}
    for number in range(count):
        row, column = new_id(), SealedColumn("a", f"b{number}")
        held[row] = (column, seal(f"text {number}", column, row))
    return held


def masters_in_use() -> set[str]:
    with scoped(EVERYTHING):
        return set(DataKey.objects.values_list("master", flat=True))


def test_every_sealed_column_is_known_to_a_rotation(owner):
    found = owner.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'bytea'"
        " AND column_name LIKE 'sealed%' AND table_name <> 'kernel_data_key'"
    ).fetchall()
    assert set(found) == set(SEALED_COLUMNS)


def test_rotation_seals_data_keys_anew_and_leaves_every_row(owner):
    held, first = made(TEXTS), masters().current
    done = rotation.rotate(owner, SEALED_COLUMNS, batch_rows=5)
    assert (done.current, done.data_keys, done.texts) == (masters().current, TEXTS, 0)
    assert done.current != first
    assert masters_in_use() == {done.current}
    assert rotation.retire(owner) == [first]
    assert set(masters().keys) == {done.current}
    assert [open_sealed(sealed, column, row) for row, (column, sealed) in held.items()] == [
        f"text {number}" for number in range(TEXTS)
    ]


def test_rotation_killed_between_batches_goes_on_with_the_same_key(owner):
    held, first = made(TEXTS), masters().current
    second = draw_master().current
    assert rotation.reseal_keys(owner, second, batch_rows=5) == 5  # and then it was killed
    assert masters_in_use() == {first, second}
    assert rotation.retire(owner) == []
    assert all(open_sealed(sealed, column, row) for row, (column, sealed) in held.items())
    done = rotation.rotate(owner, SEALED_COLUMNS, batch_rows=5)
    assert (done.current, done.data_keys) == (second, TEXTS - 5)
    assert rotation.retire(owner) == [first]
    assert all(open_sealed(sealed, column, row) for row, (column, sealed) in held.items())


def test_writers_go_on_while_keys_rotate_and_are_retired(owner):
    stopped, held, errors = threading.Event(), [], []

    def write(number: int) -> None:
        column, count = SealedColumn("w", str(number)), 0
        try:
            while not stopped.is_set():
                row, count = new_id(), count + 1
                each = column if count % 2 else SealedColumn("w", f"{number}.{count}")
                held.append((row, each, seal("text", each, row)))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=[number]) for number in range(3)]
    for writer in writers:
        writer.start()
    try:
        for _ in range(4):
            rotation.rotate(owner, (), batch_rows=7)
            rotation.retire(owner)
    finally:
        stopped.set()
        for writer in writers:
            writer.join()
    assert errors == []
    assert len(masters().keys) == 1
    assert {open_sealed(sealed, column, row) for row, column, sealed in held} == {"text"}


def test_texts_of_the_form_before_are_sealed_anew_in_their_rows(owner, settings):
    settings.ANLAN_CONTACT_KEY = Fernet.generate_key().decode()
    reports = [take(EVERYTHING, now(), contact=CALLER) for _ in range(3)]
    old = Fernet(settings.ANLAN_CONTACT_KEY)
    text = b'{"name":"Old","telephone":"12345","email":""}'
    for report in reports[:2]:
        owner.execute(
            "UPDATE intake_contact SET sealed = %s WHERE report_id = %s",
            [old.encrypt(text), report.id],
        )
    owner.execute("UPDATE intake_contact SET sealed = 'x' WHERE report_id = %s", [reports[2].id])
    done = rotation.rotate(owner, SEALED_COLUMNS, batch_rows=1)
    assert (done.texts, done.broken) == (2, 1)
    settings.ANLAN_CONTACT_KEY = ""
    with scoped(EVERYTHING):
        kept = Contact.objects.get(report=reports[0])
        assert bytes(kept.sealed).startswith(FORM)
        assert open_sealed(kept.sealed, SEALED, kept.id) == text.decode()
    assert rotation.reseal_texts(owner, SEALED) == (0, 1)


def test_two_rotations_never_run_at_once(owner):
    with psycopg.connect(owner.info.dsn, password=owner.info.password, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [rotation.ROTATION_LOCK])
        for work in (lambda: rotation.rotate(owner, ()), lambda: rotation.retire(owner)):
            with pytest.raises(RotationRunningError):
                work()


def test_start_is_refused_where_a_master_in_use_is_missing(owner):
    made(1)
    first = masters().current
    where = database.server().connection(OWNER, database=owner.info.dbname)
    check_contact_keys(where)
    draw_master()
    drop_masters([first])
    with pytest.raises(MasterKeyMissingError, match=f"the contact key {first} is missing"):
        check_contact_keys(where)
    with pytest.raises(MasterKeyMissingError):
        rotation.rotate(owner, ())
    assert masters_in_use() == {first}
