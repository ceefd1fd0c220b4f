"""Taking a base backup: copied while the server works, sealed on the way, read back, verified."""

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

import psycopg

from anlan.kernel.recovery.errors import DamagedError, RecoveryError
from anlan.kernel.recovery.log_keeping import (
    LogKeeper,
    Source,
    Tell,
    identifier_of,
    value_of,
)
from anlan.kernel.recovery.repository import STAMP, Manifest, Repository, segment_number
from anlan.kernel.recovery.sealing import Unsealed, UnsealedError, seal
from anlan.kernel.recovery.verifying import LogRange, UnverifiedError, verify

COPY_LIMIT_S = 6 * 3_600
KEEP_DEFAULT = 7
UNFINISHED = ".unfinished"
Advance = Callable[[str, int, int], None]


def take(
    source: Source, repository: Repository, *, keep: int, tell: Tell, advance: Advance
) -> Manifest:
    """Take a base backup, have the log sealed up to it, keep the newest `keep`; return what it is.

    Raises `RecoveryError`: then nothing new counts, and nothing old was removed.
    """
    try:
        with source.connect() as connection:
            identifier = identifier_of(connection)
        repository.open_for(identifier)
        keeper = LogKeeper(source, repository, tell=tell)
        with repository.locked("base"):
            keeper.make_slot()
            manifest = _copy(source, repository, identifier, advance)
            with source.connect() as connection:
                keeper.catch_up(
                    str(value_of(connection, "SELECT pg_current_wal_flush_lsn()::text"))
                )
            _forget(repository, keep=keep)
    except OSError as error:
        raise RecoveryError(reason=f"no backup was taken: {error.strerror or error}") from error
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        raise RecoveryError(reason=f"no backup was taken: {reason}") from error
    return manifest


def _copy(source: Source, repository: Repository, identifier: str, advance: Advance) -> Manifest:
    with source.connect() as connection:
        name = value_of(connection, "SELECT clock_timestamp()").strftime(STAMP)
        version = str(value_of(connection, "SHOW server_version"))
    folder = repository.base_folder(name)
    _drop_unfinished(repository)
    folder.mkdir(mode=0o700)
    advance("copying the database", 0, 3)
    size_bytes = _receive(source, repository, repository.content_file(name))
    advance("reading the copy back", 1, 3)
    with verified(repository, name, source.spool.parent) as (_, log):
        advance("verified", 2, 3)
    with source.connect() as connection:
        taken_at = value_of(connection, "SELECT clock_timestamp()").isoformat()
    manifest = Manifest(
        name=name,
        taken_at=taken_at,
        server_version=version,
        system_identifier=identifier,
        timeline=log.timeline,
        first_segment=segment_number(log.start),
        next_segment=segment_number(log.end) + 1,
        size_bytes=size_bytes,
    )
    repository.write_manifest(manifest)
    return manifest


def _receive(source: Source, repository: Repository, target: Path) -> int:
    """Let `pg_basebackup` stream the database with the log it needs, and seal what comes."""
    command, environment = source.command(
        "pg_basebackup", "--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast",
        "--manifest-checksums=SHA256", "--no-password",
    )  # fmt: skip
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603 - PostgreSQL's own program, no shell
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
        ) as process,
    ):
        try:
            stream = cast("BinaryIO", process.stdout)
            size_bytes = seal(stream, target, repository.key, repository.label(target))
            process.wait(COPY_LIMIT_S)
        except BaseException:
            process.kill()
            raise
        complaints.seek(0)
        printed = complaints.read().decode(errors="replace").strip().splitlines()
    if process.returncode:
        raise RecoveryError(reason=f"no backup was taken: {(printed or ['no reason given'])[-1]}")
    return size_bytes


@contextmanager
def verified(repository: Repository, name: str, parent: Path) -> Iterator[tuple[Path, LogRange]]:
    """Unpack a base below `parent` and check it; give the folder, and the log that it holds.

    The folder is removed afterwards unless it was moved away. Raises `DamagedError`.
    """
    with tempfile.TemporaryDirectory(prefix="unpacked-", dir=parent) as scratch:
        folder = Path(scratch) / "pgdata"
        file = repository.content_file(name)
        unpack(repository, file, folder)
        try:
            log = verify(folder)
        except UnverifiedError as error:
            raise DamagedError(file=file, reason=str(error)) from None
        yield folder, log


def unpack(repository: Repository, file: Path, folder: Path) -> None:
    """Put the files of a base into `folder`; `DamagedError` when it is not whole."""
    try:
        stream = BufferedReader(Unsealed(file, repository.key, repository.label(file)))
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            archive.extractall(folder, filter="data")
        while stream.read(1 << 20):  # to its end: only there is it known to be whole
            pass
    except FileNotFoundError:
        raise DamagedError(file=file, reason="it is missing") from None
    except (UnsealedError, tarfile.TarError) as error:
        raise DamagedError(file=file, reason=str(error)) from None


def _drop_unfinished(repository: Repository) -> None:
    """Remove what an earlier try left without a manifest; one program at a time comes here."""
    for folder in (repository.folder / "base").iterdir():
        if not repository.manifest_file(folder.name).exists():
            shutil.rmtree(folder)


def _forget(repository: Repository, *, keep: int) -> None:
    """Remove all bases but the newest `keep`, and the log that only they needed."""
    bases = repository.bases()
    for old in bases[:-keep]:
        repository.manifest_file(old.name).unlink()
        shutil.rmtree(repository.base_folder(old.name))
    oldest = bases[-keep:][0]
    for segment in repository.segments():
        if segment.number < oldest.first_segment:
            segment.file.unlink()
