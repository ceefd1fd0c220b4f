"""States that are looked up: told when they changed, each at most once a second."""

import json
from uuid import UUID

from anlan.kernel.standing import Standing, State

ONE, TWO = UUID(int=1), UUID(int=2)


def standing() -> Standing:
    return Standing(
        "units.moved", "", lambda row: State(row[0], 990101000000000, row[1], {"mark": row[1]})
    )


def told(states: list[State]) -> list[tuple[UUID, int]]:
    return [(state.key, state.mark) for state in states]


def test_only_what_changed_is_told():
    seen = standing()
    assert told(seen.look([(ONE, 1), (TWO, 1)], 0.0)) == [(ONE, 1), (TWO, 1)]
    assert told(seen.look([(ONE, 1), (TWO, 2)], 1.0)) == [(TWO, 2)]
    assert told(seen.look([(ONE, 1), (TWO, 2)], 2.0)) == []


def test_one_thing_is_told_once_a_second_and_then_as_it_is_by_then():
    seen = standing()
    moves = [told(seen.look([(ONE, mark)], mark / 4)) for mark in range(9)]
    assert moves == [[(ONE, 0)], [], [], [], [(ONE, 4)], [], [], [], [(ONE, 8)]]


def test_change_within_the_second_is_told_after_it():
    seen = standing()
    seen.look([(ONE, 1)], 0.0)
    assert told(seen.look([(ONE, 2)], 0.5)) == []
    assert told(seen.look([(ONE, 2)], 1.0)) == [(ONE, 2)]


def test_who_comes_gets_everything():
    seen = standing()
    seen.look([(ONE, 1), (TWO, 1)], 0.0)
    seen.look([(ONE, 1), (TWO, 1)], 5.0)
    assert told(seen.all()) == [(ONE, 1), (TWO, 1)]


def test_what_has_gone_is_forgotten_and_told_when_it_comes_back():
    seen = standing()
    seen.look([(ONE, 1)], 0.0)
    assert told(seen.look([], 1.0)) == []
    assert seen.all() == []
    assert told(seen.look([(ONE, 1)], 1.1)) == [(ONE, 1)]


def test_many_things_are_one_event_without_a_number():
    frame = standing().frame([State(ONE, 1, 1, {"lon": 24.9}), State(TWO, 1, 1, {"lon": 25.0})])
    head, data = frame.decode().strip().split("\n")
    assert head == "event: units.moved"
    assert json.loads(data.removeprefix("data: ")) == {"units": [{"lon": 24.9}, {"lon": 25.0}]}
