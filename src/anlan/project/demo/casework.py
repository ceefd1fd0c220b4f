"""Casework: routed or assigned by the supervisor, handled by a department, verified, closed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from anlan.project.demo.link import Json, RefusalError, Session
from anlan.project.demo.pictures import draw_photo
from anlan.project.demo.shift import PAGE_ROWS, Shift
from anlan.project.demo.stories import Story

RETURN_S = 300.0
"""How long a department takes to see that a unit is needed after all."""
REWORK_SHARE = 0.4
"""Work that was found wanting takes this share of the first time."""
REOPEN_S = 900.0
"""How long after the end a resident comes back."""
EVIDENCE_IN_WORDS = {"READING": "reading", "DOCUMENT": "document"}
"""What some items ask a report to tell beside its outcome."""
REFUSALS_LIMIT = 5
"""How often a case is looked at again before it is left to others."""


def nobody_told(incident_id: str, story: Story) -> None:
    """Tell nobody."""


class Casework:
    """Every case of the city and whoever has to go on with it.

    Attributes
    ----------
    when_returned : callable
        Told an incident that is back at the dispatchers' desk, and its story.
    """

    def __init__(self, shift: Shift) -> None:
        """Begin with none."""
        self._shift = shift
        self.when_returned: Callable[[str, Story], None] = nobody_told
        self._stories: dict[str, Story] = {}
        self._planned: set[str] = set()
        self._refusals: dict[str, int] = {}
        self._steps = {
            "FILED": self._plan_assigning,
            "ASSIGNED": self._plan_handling,
            "REPORTED": self._plan_verifying,
            "VERIFIED": self._plan_closing,
            "CLOSED": self._plan_reopening,
        }

    def adopt(self, case: Json) -> None:
        """Go on with a case of a list, unless somebody does already."""
        if case["id"] not in self._planned:
            story = self._stories.get(case["id"]) or self._shift.stories.of_stranger()
            self.take_up(case, story)

    def take_up_diverted(self, incident_id: str, story: Story) -> None:
        """Go on with the case that was just made of an incident."""
        newest = self._shift.roster.supervisor.get("cases", limit=PAGE_ROWS)
        case = next(one for one in newest["items"] if one["incident_id"] == incident_id)
        self.take_up_filed(case, story)

    def take_up_filed(self, case: Json, story: Story) -> None:
        """Go on with a case that was filed just now; the routing table may have sent it already."""
        if case["state"] == "ASSIGNED":
            self._shift.ledger.case_move(case["id"], "assign")
        self.take_up(case, story)

    def take_up(self, case: Json, story: Story) -> None:
        """Go on with a case from whatever state it is in."""
        self._stories[case["id"]] = story
        step = self._steps.get(case["state"])
        if step:
            step(case, story)

    def _later(self, seconds: float, action: Callable[[Json, Story], Json], case: Json) -> None:
        self._planned.add(case["id"])
        self._shift.agenda.after(seconds, partial(self._do, action, case))

    def _do(self, action: Callable[[Json, Story], Json], case: Json) -> None:
        """Do the next step of a case and plan the one after it.

        A case that is refused too often stays planned: nobody takes it up again.
        """
        story = self._stories[case["id"]]
        try:
            moved = action(case, story)
        except RefusalError as refusal:
            self._shift.refused(refusal)
            self._refusals[case["id"]] = self._refusals.get(case["id"], 0) + 1
            if self._refusals[case["id"]] >= REFUSALS_LIMIT:
                return
            moved = self._look_at(case["id"])
        self._planned.discard(case["id"])
        self.take_up(moved, story)

    def _look_at(self, case_id: str) -> Json:
        return self._shift.roster.supervisor.get(f"cases/{case_id}")

    def _plan_assigning(self, case: Json, story: Story) -> None:
        self._later(story.fate.case_assign_s, self._assign, case)

    def _plan_handling(self, case: Json, story: Story) -> None:
        if not self._shift.roster.has_desk(case["organisation_id"]):
            return
        if story.returns and case["incident_id"]:
            self._later(RETURN_S, self._return, case)
        else:
            self._later(story.fate.case_handle_s, self._report, case)

    def _plan_verifying(self, case: Json, story: Story) -> None:
        check = self._rework if story.fate.reworks else self._verify
        self._later(story.fate.case_verify_s, check, case)

    def _plan_closing(self, case: Json, story: Story) -> None:
        self._later(story.fate.case_close_s, self._close, case)

    def _plan_reopening(self, case: Json, story: Story) -> None:
        if story.reopens and story.followed_by and not case["reopened_count"]:
            self._later(REOPEN_S, self._reopen, case)

    def _assign(self, case: Json, story: Story) -> Json:
        roster = self._shift.roster
        lead = self._shift.items[case["item_code"]]["lead"]
        organisation_id = roster.organisation_id(lead)
        return self._move(roster.supervisor, case, "assign", organisation_id=organisation_id)

    def _return(self, case: Json, story: Story) -> Json:
        story.returns = False
        desk = self._shift.roster.desk_of(case["organisation_id"])
        reason = self._shift.phrases.of("return", story.number)
        moved = self._move(desk, case, "return", reason=reason)
        self._shift.ledger.incident_move(case["incident_id"], "return")
        self.when_returned(case["incident_id"], story)
        return moved

    def _report(self, case: Json, story: Story) -> Json:
        desk = self._shift.roster.desk_of(case["organisation_id"])
        asked = self._shift.items[case["item_code"]]["evidence"]
        if "PHOTO" in asked:
            desk.upload(f"cases/{case['id']}/photos", "photo", draw_photo(story.number))
            self._shift.ledger.case_move(case["id"], "photo")
        told = {
            fact: self._shift.phrases.of(fact, story.number)
            for evidence, fact in EVIDENCE_IN_WORDS.items()
            if evidence in asked
        }
        outcome = self._shift.phrases.of("report", story.number)
        return self._move(desk, case, "report", outcome=outcome, **told)

    def _rework(self, case: Json, story: Story) -> Json:
        shorter_s = round(story.fate.case_handle_s * REWORK_SHARE, 1)
        story.fate = replace(story.fate, reworks=False, case_handle_s=shorter_s)
        officer = self._shift.roster.officer_of(case["area"])
        reason = self._shift.phrases.of("rework", story.number)
        return self._move(officer, case, "rework", reason=reason)

    def _verify(self, case: Json, story: Story) -> Json:
        officer = self._shift.roster.officer_of(case["area"])
        note = self._shift.phrases.of("verify", story.number)
        return self._move(officer, case, "verify", note=note)

    def _close(self, case: Json, story: Story) -> Json:
        supervisor = self._shift.roster.supervisor
        return self._move(supervisor, case, "close", disposition="RESOLVED")

    def _reopen(self, case: Json, story: Story) -> Json:
        """The resident looks at the page of the report and asks once for more."""
        visitor = self._shift.roster.visitor
        followed = visitor.get(f"public/reports/{story.followed_by}")
        if followed["may_reopen"]:
            reason = self._shift.phrases.of("reopen", story.number)
            visitor.post(f"public/reports/{story.followed_by}/reopen", reason=reason)
            self._shift.ledger.case_move(case["id"], "reopen")
        story.reopens = False
        return self._look_at(case["id"])

    def _move(self, by: Session, case: Json, move: str, **facts: str) -> Json:
        moved = by.post(f"cases/{case['id']}/moves/{move}", **facts)
        self._shift.ledger.case_move(case["id"], move)
        return moved
