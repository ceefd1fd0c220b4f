import io
import os
from pathlib import Path

import pytest

from anlan.kernel.recovery.sealing import (
    CHUNK_BYTES,
    MAGIC,
    SALT_BYTES,
    TAG_BYTES,
    Unsealed,
    UnsealedError,
    seal,
    unseal,
)

KEY = bytes(range(32))
HEAD_BYTES = len(MAGIC) + SALT_BYTES
SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES


def opened(file: Path, *, key: bytes = KEY, name: str = "log/1") -> bytes:
    return b"".join(unseal(file, key, name))


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Three chunks and a bit of what cannot be compressed."""
    file = tmp_path / "1.sealed"
    content = os.urandom(3 * CHUNK_BYTES + 100)
    (tmp_path / "plain").write_bytes(content)
    assert seal(io.BytesIO(content), file, KEY, "log/1") == len(content)
    return file


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, 300 * CHUNK_BYTES])
def test_what_was_sealed_is_what_opens(tmp_path: Path, size: int) -> None:
    content = b"\0" * size
    seal(io.BytesIO(content), tmp_path / "1.sealed", KEY, "log/1")
    assert opened(tmp_path / "1.sealed") == content
    assert [file.name for file in tmp_path.iterdir()] == ["1.sealed"]
    assert (tmp_path / "1.sealed").stat().st_mode & 0o777 == 0o600


def test_a_sealed_file_reads_like_a_plain_one_and_shows_nothing_of_it(sealed: Path) -> None:
    plain = (sealed.parent / "plain").read_bytes()
    assert io.BufferedReader(Unsealed(sealed, KEY, "log/1")).read() == plain
    assert plain[:64] not in sealed.read_bytes()


@pytest.mark.parametrize(("key", "name"), [(bytes(32), "log/1"), (KEY, "log/2")])
def test_another_key_or_another_name_does_not_open(sealed: Path, key: bytes, name: str) -> None:
    with pytest.raises(UnsealedError):
        opened(sealed, key=key, name=name)


@pytest.mark.parametrize("where", [0, len(MAGIC), HEAD_BYTES, HEAD_BYTES + SEALED_CHUNK_BYTES, -1])
def test_one_changed_byte_does_not_open(sealed: Path, where: int) -> None:
    content = bytearray(sealed.read_bytes())
    content[where] ^= 1
    sealed.write_bytes(content)
    with pytest.raises(UnsealedError):
        opened(sealed)


@pytest.mark.parametrize("kept", [0, HEAD_BYTES, HEAD_BYTES + SEALED_CHUNK_BYTES, -1])
def test_a_file_that_was_cut_short_does_not_open(sealed: Path, kept: int) -> None:
    sealed.write_bytes(sealed.read_bytes()[:kept])
    with pytest.raises(UnsealedError):
        opened(sealed)


def test_chunks_in_another_order_do_not_open(sealed: Path) -> None:
    content = sealed.read_bytes()
    first, second = HEAD_BYTES, HEAD_BYTES + SEALED_CHUNK_BYTES
    third = second + SEALED_CHUNK_BYTES
    swapped = content[:first] + content[second:third] + content[first:second] + content[third:]
    sealed.write_bytes(swapped)
    with pytest.raises(UnsealedError):
        opened(sealed)
