"""What waits for whom at the desk, among the rules and in the log: the next things to do."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from anlan.audit import selectors as audit
from anlan.casework.evaluation import selectors as evaluation
from anlan.casework.selectors.waiting import CASEWORK_QUEUES
from anlan.dispatch.agencies import selectors as agencies
from anlan.dispatch.postures import selectors as postures
from anlan.dispatch.review import selectors as review
from anlan.dispatch.run_cards import PRIORITIES, cards_in_force
from anlan.dispatch.selectors.waiting import INCIDENT_QUEUES
from anlan.exchange import selectors as exchange
from anlan.intake import selectors as intake
from anlan.intake.kinds import kinds
from anlan.kernel.access import Actor, require
from anlan.kernel.waiting import READ_LIMIT_ROWS, Queue, Waiting, WaitingRow, waiting_in
from anlan.orgs import selectors as orgs
from anlan.orgs.identity import selectors as identity
from anlan.places import selectors as places
from anlan.volunteering import selectors as volunteering

KEY_ENDS_WITHIN = timedelta(days=30)
AGREEMENT_ENDS_WITHIN = timedelta(days=30)
CLOSURE_ENDS_WITHIN = timedelta(hours=12)
LOG_SEALED_WITHIN = timedelta(minutes=10)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """Return what waits for an actor, queue by queue, the empty ones too."""
    require(actor, "stream.follow")
    return list(waiting_in(QUEUES, actor, at))


def _calls(*, owed: bool) -> list[WaitingRow]:
    """Return the calls that ring, or those that are owed a call back. Nobody's number is read."""
    return [
        WaitingRow(one.id, "", one.state, at=one.call_back_due_at or one.rang_at)
        for one in intake.open_calls()
        if (one.call_back_due_at is not None if owed else one.state == "RINGING")
    ]


def _promises(actor: Actor, _: datetime) -> Iterator[WaitingRow]:
    for note in review.promises_of(actor.area_low)[:READ_LIMIT_ROWS]:
        number = note.incident.number if note.incident else ""
        yield WaitingRow(note.incident_id, number, at=note.due_at)


def _unanswered(_: Actor, __: datetime) -> Iterator[WaitingRow]:
    asked = agencies.help_requests(only_open=True).filter(state="ASKED").order_by("due_at", "id")
    for one in asked[:READ_LIMIT_ROWS]:
        yield WaitingRow(one.incident_id, one.incident_number, at=one.due_at)


def _handover(actor: Actor, _: datetime) -> Iterator[WaitingRow]:
    handed = review.last_handover(actor.area_low)
    if handed is None or handed.made_by == actor.id or hasattr(handed, "takeover"):
        return
    yield WaitingRow(handed.id, handed.made_by_name, at=handed.made_at)


def _shifts(_: Actor, at: datetime) -> Iterator[WaitingRow]:
    call_signs = {unit.id: unit.call_sign for unit in orgs.units()}
    over = [one for one in orgs.running_shifts().items() if one[1].ends_at <= at]
    for unit_id, shift in sorted(over, key=lambda one: one[1].ends_at):
        yield WaitingRow(unit_id, call_signs.get(unit_id, ""), at=shift.ends_at)


def _out(_: Actor, __: datetime) -> Iterator[WaitingRow]:
    for unit in orgs.units():
        if unit.duty == "OUT_OF_SERVICE":
            yield WaitingRow(unit.id, unit.call_sign, unit.kind, at=unit.duty_since_at)


def _drafts(actor: Actor, _: datetime) -> Iterator[WaitingRow]:
    """Yield the warnings that another person drafted: nobody approves an own one."""
    drafts = exchange.warnings().filter(state="DRAFT").exclude(drafted_by=actor.id)
    return _warnings(drafts)


def _approved(_: Actor, __: datetime) -> Iterator[WaitingRow]:
    return _warnings(exchange.warnings().filter(state="APPROVED"))


def _warnings(found: QuerySet[Any]) -> Iterator[WaitingRow]:
    for one in found.order_by("id")[:READ_LIMIT_ROWS]:
        yield WaitingRow(None, one.number, at=one.expires_at)


def _closures(_: Actor, at: datetime) -> Iterator[WaitingRow]:
    """Yield the closures that end by themselves within hours: is the road open then?"""
    ending = [
        (one.until_at, one)
        for one in places.open_closures(at)
        if one.until_at is not None and one.until_at <= at + CLOSURE_ENDS_WITHIN
    ]
    for until_at, one in sorted(ending, key=lambda found: found[0]):
        yield WaitingRow(one.id, one.reason, at=until_at)


def _appeals(actor: Actor, _: datetime) -> Iterator[WaitingRow]:
    for one in evaluation.appeals_to_judge(actor, READ_LIMIT_ROWS):
        yield WaitingRow(
            one.evaluation_id, "", one.measure, at=one.filed_at, organisation_id=one.organisation_id
        )


def _hours(actor: Actor, at: datetime) -> Iterator[WaitingRow]:
    if actor.organisation_id is None:
        return
    found = volunteering.tasks_to_finish(actor.organisation_id, at, READ_LIMIT_ROWS)
    for key, title, place_text, ends_at in found:
        yield WaitingRow(key, title, place_text=place_text, at=ends_at)


