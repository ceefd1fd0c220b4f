"""Many dispatchers and crews at once, in any order: the promises always hold.

No unit has two open assignments, or one while it is off duty; what was received is open, linked,
diverted or closed; whatever is open has a crew, waits for one, or was reported done; and the steps
of each incident alone tell what its rows have. With
ANLAN_HANDS_STEPS=1000000 the same test is the long run, in rounds that each begin with an empty
board; by default it takes few steps.
"""

import os
from collections import Counter
from functools import partial

import numpy as np
import pytest
from tests.people import EVERYTHING, make_desk
from tests.together import at_once, window_of

from anlan.dispatch.models import Assignment, Incident
from anlan.dispatch.selectors import incidents, waiting_incidents
from anlan.dispatch.selectors.lives import history_gaps
from anlan.dispatch.tests.room import WAY, Room
from anlan.flows.selectors import tallies
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped
from anlan.orgs.models import Unit

HANDS = 6
STEPS = int(os.environ.get("ANLAN_HANDS_STEPS", "360"))
ROUND_STEPS = 1_800  # what is looked at grows with the board
TURNS = min(STEPS // 2, ROUND_STEPS) // HANDS
LOOK_EVERY_TURNS = 5
LIMIT_S = 120 + HANDS * TURNS  # a second a step, whoever else works on the machine
SIGNS = ("P01", "P02", "F01", "A01")
OPEN = ("ASSIGNED", "EN_ROUTE", "ON_SCENE")
EXPECTED = {200, 201, 409, 422}


class Hand:
    """Somebody who does one thing after another, drawn from a seed, with what is on the board."""

    def __init__(self, room: Room, seed: int, board: list[str]) -> None:
        self.room, self.board = room, board
        self.draw = np.random.default_rng(seed)
        self.window = window_of(room.dispatcher)
        self.statuses: Counter[int] = Counter()
        self.doings = [
            self.call, self.send, self.send, self.move, self.move, self.move, self.close,
            self.divert, self.bring_back, self.link, self.unlink, self.reopen, self.raise_alarm,
            self.duty, self.plan, self.preempt,
        ]  # fmt: skip

    def act(self) -> Counter[int]:
        """Take all turns; return how often each status was answered."""
        for turn in range(TURNS):
            self.doings[int(self.draw.integers(len(self.doings)))]()
            if turn % LOOK_EVERY_TURNS == 0:
                promises_hold()
        promises_hold()
        return self.statuses

    def ask(self, path: str, body: dict) -> dict:
        reply = self.window.post(path, body)
        self.statuses[reply.status_code] += 1
        return reply.json() if reply.status_code < 300 else {}

    def any(self, rows: list) -> object:
        return rows[int(self.draw.integers(len(rows)))]

    def incident(self) -> str:
        return str(self.any(self.board))

    def call(self) -> None:
        body = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "lon": 24.9425, "lat": 60.169}
        body["priority"] = int(self.draw.integers(1, 5))
        taken = self.ask("reports", body)
        self.board.append(taken["incident_id"])

    def send(self) -> None:
        units = {u["call_sign"]: u["id"] for u in self.window.get("units").json()}
        chosen = {str(self.any(SIGNS)) for _ in range(2)}
        body = {"unit_ids": [units[sign] for sign in chosen]}
        self.ask(f"incidents/{self.incident()}/assignments", body)

    def move(self) -> None:
        jobs = self.window.get("assignments", open="true").json()
        if not jobs:
            return
        names = [*WAY, ("cancel", {"reason": "Not needed."})]
        name, facts = names[int(self.draw.integers(len(names)))]
        self.ask(f"assignments/{self.any(jobs)['id']}/moves/{name}", facts)

    def reopen(self) -> None:
        self.ask(f"incidents/{self.incident()}/moves/reopen", {"reason": "It burns again."})

    def raise_alarm(self) -> None:
        self.ask(f"incidents/{self.incident()}/moves/raise_alarm", {"reason": "It spreads."})

    def duty(self) -> None:
        units = {u["call_sign"]: u["id"] for u in self.window.get("units").json()}
        duty = str(self.any(["ON_DUTY", "ON_DUTY", "OFF_DUTY", "OUT_OF_SERVICE"]))
        body = {"duty": duty, "reason": "Flat tyre"}
        reply = self.window.put(f"units/{units[str(self.any(SIGNS))]}/duty", body)
        self.statuses[reply.status_code] += 1

    def plan(self) -> None:
        plan = self.ask("batch-plans", {})
        if plan:
            some = [one["incident_id"] for one in plan["incidents"]][:2]
            self.ask(f"batch-plans/{plan['id']}/commit", {"incident_ids": some})

    def preempt(self) -> None:
        incident = self.incident()
        made = self.ask(f"incidents/{incident}/recommendations", {})
        if made and made["offer"]:
            body = {"recommendation_id": made["id"], "reason": "Life in danger."}
            self.ask(f"incidents/{incident}/preemptions", body)

    def close(self) -> None:
        self.ask(f"incidents/{self.incident()}/moves/close", {"disposition": "RESOLVED"})

    def link(self) -> None:
        relation = str(self.any(["SAME", "PART"]))
        body = {"parent_id": self.incident(), "relation": relation, "reason": "One fire."}
        reply = self.window.put(f"incidents/{self.incident()}/parent", body)
        self.statuses[reply.status_code] += 1

    def unlink(self) -> None:
        self.ask(f"incidents/{self.incident()}/unlink", {"reason": "Two fires."})

    def divert(self) -> None:
        body = {"reason": "No danger.", "item_code": "0103"}
        self.ask(f"incidents/{self.incident()}/moves/divert", body)

    def bring_back(self) -> None:
        filed = self.window.get("cases", state="FILED").json()["items"]
        if filed:
            self.ask(f"cases/{self.any(filed)['id']}/moves/return", {"reason": "It burns."})


