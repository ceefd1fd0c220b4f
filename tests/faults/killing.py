"""Rounds in which processes of one installation are killed under writers."""

import os
import signal
import time
from collections.abc import Callable

import numpy as np
import psutil

from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import ADMINISTRATOR
from anlan.kernel.postgres.server import Server
from tests.faults.pair import kill_all
from tests.faults.rows import Row
from tests.faults.writing import Writers, at_address, row_of
from tests.journeys.clients import until
from tests.journeys.parts import web_process, web_server, worker
from tests.live import LiveServer
from tests.severed_line import Line, to_port

BETWEEN_REPORTS = 24
PARTS = (web_server, web_process, worker)
KILL_EVERY_S = (1.0, 5.0)
ANSWERS_LOST_S = 1.0


def database_killed(live: LiveServer, chance: np.random.Generator, *, times: int) -> Row:
    """Kill the database under writers: its first process, or all of them at once."""
    server, back_s = Server(Home(live.home)), 0.0
    with live.client("calltaker") as session, Writers(session, "database killed") as writers:
        for _ in range(times):
            writers.wait_for(len(writers.told.acknowledged) + BETWEEN_REPORTS)
            if chance.random() < 0.5:
                kill_all(server)
            else:
                os.kill(server.pid() or 0, signal.SIGKILL)
            back_s = max(back_s, writers.wait_until_served(time.monotonic()))
    until(server.ready, "the database did not come back")
    return row_of(writers, conninfo(server), faults=times, back_s=back_s)


def parts_killed(live: LiveServer, chance: np.random.Generator, *, seconds: float) -> Row:
    """Kill the web server, one of its processes or the worker every few seconds."""
    back_s, times, ends = 0.0, 0, time.monotonic() + seconds
    with live.client("calltaker") as session, Writers(session, "parts killed") as writers:
        writers.wait_for(BETWEEN_REPORTS)
        while time.monotonic() < ends:
            part = PARTS[chance.integers(len(PARTS))]
            killed, began = part(live), time.monotonic()
            killed.kill()
            served_s = writers.wait_until_served(began)
            until(lambda part=part, pid=killed.pid: is_back(live, part, pid), "a part stays away")
            back_s = max(back_s, served_s, time.monotonic() - began)
            times += 1
            time.sleep(chance.uniform(*KILL_EVERY_S))
    return row_of(writers, conninfo(Server(Home(live.home))), faults=times, back_s=back_s)


def forgetful_client(live: LiveServer) -> Row:
    """Control: answers are lost on the line, and clients repeat their reports with new keys."""
    front = Line(to_port(live.port))
    with live.client("calltaker") as session:
        there = at_address(session, f"http://127.0.0.1:{front.port}")
        with there, Writers(there, "new key at each try", forgetful=True) as writers:
            writers.wait_for(BETWEEN_REPORTS)
            front.hold_answers()
            time.sleep(ANSWERS_LOST_S)
            front.cut()
            front.heal()
            writers.wait_for(len(writers.told.acknowledged) + BETWEEN_REPORTS)
    front.close()
    where = conninfo(Server(Home(live.home)))
    return row_of(writers, where, faults=1, back_s=None, control=True)


def is_back(live: LiveServer, part: Callable[[LiveServer], psutil.Process], killed: int) -> bool:
    """Return whether another process stands where one was killed."""
    try:
        return part(live).pid != killed
    except (IndexError, StopIteration, psutil.Error):
        return False


def conninfo(server: Server) -> str:
    """Return how the administrator signs in."""
    return server.connection(ADMINISTRATOR).conninfo()
