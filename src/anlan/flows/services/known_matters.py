"""A report of a matter that is known already: kept as a case of its own, and merged at once."""

from datetime import datetime

from django.db import transaction

from anlan.casework.errors import NotLeadingError
from anlan.casework.selectors import public_case_by_number
from anlan.casework.services import make_move
from anlan.flows.selectors.known_matters import known_matters
from anlan.flows.services.reports import Taken, take_report
from anlan.intake.services.reports import ReportGiven
from anlan.kernel.access import Actor, system_actor

SAME_MATTER = system_actor("same-matter", "case.merge")
REASON = "报告人选择了这件事。Whoever reported chose this matter."


@transaction.atomic
def take_public_report(given: ReportGiven, *, same: str, actor: Actor, at: datetime) -> Taken:
    """Take a report of somebody who says that it is about the matter with the number `same`.

    Only a matter that was offered for it counts; any other number, or one that has ended in this
    moment, leaves the report a case by itself. A wrong choice is taken out like any merged case.
    """
    offered = known_matters(given.kind, given.lon, given.lat, at=at) if same else []
    taken = take_report(given, attach_to=None, actor=actor, at=at)
    if taken.led_to.case_id is not None and same in {one.number for one in offered}:
        facts = {"leading_id": str(public_case_by_number(same).leading_id), "reason": REASON}
        case_id = taken.led_to.case_id
        try:
            make_move(case_id=case_id, name="merge", facts=facts, actor=SAME_MATTER, at=at)
        except NotLeadingError:
            return taken
    return taken
