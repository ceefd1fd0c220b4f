"""The worker process: numbers the outbox, handles what is due, erases what has expired, seals the
audit log, and looks whether anything was lost.

`python -m anlan.project.worker`. Any number may run: the relay takes a lock, a deadline is handled
by one of them, the erasers work in batches that may overlap without harm.
"""

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

import django
import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections
from prometheus_client import start_http_server
from psycopg_pool import PoolTimeout

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlan.project.settings")
django.setup()

from anlan.audit.sealer import COSIGN_EVERY_S, SEAL_EVERY_S, Cosigner, Sealer  # noqa: E402 - settings come first
from anlan.casework.evaluation.services import evaluate_due  # noqa: E402
from anlan.dispatch.agencies.services import notices  # noqa: E402
from anlan.dispatch.services.histories import tell_history_gaps  # noqa: E402
from anlan.dispatch.services.recommendations import erase_old_questions  # noqa: E402
from anlan.exchange.services import deliveries, messages  # noqa: E402
from anlan.flows.services.conservation import tell_gaps  # noqa: E402
from anlan.intake.services.contacts import erase_expired_contacts  # noqa: E402
from anlan.intake.services.erasing import erase_old_words  # noqa: E402
from anlan.kernel import clock, deadlines, kept_replies, outbox, outbox_readers  # noqa: E402
from anlan.kernel.looks import erase_old_looks  # noqa: E402
from anlan.kernel.postgres.bounded import CONNECT_LIMIT_S  # noqa: E402
from anlan.kernel.postgres.where import database  # noqa: E402
from anlan.kernel.waking import AWAKE_S, LOOK_S, ListeningConnection, Waking  # noqa: E402
from anlan.orgs.identity.services import passkeys  # noqa: E402
from anlan.orgs.identity.services.failures import erase_old_failures  # noqa: E402
from anlan.orgs.identity.services.provider_sign_ins import erase_old_tries  # noqa: E402
from anlan.orgs.identity.services.sessions import erase_old_sessions  # noqa: E402
from anlan.orgs.position_bridge import PositionBridge  # noqa: E402
from anlan.orgs.services.position_intake import PositionIntake  # noqa: E402
from anlan.orgs.services.positions import erase_old_positions  # noqa: E402
from anlan.project.deadlines import HANDLERS  # noqa: E402
from anlan.project.sealed import erase_unused_data_keys  # noqa: E402
from anlan.volunteering.services import erase_expired_volunteer_contacts  # noqa: E402

RELAY_REST_S = 0.1  # between two batches: each wakes every web process; the first goes at once
DEADLINE_POLL_S = 0.25  # one that is set meanwhile, and due sooner, is late by no more than this
DEADLINE_REST_S = 0.02  # while what is due is in another worker's hands
READ_REST_S = 0.25  # between two looks of the readers
SEND_POLL_S = 1.0
SENDERS = 3  # endpoints that are sent to at the same time; one that is slow holds up no other
ERASE_EVERY_S = 30.0
CHECK_EVERY_S = 60.0
EVALUATE_EVERY_S = 20.0  # a look costs two small reads; a night's count is due once
RECONNECT_S = 1.0
AWAY = (DatabaseError, InterfaceError, PoolTimeout)

Found = TypeVar("Found")

log = structlog.get_logger("anlan.worker")


@dataclass(frozen=True, slots=True)
class Eraser:
    """One thing that expires: erases a bounded batch and says how many rows went."""

    name: str
    erase: Callable[[datetime], int]


def _erase_old_sign_ins(_: datetime) -> int:
    return erase_old_sessions(clock.machine_now())


def _erase_old_failures(_: datetime) -> int:
    return erase_old_failures(clock.machine_now())


def _erase_old_tries(_: datetime) -> int:
    return erase_old_tries(clock.machine_now())


def _erase_old_passkey_tries(_: datetime) -> int:
    return passkeys.erase_old_tries(clock.machine_now())


