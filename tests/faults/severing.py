"""Rounds with a database elsewhere: lines cut, replicas promoted, clocks stepped, discs filled."""

import os
import shutil
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import httpx
import numpy as np
import psycopg

from anlan.kernel.clock import SECONDS
from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import APPLICATION, OWNER
from tests.faults.pair import REPLICA, Pair, kill_all
from tests.faults.rows import Row
from tests.faults.writing import CLIENTS, Writers, report, row_of
from tests.live import LiveServer

BETWEEN_REPORTS = 24
SLOW_S = 0.02
STEPS_S = (600.0, -1_200.0, 600.0)
BEHIND_S = 1.5
TICK_S = 0.05
REPEATS = 3
CONTROL_TRIES = 3
SMALL_DISC = "600m"
SMALL_LOG = "160m"
PIECE_BYTES = 1 << 20
SEGMENTS_LEFT = 64


class FarServer(LiveServer):
    """An installation whose database is at the end of a pair's line, with a clock of its own."""

    def __init__(self, pair: Pair) -> None:
        super().__init__()
        self.pair = pair
        self.offset_s = 0.0
        self._clock = self.folder / "clock"
        self._ended = threading.Event()
        self._write_clock()
        self._ticking = threading.Thread(target=self._tick, daemon=True)
        self._ticking.start()

    def environment(self) -> dict[str, str]:
        """Return the environment in which a command acts on this installation."""
        return super().environment() | {
            "DATABASE_URL": self._address(APPLICATION),
            "DATABASE_OWNER_URL": self._address(OWNER),
            "ANLAN_CLOCK": str(self._clock),
        }

    @cached_property
    def session(self) -> httpx.Client:
        """A call-taker who signed in before anything was lost: a control may lose sign-ins too."""
        return self.client("calltaker")

    def remove(self) -> None:
        """Stop it and its clock, delete its home."""
        self.session.close()
        self.stop()
        self._ended.set()
        self._ticking.join()
        shutil.rmtree(self.folder)

    def _address(self, role: str) -> str:
        known = self.pair.primary.connection(role)
        return f"postgresql://{role}:{known.password}@127.0.0.1:{self.pair.line.port}/{known.name}"

    @property
    def now_s(self) -> float:
        """The installation's time in Unix seconds."""
        return time.time() + self.offset_s

    def _write_clock(self) -> None:
        with open(self._clock, "r+b" if self._clock.exists() else "wb") as file:
            file.write(SECONDS.pack(self.now_s))

    def _tick(self) -> None:
        while not self._ended.wait(TICK_S):
            self._write_clock()


def line_broken(far: FarServer, how: str, *, seconds: float, times: int) -> Row:
    """Cut the line to the database, hold it half-open, or make it slow."""
    back_s = 0.0
    with Writers(far.session, f"line to the database: {how}") as writers:
        for _ in range(times):
            writers.wait_for(len(writers.told.acknowledged) + BETWEEN_REPORTS)
            if how == "slow":
                far.pair.line.slow(SLOW_S)
            else:
                getattr(far.pair.line, how)()
            time.sleep(seconds)
            far.pair.line.heal()
            back_s = max(back_s, writers.wait_until_served(time.monotonic()))
    return row_of(writers, far.pair.conninfo(), faults=times, back_s=back_s)


def clock_stepped(far: FarServer) -> Row:
    """Step the installation's clock forward and back by minutes under writers."""
    back_s = 0.0
    with Writers(far.session, "clock stepped") as writers:
        for step_s in STEPS_S:
            writers.wait_for(len(writers.told.acknowledged) + BETWEEN_REPORTS)
            far.offset_s += step_s
            time.sleep(2 * TICK_S)
            back_s = max(back_s, writers.wait_until_served(time.monotonic()))
    return row_of(writers, far.pair.conninfo(), faults=len(STEPS_S), back_s=back_s)


def messages_repeated(far: FarServer, chance: np.random.Generator) -> Row:
    """Send every acknowledged report three times more, all at once and in another order."""
    with Writers(far.session, "messages repeated out of order") as writers:
        writers.wait_for(BETWEEN_REPORTS)
    again = [one for one in writers.told.keys.items() for _ in range(REPEATS)]
    chance.shuffle(again)
    with ThreadPoolExecutor(CLIENTS) as clients:
        replies = list(clients.map(lambda one: report(far.session, *one), again))
    assert {reply.status_code for reply in replies} == {201}
    assert all(reply.headers.get("Idempotent-Replay") == "true" for reply in replies)
    return row_of(writers, far.pair.conninfo(), faults=len(again), back_s=None)


