"""The drill that an operator runs, and what bounds the table of checkpoints."""

from uuid import UUID

import pytest
from pytest_django.plugin import DjangoDbBlocker
from tests import database

from anlan.audit import keys
from anlan.audit.drilling import drill
from anlan.audit.pruning import prune
from anlan.audit.standing import standing_of
from anlan.audit.tests.log import SealedLog, asked, superuser
from anlan.audit.witnesses import ask_all
from anlan_tlog.notes import WITNESS, Signer

AWAY = Signer.drawn("away.example/witness", WITNESS)


def test_each_of_five_tamperings_is_noticed_by_the_next_look_and_names_the_row(
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path_factory.mktemp("drill")
    monkeypatch.setenv("ANLAN_AUDIT_KEY", str(folder / "log.key"))
    monkeypatch.setattr(keys, "folder", lambda: folder)
    keys.draw_key("drill.example/audit")
    with django_db_blocker.unblock(), database.own_copy() as name, superuser(name) as connection:
        connection.autocommit = True
        found = list(drill(connection))
    assert [one.name for one in found] == [
        "nothing", "edit", "delete", "reorder", "truncate", "fork",
    ]  # fmt: skip
    assert [one.name for one in found if not one.holds] == []
    assert found[0].noticed == ()
    assert all(isinstance(one.row, UUID) and str(one.row) in one.named for one in found[1:])
    assert "and now states" in found[4].noticed[0]
    assert "are not those that were signed" in found[5].noticed[0]


def test_checkpoints_are_whole_for_a_week_and_one_a_day_before_it(shared_log: SealedLog) -> None:
    cosigned = "INSERT INTO audit_witness (name, size) VALUES ('a.example/witness', 2)"
    made = """
        INSERT INTO audit_checkpoint (size, note, sealed_at) VALUES (%s, 'x',
            date_trunc('day', now(), 'UTC') - make_interval(days => %s, hours => %s))
    """
    when = [(1, 8, 4), (2, 8, 3), (3, 8, 2), (4, 8, 1), (5, 7, 9), (6, 2, 2), (7, 2, 1)]
    for size, days, hour in when:
        asked(shared_log.name, made, [size, days, hour])
    asked(shared_log.name, cosigned)
    assert [prune(shared_log.connection) for _ in range(2)] == [2, 0]
    left = asked(shared_log.name, "SELECT size FROM audit_checkpoint WHERE size < 8 ORDER BY size")
    assert [row["size"] for row in left] == [2, 4, 5, 6, 7]
    asked(shared_log.name, "DELETE FROM audit_checkpoint WHERE size < 8")
    asked(shared_log.name, "DELETE FROM audit_witness")


def test_witness_that_is_a_day_away_stops_no_write_and_its_gap_is_shown(
    shared_log: SealedLog,
) -> None:
    (keys.folder() / "witnesses").write_text(f"http://127.0.0.1:1 {AWAY.verifier}\n")
    day = "INSERT INTO audit_witness (name, size, cosigned_at) VALUES (%s, 1, %s)"
    asked(shared_log.name, day, [AWAY.name, "2026-11-21T08:00:00Z"])
    shared_log.call()
    size = shared_log.seal()
    assert ask_all(shared_log.connection, keys.read_key()) == 0
    *_, told = standing_of(shared_log.connection).lines()
    assert told.startswith(f"{AWAY.name} cosigned 1 at 2026-11-21T")
    assert f"; {size - 1:,} behind: " in told
    assert told.endswith("Connection refused>")
    (keys.folder() / "witnesses").unlink()
    asked(shared_log.name, "DELETE FROM audit_witness")
