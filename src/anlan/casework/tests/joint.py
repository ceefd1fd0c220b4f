"""A street, four departments and an arbiter round a flooded road."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from tests.people import EVERYTHING, Desk, organisation_id

from anlan.casework.models import JointPart, JointStep, JointTask
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped

FLOOD = "0301"  # two hours round the clock, half an hour to report in
PLACE = {"lon": 24.94, "lat": 60.176}
FOUR = ("MUNICIPAL_WORKS", "WATER", "TRAFFIC_POLICE", "POWER")
USUAL: dict[str, dict[str, str]] = {
    "report_in": {},
    "finish": {"outcome": "pumped dry"},
    "waive": {"reason": "no cable is in the water"},
    "rework": {"reason": "the gully is still blocked"},
}


@dataclass
class Street:
    """Who calls up, who is called, who decides."""

    desk: Callable[..., Desk]
    street: Desk
    centre: Desk
    departments: dict[str, Desk] = field(default_factory=dict)

    def department(self, code: str) -> Desk:
        """Return the desk of a department, the same each time."""
        if code not in self.departments:
            self.departments[code] = self.desk("DEPARTMENT_DESK", organisation=code)
        return self.departments[code]

    def asked(self, codes: tuple[str, ...] = FOUR, **more: Any) -> dict[str, Any]:
        """Return the body that calls departments up."""
        parts = [{"organisation_id": str(organisation_id(c)), "duty": f"{c} helps"} for c in codes]
        where = {} if "case_id" in more else {"item_code": FLOOD, **PLACE}
        return {"text": "the underpass is under water", "parts": parts, **where, **more}

    def call_up(self, codes: tuple[str, ...] = FOUR, **more: Any) -> dict[str, Any]:
        """Open a joint task; return it."""
        reply = self.street.post("joint-tasks", self.asked(codes, **more))
        assert reply.status_code == 201, reply.content
        return dict(reply.json())

    def move(
        self, task: dict[str, Any], code: str, name: str, desk: Desk | None = None, **facts: str
    ) -> HttpResponse:
        """Make a move of the part of a department, at its ordinary desk unless another is given."""
        (part,) = (p for p in task["parts"] if p["organisation_id"] == str(organisation_id(code)))
        usual = {"waive": self.street, "rework": self.street, "arbitrate": self.centre}
        told = facts or USUAL.get(name, {})
        who = desk or usual.get(name) or self.department(code)
        return who.post(f"joint-parts/{part['id']}/moves/{name}", told)

    def bring(self, task: dict[str, Any], code: str, *names: str) -> dict[str, Any]:
        """Make moves one after the other; each must succeed. Return the task after them."""
        for name in names:
            reply = self.move(task, code, name)
            assert reply.status_code == 200, (name, reply.content)
            task = reply.json()
        return task

    def close(self, task: dict[str, Any], desk: Desk | None = None) -> HttpResponse:
        """Close a joint task."""
        told = {"outcome": "the road is open again"}
        return (desk or self.street).post(f"joint-tasks/{task['id']}/moves/close", told)


def refusal(code: str = "WATER") -> dict[str, str]:
    """Return the facts of a refusal that proposes a department."""
    proposed = str(organisation_id(code))
    return {"ground": "NOT_OUR_PROPERTY", "proposed_id": proposed, "reason": "not our cable"}


def kept(task_id: str | UUID) -> tuple[object, ...]:
    """Return all that is kept of a joint task: compared before and after a refusal."""
    with scoped(EVERYTHING):
        task = JointTask.objects.values().get(pk=task_id)
        parts = list(JointPart.objects.filter(task_id=task_id).order_by("pk").values())
        subjects = [task["id"], *(part["id"] for part in parts)]
        steps = JointStep.objects.filter(subject_id__in=subjects).count()
        return task, parts, steps, OutboxEntry.objects.filter(subject_id=task_id).count()


def part(task: dict[str, Any], code: str) -> dict[str, Any]:
    """Return the part of a department."""
    wanted = str(organisation_id(code))
    return next(one for one in task["parts"] if one["organisation_id"] == wanted)
