"""Merging: a case shares what becomes of another that is about the same matter.

Clusters are flat: whoever leads is merged into none. Two who merge at once lock the same rows in
the order of their ids, so one goes after the other; the database refuses what is left.
"""

from datetime import datetime
from uuid import UUID

from anlan.casework.errors import NotLeadingError, UnknownCaseError
from anlan.casework.models import LEADING_STATES, Case
from anlan.casework.selectors import leading, merged_into
from anlan.casework.services.step_rows import write_step
from anlan.casework.shapes import listed
from anlan.kernel.access import Actor
from anlan.kernel.errors import InvalidError
from anlan.kernel.outbox import publish


def locked_with_leading(case_id: UUID, leading_id: str | None) -> Case:
    """Return a case in scope, locked with all that merging it or taking it out touches.

    Without a cluster that is the case alone. Raises `UnknownCaseError`.
    """
    seen = Case.objects.filter(pk=case_id).values_list("merged_into_id", flat=True).first()
    asked = {case_id, seen} if leading_id is None else {case_id, seen, _as_id(leading_id)}
    wanted = {one for one in asked if one is not None}
    rows = Case.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    found = {case.id: case for case in rows}
    if case_id not in found:
        raise UnknownCaseError
    return found[case_id]


def _as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidError(field="leading_id", rule="uuid_parsing") from None


def check_leading(case: Case, leading_id: str) -> Case:
    """Return the case that another is to be merged into; raise `NotLeadingError`."""
    lead = Case.objects.filter(pk=_as_id(leading_id)).first()
    leads = lead is not None and lead.state in LEADING_STATES and lead.sealed_to is None
    if lead is None or lead.id == case.id or not leads:
        raise NotLeadingError(field="leading_id", rule="another_open_case")
    return lead


def regroup(case: Case, name: str, told: dict[str, str], *, actor: Actor, at: datetime) -> None:
    """Let a locked case stand in the one that leads, or no longer, as a move says."""
    match name:
        case "merge":
            _stand_in(case, check_leading(case, told["leading_id"]), told, actor=actor, at=at)
        case "unmerge":
            _stand_out(case, told, actor=actor, at=at)


def _stand_in(case: Case, lead: Case, told: dict[str, str], *, actor: Actor, at: datetime) -> None:
    """Merge a case, with all that were merged into it before; both histories tell of it."""
    for follower in merged_into(case.id):
        follower.merged_into = lead
        follower.save()
        facts = {"leading": lead.number}
        write_step(follower, move="remerge", source="MERGED", facts=facts, actor=actor, at=at)
        _tell(follower, at)
    case.merged_into = lead
    told["leading"] = lead.number
    facts = {"case": case.number}
    write_step(lead, move="take_in", source=lead.state, facts=facts, actor=actor, at=at)
    _tell(lead, at)


def _stand_out(case: Case, told: dict[str, str], *, actor: Actor, at: datetime) -> None:
    """Take a case out; both histories tell of it, where the one that leads is in scope."""
    lead = leading(case)
    case.merged_into = None
    if lead is case:
        return
    told["leading"] = lead.number
    facts = {"case": case.number}
    write_step(lead, move="let_go", source=lead.state, facts=facts, actor=actor, at=at)
    _tell(lead, at)


def _tell(case: Case, at: datetime) -> None:
    publish("case.changed", area=case.area, subject_id=case.id, body=listed(case), at=at)
