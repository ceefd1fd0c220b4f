"""The end of process groups: in order, then by force; also when the supervisor itself was killed.

The supervisor runs this file as a small program of its own and tells it on a pipe which groups it
has started; those that run already are named when it starts. When the pipe closes, however the
supervisor came to its end, every group that is still named there is ended. Standard library only,
so that it starts at once and outlives a broken installation.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import TextIO

GRACE_S = 10.0
"""How long a part may take to end after it was asked; then it is killed."""
KILLED_LIMIT_S = 5.0
"""How long the kernel may take to remove a killed group; a zombie nobody reaps stays for ever."""
POLL_S = 0.02


def no_child() -> None:
    """Reap nothing: the group is somebody else's child."""


def end_group(group: int, number: int, *, reap: Callable[[], object] = no_child) -> None:
    """Send `number` to a process group; kill what is left of it after `GRACE_S`.

    `reap` is called while waiting: a parent takes its child's exit there, since a child that
    nobody waited for still counts as a member of the group.
    """
    for ask, limit_s in ((number, GRACE_S), (signal.SIGKILL, KILLED_LIMIT_S)):
        if not send(group, ask):
            return
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            reap()
            if not send(group, 0):
                return
            time.sleep(POLL_S)


def send(group: int, number: int) -> bool:
    """Send a signal to a process group; say whether there is one."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def guard(told: TextIO, running: Sequence[str] = ()) -> None:
    """Follow what is told until it ends: `+ GROUP SIGNAL` for a start, `- GROUP` for an end.

    Then end what is left, the latest first. `running` holds `GROUP:SIGNAL` of what runs already: a
    guard that takes another's place knows it from its first instant.
    """
    pairs = (one.split(":") for one in running)
    groups = {int(group): int(number) for group, number in pairs}
    for line in told:
        sign, *numbers = line.split()
        if sign == "+":
            groups[int(numbers[0])] = int(numbers[1])
        else:
            groups.pop(int(numbers[0]), None)
    for group in reversed(groups):
        end_group(group, groups[group])


if __name__ == "__main__":
    guard(sys.stdin, sys.argv[1:])
