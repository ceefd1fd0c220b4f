"""A whole installation for journeys and browser tests: `anlan serve` with the demonstration city.

Everything runs as an operator would run it: the program itself, its own home and port, the embedded
database with fsync, the sample city pack, real passwords. Nothing reaches around the API except the
loading of the city and its sign-ins, which an operator does on the command line too.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import httpx
import psutil

from anlan.kernel.purposes import HEADER

CHECKOUT = Path(__file__).resolve().parents[1]
CITY_FILE = CHECKOUT / "data" / "organisations" / "helsinki.toml"
PASSWORD = "one password for every test"
START_LIMIT_S = 240.0
STOP_LIMIT_S = 40.0
ANSWER_LIMIT_S = 30.0
POLL_S = 0.05
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class NotReadyError(RuntimeError):
    """The installation did not come up; the text is what it printed."""


class LiveServer:
    """One running installation. `url`, `password` and `sign_ins` (username to role) tell how in."""

    password = PASSWORD
    tree = CHECKOUT
    """The checkout whose program runs."""

    def __init__(self, *, workers: int = 1) -> None:
        """Prepare a home for an installation with so many web processes."""
        self._workers = workers
        # PostgreSQL does not run as root: its account has to reach the home.
        self.folder = Path(tempfile.mkdtemp(prefix="anlan-live-")).resolve()
        self.folder.chmod(0o711)
        self.home = self.folder / "home"
        self.log = self.folder / "serve.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.origin = f"http://localhost:{self.port}"  # passkeys belong to a name, not to a number
        self._process: subprocess.Popen[bytes] | None = None
        self._doors: dict[str, tuple[httpx.Cookies, str]] = {}

    @cached_property
    def sign_ins(self) -> Mapping[str, str]:
        """Every username with its role; all have the same password."""
        text = tomllib.loads(CITY_FILE.read_text(encoding="utf-8"))
        staff = {entry["username"]: entry["role"] for entry in text["staff"]}
        return staff | {entry["sign_in"]: "CREW" for entry in text["units"]}

    def start(self) -> None:
        """Start the installation and return when it is ready."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "anlan.project.cli",
                    "serve",
                    "--port",
                    f"{self.port}",
                    "--workers",
                    f"{self._workers}",
                ],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_ready()

    def load_city(self) -> None:
        """Load the demonstration city, its sites and its sign-ins into the running database."""
        subprocess.run(
            [sys.executable, "-m", "tests.live_city", self.password],
            env=self.environment(),
            cwd=self.tree,
            check=True,
            timeout=START_LIMIT_S,
        )

    def stop(self) -> int:
        """Ask the installation to end, wait for it, return its exit code."""
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGINT)
        try:
            code = self._process.wait(STOP_LIMIT_S)
        finally:
            self._process.kill()
            self._process = None
        return code

    def remove(self) -> None:
        """Stop the installation and delete its home."""
        self.stop()
        shutil.rmtree(self.folder)

    def wait_until_ready(self) -> None:
        """Return when `/readyz` answers 200; fail with the log when that takes too long."""
        deadline = time.monotonic() + START_LIMIT_S
        while not self._ready():
            ended = self._process is not None and self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise NotReadyError(self.log.read_text())
            time.sleep(POLL_S)

    def _ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=ANSWER_LIMIT_S).status_code == 200
        except httpx.TransportError:
            return False

    def client(self, username: str | None = None, *, language: str = "en") -> httpx.Client:
        """Return a client that is signed in (a visitor without a name), with keys on its writes.

        Each write gets an Idempotency-Key of its own unless the caller gives the header. Who has
        signed in once stays so: passwords are slow on purpose. `signed_in` goes through the door.
        """
        if username is None:
            return _open(self.url, language, None)
        if username not in self._doors:
            with signed_in(self.url, username, self.password) as first:
                self._doors[username] = first.cookies, first.headers[HEADER]
        cookies, purpose = self._doors[username]
        client = _open(self.url, language, cookies)
        client.headers[HEADER] = purpose
        return client

    def processes(self, words: str) -> list[psutil.Process]:
        """Return the installation's running processes whose command line holds `words`."""
        assert self._process is not None
        found = psutil.Process(self._process.pid).children(recursive=True)
        return [process for process in found if words in _command(process)]

    def environment(self) -> dict[str, str]:
        """Return the environment in which a command acts on this installation."""
        dropped = {"DATABASE_URL", "DATABASE_OWNER_URL", "ANLAN_DATABASE", "ANLAN_CLOCK"}
        kept = {name: value for name, value in os.environ.items() if name not in dropped}
        sources = [str(self.tree / "src"), str(self.tree)]
        return kept | {
            "ANLAN_HOME": str(self.home),
            "ANLAN_ORIGIN": self.origin,
            "DJANGO_SETTINGS_MODULE": "anlan.project.settings",
            "PYTHONPATH": os.pathsep.join(sources),
        }


def signed_in(address: str, username: str, password: str, language: str = "en") -> httpx.Client:
    """Return a client of an installation with somebody signed in, with keys on its writes."""
    with httpx.Client(base_url=address, timeout=ANSWER_LIMIT_S) as door:
        named = {"username": username, "password": password}
        me = door.post("/api/v1/session", json=named).raise_for_status().json()
        client = _open(address, language, door.cookies)
        client.headers[HEADER] = me["purposes"][0]
        return client


def _open(address: str, language: str, cookies: httpx.Cookies | None) -> httpx.Client:
    return httpx.Client(
        base_url=address,
        headers={"Accept-Language": language},
        cookies=cookies,
        timeout=ANSWER_LIMIT_S,
        event_hooks={"request": [_add_key]},
    )


def free_port() -> int:
    """Return a TCP port of this machine that nothing listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def _add_key(request: httpx.Request) -> None:
    if request.method not in SAFE_METHODS:
        request.headers.setdefault("Idempotency-Key", str(uuid4()))


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
