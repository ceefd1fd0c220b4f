"""Incidents that hang together: one that is the same as another, one that is part of another.

Lock order: all incidents that a link touches, in the order of their ids.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from anlan.dispatch.errors import LinksChangedError, NoLinkError
from anlan.dispatch.models import Incident
from anlan.dispatch.services.incidents import check_crews_gone, lock_incidents
from anlan.dispatch.services.steps import clean_facts, tell_incident, write_step
from anlan.dispatch.transitions import INCIDENT_MOVES, IncidentState
from anlan.kernel.access import Actor, require


class Relation(StrEnum):
    """How an incident hangs on its parent."""

    SAME = "SAME"
    PART = "PART"


_MOVES = {Relation.SAME: "link", Relation.PART: "place_under"}


@transaction.atomic
def link(
    incident_id: UUID, parent_id: UUID, *, relation: Relation, reason: str, actor: Actor,
    at: datetime,
) -> Incident:  # fmt: skip
    """Hang an open incident on another open one; return it.

    The same event (SAME) leaves the queue and follows its parent; what was linked to it follows
    too. A part (PART) keeps its own life and crews. Parents have no parents, so that what hangs
    together is seen at a glance. Raises `NoLinkError`, `CrewsAssignedError` (SAME, with a unit on
    the job), `MoveNotAllowedError`, `LinksChangedError`.
    """
    require(actor, "incident.link")
    followers = _followers(incident_id)
    locked = lock_incidents({incident_id, parent_id, *followers})
    incident, parent = locked[incident_id], locked[parent_id]
    if _followers(incident_id) != followers:
        raise LinksChangedError
    given = clean_facts({"reason": reason, "parent": parent.number})
    move = INCIDENT_MOVES.check(incident.state, _MOVES[relation], given)
    _check_pair(incident, parent, relation)
    if relation is Relation.SAME:
        check_crews_gone(incident)
        for follower in sorted(followers):
            _follow(locked[follower], incident, parent, given, actor, at)
        parent.report_count += incident.report_count
        parent.save(update_fields=["report_count"])
    source, incident.state, incident.parent = incident.state, move.target, parent
    incident.save(update_fields=["state", "parent", "report_count"])
    told = {**given, "report_count": incident.report_count}
    write_step(incident, move.name, (source, move.target), told, actor, at)
    _tell_parent(parent, incident, move.name, given, actor, at)
    tell_incident(incident, "incident.changed", at)
    return incident


@transaction.atomic
def unlink(incident_id: UUID, *, reason: str, actor: Actor, at: datetime) -> Incident:
    """Take an incident off its parent: it is at the desk again, with its own reports."""
    require(actor, "incident.link")
    parent_id = Incident.objects.filter(pk=incident_id).values_list("parent_id", flat=True).first()
    locked = lock_incidents({incident_id} | ({parent_id} if parent_id else set()))
    incident = locked[incident_id]
    if parent_id is None or incident.parent_id != parent_id:
        raise NoLinkError(rule="hangs_on_another")
    parent = locked[parent_id]
    given = clean_facts({"reason": reason, "parent": parent.number})
    name = "unlink" if incident.state == IncidentState.LINKED else "take_out"
    move = INCIDENT_MOVES.check(incident.state, name, given)
    if name == "unlink":
        parent.report_count -= incident.report_count
        parent.save(update_fields=["report_count"])
    source, incident.state, incident.parent = incident.state, move.target, None
    incident.save(update_fields=["state", "parent"])
    write_step(incident, name, (source, move.target), given, actor, at)
    _tell_parent(parent, incident, name, given, actor, at)
    tell_incident(incident, "incident.changed", at)
    return incident


def _followers(incident_id: UUID) -> set[UUID]:
    same = Incident.objects.filter(parent_id=incident_id, state=IncidentState.LINKED)
    return set(same.values_list("pk", flat=True))


def _check_pair(incident: Incident, parent: Incident, relation: Relation) -> None:
    if incident.id == parent.id:
        raise NoLinkError(field="parent", rule="another_incident")
    if parent.state != IncidentState.OPEN:
        raise NoLinkError(field="parent", rule="open_incident", incident=parent.number)
    if incident.parent_id is not None:
        raise NoLinkError(rule="hangs_on_none_yet")
    if relation is Relation.PART and parent.parent_id is not None:
        raise NoLinkError(field="parent", rule="no_part_itself", incident=parent.number)
    if incident.children.exclude(state=IncidentState.LINKED).exists():
        raise NoLinkError(rule="has_no_parts")


def _follow(
    follower: Incident, before: Incident, parent: Incident, facts: Mapping[str, object],
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Let what followed `before` follow `parent`; its reports count there."""
    before.report_count -= follower.report_count
    parent.report_count += follower.report_count
    follower.parent = parent
    follower.save(update_fields=["parent"])
    write_step(follower, "link", (follower.state, follower.state), dict(facts), actor, at)
    tell_incident(follower, "incident.changed", at)


def _tell_parent(
    parent: Incident, child: Incident, move: str, facts: Mapping[str, object], actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Write the same move into the parent's history, naming the child."""
    told = {"reason": facts["reason"], "child": child.number, "report_count": parent.report_count}
    write_step(parent, move, (parent.state, parent.state), told, actor, at)
    tell_incident(parent, "incident.changed", at)
