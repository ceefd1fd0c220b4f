"""The file format of a city pack: named arrays in one checksummed file, mapped into memory.

Layout, little-endian throughout::

    header   64 bytes   magic, version, sections, size of the whole file, SHA-256 of the table
    table    96 bytes a section: name, element type, columns, offset, length, SHA-256
    sections            each begins at a multiple of 64 bytes

The table holds the checksum of every section and the header that of the table, so the header's
checksum stands for the whole file; opening checks header, table and size, `verify` checks all.
"""

import hashlib
import mmap
import os
import struct
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.city.errors import CityError

MAGIC = b"\x89ANLANCT"
VERSION = 2
ALIGNMENT_BYTES = 64

_HEADER = struct.Struct("<8sIIQ32s8x")
_ROW = struct.Struct("<32s4sIQQ32s8x")

Array = npt.NDArray[Any]


class Section(NamedTuple):
    """Where an array lies in the file; `columns` 0 means one-dimensional."""

    name: str
    dtype: str
    columns: int
    offset: int
    length: int
    sha256: bytes


def write_pack(target: Path, sections: Mapping[str, Array]) -> None:
    """Write arrays as a pack: all of it or nothing.

    The file is written beside `target`, forced to disk and renamed over it; on any failure it is
    removed and `target` stays as it was. The same arrays give the same bytes.

    Parameters
    ----------
    target : Path
    sections : mapping of str to array
        Names of at most 32 ASCII characters; one- or two-dimensional arrays of numbers or bytes.

    Raises
    ------
    CityError
        TARGET_UNWRITABLE.
    """
    rows = _layout(sections)
    try:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise CityError(code="TARGET_UNWRITABLE", file=target.name, reason=str(error)) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_head(rows))
            for row, array in zip(rows, sections.values(), strict=True):
                file.write(b"\0" * (row.offset - file.tell()))
                file.write(np.ascontiguousarray(array).data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise CityError(code="TARGET_UNWRITABLE", file=target.name, reason=str(error)) from error
    finally:
        temporary.unlink(missing_ok=True)


def _layout(sections: Mapping[str, Array]) -> list[Section]:
    """Place the sections one behind the other, aligned."""
    offset = _HEADER.size + _ROW.size * len(sections)
    rows = []
    for name, array in sections.items():
        offset = -(-offset // ALIGNMENT_BYTES) * ALIGNMENT_BYTES
        columns = array.shape[1] if array.ndim == 2 else 0
        digest = hashlib.sha256(np.ascontiguousarray(array).data).digest()
        dtype = array.dtype.newbyteorder("<").str
        rows.append(Section(name, dtype, columns, offset, array.nbytes, digest))
        offset += array.nbytes
    return rows


def _head(rows: list[Section]) -> bytes:
    table = b"".join(
        _ROW.pack(row.name.encode("ascii"), row.dtype.encode("ascii"), *row[2:]) for row in rows
    )
    whole = max((row.offset + row.length for row in rows), default=_HEADER.size)
    return _HEADER.pack(MAGIC, VERSION, len(rows), whole, hashlib.sha256(table).digest()) + table


def _sync_folder(folder: Path) -> None:
    """Force the rename itself to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Pack:
    """An open pack: read-only arrays over the mapped file.

    Parameters
    ----------
    path : Path

    Raises
    ------
    CityError
        PACK_MISSING, PACK_EMPTY, PACK_FOREIGN, PACK_NEWER, PACK_OLDER, PACK_TRUNCATED or
        PACK_DAMAGED (in its table).
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            with path.open("rb") as file:
                empty = not file.read(1)
                self._map = (
                    mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if not empty else b""
                )
        except OSError as error:
            raise CityError(code="PACK_MISSING", file=path.name) from error
        if empty:
            raise CityError(code="PACK_EMPTY", file=path.name)
        self.checksum, self._rows = self._read_head()

    def _read_head(self) -> tuple[str, dict[str, Section]]:
        size = len(self._map)
        if self._map[: len(MAGIC)] != MAGIC[:size]:
            raise CityError(code="PACK_FOREIGN", file=self._name)
        if size < _HEADER.size:
            raise CityError(code="PACK_TRUNCATED", file=self._name, size=size, whole=_HEADER.size)
        _, version, count, whole, digest = _HEADER.unpack(self._map[: _HEADER.size])
        if version != VERSION:
            code = "PACK_NEWER" if version > VERSION else "PACK_OLDER"
            raise CityError(code=code, file=self._name, version=version, known=VERSION)
        if size != whole:
            raise CityError(code="PACK_TRUNCATED", file=self._name, size=size, whole=whole)
        table = self._map[_HEADER.size : _HEADER.size + _ROW.size * count]
        if hashlib.sha256(table).digest() != digest:
            raise CityError(code="PACK_DAMAGED", file=self._name, section="table")
        try:
            rows = [
                Section(_text(one[0]), _text(one[1]), *one[2:]) for one in _ROW.iter_unpack(table)
            ]
        except (struct.error, UnicodeDecodeError) as error:
            raise CityError(code="PACK_DAMAGED", file=self._name, section="table") from error
        return digest.hex(), {row.name: row for row in rows}

    def array(self, name: str) -> Array:
        """Give a section as a read-only array, without copying.

        Raises
        ------
        CityError
            PACK_DAMAGED where the pack has no such section, or not all of it.
        """
        row = self._rows.get(name)
        if row is None:
            raise CityError(code="PACK_DAMAGED", file=self._name, section=name)
        try:
            dtype = np.dtype(row.dtype)
            flat = np.frombuffer(self._map, dtype, row.length // dtype.itemsize, row.offset)
            return flat.reshape(-1, row.columns) if row.columns else flat
        except (ArithmeticError, SyntaxError, TypeError, ValueError) as error:
            raise CityError(code="PACK_DAMAGED", file=self._name, section=name) from error

    def arrays(self, prefix: str) -> dict[str, Array]:
        """Give all sections whose names begin with `prefix` and a dot, by the rest of the name."""
        start = f"{prefix}."
        return {
            name.removeprefix(start): self.array(name)
            for name in self._rows
            if name.startswith(start)
        }

    def verify(self) -> None:
        """Read every byte and check every checksum.

        Raises
        ------
        CityError
            PACK_DAMAGED naming the first damaged section.
        """
        for row in self._rows.values():
            part = memoryview(self._map)[row.offset : row.offset + row.length]
            if hashlib.sha256(part).digest() != row.sha256:
                raise CityError(code="PACK_DAMAGED", file=self._name, section=row.name)


def _text(padded: bytes) -> str:
    return padded.rstrip(b"\0").decode("ascii")
