"""A desk with seats: nobody does two things at once, the most urgent comes next."""

from functools import partial

from anlan.project.demo.seats import Seats


def test_what_finds_no_seat_waits_by_urgency_and_then_in_order() -> None:
    began: list[tuple[str, object]] = []
    seats = Seats(["left", "right"])  # type: ignore[list-item] - any object may sit here
    for urgency, name in (
        ((3, 1), "a"),
        ((3, 2), "b"),
        ((3, 3), "c"),
        ((1, 4), "d"),
        ((3, 5), "e"),
    ):
        seats.ask(urgency, partial(lambda name, seat: began.append((name, seat)), name))
    assert began == [("a", "left"), ("b", "right")]
    for seat in ("right", "left", "right"):
        seats.leave(seat)  # type: ignore[arg-type]
    assert began[2:] == [("d", "right"), ("c", "left"), ("e", "right")]


def test_a_seat_that_was_left_is_free_for_the_next() -> None:
    began: list[object] = []
    seats = Seats(["only"])  # type: ignore[list-item]
    seats.ask((0, 0), began.append)
    seats.leave("only")  # type: ignore[arg-type]
    seats.ask((0, 1), began.append)
    assert began == ["only", "only"]
