"""The dispatchers' desk: it sends the suggested units, diverts, checks and closes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from anlan.project.demo.agenda import milliseconds
from anlan.project.demo.casework import Casework
from anlan.project.demo.crews import Crews, Job
from anlan.project.demo.link import Json, RefusalError, Session
from anlan.project.demo.seats import Seats
from anlan.project.demo.shift import Shift
from anlan.project.demo.stories import Story
from anlan_engine.routing import RoadTimes

CHECK_S = 75.0
"""How long a dispatcher takes to check with those on the spot before closing."""
LOOK_AGAIN_S = 8.0
"""How long it takes to look at a matter again that waited for a unit."""
REFUSALS_LIMIT = 5
"""How often the desk tries to go on with one incident before it gives it up."""
WORKING = frozenset({"ASSIGNED", "EN_ROUTE", "ON_SCENE"})


@dataclass(slots=True)
class Matter:
    """One incident as the desk saw it when it last looked; a new look is a new matter.

    Attributes
    ----------
    missing : list of str
        Needed capabilities that no unit brings yet.
    working : set of str
        Assignments that have not ended.
    unsent : bool
        Whether nobody has been sent, nor was there anybody to send.
    """

    incident_id: str
    order: int
    priority: int
    story: Story
    place: tuple[float, float]
    item_code: str
    missing: list[str] = field(default_factory=list)
    working: set[str] = field(default_factory=set)
    refusals: int = 0
    unsent: bool = True

    @property
    def urgency(self) -> tuple[int, int]:
        """The smaller, the sooner."""
        return self.priority, self.order


class Dispatching:
    """The desk and the crews it sends."""

    def __init__(
        self, shift: Shift, roads: RoadTimes, tell_every_s: float, casework: Casework
    ) -> None:
        """Begin with nothing at hand; see `Crews`. What is diverted goes to `casework`."""
        self.crews = Crews(shift, roads, tell_every_s, self._crew_ended)
        self._shift = shift
        self._seats = Seats(shift.roster.dispatchers)
        self._casework = casework
        self._matters: dict[str, Matter] = {}
        self._waiting: dict[str, Matter] = {}
        self._given_up: set[str] = set()
        self._order = 0
        self._decisions: dict[str, int] = {}

    def decides_within(self, seconds: float) -> bool:
        """Say whether somebody is about to send the first unit to an incident of this day."""
        limit_ms = self._shift.agenda.now_ms + milliseconds(seconds)
        return any(
            at_ms <= limit_ms
            and self._matters[incident_id].unsent
            and self._matters[incident_id].story.of_the_day
            for incident_id, at_ms in self._decisions.items()
            if incident_id in self._matters
        )

    def adopt(self, incident: Json) -> None:
        """Go on with an open incident of a list, unless the desk does already."""
        if incident["id"] not in self._matters and incident["id"] not in self._given_up:
            self.take_up(incident["id"], self._shift.stories.of_stranger(incident["kind"]))

    def take_up(self, incident_id: str, story: Story) -> None:
        """Go on with an incident from whatever state it is in."""
        incident = self._desk.get(f"incidents/{incident_id}")
        self._order += 1
        matter = Matter(
            incident_id=incident_id,
            order=self._order,
            priority=incident["priority"],
            story=story,
            place=(incident["lon"], incident["lat"]),
            item_code=self._shift.kinds[incident["kind"]]["item_code"] or "",
        )
        if incident["state"] != "OPEN":
            self._matters.pop(incident_id, None)
            return
        self._matters[incident_id] = matter
        sent = [one for one in incident["assignments"] if one["state"] != "CANCELLED"]
        self._take_up_crews(matter, sent)
        matter.missing = self._missing(incident["needs"], sent)
        self._go_on(matter, any_sent=bool(sent))

    @property
    def _desk(self) -> Session:
        return self._shift.roster.dispatchers[0]

    def _take_up_crews(self, matter: Matter, sent: Iterable[Json]) -> None:
        for assignment in sent:
            if assignment["state"] in WORKING:
                matter.working.add(assignment["id"])
                if not self.crews.at_work(assignment["id"]):
                    self.crews.take_up(assignment, matter.place, matter.story)

    def _missing(self, needs: Iterable[str], sent: Iterable[Json]) -> list[str]:
        brought = {
            capability for one in sent for capability in self.crews.capabilities(one["call_sign"])
        }
        return [need for need in needs if need not in brought]

    def _go_on(self, matter: Matter, *, any_sent: bool) -> None:
        fate = matter.story.fate
        if any_sent and not matter.working:
            self._later(matter, CHECK_S, self._close)
        elif fate.diverts and matter.item_code and not any_sent:
            self._later(matter, fate.divert_s, self._divert)
        elif matter.missing:
            self._ask_seat(matter, fate.decide_s)

    def _later(self, matter: Matter, seconds: float, action: Callable[[Matter], None]) -> None:
        self._shift.agenda.after(seconds, partial(self._if_still, matter, action))

    def _if_still(self, matter: Matter, action: Callable[[Matter], None]) -> None:
        """Do what was planned, unless the incident was looked at anew since."""
        if self._matters.get(matter.incident_id) is not matter:
            return
        try:
            action(matter)
        except RefusalError as refusal:
            self._refused(matter, refusal)

    def _refused(self, matter: Matter, refusal: RefusalError) -> None:
        """Somebody else was faster, or a unit is gone: go on from what is there now."""
        self._shift.refused(refusal)
        if matter.refusals >= REFUSALS_LIMIT:
            self._given_up.add(self._matters.pop(matter.incident_id).incident_id)
            return
        self.take_up(matter.incident_id, matter.story)
        if matter.incident_id in self._matters:
            self._matters[matter.incident_id].refusals = matter.refusals + 1

    def _ask_seat(self, matter: Matter, seconds: float) -> None:
        self._seats.ask(matter.urgency, partial(self._sit_down, matter, seconds))

    def _sit_down(self, matter: Matter, seconds: float, seat: Session) -> None:
        at_ms = self._shift.agenda.now_ms + milliseconds(seconds)
        self._decisions[matter.incident_id] = at_ms
        self._shift.agenda.at(at_ms, partial(self._decide, matter, seat))

    def _decide(self, matter: Matter, seat: Session) -> None:
        """Send what is suggested for what is still needed; wait for the rest."""
        self._decisions.pop(matter.incident_id, None)
        if self._matters.get(matter.incident_id) is matter and matter.missing:
            try:
                self._send(matter, seat)
            except RefusalError as refusal:
                self._refused(matter, refusal)
        self._seats.leave(seat)

    def _send(self, matter: Matter, seat: Session) -> None:
        incident = f"incidents/{matter.incident_id}"
        recommended = seat.post(f"{incident}/recommendations")
        chosen = [unit for unit in recommended["units"] if unit["suggested"]]
        matter.unsent = False
        if chosen:
            made = seat.post(
                f"{incident}/assignments",
                unit_ids=[unit["unit_id"] for unit in chosen],
                recommendation_id=recommended["id"],
            )
            self._shift.ledger.incident_move(matter.incident_id, "assign")
            for assignment in made:
                self._shift.ledger.assignment(assignment)
            self._take_up_crews(matter, sorted(made, key=lambda one: str(one["call_sign"])))
            matter.missing = self._missing(matter.missing, made)
        if matter.missing:
            self._waiting[matter.incident_id] = matter

    def _crew_ended(self, job: Job) -> None:
        """A unit is free again: the next matter may have it; this one may be done."""
        matter = self._matters.get(job.incident_id)
        if matter is not None:
            matter.working.discard(job.assignment_id)
            if not matter.working:
                self._waiting.pop(job.incident_id, None)
                self.take_up(job.incident_id, matter.story)
        for waiting in sorted(self._waiting.values(), key=lambda one: one.urgency):
            self._ask_seat(waiting, LOOK_AGAIN_S)
        self._waiting.clear()

    def _divert(self, matter: Matter) -> None:
        story = matter.story
        self._desk.post(
            f"incidents/{matter.incident_id}/moves/divert",
            item_code=matter.item_code,
            reason=self._shift.phrases.of("divert", story.number),
        )
        self._shift.ledger.incident_move(matter.incident_id, "divert")
        self._matters.pop(matter.incident_id)
        story.fate = replace(story.fate, diverts=False)
        self._casework.take_up_diverted(matter.incident_id, story)

    def _close(self, matter: Matter) -> None:
        self._desk.post(
            f"incidents/{matter.incident_id}/moves/close",
            disposition=matter.story.disposition,
            note=self._shift.phrases.of("close", matter.story.number),
        )
        self._shift.ledger.incident_move(matter.incident_id, "close")
        self._matters.pop(matter.incident_id)
