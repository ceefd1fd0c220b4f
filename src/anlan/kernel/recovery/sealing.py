"""Files sealed with a key: compressed, encrypted and authenticated in chunks of bounded size.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) as the age format uses it
(C2SP age, "Payload"): each chunk is sealed by ChaCha20-Poly1305 under a key of the file's own,
with a nonce of a counter and a mark on the last. So a chunk that is changed, lost, moved or taken
from another file does not open, and a file that was cut short lacks its last one. The name under
which a file is kept goes into its key: one that was put in another's place does not open either.
"""

import io
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"anlan-sealed-1\n"
SALT_BYTES = 16
KEY_BYTES = 32
CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
COUNTER_BYTES = 11
FAST = 1  # zlib: most of a log segment is zeros or repeats, and the database goes on meanwhile


class UnsealedError(Exception):
    """A sealed file does not open; the text says what is wrong with it."""


def seal(source: BinaryIO, target: Path, key: bytes, name: str) -> int:
    """Write what `source` holds to `target`, sealed; return the size of what was sealed, in bytes.

    `target` appears only when it is whole and on the disk. `OSError` when it cannot be written.
    """
    unfinished = target.with_name(f".{target.name}.unfinished")
    salt = os.urandom(SALT_BYTES)
    cipher = _cipher(key, salt, name)
    squeezer = zlib.compressobj(FAST)
    size_bytes = 0

    def squeezed() -> Iterator[bytes]:
        nonlocal size_bytes
        while piece := source.read(CHUNK_BYTES):
            size_bytes += len(piece)
            yield squeezer.compress(piece)
        yield squeezer.flush()

    try:
        with _private(unfinished) as file:
            file.write(MAGIC + salt)
            for number, (chunk, is_last) in enumerate(_chunks(squeezed())):
                file.write(cipher.encrypt(_nonce(number, is_last=is_last), chunk, None))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
        _settle(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return size_bytes


def unseal(file: Path, key: bytes, name: str) -> Iterator[bytes]:
    """Yield the content of a sealed file, in pieces; `UnsealedError` unless all is as sealed.

    Only at the end is it known to be whole: whoever uses the pieces before has to be able to undo.
    """
    with file.open("rb") as sealed:
        if sealed.read(len(MAGIC)) != MAGIC:
            msg = "it is not a sealed file"
            raise UnsealedError(msg)
        cipher = _cipher(key, sealed.read(SALT_BYTES), name)
        widener = zlib.decompressobj()
        for number, (chunk, is_last) in enumerate(_sealed_chunks(sealed)):
            try:
                opened = cipher.decrypt(_nonce(number, is_last=is_last), chunk, None)
            except InvalidTag:
                msg = "it was changed, cut short, or sealed with another key"
                raise UnsealedError(msg) from None
            yield from _widened(widener, opened)
        if not widener.eof:
            msg = "its content ends too early"
            raise UnsealedError(msg)


class Unsealed(io.RawIOBase):
    """A sealed file to be read like a plain one, from its beginning to its end."""

    def __init__(self, file: Path, key: bytes, name: str) -> None:
        super().__init__()
        self._pieces = unseal(file, key, name)
        self._rest = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` with what comes next; return how much that was, 0 at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)


def _cipher(key: bytes, salt: bytes, name: str) -> ChaCha20Poly1305:
    info = b"anlan backup file 1\0" + name.encode()
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(key)
    return ChaCha20Poly1305(derived)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(COUNTER_BYTES, "big") + bytes([is_last])


def _chunks(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Cut a stream into chunks of one size, the last of which is marked and may be shorter."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) > CHUNK_BYTES:
            yield bytes(held[:CHUNK_BYTES]), False
            del held[:CHUNK_BYTES]
    yield bytes(held), True


def _sealed_chunks(sealed: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Read sealed chunks; the last is the one after which nothing comes."""
    present = sealed.read(CHUNK_BYTES + TAG_BYTES)
    while following := sealed.read(CHUNK_BYTES + TAG_BYTES):
        yield present, False
        present = following
    yield present, True


def _widened(widener: "zlib._Decompress", squeezed: bytes) -> Iterator[bytes]:
    """Decompress in bounded pieces: a megabyte of zeros is a kilobyte here."""
    while squeezed and not widener.eof:
        yield widener.decompress(squeezed, CHUNK_BYTES)
        squeezed = widener.unconsumed_tail


def _private(file: Path) -> BinaryIO:
    return os.fdopen(os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb")


def _settle(folder: Path) -> None:
    """Have the folder's new entry on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
