"""`anlan serve`: the whole installation, until it is told to stop."""

import os
from concurrent.futures import ThreadPoolExecutor

import click

from anlan.audit.keys import key_missing
from anlan.kernel.postgres.where import database, is_embedded
from anlan.project.preloaded import Forked, preload, web_work, worker_work
from anlan.project.serving import (
    DatabasePart,
    check_contact_keys,
    check_database,
    check_port,
    log_part,
    migrate,
    present_server,
    wait_until_ready,
)
from anlan.project.supervision import TEND_EVERY_S, Supervisor, asked_to_stop


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes."
)
def serve(host: str, port: int, workers: int) -> None:
    """Run the database, the web server and the worker; restart what dies.

    The database is the embedded one unless DATABASE_URL names another. Its tables are brought up
    to date first. Ctrl-C or SIGTERM ends everything that was started here, in order.
    """
    check_port(host, port)
    with asked_to_stop() as stopping, Supervisor(tell=tell) as supervisor:
        if is_embedded():
            supervisor.add(DatabasePart(present_server()))
        else:
            check_database(tell)
        with ThreadPoolExecutor(1) as beside:  # both take seconds, and neither needs the other
            migrating = beside.submit(migrate)
            preload()
            migrating.result()
        check_contact_keys(database("owner"))
        if (missing := key_missing()) is not None:
            tell(missing)
        supervisor.add(Forked("web", web_work(host, port, workers)))
        supervisor.add(Forked("worker", worker_work))
        if is_embedded() and os.environ.get("ANLAN_BACKUPS"):
            supervisor.add(log_part())
        address = wait_until_ready(host, port, supervisor, stopping)
        if address is not None:
            click.echo(f"Anlan serves at {address} (Ctrl-C ends it)")
        while not stopping.wait(TEND_EVERY_S):
            supervisor.tend()
        tell("ending what was started")


def tell(line: str) -> None:
    """Show the operator one line."""
    click.echo(line, err=True)
