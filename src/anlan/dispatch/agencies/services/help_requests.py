"""Requests for help: asked by the desk, answered by the agency, within a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from anlan.dispatch.agencies.errors import (
    AskedAlreadyError,
    BadTermError,
    UnknownHelpRequestError,
)
from anlan.dispatch.agencies.models import NOTE_MAX_CHARACTERS, UNITS_LIMIT, HelpRequest, Share
from anlan.dispatch.agencies.services.reaching import standing_at
from anlan.dispatch.agencies.transitions import AGENCY_HELPS, HELP_MOVES, OPEN_HELP_STATES
from anlan.dispatch.models import Incident
from anlan.dispatch.services.incidents import locked_incident
from anlan.dispatch.services.steps import clean_facts, tell_incident, write_step
from anlan.kernel import deadlines
from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.deadlines import Due
from anlan.kernel.outbox import publish
from anlan.kernel.texts import clean_text

ANSWER_DEADLINE = "help_request.answer"
ANSWER_WITHIN_S = 300
ANSWER_LIMIT_S = 86_400
CAPABILITIES_LIMIT = 10
CLOCK = system_actor("help-request-clock")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an agency is asked for: capabilities, how many units, a note, how soon it answers."""

    capabilities: Sequence[str]
    unit_count: int = 1
    note: str = ""
    answer_within_s: int = ANSWER_WITHIN_S
    rule: tuple[str, str] = ("", "")


def begin_request(
    incident: Incident, shared: Share, asked: Asked, actor: Actor, at: datetime
) -> HelpRequest:
    """Ask an agency under a share of a locked incident; the caller has checked who may.

    Raises `BadTermError`, and `AskedAlreadyError` while an earlier request is unanswered.
    """
    _check(asked)
    note = clean_text(asked.note, field="note", limit_characters=NOTE_MAX_CHARACTERS)
    request = HelpRequest(
        area=incident.area,
        incident=incident,
        share=shared,
        agency_id=shared.agency_id,
        incident_number=incident.number,
        capabilities=sorted(set(asked.capabilities)),
        unit_count=asked.unit_count,
        note=note,
        asked_by=actor.id,
        asked_at=at,
        due_at=at + timedelta(seconds=asked.answer_within_s),
        rule_id=asked.rule[0],
        rule_version=asked.rule[1],
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:
        raise AskedAlreadyError(field="agency_id", rule="one_unanswered_request") from None
    deadlines.set_deadline(
        ANSWER_DEADLINE, area=request.area, subject_id=request.id, due_at=request.due_at
    )
    facts = {"capabilities": request.capabilities, "unit_count": request.unit_count, "note": note}
    _record(request, incident, "ask_help", "", {k: v for k, v in facts.items() if v}, actor, at)
    return request


def _check(asked: Asked) -> None:
    if not 1 <= len(set(asked.capabilities)) <= CAPABILITIES_LIMIT:
        raise BadTermError(field="capabilities", rule="between_1_and_10")
    if not 1 <= asked.unit_count <= UNITS_LIMIT:
        raise BadTermError(field="unit_count", rule="between_1_and_50")
    if not 1 <= asked.answer_within_s <= ANSWER_LIMIT_S:
        raise BadTermError(field="answer_within_s", rule="at_most_a_day")


@transaction.atomic
def make_move(
    request_id: UUID, name: str, facts: Mapping[str, Any], *, actor: Actor, at: datetime
) -> HelpRequest:
    """Make one of a request's moves: accept and refuse by the agency, withdraw by the desk.

    Either side says that it is fulfilled. Each is a step of the incident's history.
    """
    HELP_MOVES.named(name)
    columns = ("area", "agency_id", "incident_id")
    seen = HelpRequest.objects.filter(pk=request_id).values_list(*columns).first()
    if seen is None:
        raise UnknownHelpRequestError
    area, agency_id, incident_id = seen
    _require_side(agency_id, name, actor)
    with standing_at(actor, area):
        locked_incident(incident_id)  # its history goes on, and incidents are locked first
        request = HelpRequest.objects.select_for_update().get(pk=request_id)
        given = clean_facts(facts)
        HELP_MOVES.check(request.state, name, given)
        _change(request, name, given, actor, at)
    return request


def _require_side(agency_id: UUID, name: str, actor: Actor) -> None:
    own = actor.organisation_id == agency_id and "help.answer" in actor.permissions
    if name in AGENCY_HELPS or (name == "fulfil" and own):
        require(actor, "help.answer")
        if not own:
            raise UnknownHelpRequestError
    else:
        require(actor, "agency.ask")


def withdraw_open(
    requests: QuerySet[HelpRequest], *, reason: str, actor: Actor, at: datetime
) -> None:
    """Withdraw what is still open of `requests`, each with its step."""
    rows = requests.select_for_update(of=("self",)).filter(state__in=OPEN_HELP_STATES)
    for request in rows.order_by("pk"):
        _change(request, "withdraw", {"reason": reason}, actor, at)


def _change(
    request: HelpRequest, name: str, facts: dict[str, Any], actor: Actor, at: datetime
) -> None:
    source, request.state = request.state, HELP_MOVES.moves[name].target
    if name in AGENCY_HELPS:
        request.answered_at = at
    if request.state not in OPEN_HELP_STATES:
        request.ended_at = at
    request.reason = facts.get("reason", request.reason)
    request.save(update_fields=["state", "reason", "answered_at", "ended_at"])
    deadlines.clear_deadlines(request.id, [ANSWER_DEADLINE])
    _record(request, request.incident, f"{name}_help", source, facts, actor, at)


def _record(
    request: HelpRequest, incident: Incident, move: str, source: str, facts: dict[str, Any],
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    told = {"agency_id": str(request.agency_id), "request_id": str(request.id), **facts}
    write_step(incident, move, (source, request.state), told, actor, at)
    tell_incident(incident, "incident.changed", at)
    publish(
        "help_request.changed",
        area=request.area,
        subject_id=request.id,
        body={"number": request.incident_number, "state": request.state},
        at=at,
        audience=request.agency_id,
    )


def lock(request_id: UUID) -> object:
    """Lock a request as its moves do: its incident first."""
    incident_ids = HelpRequest.objects.filter(pk=request_id).values("incident_id")
    Incident.objects.select_for_update().filter(pk__in=incident_ids).first()
    return HelpRequest.objects.select_for_update().filter(pk=request_id).first()


def remind_desk(due: Due, at: datetime) -> None:
    """Write down that an agency has not answered in time, and tell the desk and the agency."""
    request = HelpRequest.objects.select_related("incident").get(pk=due.subject_id)
    if request.state != HELP_MOVES.initial:
        return
    request.overdue_at = at
    request.save(update_fields=["overdue_at"])
    facts = {"due_at": due.due_at.isoformat()}
    _record(request, request.incident, "help_overdue", request.state, facts, CLOCK, at)
