from pathlib import Path

import pytest

from anlan.kernel.postgres import dump as dump_module
from anlan.kernel.postgres.dump import dump, load
from anlan.kernel.postgres.errors import DumpFailedError, LoadFailedError, NotEmptyError
from anlan.kernel.postgres.server import Server
from anlan.kernel.postgres.tests.conftest import query


@pytest.fixture(scope="module")
def filled(shared_server: Server) -> Server:
    """A server with two tables, one of them guarded and empty to whoever has no scope."""
    for statement in (
        "CREATE TABLE report (id int PRIMARY KEY, text text)",
        "INSERT INTO report SELECT n, 'hydrant ' || n FROM generate_series(1, 5000) n",
        "CREATE TABLE place (area bigint)",
        "ALTER TABLE place ENABLE ROW LEVEL SECURITY",
        "INSERT INTO place VALUES (990101001001001)",
    ):
        query(shared_server, statement, user="anlan_owner")
    return shared_server


def ignore(what: str, done: int, total: int) -> None:
    """Show no progress."""


def test_a_dump_loads_to_the_same_rows(filled: Server, tmp_path: Path) -> None:
    file = tmp_path / "city.dump"
    size_bytes = dump(filled.connection("postgres"), file, embedded=True, advance=ignore)
    assert size_bytes == file.stat().st_size
    filled.add_database("restored")
    load(file, filled.connection("postgres", database="restored"), embedded=True)
    for statement in (
        "SELECT count(*), md5(string_agg(id || text, ',' ORDER BY id)) FROM report",
        "SELECT area FROM place",
    ):
        restored = query(filled, statement, database="restored")
        assert restored == query(filled, statement)
        assert restored[0][0]


def test_a_dump_is_for_its_owner_only_and_leaves_nothing_beside_it(
    filled: Server, tmp_path: Path
) -> None:
    file = tmp_path / "city.dump"
    dump(filled.connection("postgres"), file, embedded=True, advance=ignore)
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_progress_counts_every_table_and_the_reading_back(filled: Server, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    dump(
        filled.connection("postgres"),
        tmp_path / "city.dump",
        embedded=True,
        advance=lambda what, done, total: seen.append((what, done, total)),
    )
    assert seen == [
        ("copying tables", 0, 3),
        ("copying tables", 1, 3),
        ("reading the copy back", 2, 3),
    ]


def test_a_failed_dump_keeps_the_older_one(filled: Server, tmp_path: Path) -> None:
    file = tmp_path / "city.dump"
    file.write_text("the older one")
    # The application's role may read no table: pg_dump fails half-way.
    with pytest.raises(DumpFailedError, match="permission denied"):
        dump(filled.connection("anlan_app"), file, embedded=True, advance=ignore)
    assert file.read_text() == "the older one"
    assert list(tmp_path.iterdir()) == [file]


def test_a_copy_that_lacks_a_table_is_not_kept(
    filled: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dump_module, "TABLE_IN_LIST", dump_module.re.compile("no such line"))
    with pytest.raises(DumpFailedError, match="does not list every table"):
        dump(filled.connection("postgres"), tmp_path / "city.dump", embedded=True, advance=ignore)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(filled: Server, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "city.dump"
    with pytest.raises(DumpFailedError, match="No such file or directory") as caught:
        dump(filled.connection("postgres"), file, embedded=True, advance=ignore)
    assert str(file) in str(caught.value)


def test_a_load_never_writes_over_what_is_there(filled: Server, tmp_path: Path) -> None:
    file = tmp_path / "city.dump"
    dump(filled.connection("postgres"), file, embedded=True, advance=ignore)
    with pytest.raises(NotEmptyError):
        load(file, filled.connection("postgres"), embedded=True)
    assert query(filled, "SELECT count(*) FROM report") == [(5000,)]


def test_a_cut_off_dump_loads_nothing(filled: Server, tmp_path: Path) -> None:
    file = tmp_path / "city.dump"
    dump(filled.connection("postgres"), file, embedded=True, advance=ignore)
    file.write_bytes(file.read_bytes()[:-2_000])
    filled.add_database("half")
    with pytest.raises(LoadFailedError, match="pg_restore: error"):
        load(file, filled.connection("postgres", database="half"), embedded=True)
    count = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    assert query(filled, count, database="half") == [(0,)]
