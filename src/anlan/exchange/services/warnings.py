"""Public warnings: drafted, approved by a second person, published, cancelled or replaced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from anlan.exchange.cap.words import LISTS, is_circle, is_polygon
from anlan.exchange.cap.writing import Message, Words, cap_document, reference
from anlan.exchange.errors import BadWarningError, OwnDraftError, UnknownWarningError
from anlan.exchange.models import (
    HEADLINE_MAX_CHARACTERS,
    WORDS_MAX_CHARACTERS,
    PublicWarning,
    WarningMessage,
    WarningStep,
)
from anlan.exchange.transitions import WARNING_MOVES
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError
from anlan.kernel.identifiers import new_number
from anlan.kernel.outbox import publish
from anlan.kernel.texts import clean_text
from anlan.orgs.selectors import organisation

LANGUAGES = {"zh": "zh-CN", "en": "en"}
WARNING_LIMIT = timedelta(days=7)
RING_LIMIT_POINTS = 200
RADIUS_LIMIT_KM = 100.0
REASON_MAX_CHARACTERS = 500
CHANGES = ("state", "approved_by", "approved_at", "published_at", "ended_at")
LIMITS_CHARACTERS = {
    "event": 80, "headline": HEADLINE_MAX_CHARACTERS, "description": WORDS_MAX_CHARACTERS,
    "instruction": WORDS_MAX_CHARACTERS, "area": HEADLINE_MAX_CHARACTERS,
}  # fmt: skip
_PERMISSION = {"approve": "warning.approve", "discard": "warning.draft"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a warning is to say: listed values by name, words by language, a ring or a circle."""

    listed: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    expires_at: datetime
    ring: Sequence[tuple[float, float]] | None = None
    circle: tuple[float, float, float] | None = None
    replaces: UUID | None = None


@transaction.atomic
def draft_warning(draft: Draft, *, actor: Actor, at: datetime) -> PublicWarning:
    """Draft a warning, new or in place of one that is published. Raises `BadWarningError`."""
    require(actor, "warning.draft")
    for name, values in LISTS.items():
        if draft.listed.get(name) not in values:
            raise BadWarningError(field=name, rule="listed_value")
    if not at < draft.expires_at <= at + WARNING_LIMIT:
        raise BadWarningError(field="expires_at", rule="within_7_days")
    _check_place(draft)
    replaced = _published(draft.replaces) if draft.replaces else None
    made = PublicWarning.objects.create(
        area=_home(actor)[0],
        number=new_number("W"),
        **{name: draft.listed[name] for name in LISTS},
        words={language: _clean(language, draft.words.get(language, {})) for language in LANGUAGES},
        ring=[list(point) for point in draft.ring] if draft.ring else None,
        circle=list(draft.circle) if draft.circle else None,
        expires_at=draft.expires_at,
        replaces=replaced,
        drafted_by=actor.id,
        drafted_at=at,
    )
    _write_step(made, "draft", "", {}, actor, at)
    return made


def _check_place(draft: Draft) -> None:
    ring, circle = draft.ring, draft.circle
    if not ring and circle is None:
        raise BadWarningError(field="ring", rule="ring_or_circle")
    if ring and (
        len(ring) > RING_LIMIT_POINTS or not is_polygon(" ".join(f"{y},{x}" for x, y in ring))
    ):
        raise BadWarningError(field="ring", rule="closed_ring")
    if circle is not None:
        lon, lat, radius_km = circle
        if not (is_circle(f"{lat},{lon} {radius_km}") and 0 < radius_km <= RADIUS_LIMIT_KM):
            raise BadWarningError(field="circle", rule="point_and_radius")


def _clean(language: str, words: Mapping[str, str]) -> dict[str, str]:
    return {
        name: clean_text(
            words.get(name, ""),
            field=f"words.{language}.{name}",
            limit_characters=limit,
            required=True,
        )
        for name, limit in LIMITS_CHARACTERS.items()
    }


def _home(actor: Actor) -> tuple[int, str]:
    """Return the area of the actor's organisation, and its name."""
    if actor.organisation_id is None:
        raise InvalidError(field="organisation", rule="required")
    found = organisation(actor.organisation_id)
    return found.area, f"{found.name_zh} {found.name_en}"


