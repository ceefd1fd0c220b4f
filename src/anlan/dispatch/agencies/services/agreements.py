"""Agreements: offered by the centre, accepted by the agency, ended by either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.dispatch.agencies.errors import OfferOpenError, UnknownAgreementError
from anlan.dispatch.agencies.models import Agreement, AgreementStep, HelpRequest, Share
from anlan.dispatch.agencies.services.help_requests import withdraw_open
from anlan.dispatch.agencies.services.reaching import over_agreements
from anlan.dispatch.agencies.services.terms import checked_agency, checked_end, checked_fields
from anlan.dispatch.agencies.transitions import AGENCY_AGREES, AGREEMENT_MOVES, FIELDS
from anlan.dispatch.services.steps import clean_facts
from anlan.kernel.access import Actor, require
from anlan.kernel.outbox import Event, publish_all
from anlan.orgs.selectors import organisation

AGREEMENT_LIMIT = timedelta(days=366)
KINDS_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Terms:
    """What is offered: fields, kinds of incident (none means all), from when until when."""

    fields: Sequence[str]
    kinds: Sequence[str]
    begins_at: datetime
    ends_at: datetime


@transaction.atomic
def offer(agency_id: UUID, terms: Terms, *, actor: Actor, at: datetime) -> Agreement:
    """Offer an agreement to an agency; nothing is shared before the agency accepts it.

    Raises `UnknownOrganisationError`, `BadTermError`, `OfferOpenError`.
    """
    require(actor, "agreement.offer")
    agency = checked_agency(organisation(agency_id))
    agreement = Agreement(
        area=agency.area,
        agency_id=agency.id,
        fields=checked_fields(terms.fields, FIELDS),
        kinds=sorted(set(terms.kinds)),
        begins_at=terms.begins_at,
        ends_at=checked_end(terms.ends_at, terms.begins_at, AGREEMENT_LIMIT),
        offered_by=actor.id,
        offered_at=at,
    )
    try:
        with transaction.atomic():
            agreement.save(force_insert=True)
    except IntegrityError:
        raise OfferOpenError(field="agency_id", rule="one_offer_at_a_time") from None
    _write_step(agreement, "offer", "", {}, actor, at)
    _tell(agreement, at)
    return agreement


@transaction.atomic
def make_move(
    agreement_id: UUID, name: str, facts: Mapping[str, Any], *, actor: Actor, at: datetime
) -> Agreement:
    """Make one of an agreement's moves: accept and refuse by the agency, withdraw by the centre.

    Either side ends it, with a reason: from then on nothing under it is shown, and what was asked
    under it is withdrawn. A newly accepted agreement takes the place of the one before it.
    """
    AGREEMENT_MOVES.named(name)
    if not Agreement.objects.filter(pk=agreement_id).exists():
        require(actor, "agreement.read")
        raise UnknownAgreementError
    with over_agreements():
        agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
        _require_side(agreement, name, actor)
        given = clean_facts(facts)
        AGREEMENT_MOVES.check(agreement.state, name, given)
        if name == "accept":
            _replace_the_one_before(agreement, actor, at)
            agreement.answered_at = at
        _change(agreement, name, given, actor, at)
    return agreement


def _require_side(agreement: Agreement, name: str, actor: Actor) -> None:
    """Each side makes its own moves; an agency those of its own agreement alone."""
    own = "agreement.answer" in actor.permissions and actor.organisation_id == agreement.agency_id
    if name in AGENCY_AGREES or (name == "end" and own):
        require(actor, "agreement.answer")
        if not own:
            raise UnknownAgreementError
    else:
        require(actor, "agreement.offer")


def _replace_the_one_before(agreement: Agreement, actor: Actor, at: datetime) -> None:
    before = Agreement.objects.select_for_update().filter(
        agency_id=agreement.agency_id, state="ACCEPTED"
    )
    for one in before:
        _change(one, "end", {"reason": "replaced", "by": str(agreement.id)}, actor, at)


def _change(
    agreement: Agreement, name: str, facts: dict[str, Any], actor: Actor, at: datetime
) -> None:
    source, agreement.state = agreement.state, AGREEMENT_MOVES.moves[name].target
    agreement.save(update_fields=["state", "answered_at"])
    if name == "end":
        Share.objects.filter(agreement=agreement, ended_at__isnull=True).update(ended_at=at)
        open_requests = HelpRequest.objects.filter(share__agreement=agreement)
        withdraw_open(open_requests, reason="agreement ended", actor=actor, at=at)
    _write_step(agreement, name, source, facts, actor, at)
    _tell(agreement, at)


def _write_step(
    agreement: Agreement, move: str, source: str, facts: dict[str, Any], actor: Actor, at: datetime
) -> None:
    AgreementStep.objects.create(
        area=agreement.area,
        subject_id=agreement.id,
        move=move,
        source=source,
        target=agreement.state,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts=facts,
    )


def _tell(agreement: Agreement, at: datetime) -> None:
    body = {"state": agreement.state, "agency_id": str(agreement.agency_id)}
    event = Event("agreement.changed", agreement.area, agreement.id, body)
    publish_all([event, replace(event, audience=agreement.agency_id)], at=at)
