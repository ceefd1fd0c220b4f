"""Asks other departments' witnesses to cosign what the log states (C2SP tlog-witness).

Apart from sealing, so that a witness that is slow or away holds nothing up: how far it is behind is
shown until it answers again, and then it goes on from where it was.
"""

import urllib.error
import urllib.request
from dataclasses import dataclass

from prometheus_client import Gauge

from anlan.audit import keys
from anlan.audit.errors import WitnessesError
from anlan.audit.sealed import Connection, Stated, last_stated, tree_of
from anlan_tlog.notes import NOTE_LIMIT_BYTES, WITNESS, NoteError, Signature, Signer, Verifier
from anlan_tlog.witness import asking

ANSWER_LIMIT_S = 5.0
WITNESSES_LIMIT = 16
SIZES_TRIED = 2  # the one we remember, then the one that the witness names
PATH = "/add-checkpoint"
CONFLICT = 409

BEHIND = Gauge("anlan_audit_witness_behind", "Entries that a witness has not cosigned", ["witness"])
_REMEMBERED = "SELECT size, line FROM audit_witness WHERE name = %s"
_COSIGNED = """
    INSERT INTO audit_witness (name, size, line, cosigned_at) VALUES (%s, %s, %s, now())
    ON CONFLICT (name) DO UPDATE SET size = excluded.size, line = excluded.line,
        cosigned_at = now(), asked_at = now(), wrong = ''
"""
_REFUSED = """
    INSERT INTO audit_witness (name, wrong) VALUES (%s, %s)
    ON CONFLICT (name) DO UPDATE SET wrong = excluded.wrong, asked_at = now()
"""


@dataclass(frozen=True, slots=True)
class WitnessAt:
    """A witness: its key, and the address that it listens at."""

    key: Verifier
    url: str


def witnesses() -> list[WitnessAt]:
    """Return the witnesses that the file `audit/witnesses` of the data folder names.

    A line each: address and key, apart by a space. Raises `WitnessesError` for any other line.
    """
    file = keys.folder() / "witnesses"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    found = [_read(line) for line in lines if line.strip() and not line.startswith("#")]
    if len(found) > WITNESSES_LIMIT:
        raise WitnessesError(reason=f"more than {WITNESSES_LIMIT}")
    return found


def _read(line: str) -> WitnessAt:
    url, _, key = line.strip().partition(" ")
    try:
        verifier = Verifier.of_text(key)
    except NoteError as error:
        raise WitnessesError(reason=f"{line}: {error}") from error
    if verifier.kind != WITNESS or not url.startswith(("http://", "https://")):
        raise WitnessesError(reason=f"{line}: not the address and key of a witness")
    return WitnessAt(verifier, url.rstrip("/"))


def ask_all(connection: Connection, key: Signer) -> int:
    """Ask each witness that is behind; return how many cosigned."""
    stated = last_stated(connection, key.verifier)
    return sum(_asked(connection, stated, witness) for witness in witnesses()) if stated else 0


def _asked(connection: Connection, stated: Stated, witness: WitnessAt) -> bool:
    """Ask one witness, and write down what it said."""
    name, size = witness.key.name, stated.checkpoint.size
    row = connection.execute(_REMEMBERED, [name]).fetchone()
    old, line = row or (0, "")
    if old == size and line:
        return False
    try:
        line = _line(connection, stated, witness, old)
    except (_RefusedError, OSError, NoteError, ValueError) as error:
        connection.execute(_REFUSED, [name, " ".join(str(error).split())[:200]])
        BEHIND.labels(name).set(size - old)
        return False
    connection.execute(_COSIGNED, [name, size, line])
    BEHIND.labels(name).set(0)
    return True


class _RefusedError(Exception):
    """The witness did not cosign: why."""


def _line(connection: Connection, stated: Stated, witness: WitnessAt, old: int) -> str:
    """Return the witness's line below the note; raise where it gives none that holds."""
    size = stated.checkpoint.size
    for _ in range(SIZES_TRIED):
        proof = tree_of(connection, size).consistency_proof(old)
        status, said = _sent(witness.url + PATH, asking(old, proof, stated.note))
        if status == CONFLICT and said.strip().isdecimal():
            known = int(said)
            if known > size or known == old:
                reason = f"it cosigned another log of {known} entries"
                raise _RefusedError(reason)
            old = known
            continue
        if status == 200:
            found = Signature.of_line(said.rstrip("\n"))
            if witness.key.signed(stated.note.text, found):
                return found.line()
        reason = f"it answered {status}: {said.strip()}"
        raise _RefusedError(reason)
    reason = "it names another size each time"
    raise _RefusedError(reason)


def _sent(url: str, body: bytes) -> tuple[int, str]:
    request = urllib.request.Request(url, data=body, method="POST")  # noqa: S310 - checked when read
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_LIMIT_S) as reply:  # noqa: S310
            return reply.status, reply.read(NOTE_LIMIT_BYTES).decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read(NOTE_LIMIT_BYTES).decode()
