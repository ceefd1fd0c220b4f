"""Reports for the tests of intake."""

import io
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from anlan.intake.models import Report
from anlan.intake.services.contacts import ContactGiven
from anlan.intake.services.reports import ReportGiven, take_report
from anlan.kernel.access import Actor
from anlan.kernel.scope import scoped

CELL = 990101001001001
LIFT = ReportGiven(
    channel="PHONE",
    kind="LIFT_TRAPPED",
    priority=2,
    lon=24.9414,
    lat=60.1719,
    place_text="Kaivokatu 1",
    text="Two people in the lift between floors.",
)
CALLER = ContactGiven(name="Caller", telephone="+358 40 123 4567")


def take(
    actor: Actor,
    at: datetime,
    *,
    area: int = CELL,
    incident_id: UUID | None = None,
    case_id: UUID | None = None,
    attached: bool = False,
    **changes: Any,
) -> Report:
    """Take the report of a lift with `changes`, in `actor`'s scope; for an incident by default."""
    if case_id is None and incident_id is None:
        incident_id = uuid4()
    with scoped(actor):
        return take_report(
            replace(LIFT, **changes),
            area=area,
            incident_id=incident_id,
            case_id=case_id,
            attached=attached,
            actor=actor,
            at=at,
        )


def photo(width: int = 40, height: int = 30, **saved: Any) -> bytes:
    """Return a JPEG of one colour."""
    kept = io.BytesIO()
    Image.new("RGB", (width, height), (20, 120, 60)).save(kept, "JPEG", **saved)
    return kept.getvalue()
