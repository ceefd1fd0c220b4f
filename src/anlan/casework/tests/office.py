"""A coordination centre, a department and a grid officer at work on cases."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.http import HttpResponse
from PIL import Image
from tests.people import EVERYTHING, Desk, organisation_id

from anlan.casework.models import Case, CaseStep
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped

PAVEMENT = "0103"  # asks for a photo of the handling
DISPUTE = "1601"  # asks for a written outcome only
PLACE = {"lon": 24.935, "lat": 60.182}
WAY = ("assign", "report", "verify", "close")


def works() -> dict[str, str]:
    """Return the facts that assign a case to the works."""
    return {"organisation_id": str(organisation_id("MUNICIPAL_WORKS"))}


def refused() -> dict[str, str]:
    """Return the facts of a refusal that proposes the water works."""
    return {
        "ground": "NOT_OUR_PROPERTY",
        "proposed_id": str(organisation_id("WATER")),
        "reason": "belongs to the water works",
    }


def picture(**saved: object) -> io.BytesIO:
    """Return a small JPEG as an upload."""
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 60, 40)).save(file, "JPEG", **saved)
    file.name = "photo.jpg"
    file.seek(0)
    return file


@dataclass
class Office:
    """The desks that a case passes, and what they do with it."""

    centre: Desk
    works: Desk
    officer: Desk

    @classmethod
    def opened(cls, desk: Callable[..., Desk]) -> Self:
        """Open a centre, a department and a grid officer where the cases lie."""
        return cls(
            centre=desk("SUPERVISOR", organisation="COORDINATION_CENTRE"),
            works=desk("DEPARTMENT_DESK", organisation="MUNICIPAL_WORKS"),
            officer=desk("GRID_OFFICER", organisation="COMMUNITY_11"),
        )

    def file(self, item_code: str = DISPUTE, **more: object) -> str:
        """File a case as the grid officer; return its id."""
        reply = self.officer.post("cases", {"item_code": item_code, **PLACE, **more})
        assert reply.status_code == 201, reply.content
        return str(reply.json()["id"])

    def move(self, case_id: str, name: str, desk: Desk | None = None, **facts: str) -> HttpResponse:
        """Make a move at its ordinary desk, or at `desk`, with its ordinary facts unless given."""
        ordinary = {
            "assign": (self.centre, works()),
            "send_back": (self.works, refused()),
            "dispute": (self.works, refused()),
            "arbitrate": (self.centre, {**works(), "reason": "the slabs are theirs by the list"}),
            "start": (self.works, {}),
            "report": (self.works, {"outcome": "three slabs laid anew"}),
            "rework": (self.officer, {"reason": "one slab is still loose"}),
            "verify": (self.officer, {"note": "walked over it, firm"}),
            "close": (self.centre, {"disposition": "RESOLVED"}),
            "evaluate": (self.centre, {"verdict": "PUT_RIGHT"}),
            "reclassify": (self.centre, {"item_code": PAVEMENT, "reason": "it is the pavement"}),
            "reopen": (self.centre, {"reason": "sank again after the rain"}),
        }
        usual, told = ordinary.get(name, (self.centre, {}))
        return (desk or usual).post(f"cases/{case_id}/moves/{name}", facts or told)

    def bring(self, case_id: str, *moves: str) -> None:
        """Make moves one after the other; each must succeed."""
        for name in moves:
            reply = self.move(case_id, name)
            assert reply.status_code == 200, (name, reply.content)

    def closed(self) -> str:
        """File a case and bring it to its end; return its id."""
        case_id = self.file()
        self.bring(case_id, *WAY)
        return case_id


@dataclass(frozen=True)
class Kept:
    """What the database holds of a case: compared before and after a refusal."""

    row: dict[str, object]
    steps: int
    photos: int
    notices: int


def kept(case_id: str | UUID) -> Kept:
    """Return all that is kept of a case."""
    with scoped(EVERYTHING):
        case = Case.objects.get(pk=case_id)
        row = {f.attname: getattr(case, f.attname) for f in Case._meta.concrete_fields}
        return Kept(
            row=row,
            steps=CaseStep.objects.filter(subject_id=case.id).count(),
            photos=case.photos.count(),
            notices=OutboxEntry.objects.filter(subject_id=case.id).count(),
        )