ERASERS = (
    Eraser("contacts", erase_expired_contacts),
    Eraser("volunteer_contacts", erase_expired_volunteer_contacts),
    Eraser("words", erase_old_words),
    Eraser("looks", erase_old_looks),
    Eraser("positions", erase_old_positions),
    Eraser("questions", erase_old_questions),
    Eraser("outbox", outbox.erase_old_entries),
    Eraser("kept_replies", kept_replies.erase_old_replies),
    Eraser("deliveries", deliveries.erase_old_deliveries),
    Eraser("taken_messages", messages.erase_old_messages),
    Eraser("sign_ins", _erase_old_sign_ins),
    Eraser("failures", _erase_old_failures),
    Eraser("data_keys", erase_unused_data_keys),
    Eraser("provider_tries", _erase_old_tries),
    Eraser("passkey_tries", _erase_old_passkey_tries),
)


def listening_connection() -> ListeningConnection:
    """Return a connection of its own, outside the pool: it stays for as long as it listens."""
    return ListeningConnection.connect(
        database("app").conninfo(),
        dbname=str(settings.DATABASES["default"]["NAME"]),
        autocommit=True,
        prepare_threshold=None,
        connect_timeout=CONNECT_LIMIT_S,
        application_name="anlan-waking",
    )


WAKING = Waking(listening_connection)


def relay_until(stopped: threading.Event) -> None:
    """Number outbox rows as they come, until `stopped`; sleep until woken where none come.

    It goes to sleep after a look that began when every writer that kept quiet must have committed:
    `AWAKE_S` after it was last woken.
    """
    awake_until_s = 0.0
    while not stopped.is_set():
        began_s = time.monotonic()
        moved = _trying("relay", outbox.relay_batch)
        if moved is None:
            stopped.wait(RECONNECT_S)
        elif moved or began_s < awake_until_s:
            stopped.wait(RELAY_REST_S if moved < outbox.RELAY_BATCH_ROWS else 0)
        elif WAKING.written.wait(LOOK_S):
            WAKING.written.clear()
            awake_until_s = time.monotonic() + AWAKE_S


def handle_deadlines_until(stopped: threading.Event) -> None:
    """Handle deadlines as they come due, until `stopped`; sleep up to the next one."""
    while not stopped.is_set():
        wait_s = _trying("deadlines", _handle_deadlines)
        stopped.wait(RECONNECT_S if wait_s is None else wait_s)


def _handle_deadlines() -> float:
    """Handle what is due, if anything is; return for how long to sleep, in seconds."""
    coming = deadlines.next_due_at(HANDLERS)
    if coming is None:
        return DEADLINE_POLL_S
    at = clock.now()
    if coming <= at:
        handled = deadlines.handle_due(HANDLERS, at)
        return 0.0 if handled == deadlines.BATCH_ROWS else DEADLINE_REST_S
    return min((coming - at).total_seconds(), DEADLINE_POLL_S)


READERS = (notices.READER, deliveries.READER)


def read_until(stopped: threading.Event) -> None:
    """Let each reader of the outbox follow it, until `stopped`; sleep until rows have numbers.

    It rests after each look, wanted or not: while much is written, what comes is read together.
    """
    while not stopped.is_set():
        WAKING.numbered.clear()
        read = [_trying(reader.name, partial(_read_batch, reader)) for reader in READERS]
        if None in read:
            stopped.wait(RECONNECT_S)
        elif max(one or 0 for one in read) < outbox_readers.BATCH_ROWS:
            stopped.wait(READ_REST_S)
            WAKING.numbered.wait(LOOK_S)


def _read_batch(reader: outbox_readers.Reader) -> int:
    return outbox_readers.read_batch(reader, clock.now())


def send_until(stopped: threading.Event) -> None:
    """Send messages to agencies outside as they come due, until `stopped`."""
    while not stopped.is_set():
        if not _trying("webhooks", lambda: deliveries.send_next(clock.now())):
            stopped.wait(SEND_POLL_S)


