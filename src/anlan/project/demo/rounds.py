"""Rounds: find what nobody takes care of, left by the day before or begun by hand on a screen."""

from collections.abc import Iterator

from anlan.project.demo.agenda import milliseconds, read
from anlan.project.demo.casework import Casework
from anlan.project.demo.dispatching import Dispatching
from anlan.project.demo.link import Json
from anlan.project.demo.shift import PAGE_ROWS, Shift

PAGES_LIMIT = 50
CASES_AT_WORK = ("FILED", "ASSIGNED", "REPORTED", "VERIFIED")


class Rounds:
    """Looks at the lists as anybody on duty can."""

    def __init__(self, shift: Shift, dispatching: Dispatching, casework: Casework) -> None:
        """Look at nothing yet."""
        self._shift = shift
        self._dispatching = dispatching
        self._casework = casework

    def take_over(self) -> None:
        """Take up everything that is open, as at the change of a shift."""
        self._go(left_alone_s=0)

    def keep_going(self, every_s: float, left_alone_s: float) -> None:
        """Go a round every so many seconds from now on.

        A unit that was sent by hand drives at once. Other work is left to whoever began it for so
        many seconds.
        """
        self._shift.agenda.after(every_s, lambda: self._go_again(every_s, left_alone_s))

    def _go_again(self, every_s: float, left_alone_s: float) -> None:
        self._go(left_alone_s)
        self.keep_going(every_s, left_alone_s)

    def _go(self, left_alone_s: float) -> None:
        latest_ms = self._shift.agenda.now_ms - milliseconds(left_alone_s)
        for incident in self._oldest_first("incidents", "OPEN"):
            if read(incident["received_at"]) <= latest_ms:
                self._dispatching.adopt(incident)
        self._man_units()
        for state in CASES_AT_WORK:
            for case in self._oldest_first("cases", state):
                if read(case["filed_at"]) <= latest_ms:
                    self._casework.adopt(case)

    def _man_units(self) -> None:
        desk = self._shift.roster.dispatchers[0]
        for unit in desk.get("units"):
            job = unit["assignment"]
            if job and not self._dispatching.crews.at_work(job["id"]):
                incident = desk.get(f"incidents/{job['incident_id']}")
                assignment = next(one for one in incident["assignments"] if one["id"] == job["id"])
                story = self._shift.stories.of_stranger(incident["kind"])
                place = (incident["lon"], incident["lat"])
                self._dispatching.crews.take_up(assignment, place, story)

    def _oldest_first(self, where: str, state: str) -> Iterator[Json]:
        """Yield every entry of a list, read page by page from the newest."""
        entries: list[Json] = []
        query = {"state": state, "limit": PAGE_ROWS}
        for _ in range(PAGES_LIMIT):
            page = self._shift.roster.supervisor.get(where, **query)
            entries += page["items"]
            if not page["next"]:
                break
            query["after"] = page["next"]
        return reversed(entries)
