"""Calls become reports: by telephone, through a resident's own page, or from another system."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from anlan.project.demo.agenda import milliseconds, told
from anlan.project.demo.casework import Casework
from anlan.project.demo.dispatching import Dispatching
from anlan.project.demo.link import Json, RefusalError, Session
from anlan.project.demo.seats import Seats
from anlan.project.demo.shift import PAGE_ROWS, Shift
from anlan_engine.duty_day import Call

TELEPHONE = "+990 101 {:06d}"
"""No country has this code: nobody's number is made up by accident."""
TEXT_OF = {"zh-CN": "text_zh", "en": "text_en"}


class CallTaking:
    """The call-takers' desk, and what reaches the city without them."""

    def __init__(self, shift: Shift, dispatching: Dispatching, casework: Casework) -> None:
        """Begin with nobody on the telephone."""
        self._shift = shift
        self._dispatching = dispatching
        self._casework = casework
        self._seats = Seats(shift.roster.call_takers)
        self._incident_of_call: dict[int, str] = {}
        self._begin: Mapping[str, Callable[[Call], None]] = {
            "PHONE": self._ring,
            "WEB": self._report_in_public,
            "API": self._report_by_machine,
        }

    def plan(self, calls: Iterable[Call], began_ms: int) -> None:
        """Plan the calls of a day that begins at a time."""
        self._incident_of_call.clear()
        for call in calls:
            at_ms = began_ms + milliseconds(call.at_s)
            self._shift.agenda.at(at_ms, partial(self._begin[call.channel], call))

    def _ring(self, call: Call) -> None:
        rang_ms = self._shift.agenda.now_ms
        self._seats.ask((0, 0), partial(self._pick_up, call, rang_ms))

    def _pick_up(self, call: Call, rang_ms: int, seat: Session) -> None:
        """Answer once a call-taker is there, and send the report after the talk."""
        earliest_ms = rang_ms + milliseconds(call.fate.answer_s)
        answered_ms = max(earliest_ms, self._shift.agenda.now_ms)
        ends_ms = answered_ms + milliseconds(call.fate.talk_s)
        send = partial(self._hang_up, call, rang_ms, answered_ms, seat)
        self._shift.agenda.at(ends_ms, send)

    def _hang_up(self, call: Call, rang_ms: int, answered_ms: int, seat: Session) -> None:
        times = {"rang_at": told(rang_ms), "answered_at": told(answered_ms)}
        contact = {"telephone": TELEPHONE.format(call.number)}
        attach_to = self._same_matter(call, seat)
        self._hand_in(call, seat, channel="PHONE", contact=contact, attach_to=attach_to, **times)
        self._seats.leave(seat)

    def _same_matter(self, call: Call, seat: Session) -> str | None:
        """Return the incident that an earlier caller told of, if the desk is offered it."""
        if not self._shift.kinds[call.kind]["needs_unit"]:
            return None
        offered = seat.get("reports/similar", kind=call.kind, lon=call.lon, lat=call.lat)
        earlier = None if call.repeats is None else self._incident_of_call.get(call.repeats)
        return next((one["incident_id"] for one in offered if one["incident_id"] == earlier), None)

    def _report_by_machine(self, call: Call) -> None:
        self._hand_in(call, self._shift.roster.call_takers[-1], channel="API")

    def _hand_in(self, call: Call, session: Session, **facts: Json) -> None:
        try:
            taken = session.post("reports", **self._told(call), **facts)
        except RefusalError as refusal:
            self._shift.refused(refusal)
            return
        self._shift.ledger.report(taken)
        if taken["incident_id"]:
            self._incident_of_call[call.number] = taken["incident_id"]
        if taken["attached"]:
            return
        story = self._shift.stories.of_call(call)
        if taken["incident_id"]:
            self._dispatching.take_up(taken["incident_id"], story)
        else:
            case = self._shift.roster.supervisor.get(f"cases/{taken['case_id']}")
            self._casework.take_up_filed(case, story)

    def _report_in_public(self, call: Call) -> None:
        """A resident's report is followed by its number; staff find it among what is new."""
        try:
            taken = self._shift.roster.visitor.post("public/reports", **self._told(call))
        except RefusalError as refusal:
            self._shift.refused(refusal)
            return
        self._shift.ledger.public_report(taken["number"])
        story = self._shift.stories.of_call(call)
        story.followed_by = taken["number"]
        if self._shift.kinds[call.kind]["needs_unit"]:
            incident = self._find("incidents", call, state="OPEN")
            self._incident_of_call[call.number] = incident["id"]
            self._dispatching.take_up(incident["id"], story)
        else:
            self._casework.take_up_filed(self._find("cases", call), story)

    def _find(self, where: str, call: Call, **query: str) -> Json:
        """Return the newest entry of a list that stands at the place of a call."""
        page = self._shift.roster.supervisor.get(where, limit=PAGE_ROWS, **query)
        return next(
            entry for entry in page["items"] if (entry["lon"], entry["lat"]) == (call.lon, call.lat)
        )

    def _told(self, call: Call) -> dict[str, Json]:
        language = self._shift.language
        return {
            "kind": call.kind,
            "lon": call.lon,
            "lat": call.lat,
            "place_text": call.place_text,
            "text": getattr(call, TEXT_OF[language]),
        }
