"""A month of outcomes, written as they would be if so many cases had been closed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from tests.people import EVERYTHING, Desk, organisation_id

from anlan.casework import catalogue
from anlan.casework.evaluation.models import Evaluation, Outcome
from anlan.casework.evaluation.services import evaluate_due
from anlan.casework.models import Case
from anlan.casework.services.listing import list_text_item
from anlan.casework.tests.office import DISPUTE, PLACE
from anlan.kernel.areas import street_of
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped

CELL = 990101001001001
FIRST_NIGHT = timedelta(days=1)
_numbers = count(1)


@dataclass
class Month:
    """The desks that read a month, and what they read."""

    centre: Desk
    works: Desk
    officer: Desk

    @property
    def day(self) -> date:
        """Return a day in the middle of the month before this one: its appeals are open."""
        return (now().date().replace(day=1) - timedelta(days=1)).replace(day=15)

    @property
    def night(self) -> datetime:
        """Return the first night after the month, with appeals open."""
        first = now().date().replace(day=1)
        return datetime(first.year, first.month, 2, 3, 0, tzinfo=UTC)

    def did(self, code: str, cases: int, *, area: int = CELL, **hits: int) -> list[Case]:
        """Write `cases` outcomes of an organisation; of each measure so many first ones hit.

        A measure that is not named is not counted.
        """
        with scoped(EVERYTHING):
            list_text_item(catalogue.item(DISPUTE, on=now().date()), area, now())
            made = Case.objects.bulk_create([_case(area) for _ in range(cases)])
            Outcome.objects.bulk_create(
                [
                    Outcome(
                        area=area,
                        street=street_of(area),
                        case=case,
                        organisation_id=organisation_id(code),
                        item_code=DISPUTE,
                        clock_class="D5",
                        closed_on=self.day,
                        **{measure: place < hit for measure, hit in hits.items()},
                    )
                    for place, case in enumerate(made)
                ]
            )
        return made

    def evaluated(self, at: datetime | None = None) -> Evaluation:
        """Count what is due, and return the month."""
        evaluate_due(at or self.night)
        with scoped(EVERYTHING):
            return Evaluation.objects.get(first_day=self.day.replace(day=1))

    def read(self, desk: Desk) -> dict[str, Any]:
        """Return the month as somebody sees it."""
        with scoped(EVERYTHING):
            found = Evaluation.objects.get(first_day=self.day.replace(day=1))
        reply = desk.get(f"evaluations/{found.id}")
        assert reply.status_code == 200, reply.content
        return dict(reply.json())

    def figure(self, desk: Desk, code: str, measure: str) -> dict[str, Any]:
        """Return one figure as somebody sees it."""
        (found,) = (
            one
            for one in self.read(desk)["figures"]
            if (one["organisation_id"], one["measure"]) == (str(organisation_id(code)), measure)
        )
        return dict(found)


def _case(area: int) -> Case:
    return Case(
        area=area,
        street=street_of(area),
        number=f"E-{next(_numbers)}",
        item_code=DISPUTE,
        text="",
        channel="STAFF",
        filed_at=now(),
        **PLACE,
    )


def ids(cases: list[Case]) -> list[UUID]:
    """Return the ids of cases."""
    return [case.id for case in cases]
