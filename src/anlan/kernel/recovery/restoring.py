"""Putting a backup back: recovered beside the home's data, put in place only when it is whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql

from anlan.kernel.postgres.account import server_account
from anlan.kernel.postgres.errors import DatabaseError
from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.secret import ADMINISTRATOR, make_passwords
from anlan.kernel.postgres.server import Server
from anlan.kernel.recovery.errors import (
    DamagedError,
    LogGapError,
    NotFreeError,
    RestoreRefusedError,
)
from anlan.kernel.recovery.repository import Manifest, Repository, Segment
from anlan.kernel.recovery.sealing import UnsealedError
from anlan.kernel.recovery.taking import Advance, verified

RECOVERY_LIMIT_S = 12 * 3_600
"""How long the log may take to be replayed; PostgreSQL replays some hundred megabytes a second."""
SCRATCH = "restoring"
TRUSTING = "local all all trust\n"
"""Who may sign in during recovery: whoever reaches the socket, which is the server's account and
root. The passwords inside are those of the time of the backup; they are set anew at the end."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored; `segments` is how many log segments were replayed after the base."""

    manifest: Manifest
    segments: int


def restore(
    repository: Repository, home: Home, *, until: datetime | None, advance: Advance
) -> Restored:
    """Make the database of `home` from the newest backup, up to `until` or the end of the log.

    The home's passwords become those of the restored roles.

    Raises
    ------
    RecoveryError
        There is none, something is damaged, missing or another's, or the home holds a database.
        Nothing was changed then.
    """
    if home.data.exists():
        raise NotFreeError(folder=home.data)
    targets = {"recovery_target_time": until.isoformat()} if until else {}
    manifest = repository.base_before(until)
    with recovered(repository, manifest, home, targets=targets, advance=advance) as (server, count):
        _set_administrator(server, make_passwords(home.secret)[ADMINISTRATOR])
        server.stop()
        server.home.data.rename(home.data)
    return Restored(manifest, count)


@contextmanager
def recovered(
    repository: Repository,
    manifest: Manifest,
    home: Home,
    *,
    targets: dict[str, str],
    advance: Advance,
) -> Iterator[tuple[Server, int]]:
    """Recover a base in a scratch home below `home`; give its running server, gone afterwards.

    Raises `RecoveryError`, before anything is given.
    """
    scratch = Home(home.folder / SCRATCH)
    wanted = needed_segments(repository, manifest, stops_early=bool(targets))
    try:
        home.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        shutil.rmtree(scratch.folder, ignore_errors=True)
        scratch.folder.mkdir(mode=0o711)
        shutil.copyfile(_secret_of(home), scratch.secret)
        scratch.secret.chmod(0o600)
        advance("unpacking the backup", 0, 3)
        _unpack(repository, manifest, scratch)
        advance("opening the log", 1, 3)
        _open_log(repository, wanted, scratch)
        advance("replaying the log", 2, 3)
        server = _recovering(scratch, targets)
        try:
            server.start()
            yield server, len(wanted)
        finally:
            server.stop()
    except DatabaseError as error:
        reason = error.facts.get("reason", error)  # without the log's place, which goes
        raise RestoreRefusedError(backup=manifest.name, reason=reason) from error
    except OSError as error:
        raise RestoreRefusedError(backup=manifest.name, reason=error.strerror or error) from error
    except (psycopg.Error, UnsealedError) as error:
        reason = " ".join(str(error).split())
        raise RestoreRefusedError(backup=manifest.name, reason=reason) from error
    finally:
        shutil.rmtree(scratch.folder, ignore_errors=True)
        shutil.rmtree(scratch.socket_folder, ignore_errors=True)


def needed_segments(
    repository: Repository, manifest: Manifest, *, stops_early: bool
) -> list[Segment]:
    """Return the log after a base, without a gap.

    `LogGapError` when one is missing, unless recovery stops early: then what comes before the gap,
    and PostgreSQL refuses if that is not enough.
    """
    later = [
        one for one in repository.segments()
        if one.number >= manifest.next_segment and int(one.name[:8], 16) >= manifest.timeline
    ]  # fmt: skip
    have = {one.number for one in later}
    last = max(have, default=manifest.next_segment - 1)
    missing = [n for n in range(manifest.next_segment, last + 1) if n not in have]
    if not missing:
        return later
    if stops_early:
        return [one for one in later if one.number < missing[0]]
    name = f"{manifest.timeline:08X}{missing[0] // 256:08X}{missing[0] % 256:08X}"
    raise LogGapError(segment=name, last=later[-1].name)


def _secret_of(home: Home) -> Path:
    make_passwords(home.secret)
    return home.secret


def _unpack(repository: Repository, manifest: Manifest, scratch: Home) -> None:
    with verified(repository, manifest.name, scratch.folder) as (folder, _):
        (folder / "recovery.signal").touch()
        _hand_over(folder)
        folder.rename(scratch.data)


def _open_log(repository: Repository, wanted: list[Segment], scratch: Home) -> None:
    folder = _spool(scratch)
    folder.mkdir(mode=0o700)
    for segment in wanted:
        _write(repository, segment.file, folder / segment.name)
    for history in repository.histories():
        _write(repository, history, folder / history.name.removesuffix(".sealed"))
    (scratch.folder / "hba").write_text(TRUSTING, encoding="ascii")
    account = server_account()
    account.hand_over(scratch.folder / "hba")
    _hand_over(folder)


def _write(repository: Repository, file: Path, target: Path) -> None:
    with target.open("wb") as opened:
        try:
            opened.writelines(repository.unsealed(file))
        except FileNotFoundError:  # a part that became whole meanwhile, under another name
            raise DamagedError(file=file, reason="it went while it was read") from None


def _recovering(scratch: Home, targets: dict[str, str]) -> Server:
    spool = _spool(scratch)
    settings = {
        "restore_command": f"cp '{spool}/%f' '%p'",
        "recovery_target_timeline": "latest",
        "recovery_target_action": "promote",
        "hot_standby": "off",  # nobody is let in before the end
        "hba_file": str(scratch.folder / "hba"),
        **targets,
    }
    return Server(scratch, settings=settings, start_limit_s=RECOVERY_LIMIT_S)


def _spool(scratch: Home) -> Path:
    return scratch.folder / "log"


def _hand_over(folder: Path) -> None:
    """Give a folder with all that is in it to the account that runs the server, and only to it."""
    account = server_account()
    account.make_private(folder)
    for parent, folders, files in os.walk(folder):
        for name in folders:
            account.make_private(Path(parent, name))
        for name in files:
            account.hand_over(Path(parent, name))


def _set_administrator(server: Server, password: str) -> None:
    conninfo = replace(server.connection(ADMINISTRATOR), name="postgres").conninfo()
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(ADMINISTRATOR), sql.Literal(password)
            )
        )
