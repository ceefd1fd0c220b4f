"""A home with the demonstration city in it, made once and copied for every installation.

It is made as an operator makes one: the program starts on an empty folder, the city is loaded into
it, the program ends. That takes half a minute, a copy a second. It lies beside the tests' own
database and is made anew once a file of the program or its data has changed.
"""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

from tests.database import CHECKOUT, home
from tests.live import LiveServer

READ = ("src/*/**/*.py", "src/*/**/*.toml", "data/**/*")
"""What the start of a fresh installation and the loading of a city may depend on."""


def start_with_city(server: LiveServer) -> None:
    """Start an installation that has the demonstration city, its sites and its sign-ins."""
    copy_prepared(server.home)
    server.start()


def copy_prepared(to: Path) -> None:
    """Copy the prepared home to a folder that is not there yet; the first who asks prepares it."""
    kept = home().folder / "prepared"
    kept.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        mark, content = kept.with_suffix(".content"), _content()
        if not mark.exists() or mark.read_text() != content:
            mark.unlink(missing_ok=True)
            shutil.rmtree(kept, ignore_errors=True)
            _prepare(kept)
            mark.write_text(content)
        _copy(kept, to)


def _content() -> str:
    seen = hashlib.sha256()
    files = {file for pattern in READ for file in CHECKOUT.glob(pattern)}
    for file in sorted(file for file in files if file.is_file() and "tests" not in file.parts):
        seen.update(str(file.relative_to(CHECKOUT)).encode() + b"\0")
        seen.update(hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()


def _prepare(folder: Path) -> None:
    server = LiveServer()
    try:
        server.start()
        server.load_city()
        code = server.stop()
        assert code == 0, server.log.read_text()
        _copy(server.home, folder)
    finally:
        server.remove()


def _copy(folder: Path, to: Path) -> None:
    """Copy a home with its owners: the database's files belong to another account than the rest."""
    subprocess.run(["cp", "-a", str(folder), str(to)], check=True)
