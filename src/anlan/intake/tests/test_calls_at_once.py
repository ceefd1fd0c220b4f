"""Two hands on one call in the same instant: one of them has it, the other is told."""

from functools import partial
from typing import Any

from tests.people import EVERYTHING, Desk, make_desk
from tests.together import at_once, window_of

from anlan.intake.models import Call, CallStep, Report
from anlan.kernel.scope import scoped

ROUNDS = 4
FIRE = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "lon": 24.9425, "lat": 60.1690}


def ringing(taker: Desk) -> str:
    return str(taker.post("calls").json()["id"])


def move(taker: Desk, call: str, name: str) -> Any:
    return partial(window_of(taker).post, f"calls/{call}/moves/{name}", {})


def moves_of(call: str) -> list[str]:
    with scoped(EVERYTHING):
        return list(
            CallStep.objects.filter(subject_id=call).order_by("id").values_list("move", flat=True)
        )


def test_of_two_who_answer_one_call_one_has_it_and_the_other_is_told_who(committing):
    takers = [make_desk("CALL_TAKER") for _ in range(2)]
    for _ in range(ROUNDS):
        call = ringing(takers[0])
        replies = at_once([move(taker, call, "answer") for taker in takers])
        assert sorted(reply.status_code for reply in replies) == [200, 409]
        winner = next(n for n, reply in enumerate(replies) if reply.status_code == 200)
        told = replies[1 - winner].json()
        assert (told["code"], told["facts"]["by"]) == (
            "call.taken",
            takers[winner].account.username,
        )
        assert moves_of(call).count("answer") == 1
        with scoped(EVERYTHING):
            assert Call.objects.get(pk=call).answered_by_name == takers[winner].account.username


def test_caller_who_hangs_up_while_somebody_answers_is_owed_a_call_back_or_was_answered(committing):
    taker = make_desk("CALL_TAKER")
    for _ in range(ROUNDS):
        call = ringing(taker)
        at_once([move(taker, call, "answer"), move(taker, call, "abandon")])
        with scoped(EVERYTHING):
            found = Call.objects.get(pk=call)
        assert found.state in {"ANSWERED", "ABANDONED"}
        assert (found.call_back_due_at is None) == (found.state == "ANSWERED")


def test_two_windows_make_one_report_of_one_call(committing):
    taker = make_desk("CALL_TAKER")
    call = str(taker.post("calls", {"answered": True}).json()["id"])
    body = FIRE | {"call_id": call}
    replies = at_once([partial(window_of(taker).post, "reports", body) for _ in range(3)])
    assert sorted(reply.status_code for reply in replies) == [201, 409, 409]
    assert {reply.json()["code"] for reply in replies if reply.status_code == 409} == {
        "call.reported"
    }
    with scoped(EVERYTHING):
        assert Report.objects.count() == 1
