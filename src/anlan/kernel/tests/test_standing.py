"""States that are looked up: told when they changed, each at most once a second."""

import json
from typing import Any

from anlan.kernel.standing import KEY, MARK, Standing, State


def standing() -> Standing:
    return Standing("units.moved", "", _shown)


def _shown(state: State) -> dict[str, Any]:
    return {"unit_id": state[KEY], "mark": state[MARK]}


def stand(**marks: int) -> list[State]:
    return [(key, 990101000000000, mark) for key, mark in marks.items()]


def test_only_what_changed_is_told():
    seen = standing()
    assert seen.look(stand(one=1, two=1), 0.0) == stand(one=1, two=1)
    assert seen.look(stand(one=1, two=2), 1.0) == stand(two=2)
    assert seen.look(stand(one=1, two=2), 2.0) == []


def test_one_thing_is_told_once_a_second_and_then_as_it_is_by_then():
    seen = standing()
    moves = [seen.look(stand(one=mark), mark / 4) for mark in range(9)]
    assert moves == [stand(one=0), [], [], [], stand(one=4), [], [], [], stand(one=8)]


def test_change_within_the_second_is_told_after_it():
    seen = standing()
    seen.look(stand(one=1), 0.0)
    assert seen.look(stand(one=2), 0.5) == []
    assert seen.look(stand(one=2), 1.0) == stand(one=2)


def test_who_comes_gets_everything():
    seen = standing()
    seen.look(stand(one=1, two=1), 0.0)
    seen.look(stand(one=1, two=1), 5.0)
    assert seen.all() == stand(one=1, two=1)


def test_what_has_gone_is_forgotten_and_told_when_it_comes_back():
    seen = standing()
    seen.look(stand(one=1, two=1), 0.0)
    assert seen.look(stand(two=1), 1.0) == []
    assert seen.all() == stand(two=1)
    assert seen.look(stand(one=1, two=1), 1.1) == stand(one=1)


def test_what_comes_as_another_goes_is_told():
    seen = standing()
    seen.look(stand(one=1), 0.0)
    assert seen.look(stand(two=1), 0.1) == stand(two=1)
    assert seen.look(stand(one=1), 0.2) == stand(one=1)


def test_many_things_are_one_event_without_a_number():
    head, data = standing().frame(stand(one=1, two=2)).decode().strip().split("\n")
    assert head == "event: units.moved"
    shown = [{"unit_id": "one", "mark": 1}, {"unit_id": "two", "mark": 2}]
    assert json.loads(data.removeprefix("data: ")) == {"units": shown}