@transaction.atomic
def make_move(
    warning_id: UUID, name: str, facts: Mapping[str, str], *, actor: Actor, at: datetime
) -> PublicWarning:
    """Make one of a warning's moves: approve, publish, discard, cancel.

    Whoever drafted it does not approve it: raises `OwnDraftError`.
    Publishing, replacing and cancelling each leave a CAP document that stays for ever.
    """
    WARNING_MOVES.named(name)
    if name == "replace":
        WARNING_MOVES.check("", name, ())
    require(actor, _PERMISSION.get(name, "warning.publish"))
    warning = _locked(warning_id)
    reason = clean_text(
        facts.get("reason", ""), field="reason", limit_characters=REASON_MAX_CHARACTERS
    )
    given = {"reason": reason} if reason else {}
    source = warning.state
    warning.state = WARNING_MOVES.check(source, name, given).target
    _stamp(warning, name, actor, at)
    warning.save(update_fields=CHANGES)
    if name == "publish":
        _publish(warning, actor, at)
    if name == "cancel":
        _add_message(warning, "Cancel", _home(actor)[1], at, note=reason)
    _write_step(warning, name, source, given, actor, at)
    return warning


def _stamp(warning: PublicWarning, name: str, actor: Actor, at: datetime) -> None:
    if name == "approve":
        if warning.drafted_by == actor.id:
            raise OwnDraftError(rule="approved_by_another")
        warning.approved_by, warning.approved_at = actor.id, at
    elif name == "publish":
        if warning.expires_at <= at:
            raise BadWarningError(field="expires_at", rule="not_over")
        warning.published_at = at
    else:
        warning.ended_at = at


def _publish(warning: PublicWarning, actor: Actor, at: datetime) -> None:
    """Publish; what it replaces ends in the same instant and is named as replaced."""
    if warning.replaces_id is None:
        _add_message(warning, "Alert", _home(actor)[1], at)
        return
    before = _locked(warning.replaces_id)
    source = before.state
    before.state = WARNING_MOVES.check(source, "replace", ()).target
    before.ended_at = at
    before.save(update_fields=CHANGES)
    _write_step(before, "replace", source, {"by": warning.number}, actor, at)
    _add_message(warning, "Update", _home(actor)[1], at, of=before)


def _add_message(
    warning: PublicWarning, kind: str, sender_name: str, at: datetime, *, note: str = "",
    of: PublicWarning | None = None,
) -> None:  # fmt: skip
    sender = settings.EXCHANGE_SENDER
    earlier = WarningMessage.objects.filter(warning__in=[warning, *([of] if of else [])])
    count = WarningMessage.objects.filter(warning=warning).count()
    identifier = f"{warning.number}.{count + 1}"
    message = Message(
        identifier=identifier,
        sender=sender,
        sender_name=sender_name,
        sent_at=at,
        status=warning.status,
        kind=kind,
        category=warning.category,
        urgency="Past" if kind == "Cancel" else warning.urgency,
        severity=warning.severity,
        certainty=warning.certainty,
        response="AllClear" if kind == "Cancel" else warning.response,
        effective_at=warning.published_at or at,
        expires_at=warning.expires_at,
        words=[Words(tag, **warning.words[language]) for language, tag in LANGUAGES.items()],
        ring=[(lon, lat) for lon, lat in warning.ring or ()],
        circle=tuple(warning.circle) if warning.circle else None,
        references=[
            reference(sender, one.identifier, one.sent_at) for one in earlier.order_by("sent_at")
        ],
        note=note,
    )
    headlines = [warning.words[language]["headline"] for language in LANGUAGES]
    WarningMessage.objects.create(
        area=warning.area,
        warning=warning,
        identifier=identifier,
        kind=kind,
        title=" · ".join(headlines)[: 2 * HEADLINE_MAX_CHARACTERS],
        document=cap_document(message),
        sent_at=at,
    )


def _locked(warning_id: UUID) -> PublicWarning:
    found = PublicWarning.objects.select_for_update().filter(pk=warning_id).first()
    if found is None:
        raise UnknownWarningError
    return found


def _published(warning_id: UUID) -> PublicWarning:
    found = _locked(warning_id)
    if found.state != "PUBLISHED":
        raise BadWarningError(field="replaces", rule="published_warning")
    return found


def _write_step(
    warning: PublicWarning, move: str, source: str, facts: dict[str, Any], actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    WarningStep.objects.create(
        area=warning.area,
        subject_id=warning.id,
        move=move,
        source=source,
        target=warning.state,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts=facts,
    )
    body = {"number": warning.number, "state": warning.state}
    publish("warning.changed", area=warning.area, subject_id=warning.id, body=body, at=at)
