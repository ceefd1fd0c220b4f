"""What waits gets its numbers in the order of the commits, and a signed checkpoint over it."""

import hashlib
import json
import threading

import psycopg
import pytest
from prometheus_client import REGISTRY
from tests.database import server

from anlan.audit import keys
from anlan.audit.errors import LogDamagedError, LogKeyError, NoLogKeyError
from anlan.audit.sealed import last_stated
from anlan.audit.sealer import Rounds, Sealer, connect
from anlan.audit.sealing import SEAL_LOCK_KEY, seal_batch
from anlan.audit.tests.log import SealedLog, asked
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan_tlog.merkle import Frontier, leaf_hash

ENTRIES = "SELECT number, entry FROM audit_entry ORDER BY number"

TOUCH = "UPDATE intake_report SET area = area WHERE id = %s"
WAITS = "SELECT wait_event_type AS what FROM pg_stat_activity WHERE pid = %s"


def test_checkpoint_is_over_the_entries_and_signed(shared_log: SealedLog) -> None:
    rows = asked(shared_log.name, ENTRIES)
    assert [row["number"] for row in rows] == list(range(shared_log.size))
    assert len(rows) > 256
    frontier = Frontier()
    for row in rows:
        frontier.append(leaf_hash(row["entry"].encode()))
    stated = last_stated(shared_log.connection, keys.read_key().verifier)
    assert stated is not None
    assert (stated.checkpoint.size, stated.checkpoint.root) == (len(rows), frontier.root())
    assert asked(shared_log.name, "SELECT FROM audit_leaf") == []


def test_entry_says_who_and_what_and_the_salt_opens_its_content(shared_log: SealedLog) -> None:
    number = shared_log.last_entry(shared_log.report)
    (row,) = asked(shared_log.name, "SELECT entry FROM audit_entry WHERE number = %s", [number])
    said = json.loads(row["entry"])
    kept = "SELECT salt FROM audit_row WHERE table_name = 'intake_report' AND row_id = %s"
    salt = asked(shared_log.name, kept, [shared_log.report])[0]["salt"]
    content = "SELECT to_jsonb(one)::text AS held FROM intake_report AS one WHERE id = %s"
    held = asked(shared_log.name, content, [shared_log.report])[0]["held"]
    assert shared_log.taker.account is not None
    assert said == {
        "actor": str(shared_log.taker.account.id),
        "at": said["at"],
        "digest": hashlib.sha256(salt + held.encode()).hexdigest(),
        "organisation": str(shared_log.taker.account.organisation_id),
        "purpose": "CALLS",
        "row": shared_log.report,
        "table": "intake_report",
        "verb": said["verb"],
    }


def test_untouched_log_shows_nothing(shared_log: SealedLog) -> None:
    assert shared_log.found() == []
    shared_log.call()
    assert shared_log.found() == []


def test_transaction_that_commits_late_is_sealed_late_and_not_lost(shared_log: SealedLog) -> None:
    where = server().connection(ADMINISTRATOR, database=shared_log.name).conninfo()
    early, before = shared_log.report, shared_log.seal()
    with psycopg.connect(where) as late:
        late.execute(TOUCH, [early])
        other = shared_log.call()
        between = shared_log.seal()
    assert shared_log.last_entry(early) < before < shared_log.last_entry(other) < between
    assert shared_log.seal() == between + 1
    assert shared_log.last_entry(early) == between
    assert shared_log.found() == []


def test_changed_row_loses_the_salt_of_what_it_was(shared_log: SealedLog) -> None:
    kept = "SELECT number, salt FROM audit_row WHERE row_id = %s"
    (before,) = asked(shared_log.name, kept, [shared_log.report])
    asked(shared_log.name, TOUCH, [shared_log.report])
    shared_log.seal()
    (after,) = asked(shared_log.name, kept, [shared_log.report])
    assert after["number"] > before["number"]
    assert after["salt"] != before["salt"]


