"""Backups of a real server: restored whole, to a time, compared; and refused when they are bad."""

import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.postgres.server import Server
from anlan.kernel.postgres.tests.conftest import empty_home, query
from anlan.kernel.recovery.comparing import compare, hashes_of
from anlan.kernel.recovery.errors import (
    DamagedError,
    KeyUnreadableError,
    LogGapError,
    NoBackupError,
    NotFreeError,
    OtherInstallationError,
    RecoveryError,
    RestoreRefusedError,
    WrongKeyError,
)
from anlan.kernel.recovery.log_keeping import LogKeeper, Source
from anlan.kernel.recovery.repository import Repository, make_key
from anlan.kernel.recovery.restoring import restore
from anlan.kernel.recovery.taking import take

NUMBERS = "SELECT array_agg(id ORDER BY id) FROM report"


@dataclass
class Kept:
    """A server with a backup: 1 before it, 2 and 3 after it in log segments of their own."""

    server: Server
    repository: Repository
    before: datetime
    after_one: datetime
    after_two: datetime

    @property
    def source(self) -> Source:
        home = self.server.home
        return Source(self.server.connection(ADMINISTRATOR), home.folder / "log-spool")


def ignore(*_: object) -> None:
    """Show nothing."""


def now(server: Server) -> datetime:
    (found,) = query(server, "SELECT clock_timestamp()")[0]
    assert isinstance(found, datetime)
    return found


def put(server: Server, number: int) -> datetime:
    """Write a row, begin another log segment; return a time after it."""
    query(server, f"INSERT INTO report VALUES ({number:d})")  # noqa: S608 - a number
    after = now(server)
    query(server, "SELECT pg_switch_wal()")
    return after


@pytest.fixture(scope="module")
def kept() -> Iterator[Kept]:
    with empty_home() as home:
        server = Server(home)
        server.start()
        make_key(home.folder / "backup.key")
        repository = Repository(home.folder.parent / "backups", home.folder / "backup.key")
        source = Source(server.connection(ADMINISTRATOR), home.folder / "log-spool")
        query(server, "CREATE TABLE report (id int PRIMARY KEY)")
        before, _ = now(server), put(server, 1)
        take(source, repository, keep=2, tell=ignore, advance=ignore)
        kept = Kept(server, repository, before, put(server, 2), put(server, 3))
        put(server, 4)
        (position,) = query(server, "SELECT pg_current_wal_flush_lsn()::text")[0]
        LogKeeper(source, repository, tell=ignore).catch_up(str(position))
        yield kept


@pytest.fixture
def copied(kept: Kept, tmp_path: Path) -> Repository:
    """A copy of the backups that a test may spoil."""
    shutil.copytree(kept.repository.folder, tmp_path / "backups")
    return Repository(tmp_path / "backups", kept.repository.key_file)


@pytest.fixture
def empty() -> Iterator[Home]:
    with empty_home() as home:
        yield home


def numbers_in(home: Home) -> object:
    """Start the restored server, with passwords as at any other time, and read it."""
    server = Server(home)
    server.start()
    return query(server, NUMBERS)[0][0]


def refused(
    kind: type[RecoveryError], repository: Repository, home: Home, until: datetime | None = None
) -> str:
    """Return the one line of a refusal, after which nothing is there."""
    with pytest.raises(kind) as caught:
        restore(repository, home, until=until, advance=ignore)
    assert not home.data.exists()
    assert not (home.folder / "restoring").exists()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_restored_database_goes_on_and_is_backed_up_again(kept, empty, copied):
    restore(copied, empty, until=kept.after_one, advance=ignore)
    assert numbers_in(empty) == [1, 2]
    server = Server(empty)
    put(server, 5)
    source = Source(server.connection(ADMINISTRATOR), empty.folder / "log-spool")
    take(source, copied, keep=1, tell=ignore, advance=ignore)
    assert len(copied.bases()) == 1
    put(server, 6)
    os.kill(server.pid() or 0, signal.SIGKILL)
    shutil.rmtree(empty.data)
    shutil.rmtree(empty.folder / "log-spool")
    restore(copied, empty, until=None, advance=ignore)
    assert numbers_in(empty) == [1, 2, 5]


