"""The queue of a day: by time, in order of planning, never back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.project.demo import agenda as agenda_file
from anlan.project.demo.agenda import Agenda, AgendaFullError, milliseconds, read, told


def done_by(agenda: Agenda) -> list[tuple[int, str]]:
    """Do everything; each action was planned with `note`."""
    while agenda.due_ms is not None:
        agenda.do_next()
    return agenda.notes  # type: ignore[attr-defined]


def noting(now_ms: int) -> Agenda:
    agenda = Agenda(now_ms)
    agenda.notes = []  # type: ignore[attr-defined]
    return agenda


def note(agenda: Agenda, name: str) -> agenda_file.Action:
    return lambda: agenda.notes.append((agenda.now_ms, name))  # type: ignore[attr-defined]


def test_actions_are_done_by_time_and_then_in_order_of_planning() -> None:
    agenda = noting(1_000)
    agenda.at(3_000, note(agenda, "third"))
    agenda.after(0.5, note(agenda, "first"))
    agenda.at(1_500, note(agenda, "second"))
    assert agenda.due_ms == 1_500
    assert done_by(agenda) == [(1_500, "first"), (1_500, "second"), (3_000, "third")]


def test_what_should_have_been_done_is_done_now_and_not_in_the_past() -> None:
    agenda = noting(5_000)
    agenda.at(2_000, note(agenda, "late"))
    assert done_by(agenda) == [(5_000, "late")]


def test_an_action_plans_the_next_one_from_its_own_time() -> None:
    agenda = noting(0)
    agenda.after(2, lambda: agenda.after(3, note(agenda, "after five")))
    assert done_by(agenda) == [(5_000, "after five")]


@given(st.lists(st.integers(0, 10_000)))
def test_time_never_goes_back(times: list[int]) -> None:
    agenda = noting(3_000)
    for number, at_ms in enumerate(times):
        agenda.at(at_ms, note(agenda, str(number)))
    done = [at_ms for at_ms, _ in done_by(agenda)]
    assert done == sorted(max(at_ms, 3_000) for at_ms in times)


def test_planning_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda_file, "ENTRIES_LIMIT", 2)
    agenda = noting(0)
    agenda.at(1, note(agenda, "one"))
    agenda.at(2, note(agenda, "two"))
    with pytest.raises(AgendaFullError):
        agenda.at(3, note(agenda, "three"))


def test_times_are_told_to_the_millisecond_and_read_back() -> None:
    assert milliseconds(2.4) == 2_400
    assert told(1_795_248_000_123) == "2026-11-21T08:00:00.123+00:00"
    assert read("2026-11-21T10:00:00.123+02:00") == 1_795_248_000_123
