"""A log with a key of its own, on a copy of the city."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker
from tests import database

from anlan.audit import keys
from anlan.audit.tests.log import SealedLog, asked


def _made(name: str) -> SealedLog:
    """Return a log of the city's first rows, more than a tile of them, and of one call."""
    keys.draw_key("city.example/audit")
    for _ in range(6):
        asked(name, "UPDATE orgs_unit SET duty = duty")
    made = SealedLog(name)
    made.call()
    made.seal()
    return made


@pytest.fixture(scope="module")
def shared_log(
    django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SealedLog]:
    """Return a log that the tests of one file share."""
    with (
        django_db_blocker.unblock(),
        database.own_copy() as name,
        pytest.MonkeyPatch.context() as patch,
    ):
        folder = tmp_path_factory.mktemp("audit")
        patch.setenv("ANLAN_AUDIT_KEY", str(folder / "log.key"))
        patch.setattr(keys, "folder", lambda: folder)
        made = _made(name)
        yield made
        made.close()


@pytest.fixture
def tampered_log(shared_log: SealedLog) -> Iterator[SealedLog]:
    """Return the shared log; what the superuser does to it is taken back after the test."""
    kept = keys.kept_file()
    there = kept.read_bytes()
    with shared_log.under_the_knife():
        yield shared_log
    kept.write_bytes(there)