def _studies(actor: Actor, _: datetime) -> Iterator[WaitingRow]:
    for one in postures.unfinished_studies(actor.area_low, READ_LIMIT_ROWS):
        yield WaitingRow(one.id, f"{one.a.name} – {one.b.name}", at=one.made_at)


def _kinds_without_card(actor: Actor, at: datetime) -> Iterator[WaitingRow]:
    """Yield the kinds that need a unit and that no run card answers at some urgency.

    They are told to planners who may read the cards.
    """
    if "incident.read" not in actor.permissions:
        return
    cards = cards_in_force(at.date())
    for kind in kinds().values():
        gaps = [
            str(one)
            for one in PRIORITIES
            if not any(card.serves(kind.code, one, ()) for card in cards)
        ]
        if kind.capabilities and gaps:
            yield WaitingRow(None, ", ".join(gaps), kind.code)


def _agreements(_: Actor, at: datetime) -> Iterator[WaitingRow]:
    held = agencies.agreements().filter(
        state="ACCEPTED", ends_at__gt=at, ends_at__lte=at + AGREEMENT_ENDS_WITHIN
    )
    for one in held.order_by("ends_at", "id")[:READ_LIMIT_ROWS]:
        yield WaitingRow(None, "", at=one.ends_at, organisation_id=one.agency_id)


def _without_factor(_: Actor, at: datetime) -> Iterator[WaitingRow]:
    for account in identity.accounts_lacking_factor(at, READ_LIMIT_ROWS):
        yield WaitingRow(None, account.username, account.role, at=account.added_at)


def _keys(_: Actor, at: datetime) -> Iterator[WaitingRow]:
    keys = (one for one in identity.service_keys(at) if one.ended_at is None)
    ending = [one for one in keys if at < one.expires_at <= at + KEY_ENDS_WITHIN]
    for one in sorted(ending, key=lambda key: key.expires_at):
        yield WaitingRow(None, one.label, at=one.expires_at)


def _undelivered(_: Actor, __: datetime) -> Iterator[WaitingRow]:
    counted, hooks = exchange.waiting_and_dead(), exchange.webhooks()
    for hook in hooks:
        if counted.get(hook.id, {}).get("DEAD"):
            yield WaitingRow(None, hook.url)


def _uncrewed(_: Actor, __: datetime) -> Iterator[WaitingRow]:
    for unit in orgs.units_without_account(READ_LIMIT_ROWS):
        yield WaitingRow(unit.id, unit.call_sign, unit.kind)


def _cells(_: Actor, __: datetime) -> Iterator[WaitingRow]:
    """Yield the grid cells that nobody answers for: their owner has no account that is open."""
    manned = orgs.organisations_with_accounts()
    for cell in places.grid_cells():
        if cell.organisation_id not in manned:
            yield WaitingRow(None, f"{cell.area:015d}")


def _log(_: Actor, at: datetime) -> Iterable[WaitingRow]:
    """Return what is wrong with the log: witnesses that refuse it, entries long unsealed."""
    now = audit.standing()
    wrong = [WaitingRow(None, one.name, at=one.cosigned_at) for one in now.witnesses if one.wrong]
    since = now.waiting_since
    if since is not None and at - since > LOG_SEALED_WITHIN:
        wrong.insert(0, WaitingRow(None, str(now.waiting), "UNSEALED", at=since))
    return wrong


QUEUES = (
    Queue("CALL_RINGING", "report.take", lambda *_: _calls(owed=False)),
    Queue("CALL_BACK", "report.take", lambda *_: _calls(owed=True)),
    *INCIDENT_QUEUES,
    Queue("HANDOVER_TO_TAKE", "handover.write", _handover),
    Queue("HELP_UNANSWERED", "agency.ask", _unanswered),
    Queue("PROMISE_DUE", "handover.read", _promises),
    Queue("SHIFT_OVER", "shift.plan", _shifts),
    Queue("UNIT_OUT", "unit.duty", _out),
    Queue("WARNING_TO_APPROVE", "warning.approve", _drafts),
    Queue("WARNING_TO_PUBLISH", "warning.publish", _approved),
    Queue("CLOSURE_ENDING", "road.close", _closures),
    *CASEWORK_QUEUES,
    Queue("HOURS_TO_CONFIRM", "volunteering.publish", _hours),
    Queue("APPEAL_TO_DECIDE", "evaluation.judge", _appeals),
    Queue("STUDY_UNFINISHED", "posture.study", _studies),
    Queue("KIND_WITHOUT_CARD", "posture.write", _kinds_without_card),
    Queue("ACCOUNT_WITHOUT_FACTOR", "account.write", _without_factor),
    Queue("UNIT_WITHOUT_ACCOUNT", "unit.write", _uncrewed),
    Queue("CELL_WITHOUT_OWNER", "place.write", _cells),
    Queue("HOOK_FAILING", "webhook.read", _undelivered),
    Queue("KEY_ENDING", "account.write", _keys),
    Queue("AGREEMENT_ENDING", "agreement.offer", _agreements),
    Queue("LOG_WRONG", "audit.read", _log),
)