def promises_hold() -> None:
    """Check the promises as somebody who looks in between sees them, in one statement each."""
    with scoped(EVERYTHING):
        jobs = Counter(Assignment.objects.filter(state__in=OPEN).values_list("unit_id", flat=True))
        counted = tallies(since=None, actor=EVERYTHING, at=now())
        left = Incident.objects.exclude(state="OPEN").filter(assignments__state__in=OPEN)
        assert set(jobs.values()) <= {1}
        assert counted.total.conserved
        assert all(tally.conserved for tally in counted.by_kind.values())
        assert not left.exists()
        off = Unit.objects.exclude(duty="ON_DUTY").values("pk")
        assert not Assignment.objects.filter(state__in=OPEN, unit_id__in=off).exists()


def nothing_is_unowned() -> None:
    """Check that whatever is open has a crew, waits for one, or was reported done."""
    with scoped(EVERYTHING):
        waiting = {incident.id for incident in waiting_incidents(10_000)}
        for incident in incidents("OPEN"):
            jobs = [job for job in incident.assignments.all() if job.round == incident.round]
            states = {job.state for job in jobs}
            owners = [bool(states & set(OPEN)), incident.id in waiting]
            assert any(owners) or "CLEARED" in states
            assert not all(owners)


@pytest.mark.timeout(2 * LIMIT_S)
@pytest.mark.parametrize("seed", range(STEPS // (HANDS * TURNS)))
def test_no_unit_is_sent_twice_and_no_incident_is_lost(committing, seed):
    room = Room(dispatcher=make_desk("SUPERVISOR", organisation="COORDINATION_CENTRE"))
    board = [room.call() for _ in range(3)]
    hands = [Hand(room, HANDS * seed + number, board) for number in range(HANDS)]
    statuses = sum(at_once([hand.act for hand in hands], LIMIT_S), Counter())
    assert set(statuses) <= EXPECTED
    assert {200, 201, 409} <= set(statuses)
    nothing_is_unowned()
    with scoped(EVERYTHING):
        assert [f"{gap.number}: {gap.what}" for gap in history_gaps()] == []
        assert Incident.objects.count() == len(board)
        counted = tallies(since=None, actor=EVERYTHING, at=now()).total
        states = Counter(Incident.objects.values_list("state", flat=True))
    assert (counted.received, counted.open, counted.linked, counted.diverted, counted.closed) == (
        len(board),
        states["OPEN"],
        states["LINKED"],
        states["DIVERTED"],
        states["CLOSED"],
    )


def test_two_that_are_linked_to_each_other_at_once_leave_one_link(committing):
    room = Room()
    windows = [window_of(room.dispatcher), window_of(room.taker)]
    for _ in range(5):
        pair = [room.call(), room.call()]

        def ask(turn: int, pair=pair):
            body = {"parent_id": pair[1 - turn], "relation": "SAME", "reason": "One fire."}
            return windows[turn].put(f"incidents/{pair[turn]}/parent", body).status_code

        codes = at_once([partial(ask, 0), partial(ask, 1)])
        assert sorted(codes) == [200, 409]
        assert sorted(room.shown(one)["state"] for one in pair) == ["LINKED", "OPEN"]
