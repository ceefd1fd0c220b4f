"""Another centre tells of an incident: it becomes a report here, and further words after that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from anlan.dispatch.services.raising import raise_incident
from anlan.exchange.eido_reading import ReadEido, latest
from anlan.exchange.eido_types import kind_for
from anlan.exchange.errors import BadEidoError
from anlan.exchange.services.agency_actor import reporting_centre
from anlan.exchange.services.received_incidents import Told, note_report, take_told
from anlan.flows.services.reports import take_report
from anlan.intake import selectors as intake
from anlan.intake.services.reports import (
    PLACE_TEXT_LIMIT_CHARACTERS,
    TEXT_LIMIT_CHARACTERS,
    ReportGiven,
)
from anlan.intake.services.thread import add_update
from anlan.kernel.access import Actor, system_actor
from anlan.kernel.scope import scoped
from anlan.places.errors import OutsideJurisdictionError

TAKER = system_actor("told-incidents")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was made of an EIDO: the report that it became, and whether it said anything new."""

    message_id: str
    report_id: UUID
    number: str
    done_now: bool


def hear_of_incident(
    webhook_id: UUID, headers: Mapping[str, str], body: bytes, *, at: datetime
) -> Heard:
    """Open an incident that another centre tells of, or add what is new; the same again is nothing.

    An EIDO that is no newer than the last one of its incident adds nothing. Later ones only ever
    make it more urgent; an end told by the other centre is words to the desk, which decides.
    Raises what `take_told` and `take_report` raise; then nothing is kept, and the id is not used.
    """
    with scoped(TAKER):
        told = take_told(webhook_id, headers, body, at=at)
        actor = reporting_centre(told.agency_id)
        report_id, done_now = told.record.report_id, False
        with scoped(actor):
            if report_id is None:
                report_id, done_now = _open(told.eido, actor, at), True
            elif told.is_new and told.eido.changed_at > told.record.changed_at:
                _add(told, report_id, actor, at)
                done_now = True
            number = intake.report(report_id).number
        if done_now:
            note_report(told, report_id)
    return Heard(told.message_id, report_id, number, done_now)


def _open(eido: ReadEido, actor: Actor, at: datetime) -> UUID:
    found = kind_for(eido.internal_type, eido.common_type, at.date())
    if found is None:
        field = "incidentComponent.incidentTypeCommonRegistryText"
        raise BadEidoError(field=field, rule="known_incident_type")
    given = ReportGiven(
        channel="API",
        kind=found.kind,
        priority=eido.priority,
        lon=eido.lon,
        lat=eido.lat,
        place_text=eido.place_text[:PLACE_TEXT_LIMIT_CHARACTERS],
        text=_text(eido, named=found.named),
    )
    try:
        return take_report(given, attach_to=None, actor=actor, at=at).id
    except OutsideJurisdictionError as error:
        field = "locationComponent.locationByValue"
        raise BadEidoError(field=field, rule="within_the_jurisdiction") from error


def _text(eido: ReadEido, *, named: bool) -> str:
    """Return all notes, the latest kept where they are too long; without any, the type.

    A type that has no kind of its own here comes first, in the sender's words: somebody reads it.
    """
    notes = "\n".join(note.text for note in eido.notes)
    if named:
        return (notes or eido.common_type)[-TEXT_LIMIT_CHARACTERS:]
    own = (eido.internal_type, eido.internal_text, eido.common_type)
    head = f"{eido.issuer}: {' · '.join(dict.fromkeys(word for word in own if word))}"
    return f"{head}\n{notes[-(TEXT_LIMIT_CHARACTERS - len(head) - 1) :]}".strip()


def _add(told: Told, report_id: UUID, actor: Actor, at: datetime) -> None:
    """Add notes that are new and the state told, and raise what has become more urgent."""
    eido = told.eido
    state = f"{eido.issuer}: {'; '.join(eido.states)}"
    words = [*latest(eido.notes, told.record.changed_at), state]
    text = "\n".join(words)[:TEXT_LIMIT_CHARACTERS]
    add_update(report_id, text, direction="FROM_REPORTER", actor=actor, at=at)
    incident_id = intake.report(report_id).incident_id
    if incident_id is not None:
        raise_incident(
            incident_id,
            priority=eido.priority,
            needs=(),
            because=[f"EIDO {eido.issuer}"],
            alarm_level=0,
            actor=actor,
            at=at,
        )
