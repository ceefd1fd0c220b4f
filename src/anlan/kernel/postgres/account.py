"""The operating-system account that runs PostgreSQL, which refuses to run as root."""

import os
import pwd
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from anlan.kernel.postgres.errors import NoAccountError

ACCOUNTS = ("anlan", "postgres", "nobody")
"""Tried in this order when the program runs as root; none is ever created."""


class Identity(TypedDict, total=False):
    """The arguments of `subprocess.Popen` that make a child run as an account."""

    user: int
    group: int
    extra_groups: Sequence[int]


@dataclass(frozen=True, slots=True)
class Account:
    """An account by name; `identity` is empty when the present one is used as it is."""

    name: str
    uid: int
    gid: int
    identity: Identity

    def owns(self, path: Path) -> bool:
        """Say whether `path` itself (no link followed) belongs to this account."""
        return path.lstat().st_uid == self.uid

    def make_private(self, folder: Path) -> None:
        """Create `folder` if it is missing; make it this account's alone (mode 0700)."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.identity:
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)
        folder.chmod(0o700)

    def hand_over(self, file: Path) -> None:
        """Make `file` this account's alone (mode 0600)."""
        file.chmod(0o600)
        if self.identity:
            os.chown(file, self.uid, self.gid)


@cache
def server_account() -> Account:
    """Return who runs the server: the present account, or an unprivileged one when that is root.

    Raises
    ------
    NoAccountError
        Root, and none of `ACCOUNTS` exists.
    """
    if os.geteuid() != 0:
        uid, gid = os.geteuid(), os.getegid()
        return Account(name=str(uid), uid=uid, gid=gid, identity={})
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        identity = Identity(user=entry.pw_uid, group=entry.pw_gid, extra_groups=[])
        return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid, identity=identity)
    raise NoAccountError(accounts=", ".join(ACCOUNTS))