def unwritten_log(far: FarServer) -> Row:
    """Control: replies go out before the log is on the disc, and the whole database is killed."""
    pair = far.pair
    pair.configure(synchronous_commit="off", wal_writer_delay="10s", wal_writer_flush_after="1GB")
    for _ in range(CONTROL_TRIES):
        with Writers(far.session, "log written after the reply") as writers:
            writers.wait_for(4 * BETWEEN_REPORTS)
            kill_all(pair.primary)
            began = time.monotonic()
            pair.primary.start()
            back_s = writers.wait_until_served(began)
        row = row_of(writers, pair.conninfo(), faults=1, back_s=back_s, control=True)
        if row.holds:
            break
    pair.configure(synchronous_commit=None, wal_writer_delay=None, wal_writer_flush_after=None)
    return row


def replica_promoted(far: FarServer) -> Row:
    """Kill the primary while waits for the replica are cancelled; promote the replica."""
    pair = far.pair
    pair.configure(synchronous_standby_names=REPLICA)
    with Writers(far.session, "synchronous replica promoted") as writers:
        writers.wait_for(BETWEEN_REPORTS)
        pair.between.hold()
        pair.cancel_waits(BEHIND_S)
        began = time.monotonic()
        pair.fail_over()
        back_s = writers.wait_until_served(began)
    return row_of(writers, pair.conninfo(), faults=1, back_s=back_s)


def replica_behind(far: FarServer) -> Row:
    """Control: nobody waits for a replica that is behind, and it is promoted."""
    pair = far.pair
    pair.add_replica()
    with Writers(far.session, "replica that nobody waits for promoted") as writers:
        writers.wait_for(BETWEEN_REPORTS)
        pair.between.hold()
        time.sleep(BEHIND_S)
        began = time.monotonic()
        pair.fail_over()
        back_s = writers.wait_until_served(began)
    return row_of(writers, pair.conninfo(), faults=1, back_s=back_s, control=True)


def disc_filled(far: FarServer, folder: Path, *, log_only: bool) -> Row:
    """Fill the disc of the database, or that of its log, under writers; then make room again."""
    name = "disc of the log full" if log_only else "disc full"
    small = folder / name.replace(" ", "-")
    small.mkdir(mode=0o711)
    size = SMALL_LOG if log_only else SMALL_DISC
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0777", "anlan-faults", str(small)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        return Row(name, False, 0, 0, 0, 0, 0, None, skipped="no small disc may be mounted here")
    pair = far.pair
    if log_only:
        home = Home(folder / "on-two-discs")
        pair.add_replica(home, f"--waldir={small / 'pg_wal'}")
    else:
        pair.add_replica(Home(small / "home"))
    pair.fail_over()
    with Writers(far.session, name) as writers:
        writers.wait_for(BETWEEN_REPORTS)
        _fill(small / "filler")
        if log_only:
            _use_up_the_log(pair)
        writers.wait_for_refusal()
        if not log_only:
            assert _reads(far.session), "reading stopped with the disc"
        (small / "filler").unlink()
        began = time.monotonic()
        pair.primary.start()  # as a supervisor does: a log that cannot grow ends the server
        back_s = writers.wait_until_served(began)
    return row_of(writers, pair.conninfo(), faults=1, back_s=back_s)


def _fill(file: Path) -> None:
    """Write until nothing more fits."""
    with file.open("wb", buffering=0) as filler:
        for size in (PIECE_BYTES, 4096, 1):
            try:
                while filler.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue


def _use_up_the_log(pair: Pair) -> None:
    """Begin segments until there is no room for another: then the server ends."""
    with suppress(psycopg.OperationalError):
        for _ in range(SEGMENTS_LEFT):
            pair.run("SELECT pg_logical_emit_message(false, '', 'x')", "SELECT pg_switch_wal()")


def _reads(session: httpx.Client) -> bool:
    return session.get("/api/v1/incidents", params={"limit": 1}).status_code == 200
