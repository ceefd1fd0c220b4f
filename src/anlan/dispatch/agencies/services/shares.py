"""Shares: one incident shown to one agency, within what was agreed, for a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from anlan.dispatch.agencies.errors import NoAgreementError, UnknownShareError
from anlan.dispatch.agencies.models import Agreement, HelpRequest, Share
from anlan.dispatch.agencies.services.help_requests import withdraw_open
from anlan.dispatch.agencies.services.reaching import over_agreements
from anlan.dispatch.agencies.services.terms import checked_end, checked_fields
from anlan.dispatch.models import Incident
from anlan.dispatch.services.incidents import locked_incident
from anlan.dispatch.services.steps import clean_facts, tell_incident, write_step
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError
from anlan.kernel.outbox import publish

SHARE_FOR = timedelta(hours=24)
SHARE_LIMIT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: some of the agreed fields (all where None), until when, by which rule."""

    fields: Sequence[str] | None = None
    ends_at: datetime | None = None
    rule: tuple[str, str] = ("", "")


def agreement_for(agency_id: UUID, kind: str, at: datetime) -> Agreement:
    """Return what was agreed with an agency for a kind of incident at a time.

    Raises `NoAgreementError` where no agreement that both sides consented to holds then.
    """
    with over_agreements():
        found = Agreement.objects.filter(
            agency_id=agency_id, state="ACCEPTED", begins_at__lte=at, ends_at__gt=at
        ).first()
    if found is None or (found.kinds and kind not in found.kinds):
        raise NoAgreementError(field="agency_id", rule="agreed_by_both_sides")
    return found


@transaction.atomic
def share(
    incident_id: UUID, agency_id: UUID, wanted: Wanted, *, actor: Actor, at: datetime
) -> Share:
    """Show an incident to an agency: fields that were agreed, for a time within the agreement.

    Sharing again takes the place of what is shared now. Raises `UnknownIncidentError`,
    `NoAgreementError`, `BadTermError`.
    """
    require(actor, "agency.share")
    incident = locked_incident(incident_id)
    return begin_share(incident, agency_id, wanted, actor, at)


def begin_share(
    incident: Incident, agency_id: UUID, wanted: Wanted, actor: Actor, at: datetime
) -> Share:
    """Begin a share of a locked incident; the caller has checked who may."""
    agreement = agreement_for(agency_id, incident.kind, at)
    agreed = agreement.fields if wanted.fields is None else wanted.fields
    ends_at = checked_end(wanted.ends_at or at + SHARE_FOR, at, SHARE_LIMIT)
    before = Share.objects.filter(incident=incident, agency_id=agency_id, ended_at__isnull=True)
    before.update(ended_at=at)
    made = Share.objects.create(
        area=incident.area,
        incident=incident,
        agreement=agreement,
        agency_id=agency_id,
        fields=checked_fields(agreed, agreement.fields),
        begins_at=at,
        ends_at=min(ends_at, agreement.ends_at),
        shared_by=actor.id,
        rule_id=wanted.rule[0],
        rule_version=wanted.rule[1],
    )
    facts = {
        "agency_id": str(agency_id),
        "share_id": str(made.id),
        "fields": made.fields,
        "ends_at": made.ends_at.isoformat(),
        **({"rule": " ".join(wanted.rule)} if wanted.rule[0] else {}),
    }
    write_step(incident, "share", (incident.state, incident.state), facts, actor, at)
    tell(made, incident, at)
    return made


@transaction.atomic
def end_share(share_id: UUID, reason: str, *, actor: Actor, at: datetime) -> Share:
    """End a share at once; what was asked of the agency and is still open is withdrawn with it."""
    require(actor, "agency.share")
    found = Share.objects.filter(pk=share_id).values_list("incident_id", flat=True).first()
    if found is None:
        raise UnknownShareError
    incident = locked_incident(found)
    given = clean_facts({"reason": reason})
    if "reason" not in given:
        raise InvalidError(field="reason", rule="required")
    ended = Share.objects.select_for_update().get(pk=share_id)
    if ended.ended_at is not None:
        return ended
    ended.ended_at = at
    ended.save(update_fields=["ended_at"])
    asked = HelpRequest.objects.filter(share=ended)
    withdraw_open(asked, reason=given["reason"], actor=actor, at=at)
    facts = {"agency_id": str(ended.agency_id), "share_id": str(ended.id), **given}
    write_step(incident, "end_share", (incident.state, incident.state), facts, actor, at)
    tell(ended, incident, at)
    return ended


def tell(changed: Share, incident: Incident, at: datetime) -> None:
    """Tell the agency that something is shared or no more, and the desk that its incident changed.

    The agency is told the number alone: what it may see, it reads from the shared incident.
    """
    tell_incident(incident, "incident.changed", at)
    publish(
        "share.changed",
        area=changed.area,
        subject_id=changed.id,
        body={"number": incident.number, "ended": changed.ended_at is not None},
        at=at,
        audience=changed.agency_id,
    )
