"""Signed notes, the checkpoints they carry, and the cosignatures of witnesses (Ed25519)."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG, WITNESS = 1, 4
"""Kinds of signature: of a log over its note; of a witness, with a time (tlog-cosignature)."""
NOTE_LIMIT_BYTES = 64 * 1024
SIGNATURES_LIMIT = 64
HASH_BYTES = 32
_PRIVATE = "PRIVATE+KEY"
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class NoteError(ValueError):
    """A note, a checkpoint or a key is not of the form that the specifications give."""


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        message = "not base 64"
        raise NoteError(message) from None


def encoded(content: bytes) -> str:
    """Return bytes in base 64, as notes and proofs carry them."""
    return base64.b64encode(content).decode()


def hash_of(text: str) -> bytes:
    """Read a hash in base 64; raise `NoteError` if it is none."""
    found = _decoded(text)
    if len(found) != HASH_BYTES:
        message = "a hash has 32 bytes"
        raise NoteError(message)
    return found


def _key_id(name: str, kind: int, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def _cosigned(text: str, at_s: int) -> bytes:
    return f"cosignature/v1\ntime {at_s}\n{text}".encode()


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below a note."""

    name: str
    key_id: bytes
    content: bytes

    def line(self) -> str:
        """Return the line, with its end."""
        return f"— {self.name} {encoded(self.key_id + self.content)}\n"

    @classmethod
    def of_line(cls, line: str) -> Self:
        """Read a line without its end; raise `NoteError` if it is none."""
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "—" or not _NAME.fullmatch(parts[1]):
            message = "not a signature line"
            raise NoteError(message)
        content = _decoded(parts[2])
        if len(content) <= 4:
            message = "a signature is too short"
            raise NoteError(message)
        return cls(parts[1], content[:4], content[4:])


@dataclass(frozen=True, slots=True)
class Verifier:
    """Who may sign, as others know it: a name, a kind of signature and a public key."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes by which a signature names the key."""
        return _key_id(self.name, self.kind, self.public)

    def __str__(self) -> str:
        """Return the key as text: ``name+id+key`` (a vkey)."""
        return f"{self.name}+{self.key_id.hex()}+{encoded(bytes([self.kind]) + self.public)}"

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Read a vkey; raise `NoteError` if it is none."""
        name, _, rest = text.strip().partition("+")
        named_id, _, key = rest.partition("+")
        content = _decoded(key)
        if len(content) != 1 + HASH_BYTES or not _NAME.fullmatch(name):
            message = "not a key for verifying"
            raise NoteError(message)
        found = cls(name, content[0], content[1:])
        if found.kind not in (LOG, WITNESS) or found.key_id.hex() != named_id:
            message = f"the key of {name} does not fit its id"
            raise NoteError(message)
        return found

    def signed(self, text: str, signature: Signature) -> bool:
        """Say whether `signature` is this key's, over `text`."""
        if (signature.name, signature.key_id) != (self.name, self.key_id):
            return False
        content, message = signature.content, text.encode()
        if self.kind == WITNESS:
            content, at_s = content[8:], int.from_bytes(content[:8], "big")
            message = _cosigned(text, at_s)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(content, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs: a log's notes, or as a witness the checkpoints of others."""

    name: str
    kind: int
    seed: bytes

    @classmethod
    def drawn(cls, name: str, kind: int) -> Self:
        """Return a fresh key."""
        if not _NAME.fullmatch(name):
            message = "a name has no spaces and no plus sign"
            raise NoteError(message)
        return cls(name, kind, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Read a key as `__str__` writes it; raise `NoteError` if it is none."""
        parts = text.strip().split("+", 4)  # base 64 may hold a plus sign too
        mark, name, named_id, key = ("+".join(parts[:2]), *parts[2:], "", "", "")[:4]
        content = _decoded(key)
        if mark != _PRIVATE or not _NAME.fullmatch(name) or len(content) != 1 + HASH_BYTES:
            message = "not a key for signing"
            raise NoteError(message)
        found = cls(name, content[0], content[1:])
        if found.verifier.key_id.hex() != named_id:
            message = f"the key of {name} does not fit its id"
            raise NoteError(message)
        return found

    def __str__(self) -> str:
        """Return the key as text, to be kept where only its owner reads it."""
        content = encoded(bytes([self.kind]) + self.seed)
        return f"{_PRIVATE}+{self.name}+{self.verifier.key_id.hex()}+{content}"

    def __repr__(self) -> str:
        """Return the name alone: a key is never shown by accident."""
        return f"Signer({self.name!r})"

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def verifier(self) -> Verifier:
        """What others check its signatures with."""
        return Verifier(self.name, self.kind, self._private.public_key().public_bytes_raw())

    def sign(self, text: str, *, at_s: int = 0) -> Signature:
        """Sign `text`; a witness states the time (Unix seconds) with it."""
        if self.kind == WITNESS:
            content = at_s.to_bytes(8, "big") + self._private.sign(_cosigned(text, at_s))
        else:
            content = self._private.sign(text.encode())
        return Signature(self.name, self.verifier.key_id, content)


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the signatures below it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """Return the note as it is sent and kept."""
        return self.text + "\n" + "".join(signature.line() for signature in self.signatures)

    @classmethod
    def of_bytes(cls, content: bytes) -> Self:
        """Read a note; raise `NoteError` if it is none. No signature is checked."""
        if len(content) > NOTE_LIMIT_BYTES:
            message = "a note is too long"
            raise NoteError(message)
        try:
            whole = content.decode()
        except UnicodeDecodeError:
            message = "a note is not UTF-8"
            raise NoteError(message) from None
        text, blank, below = whole.rpartition("\n\n")
        lines = below.split("\n")
        if not blank or lines.pop() or any(c < " " and c != "\n" for c in whole):
            message = "not a note"
            raise NoteError(message)
        if not 0 < len(lines) <= SIGNATURES_LIMIT:
            message = "a note has no signature, or too many"
            raise NoteError(message)
        return cls(text + "\n", tuple(Signature.of_line(line) for line in lines))

    def signed_by(self, verifier: Verifier) -> Signature | None:
        """Return the signature of this key, None if there is none that holds."""
        return next((one for one in self.signatures if verifier.signed(self.text, one)), None)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log states: so many entries, and this is the root of their tree."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the text of the note that states it."""
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Read a note's text, extensions left aside; raise `NoteError` if it is no checkpoint."""
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0] or not _SIZE.fullmatch(lines[1]):
            message = "not a checkpoint"
            raise NoteError(message)
        return cls(lines[0], int(lines[1]), hash_of(lines[2]))
