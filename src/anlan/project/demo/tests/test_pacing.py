"""The driven clock beside the wall's: level with it at a speed, never ahead of what is undone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from anlan.kernel.clock import DrivenClock
from anlan.project.demo.agenda import Agenda
from anlan.project.demo.pacing import LAG_LIMIT_S, STEP_S, Pace, play

BEGAN_S = 1_000_000.0
BEGAN_MS = 1_000_000_000


class Wall:
    """A wall clock that moves only when somebody waits or works."""

    def __init__(self) -> None:
        self.at_s = 50.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.at_s

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.at_s += seconds

    @property
    def waited_s(self) -> float:
        return sum(self.pauses)


@pytest.fixture
def clock(tmp_path: Path) -> DrivenClock:
    return DrivenClock(tmp_path / "clock", start=BEGAN_S)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def stamps(clock: DrivenClock) -> Callable[[Agenda, int], list[float]]:
    """Plan actions that read the clock; return what they will have read."""

    def plan(agenda: Agenda, *seconds: float) -> list[float]:
        read: list[float] = []
        for second in seconds:
            agenda.after(second, lambda: read.append(round(clock.read() - BEGAN_S, 6)))
        return read

    return plan


def test_each_action_sees_exactly_its_own_time(clock, wall, stamps) -> None:
    agenda = Agenda(BEGAN_MS)
    read = stamps(agenda, 1.5, 1.5, 20.25)
    play(agenda, Pace(clock, 10, wall), BEGAN_MS + 60_000, wall.pause)
    assert read == [1.5, 1.5, 20.25]
    assert clock.read() == BEGAN_S + 60
    assert wall.waited_s == pytest.approx(6.0)
    assert max(wall.pauses) <= STEP_S


def test_the_clock_moves_smoothly_in_between(clock, wall, stamps) -> None:
    agenda = Agenda(BEGAN_MS)
    stamps(agenda, 3.0)
    seen: list[float] = []

    def pause(seconds: float) -> None:
        seen.append(round(clock.read() - BEGAN_S, 6))
        wall.pause(seconds)

    play(agenda, Pace(clock, 10, wall), BEGAN_MS + 3_000, pause)
    assert seen == [0.0, 1.0, 2.0]


def test_at_no_speed_nothing_is_waited_for(clock, wall, stamps) -> None:
    agenda = Agenda(BEGAN_MS)
    read = stamps(agenda, 100.0, 4_000.0)
    play(agenda, Pace(clock, None, wall), BEGAN_MS + 5_000_000, wall.pause)
    assert (read, wall.waited_s) == ([100.0, 4_000.0], 0.0)


def test_a_slow_action_holds_the_clock_and_reorders_nothing(clock, wall, stamps) -> None:
    agenda = Agenda(BEGAN_MS)
    agenda.after(1.0, lambda: wall.pause(60.0))  # a machine too slow by far
    read = stamps(agenda, 2.0, 700.0)
    play(agenda, Pace(clock, 10, wall), BEGAN_MS + 800_000, wall.pause)
    assert read == [2.0, 700.0]
    # All but `LAG_LIMIT_S` of the 59.9 s that were lost is let go instead of being raced after.
    assert wall.waited_s == pytest.approx(80 + 59.9 - LAG_LIMIT_S)


def test_a_small_delay_is_caught_up_with(clock, wall, stamps) -> None:
    agenda = Agenda(BEGAN_MS)
    agenda.after(1.0, lambda: wall.pause(0.5))
    stamps(agenda, 2.0)
    play(agenda, Pace(clock, 10, wall), BEGAN_MS + 100_000, wall.pause)
    assert wall.waited_s == pytest.approx(10.0)


def test_what_is_due_at_the_end_is_left_for_the_next_day(clock, wall, stamps) -> None:
    agenda = Agenda(BEGAN_MS)
    read = stamps(agenda, 9.999, 10.0)
    play(agenda, Pace(clock, None, wall), BEGAN_MS + 10_000, wall.pause)
    assert read == [9.999]
    play(agenda, Pace(clock, None, wall), BEGAN_MS + 20_000, wall.pause)
    assert read == [9.999, 10.0]


def test_a_play_ends_early_when_it_is_enough(clock, wall, stamps) -> None:
    agenda = Agenda(BEGAN_MS)
    read = stamps(agenda, 1.0, 2.0, 3.0)
    pace = Pace(clock, None, wall)
    play(agenda, pace, BEGAN_MS + 10_000, wall.pause, enough=lambda: len(read) == 2)
    assert (read, clock.read()) == ([1.0, 2.0], BEGAN_S + 2)


def test_another_speed_holds_from_now_on(clock, wall, stamps) -> None:
    agenda = Agenda(BEGAN_MS)
    pace = Pace(clock, None, wall)
    play(agenda, pace, BEGAN_MS + 900_000, wall.pause)
    pace.set_speed(100)
    play(agenda, pace, BEGAN_MS + 1_000_000, wall.pause)
    assert wall.waited_s == pytest.approx(1.0)
