"""`anlan-witness`: a witness as a program of its own, to be run by another department.

It needs no database and nothing of the server; a proxy in front may speak TLS.
"""

import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from anlan_tlog.notes import WITNESS, NoteError, Signer, Verifier
from anlan_tlog.witness import BODY_LIMIT_BYTES, PLAIN, Answer, Witness

REQUEST_LIMIT_S = 10.0
KEY_FILE = "witness.key"
PATH = "/add-checkpoint"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def witness() -> None:
    """Cosign what the log of another department states, if it goes on from what it was."""


@witness.command()
@click.argument("name")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), required=True,
    help="Where the key and the last checkpoints are kept.",
)  # fmt: skip
def key(name: str, folder: Path) -> None:
    """Draw a key for the witness NAME, such as court.example/witness; show its public half."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        drawn = Signer.drawn(name, WITNESS)
        descriptor = os.open(folder / KEY_FILE, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except (NoteError, FileExistsError) as error:
        raise click.ClickException(str(error)) from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{drawn}\n")
    click.echo(str(drawn.verifier))


@witness.command()
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False, exists=True), required=True,
    help="Where the key and the last checkpoints are kept.",
)  # fmt: skip
@click.option("--log", "logs", multiple=True, required=True, help="The key of a log (its vkey).")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8111, show_default=True, type=click.IntRange(0, 65535))
def serve(folder: Path, logs: tuple[str, ...], host: str, port: int) -> None:
    """Answer requests to cosign, until it is told to stop."""
    try:
        signer = Signer.of_text((folder / KEY_FILE).read_text(encoding="utf-8"))
        known = [Verifier.of_text(log) for log in logs]
    except (NoteError, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from error
    with server(Witness(signer, known, folder), host, port) as listening:
        click.echo(f"{signer.verifier} listens at {host} port {listening.server_port}")
        listening.serve_forever()


def server(cosigner: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """Return a server that is bound and answers for `cosigner` once it serves."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = REQUEST_LIMIT_S

        def do_POST(self) -> None:
            """Answer one request."""
            self._say(self._answer())

        def _answer(self) -> Answer:
            if self.path != PATH:
                return Answer(404, "nothing is here\n")
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > BODY_LIMIT_BYTES:
                self.close_connection = True
                return Answer(413, "too long\n")
            return cosigner.add_checkpoint(self.rfile.read(int(length)), int(time.time()))

        def _say(self, answer: Answer) -> None:
            content = answer.body.encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type or PLAIN)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet: an address is nobody's business here."""

    return ThreadingHTTPServer((host, port), Handler)