def erase_until(stopped: threading.Event) -> None:
    """Erase what has expired, every `ERASE_EVERY_S`, until `stopped`."""
    while not stopped.wait(ERASE_EVERY_S):
        for eraser in ERASERS:
            for count in _batches(eraser, stopped):
                log.info("erased", part=eraser.name, count=count)


def check_until(stopped: threading.Event) -> None:
    """Check every `CHECK_EVERY_S` that nothing was lost and histories hold, until `stopped`."""
    while not stopped.wait(CHECK_EVERY_S):
        _trying("conservation", lambda: tell_gaps(clock.now()))
        _trying("history", lambda: tell_history_gaps(clock.now()))


def evaluate_until(stopped: threading.Event) -> None:
    """Look every `EVALUATE_EVERY_S` whether an evaluation is due, and count it, until `stopped`."""
    while not stopped.wait(EVALUATE_EVERY_S):
        _trying("evaluation", lambda: evaluate_due(clock.now()))


def seal_until(stopped: threading.Event) -> None:
    """Seal the audit log every `SEAL_EVERY_S`, until `stopped`; what waits then, the next does."""
    sealer = Sealer(str(settings.DATABASES["default"]["NAME"]))
    while not stopped.wait(SEAL_EVERY_S):
        sealer.round()
    sealer.close()


def cosign_until(stopped: threading.Event) -> None:
    """Ask every `COSIGN_EVERY_S` the witnesses that are behind, until `stopped`."""
    cosigner = Cosigner(str(settings.DATABASES["default"]["NAME"]))
    while not stopped.wait(COSIGN_EVERY_S):
        cosigner.round()
    cosigner.close()


def _batches(eraser: Eraser, stopped: threading.Event) -> Iterator[int]:
    while not stopped.is_set():
        erased = _trying(eraser.name, lambda: eraser.erase(clock.now()))
        if not erased:
            return
        yield erased


def _trying(part: str, work: Callable[[], Found]) -> Found | None:
    """Return what `work` returns, or None while the database is away.

    The connection goes back to the pool: there are more loops than connections, and a loop that
    kept one while it sleeps would leave none for those that come to work last.
    """
    try:
        return work()
    except AWAY as error:
        log.warning("worker_waits_for_database", part=part, kind=type(error).__name__)
        return None
    finally:
        close_old_connections()


def bridge_works() -> list[Callable[[threading.Event], None]]:
    """Return what brings positions from a broker, where `ANLAN_MQTT` names one."""
    address = os.environ.get("ANLAN_MQTT", "")
    if not address:
        return []
    intake = PositionIntake()
    return [PositionBridge(address, intake).run, intake.run]


def show_figures() -> None:
    """Answer a collector on this machine at the port `ANLAN_WORKER_METRICS`, where it is given."""
    port = os.environ.get("ANLAN_WORKER_METRICS", "")
    if port:
        start_http_server(int(port), addr="127.0.0.1")


def kept_honest(
    work: Callable[[threading.Event], None], stopped: threading.Event, failed: threading.Event
) -> None:
    """Do a loop's work; end the whole process when it fails, so that it is started again.

    A process that goes on without one of its loops looks alive and is not.
    """
    try:
        work(stopped)
    except Exception as error:
        log.exception("worker_loop_failed", part=work.__name__, kind=type(error).__name__)
        failed.set()
        stopped.set()


def main() -> int:
    """Work until told to stop; return the process's exit code."""
    gc.collect()
    gc.freeze()  # as in the server: looking through it again would hold up the relay
    stopped, failed = threading.Event(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    show_figures()
    others = [
        threading.Thread(target=kept_honest, args=[work, stopped, failed], name=work.__name__)
        for work in (
            handle_deadlines_until,
            erase_until,
            check_until,
            evaluate_until,
            seal_until,
            cosign_until,
            read_until,
            WAKING.listen_until,
            *[send_until] * SENDERS,
            *bridge_works(),
        )
    ]
    for thread in others:
        thread.start()
    kept_honest(relay_until, stopped, failed)
    for thread in others:
        thread.join()
    return int(failed.is_set())


if __name__ == "__main__":
    sys.exit(main())