def test_drill_compares_every_row_beside_the_living_server(kept):
    found = compare(kept.source, kept.repository, kept.server.home, tell=ignore, advance=ignore)
    assert (found.tables, found.rows) == (1, 4)
    assert not (kept.server.home.folder / "restoring").exists()
    assert query(kept.server, NUMBERS)[0][0] == [1, 2, 3, 4]


def test_one_changed_value_changes_the_hash_of_its_table_only(kept):
    conninfo = kept.server.connection(ADMINISTRATOR).conninfo()
    with psycopg.connect(conninfo) as connection:
        connection.execute("CREATE TABLE other AS SELECT 1 AS id")
        before = hashes_of(connection)
        connection.execute("UPDATE report SET id = 40 WHERE id = 4")
        after = hashes_of(connection)
        connection.rollback()
    assert set(before) == {"public.report", "public.other"}
    assert {name for name in before if before[name] != after[name]} == {"public.report"}


def test_a_time_before_every_backup_is_refused(kept, empty):
    line = refused(NoBackupError, kept.repository, empty, kept.before)
    assert line.endswith(f"holds no backup from before {kept.before.isoformat()}")


def test_a_time_after_the_end_of_the_log_is_refused(kept, empty):
    line = refused(RestoreRefusedError, kept.repository, empty, kept.before + timedelta(days=1))
    assert "recovery ended before configured recovery target was reached" in line


def test_a_home_with_a_database_is_left_alone(kept):
    with pytest.raises(NotFreeError, match="nothing in it was touched"):
        restore(kept.repository, kept.server.home, until=None, advance=ignore)
    assert query(kept.server, NUMBERS)[0][0] == [1, 2, 3, 4]


@pytest.mark.parametrize("kept_bytes", [-1, 100_000])
def test_a_base_that_was_cut_short_is_named(copied, empty, kept_bytes):
    file = copied.content_file(copied.bases()[-1].name)
    file.write_bytes(file.read_bytes()[:kept_bytes])
    assert str(file) in refused(DamagedError, copied, empty)


def test_a_missing_base_is_named(copied, empty):
    copied.content_file(copied.bases()[-1].name).unlink()
    assert "is damaged (it is missing)" in refused(DamagedError, copied, empty)


def test_a_changed_log_segment_is_named(copied, empty):
    file = copied.segments()[-2].file
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert str(file) in refused(DamagedError, copied, empty)


def test_a_missing_log_segment_is_named_and_what_comes_before_can_be_had(kept, copied, empty):
    later = [one for one in copied.segments() if one.number >= copied.bases()[-1].next_segment]
    later[2].file.unlink()
    assert f"lacks the segment {later[2].name}" in refused(LogGapError, copied, empty)
    restore(copied, empty, until=kept.after_one, advance=ignore)
    assert numbers_in(empty) == [1, 2]


def test_another_key_opens_nothing(copied, empty, tmp_path):
    make_key(tmp_path / "other.key")
    line = refused(WrongKeyError, Repository(copied.folder, tmp_path / "other.key"), empty)
    assert line.startswith(f"the key in {tmp_path / 'other.key'} does not open")


@pytest.mark.parametrize("text", ["", "anlan-backup-key-1:AAAA", "anlan-backup-key-1:é"])
def test_what_is_no_key_is_refused(copied, tmp_path, text):
    (tmp_path / "bad.key").write_text(text)
    with pytest.raises(KeyUnreadableError):
        Repository(copied.folder, tmp_path / "bad.key")


def test_backups_of_another_database_are_not_added_to(copied):
    with pytest.raises(OtherInstallationError):
        copied.open_for("1")


def test_only_the_newest_is_kept_with_the_log_that_it_needs(kept):
    old = kept.repository.bases()[0]
    new = take(kept.source, kept.repository, keep=1, tell=ignore, advance=ignore)
    bases = kept.repository.bases()
    assert bases == [new] != [old]
    assert [folder.name for folder in (kept.repository.folder / "base").iterdir()] == [new.name]
    assert min(one.number for one in kept.repository.segments()) >= bases[0].first_segment
