"""Where root's checkout is closed to the account that runs PostgreSQL, its programs are copied."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from anlan.kernel.postgres import programs as programs_module
from anlan.kernel.postgres.errors import DiskFullError
from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.programs import PACKAGE, package_folder, server_programs
from anlan.kernel.postgres.server import Server
from anlan.kernel.postgres.tests.conftest import query

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root has a closed checkout")


@pytest.fixture
def closed_checkout(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The wheel in a folder that only root enters, and an empty place for copies."""
    with tempfile.TemporaryDirectory() as closed:
        for name in (PACKAGE, f"{PACKAGE}.libs"):
            (Path(closed) / name).symlink_to(package_folder().with_name(name))
        monkeypatch.setattr(programs_module, "package_folder", lambda: Path(closed) / PACKAGE)
        monkeypatch.setattr(programs_module, "COPIES", home.folder.parent / "programs")
        yield Path(closed)


def test_server_runs_from_a_copy_and_the_checkout_stays_closed(
    home: Home, closed_checkout: Path
) -> None:
    server = Server(home)
    assert server.start() == "started"
    assert query(server, "SELECT 1") == [(1,)]
    assert server_programs().folder.is_relative_to(home.folder.parent / "programs")
    assert closed_checkout.stat().st_mode & 0o777 == 0o700


@pytest.mark.usefixtures("closed_checkout")
def test_programs_are_copied_once() -> None:
    first = server_programs().folder
    made_at_ns = first.stat().st_ctime_ns
    assert server_programs().folder == first
    assert first.stat().st_ctime_ns == made_at_ns


@pytest.mark.usefixtures("closed_checkout")
def test_a_copy_that_was_cut_short_is_made_again() -> None:
    unfinished = programs_module.COPIES / "unfinished" / PACKAGE
    unfinished.mkdir(parents=True)
    (unfinished / "half").touch()
    assert server_programs().run_here()
    assert not unfinished.exists()


@pytest.mark.usefixtures("closed_checkout")
def test_no_room_for_the_copy_is_reported(
    small_disk: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs_module, "COPIES", small_disk.folder / "programs")
    with pytest.raises(DiskFullError):
        Server(small_disk).start()
    assert list((small_disk.folder / "programs").glob("[0-9]*")) == []
