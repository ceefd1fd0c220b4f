"""A primary and its replica, with lines between them and from the application to the primary."""

import os
import shutil
import signal
import time
from pathlib import Path

import psutil
import psycopg

from anlan.kernel.postgres.account import server_account
from anlan.kernel.postgres.configuration import server_arguments
from anlan.kernel.postgres.home import SOCKET_PORT, Home
from anlan.kernel.postgres.programs import server_programs
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.postgres.server import Server
from tests.journeys.clients import until
from tests.severed_line import Ends, Line, to_socket

REPLICA = "anlan_replica"
RESTART_LIMIT_S = 60
IN_STEP = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
CANCEL = """
    SELECT pg_cancel_backend(pid) FROM pg_stat_activity
    WHERE wait_event = 'SyncRep' AND usename = 'anlan_app'
"""


def kill_all(server: Server) -> None:
    """Kill the server and all its processes at once: what stood in their memory only is gone."""
    pid = server.pid()
    assert pid is not None
    postmaster = psutil.Process(pid)
    doomed = [postmaster, *postmaster.children(recursive=True)]
    os.kill(pid, signal.SIGSTOP)  # it must not start anew while its children die
    for process in doomed[1:]:
        _kill(process)
    os.kill(pid, signal.SIGKILL)
    psutil.wait_procs(doomed, timeout=RESTART_LIMIT_S)


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


class Pair:
    """Two servers. The application's line leads to the primary, whichever that is."""

    def __init__(self, primary: Home, folder: Path) -> None:
        self.primary = Server(primary)
        self.primary.start()
        self.replica: Server | None = None
        self._folder = folder
        self._count = 0
        self.line = Line(self._to_primary)
        self.between = Line(self._to_primary)

    async def _to_primary(self) -> Ends:
        return await to_socket(self._socket(self.primary))()

    @staticmethod
    def _socket(server: Server) -> Path:
        return server.home.socket_folder / f".s.PGSQL.{SOCKET_PORT}"

    def conninfo(self) -> str:
        """Return how the primary's administrator signs in."""
        return self.primary.connection(ADMINISTRATOR).conninfo()

    def run(self, *statements: str) -> None:
        """Run statements at the primary, each in a transaction of its own."""
        with psycopg.connect(self.conninfo(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def configure(self, **settings: str | None) -> None:
        """Set settings of the primary, or reset those that are None."""
        lines = [
            f"ALTER SYSTEM RESET {name}"
            if value is None
            else f"ALTER SYSTEM SET {name} = '{value}'"
            for name, value in settings.items()
        ]
        self.run(*lines, "SELECT pg_reload_conf()")

    def add_replica(self, home: Home | None = None, *options: str) -> None:
        """Copy the primary and let the copy follow it."""
        self.between.heal()
        self._count += 1
        home = home or Home(self._folder / f"replica-{self._count}")
        home.folder.mkdir(mode=0o711, exist_ok=True)
        account, programs = server_account(), server_programs()
        account.make_private(home.data)
        account.make_private(home.socket_folder)
        shutil.copyfile(self.primary.home.secret, home.secret)
        where = f"--dbname={self.conninfo()}"
        folder = f"--pgdata={home.data}"
        code, printed = programs.run("pg_basebackup", where, folder, "--checkpoint=fast", *options)
        assert code == 0, printed
        signal_file = home.data / "standby.signal"
        signal_file.touch()
        account.hand_over(signal_file)
        password = self.primary.connection(ADMINISTRATOR).password
        primary = (
            f"host=127.0.0.1 port={self.between.port} user={ADMINISTRATOR} password={password} "
            f"application_name={REPLICA}"
        )
        settings = {"primary_conninfo": primary, "hot_standby": "on"}
        with home.log.open("ab") as log:
            arguments = server_arguments(home, tcp_port=None, settings=settings)
            programs.launch("postgres", arguments, log)
        self.replica = Server(home)
        until(self.replica.ready, "the replica did not come up")
        until(self._in_step, "the replica does not follow")

    def _in_step(self) -> bool:
        with psycopg.connect(self.conninfo()) as connection:
            row = connection.execute(IN_STEP).fetchone()
        return bool(row and row[0])

    def cancel_waits(self, seconds: float) -> None:
        """Cancel the application's waits for the replica for a while, as an operator might."""
        ends = time.monotonic() + seconds
        with psycopg.connect(self.conninfo(), autocommit=True) as connection:
            while time.monotonic() < ends:
                connection.execute(CANCEL)
                time.sleep(0.05)

    def fail_over(self) -> None:
        """Kill the primary for good; the replica takes its place."""
        assert self.replica is not None
        old, new = self.primary, self.replica
        kill_all(old)
        self.between.cut()
        with psycopg.connect(new.connection(ADMINISTRATOR).conninfo(), autocommit=True) as there:
            there.execute("SELECT pg_promote()")
            there.execute("ALTER SYSTEM RESET synchronous_standby_names")  # it is alone now
            there.execute("SELECT pg_reload_conf()")
        self.primary, self.replica = new, None

    def close(self) -> None:
        """Stop what runs."""
        self.between.close()
        self.line.close()
        for server in (self.replica, self.primary):
            if server is not None:
                server.stop()