def test_one_seals_at_a_time(shared_log: SealedLog) -> None:
    shared_log.call()
    before = shared_log.size
    with connect(shared_log.name) as other, other.transaction():
        other.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK_KEY])
        assert seal_batch(shared_log.connection, keys.read_key()) == 0
        assert shared_log.size == before
    assert shared_log.seal() > before


def test_sealer_that_dies_in_a_batch_leaves_nothing_half_done(shared_log: SealedLog) -> None:
    shared_log.call()
    before = shared_log.size
    where = server().connection(ADMINISTRATOR, database=shared_log.name).conninfo()
    dying, died = connect(shared_log.name), threading.Event()

    def seal() -> None:
        with pytest.raises(psycopg.OperationalError):
            seal_batch(dying, keys.read_key())
        died.set()

    with psycopg.connect(where) as holding:
        holding.execute("LOCK TABLE audit_checkpoint IN EXCLUSIVE MODE")
        threading.Thread(target=seal).start()
        pid = dying.info.backend_pid
        while asked(shared_log.name, WAITS, [pid])[0]["what"] != "Lock":
            pass
        asked(shared_log.name, "SELECT pg_terminate_backend(%s)", [pid])
    assert died.wait(10)
    assert (shared_log.size, shared_log.found()) == (before, [])
    assert shared_log.seal() > before
    assert shared_log.found() == []


def test_sealer_sees_no_row_and_takes_back_no_entry(shared_log: SealedLog) -> None:
    for statement in (
        "SELECT FROM intake_report",
        "UPDATE audit_entry SET entry = ''",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_checkpoint",
        "UPDATE audit_leaf SET actor = ''",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            shared_log.connection.execute(statement)


def test_cut_tile_and_corrupted_checkpoint_are_refused(tampered_log: SealedLog) -> None:
    key = keys.read_key()
    tampered_log.do("SET session_replication_role = origin")
    tampered_log.do("UPDATE orgs_unit SET duty = duty")
    tampered_log.do("UPDATE audit_tile SET hashes = substr(hashes, 1, 32) WHERE level = 0")
    with pytest.raises(LogDamagedError, match="of level 0 is cut off or gone"):
        seal_batch(tampered_log.connection, key)
    tampered_log.do("UPDATE audit_checkpoint SET note = 'x'")
    with pytest.raises(LogDamagedError, match="unreadable"):
        seal_batch(tampered_log.connection, key)
    assert tampered_log.taker.get("session").status_code == 200
    tampered_log.call()


def test_key_is_asked_for_by_name_and_drawn_once(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ANLAN_AUDIT_KEY", str(tmp_path / "log.key"))
    with pytest.raises(NoLogKeyError, match="anlan audit key NAME"):
        keys.read_key()
    drawn = keys.draw_key("city.example/audit")
    assert keys.read_key() == drawn
    assert (tmp_path / "log.key").stat().st_mode & 0o077 == 0
    with pytest.raises(LogKeyError, match="is there already"):
        keys.draw_key("city.example/audit")
    (tmp_path / "log.key").write_text("x")
    with pytest.raises(LogKeyError, match="holds none"):
        keys.read_key()


def test_worker_seals_and_looks_by_itself(shared_log: SealedLog) -> None:
    before, sealer = shared_log.seal(), Sealer(shared_log.name)
    shared_log.call()
    assert sealer.round() == 3
    assert shared_log.size == before + 3
    rounds = Rounds()
    assert rounds.look(shared_log.connection, shared_log.size) == []
    sealer.close()


def test_worker_without_a_key_goes_on_and_shows_it(shared_log, monkeypatch) -> None:
    shared_log.seal()
    shared_log.call()
    monkeypatch.setenv("ANLAN_AUDIT_KEY", "/nowhere/log.key")
    assert Sealer(shared_log.name).round() == 0
    assert REGISTRY.get_sample_value("anlan_audit_damaged") == 1
    monkeypatch.undo()
    assert Sealer(shared_log.name).round() == 3
    assert REGISTRY.get_sample_value("anlan_audit_damaged") == 0
