"""The round of an upgrade: two releases side by side on one database, forth and back."""

import io
import itertools
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import psycopg

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.postgres.server import Server
from anlan.kernel.recovery.comparing import Hashes, hashes_of
from tests.faults.rows import Row
from tests.faults.writing import Writers, at_address, row_of
from tests.live import CHECKOUT, LiveServer
from tests.severed_line import Ends, Line, to_port

BETWEEN_REPORTS = 48
ENGINE = Path("src/anlan_engine")
MIGRATIONS = "src/anlan/**/migrations/0*.py"
COMMAND_LIMIT_S = 240.0


class NothingToUpgradeError(RuntimeError):
    """Both releases have the same tables: the round would show nothing."""


class Release(LiveServer):
    """An installation of the program in `tree`; several share a home and so a database."""

    def __init__(self, tree: Path, home: Path) -> None:
        super().__init__()
        self.tree, self.home = tree, home

    def run(self, *words: str) -> str:
        """Run one of the program's commands; return what it printed."""
        done = subprocess.run(
            [sys.executable, "-P", "-m", "anlan.project.cli", *words],
            env=self.environment(), capture_output=True, text=True, check=False,
            timeout=COMMAND_LIMIT_S,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


class Front:
    """The line that clients write through, to each of the servers in turn."""

    def __init__(self, *servers: LiveServer) -> None:
        self._turns = itertools.cycle(servers)
        self.line = Line(self._connect)

    async def _connect(self) -> Ends:
        return await to_port(next(self._turns).port)()

    def lead_to(self, *servers: LiveServer) -> None:
        """Tear all connections down; new ones lead to these servers."""
        self._turns = itertools.cycle(servers)
        self.line.cut()
        self.line.heal()


def upgraded(folder: Path, revision: str, *, tell: Callable[[str], None]) -> Row:
    """Upgrade from `revision` to this tree while clients write, then go back; compare all rows."""
    tell(f"upgrading from {revision[:12]}")
    home = Home(folder / "home")
    old, new = Release(tree_of(revision, folder / "earlier"), home.folder), None
    front = Front(old)
    try:
        old.run("db", "start")
        old.run("audit", "key", "upgrade.example/audit")
        old.start()
        old.load_city()
        new = Release(CHECKOUT, home.folder)
        with (
            old.client("calltaker") as door,
            at_address(door, f"http://127.0.0.1:{front.line.port}") as session,
            Writers(session, "upgrade and back under load") as writers,
        ):
            _forth_and_back(writers, front, old, new, conninfo(home))
        old.stop()
        steps = _same_rows(old, new, conninfo(home))
        gap_s = writers.longest_gap()
        return row_of(writers, conninfo(home), faults=4 + steps, back_s=gap_s)
    finally:
        front.line.close()
        for server in filter(None, (new, old)):
            server.remove()
        Server(home).stop()


def _forth_and_back(writers: Writers, front: Front, old: Release, new: Release, where: str) -> None:
    def more() -> None:
        writers.wait_for(len(writers.told.acknowledged) + BETWEEN_REPORTS)

    more()
    before = applied(where)
    new.start()  # brings the tables up to date while the old server's clients write
    if applied(where) == before:
        raise NothingToUpgradeError
    more()
    for servers in ((old, new), (new,)):
        front.lead_to(*servers)
        more()
    old.stop()
    more()
    old.start()  # the way back: the old program on the newer tables
    for servers in ((old, new), (old,)):
        front.lead_to(*servers)
        more()
    new.stop()
    more()


def _same_rows(old: Release, new: Release, where: str) -> int:
    """Let each release bring the tables up to date again; no row and no root may change by it."""
    before = rows(where), old.run("audit", "checkpoint")
    for release in (old, new):
        release.run("db", "migrate")
        after = rows(where), release.run("audit", "checkpoint")
        assert after == before, [name for name, one in after[0].items() if before[0][name] != one]
        release.run("audit", "check")
    return 2


def tree_of(revision: str, folder: Path) -> Path:
    """Write what the checkout was at `revision` into `folder`, with what is compiled of it."""
    packed = subprocess.run(
        ["git", "-C", str(CHECKOUT), "archive", "--format=tar", revision],
        capture_output=True, check=True,
    )  # fmt: skip
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    folder.chmod(0o755)
    for file in (CHECKOUT / ENGINE).rglob("*.py"):
        same = folder / file.relative_to(CHECKOUT)
        if same.is_file() and same.read_bytes() == file.read_bytes():
            shutil.copystat(file, same)  # what was compiled of it knows it by its time
    for compiled in (CHECKOUT / ENGINE).rglob("__pycache__"):
        there = folder / compiled.relative_to(CHECKOUT)
        if there.parent.is_dir():
            shutil.copytree(compiled, there, dirs_exist_ok=True)
    return folder


def release_before() -> str:
    """Return the newest tag `v*` before this commit; without one, what was before the newest
    migration came: the last state of the tables that anybody may have.
    """
    tagged = _git("describe", "--tags", "--abbrev=0", "--match=v*", "HEAD^")
    newest = _git("log", "-1", "--format=%H", "--diff-filter=A", "--", f":(glob){MIGRATIONS}")
    return tagged or f"{newest}^"


def _git(*words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(CHECKOUT), *words],
        env=os.environ | {"LC_ALL": "C"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.strip()


def conninfo(home: Home) -> str:
    """Return how the administrator signs in."""
    return Server(home).connection(ADMINISTRATOR).conninfo()


def applied(where: str) -> int:
    """Return how many migrations were applied."""
    with psycopg.connect(where) as connection:
        (count,) = connection.execute("SELECT count(*) FROM django_migrations").fetchone() or (0,)
        return int(count)


def rows(where: str) -> Hashes:
    """Return hashes of the rows of every table."""
    with psycopg.connect(where) as connection:
        return hashes_of(connection)
