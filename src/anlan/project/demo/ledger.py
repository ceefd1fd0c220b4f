"""What the server acknowledged, and whether all of it is there at the end.

Every acknowledged write of reports, incidents, assignments and cases is looked up again through
the API: each move in the history of its subject, as often as it was acknowledged and no oftener.
"""

from collections import Counter
from dataclasses import dataclass

from anlan.project.demo.link import Json, RefusalError, Session

GONE = 404


@dataclass(frozen=True, slots=True)
class LookUp:
    """Acknowledged writes, those not found again, and those found more often than acknowledged."""

    acknowledged: int
    lost: int
    doubled: int


class Ledger:
    """Acknowledged writes of a day."""

    def __init__(self) -> None:
        """Begin with none."""
        self._reports: dict[str, str | None] = {}
        self._numbers: list[str] = []
        self._assignments: dict[str, str] = {}
        self._incident_moves: dict[str, Counter[str]] = {}
        self._case_moves: dict[str, Counter[str]] = {}
        self.counts: Counter[str] = Counter()

    def report(self, taken: Json) -> None:
        """Note a report that staff or a system handed in."""
        self._reports[taken["id"]] = taken["incident_id"] or taken["case_id"]
        self.counts["reports"] += 1
        if taken["incident_id"]:
            self.incident_move(taken["incident_id"], "attach" if taken["attached"] else "open")
        else:
            self.case_move(taken["case_id"], "file")

    def public_report(self, number: str) -> None:
        """Note a resident's report."""
        self._numbers.append(number)
        self.counts["reports"] += 1

    def assignment(self, made: Json) -> None:
        """Note a unit that was sent."""
        self._assignments[made["id"]] = made["incident_id"]
        self.counts["sent"] += 1

    def incident_move(self, incident_id: str, move: str) -> None:
        """Note a move of an incident or of one of its assignments."""
        self._incident_moves.setdefault(incident_id, Counter())[move] += 1
        self.counts[f"incident.{move}"] += 1

    def case_move(self, case_id: str, move: str) -> None:
        """Note a move of a case, or a photo of it."""
        self._case_moves.setdefault(case_id, Counter())[move] += 1
        self.counts[f"case.{move}"] += 1

    def look_up(self, staff: Session, visitor: Session) -> LookUp:
        """Look for everything again, as staff who may read it and as the resident."""
        lost = self._lost_reports(staff, visitor)
        doubled = 0
        for incident_id, moves in sorted(self._incident_moves.items()):
            incident = _found(staff, f"incidents/{incident_id}")
            less, more = _compared(moves, _moves_of(incident))
            sent = {key for key, to in self._assignments.items() if to == incident_id}
            there = {made["id"] for made in incident["assignments"]} if incident else set()
            lost, doubled = lost + less + len(sent - there), doubled + more
        for case_id, moves in sorted(self._case_moves.items()):
            case = _found(staff, f"cases/{case_id}")
            there_moves = _moves_of(case)
            there_moves["photo"] = len(case["photos"]) if case else 0
            less, more = _compared(moves, there_moves)
            lost, doubled = lost + less, doubled + more
        return LookUp(self._acknowledged(), lost, doubled)

    def _acknowledged(self) -> int:
        moves = [*self._incident_moves.values(), *self._case_moves.values()]
        written = len(self._reports) + len(self._numbers) + len(self._assignments)
        return written + sum(counter.total() for counter in moves)

    def _lost_reports(self, staff: Session, visitor: Session) -> int:
        lost = 0
        for report_id, led_to in self._reports.items():
            report = _found(staff, f"reports/{report_id}")
            lost += report is None or (report["incident_id"] or report["case_id"]) != led_to
        return lost + sum(
            _found(visitor, f"public/reports/{number}") is None for number in self._numbers
        )


def _found(session: Session, path: str) -> Json | None:
    """Return what stands at a path; None where there is nothing."""
    try:
        return session.get(path)
    except RefusalError as refusal:
        if refusal.status != GONE:
            raise
        return None


def _moves_of(subject: Json | None) -> Counter[str]:
    return Counter(step["move"] for step in subject["timeline"]) if subject else Counter()


def _compared(acknowledged: Counter[str], there: Counter[str]) -> tuple[int, int]:
    """Return how many acknowledged moves are missing, and how many are there too often."""
    surplus = sum(max(there[move] - times, 0) for move, times in acknowledged.items())
    return (acknowledged - there).total(), surplus
