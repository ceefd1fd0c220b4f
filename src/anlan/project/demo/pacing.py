"""How fast the simulated clock follows the one on the wall."""

import time
from collections.abc import Callable

from anlan.kernel.clock import DrivenClock
from anlan.project.demo.agenda import Agenda

STEP_S = 0.1
"""Between two steps of the clock on the wall's time, for the screens."""
LAG_LIMIT_S = 2.0
"""How much wall time may be caught up with after a slow stretch; the rest is let go."""

Pause = Callable[[float], None]


class Pace:
    """Moves the driven clock along with the wall, never past what has not been done yet.

    Attributes
    ----------
    speed : float or None
        Simulated seconds in a second of the wall; None for as fast as the machine can.
    """

    def __init__(
        self, clock: DrivenClock, speed: float | None, wall: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin at the clock's time; `wall` tells seconds that only ever grow."""
        self._clock = clock
        self._wall = wall
        self.speed = speed
        self._anchor()

    def set_speed(self, speed: float | None) -> None:
        """Go on at another speed from the clock's present time."""
        self.speed = speed
        self._anchor()

    def approach(self, due_ms: int) -> float:
        """Move the clock towards a time; return the wall seconds that are left to wait, 0 if none.

        With 0 the clock stands at exactly `due_ms`.
        """
        left_s = 0.0 if self.speed is None else (due_ms / 1000 - self._target_s()) / self.speed
        if left_s > 0:
            self._clock.set(self._target_s())
            return left_s
        if left_s < -LAG_LIMIT_S:
            self._anchored_wall_s += -LAG_LIMIT_S - left_s
        self._clock.set(due_ms / 1000)
        return 0.0

    def _anchor(self) -> None:
        self._anchored_wall_s, self._anchored_s = self._wall(), self._clock.read()

    def _target_s(self) -> float:
        passed_s = self._wall() - self._anchored_wall_s
        return self._anchored_s + passed_s * (self.speed or 0.0)


def never() -> bool:
    """Say no."""
    return False


def play(
    agenda: Agenda, pace: Pace, until_ms: int, pause: Pause, enough: Callable[[], bool] = never
) -> None:
    """Do what is due before a time, each thing at its own time; leave the clock at that time.

    `pause` is called with a number of wall seconds to wait, and with 0 between two actions; it may
    raise to end the play. `enough` ends it early, with the clock at the last action.
    """
    while not enough():
        due_ms = agenda.due_ms
        done = due_ms is None or due_ms >= until_ms
        goal_ms = until_ms if due_ms is None or done else due_ms
        while (left_s := pace.approach(goal_ms)) > 0:
            pause(min(left_s, STEP_S))
        if done:
            return
        agenda.do_next()
        pause(0.0)
