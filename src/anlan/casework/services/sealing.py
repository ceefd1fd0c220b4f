"""To whom a case is sealed, and what screens are told when it is."""

from datetime import datetime
from uuid import UUID

from anlan.casework.errors import NoOrganisationError
from anlan.casework.models import Case, JointPart
from anlan.kernel.access import Actor
from anlan.kernel.identifiers import new_id
from anlan.kernel.outbox import publish


def seal_for(case: Case, actor: Actor) -> list[UUID]:
    """Return whom a locked case is sealed to: who seals it, who has it, who is called up to it.

    Raises `NoOrganisationError` for an actor of no organisation.
    """
    if actor.organisation_id is None:
        raise NoOrganisationError
    called = JointPart.objects.filter(task__case_id=case.id, task__state="OPEN")
    wanted = {actor.organisation_id, *called.values_list("organisation_id", flat=True)}
    wanted |= set(called.values_list("task__organisation_id", flat=True))
    wanted |= {case.organisation_id} if case.organisation_id else set()
    return sorted(wanted)


def tell_withdrawn(case: Case, at: datetime) -> None:
    """Tell screens that show a case to show it no more: its id, which they have, and nothing else.

    Under an id of its own: what is told of the case itself is from now on for its few alone.
    """
    body = {"case_id": str(case.id)}
    publish("case.withdrawn", area=case.area, subject_id=new_id(), body=body, at=at)
