"""What has been reported near a place already, as far as everybody may read it anyway."""

from dataclasses import dataclass
from datetime import datetime

from anlan.casework.selectors.published import published_near
from anlan.flows.selectors.following import CASE_STAGES
from anlan.flows.selectors.matters import public_items
from anlan.intake.kinds import kinds

NEAR_STEP_M = 10


@dataclass(frozen=True, slots=True)
class KnownMatter:
    """An open matter near a place: nothing that is not published of it as a single matter.

    `distance_m` in tens of metres, from where it is published; `due_at` is the public promise while
    its clock runs.
    """

    number: str
    name_zh: str
    name_en: str
    stage: str
    distance_m: int
    filed_at: datetime
    due_at: datetime | None
    overdue: bool


def known_matters(kind_code: str, lon: float, lat: float, *, at: datetime) -> list[KnownMatter]:
    """Return the open matters that a report of a kind may be about, nearest first.

    Of items whose single matters are not published, none: not even whether there is one.
    """
    kind, public = kinds().get(kind_code), public_items(at)
    if kind is None or kind.needs_unit or kind.item_code not in public:
        return []
    return [
        KnownMatter(
            number=one.number,
            name_zh=public[one.item_code].name_zh,
            name_en=public[one.item_code].name_en,
            stage=CASE_STAGES[one.state],
            distance_m=round(distance / NEAR_STEP_M) * NEAR_STEP_M,
            filed_at=one.filed_at,
            due_at=one.due_at,
            overdue=one.due_at is not None and one.due_at < at,
        )
        for distance, one in published_near(public, kind.item_code, lon, lat, at=at)
    ]
