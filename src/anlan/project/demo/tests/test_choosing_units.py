"""Which of the ranked units are sent: the fastest for each need that is still unmet."""

from anlan.project.demo.dispatching import choose


def unit(name: str, *brings: str) -> dict[str, object]:
    return {"unit_id": name, "brings": list(brings)}


def names(chosen: list[dict[str, object]]) -> list[object]:
    return [one["unit_id"] for one in chosen]


def test_the_fastest_unit_is_sent_for_each_need() -> None:
    ranked = [unit("F01", "FIRE"), unit("F02", "FIRE"), unit("L01", "LADDER")]
    assert names(choose(ranked, ["FIRE", "LADDER"])) == ["F01", "L01"]


def test_a_unit_that_brings_two_needs_is_sent_once() -> None:
    ranked = [unit("F01", "FIRE", "RESCUE"), unit("R01", "RESCUE")]
    assert names(choose(ranked, ["FIRE", "RESCUE"])) == ["F01"]


def test_a_need_that_nobody_can_meet_now_sends_nobody() -> None:
    assert choose([unit("F01", "FIRE")], ["LADDER"]) == []
    assert names(choose([unit("F01", "FIRE")], ["LADDER", "FIRE"])) == ["F01"]
