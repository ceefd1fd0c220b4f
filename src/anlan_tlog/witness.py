"""A witness: cosigns what a log states only if it goes on from what it cosigned before.

The protocol is C2SP tlog-witness. All that a witness keeps of a log is the last checkpoint that it
cosigned, in a file that is written whole before the answer goes out.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from anlan_tlog.merkle import consistency_holds
from anlan_tlog.notes import Checkpoint, Note, NoteError, Signer, Verifier, encoded, hash_of

PROOF_LIMIT_LINES = 63
BODY_LIMIT_BYTES = 128 * 1024
SIZE_TYPE = "text/x.tlog.size"
PLAIN = "text/plain; charset=utf-8"
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a witness says to a request: an HTTP status and a body."""

    status: int
    body: str
    content_type: str = PLAIN


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to cosign: the size that is built on, the proof, the log's note."""

    old: int
    proof: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint

    def body(self) -> bytes:
        """Return the request as it is sent."""
        return asking(self.old, self.proof, self.note)


def asking(old: int, proof: Iterable[bytes], note: Note) -> bytes:
    """Return the body of a request to cosign `note`, which goes on from `old` entries."""
    lines = "".join(f"{encoded(one)}\n" for one in proof)
    return f"old {old}\n{lines}\n{note}".encode()


def read_asking(body: bytes) -> Asked:
    """Read a request to cosign; raise `NoteError` if it is none."""
    head, blank, rest = body.partition(b"\n\n")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        first, lines = "", []
    old = _OLD.fullmatch(first)
    if not blank or old is None or len(lines) > PROOF_LIMIT_LINES:
        message = "not a request to cosign"
        raise NoteError(message)
    proof = tuple(hash_of(line) for line in lines)
    note = Note.of_bytes(rest)
    return Asked(int(old[1]), proof, note, Checkpoint.of_text(note.text))


class Witness:
    """A witness of the logs whose keys it was given, by a log's origin."""

    def __init__(self, key: Signer, logs: Iterable[Verifier], folder: Path) -> None:
        """Keep what was cosigned in `folder`, which has to be there."""
        self._key = key
        self._logs: Mapping[str, Verifier] = {log.name: log for log in logs}
        self._folder = folder

    def add_checkpoint(self, body: bytes, at_s: int) -> Answer:
        """Answer a request to cosign at `at_s`, Unix seconds."""
        try:
            asked = read_asking(body)
        except NoteError as error:
            return Answer(400, f"{error}\n")
        log = self._logs.get(asked.checkpoint.origin)
        if log is None:
            return Answer(404, "this log is not known here\n")
        if asked.note.signed_by(log) is None:
            return Answer(403, "no signature of the log\n")
        if asked.old > asked.checkpoint.size:
            return Answer(400, "the old size is above the new one\n")
        with self._locked(log.name):
            return self._decided(asked, at_s)

    def last(self, origin: str) -> Checkpoint | None:
        """Return the last checkpoint of a log that was cosigned here."""
        try:
            kept = self._file(origin).read_bytes()
        except FileNotFoundError:
            return None
        return Checkpoint.of_text(Note.of_bytes(kept).text)

    def _decided(self, asked: Asked, at_s: int) -> Answer:
        last, stated = self.last(asked.checkpoint.origin), asked.checkpoint
        size = last.size if last else 0
        if asked.old != size:
            return Answer(409, f"{size}\n", SIZE_TYPE)
        if last is not None and size == stated.size and last.root != stated.root:
            return Answer(409, f"{size}\n", SIZE_TYPE)
        if not self._goes_on(last, asked):
            return Answer(422, "it does not go on from what was cosigned\n")
        line = self._key.sign(asked.note.text, at_s=at_s).line()
        self._keep(asked)
        return Answer(200, line)

    @staticmethod
    def _goes_on(last: Checkpoint | None, asked: Asked) -> bool:
        if last is None or last.size == 0:
            return not asked.proof
        stated = asked.checkpoint
        return consistency_holds(last.size, stated.size, asked.proof, last.root, stated.root)

    def _file(self, origin: str) -> Path:
        return self._folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:16]}.checkpoint"

    def _keep(self, asked: Asked) -> None:
        """Write the note whole, on the disc, before anybody hears of its cosignature."""
        file = self._file(asked.checkpoint.origin)
        draft = file.with_suffix(".draft")
        with draft.open("wb") as writer:
            writer.write(str(asked.note).encode())
            writer.flush()
            os.fsync(writer.fileno())
        draft.replace(file)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @contextmanager
    def _locked(self, origin: str) -> Iterator[None]:
        """Let one request of a log be decided at a time, whichever process decides."""
        with self._file(origin).with_suffix(".lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
