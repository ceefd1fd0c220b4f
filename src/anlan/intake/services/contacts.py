"""Contacts: sealed, apart from reports and calls, looked at for a purpose, erased in time."""

import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

import orjson

from anlan.intake import selectors
from anlan.intake.errors import NoContactError
from anlan.intake.models import Call, Contact, Report
from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.errors import InvalidError
from anlan.kernel.looks import record_look
from anlan.kernel.purposes import require_sight
from anlan.kernel.retention import kept_for
from anlan.kernel.scope import scoped
from anlan.kernel.texts import clean_telephone, clean_text
from anlan.kernel.vault import SealedColumn, open_sealed, seal
from anlan.orgs.protected import REPORTERS_CONTACT

ERASE_BATCH_ROWS = 1_000
NAME_LIMIT_CHARACTERS = 80
EMAIL_LIMIT_CHARACTERS = 120
EMAIL = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]{1,64}\.[^@\s<>,;.]{2,24}")
ERASER = system_actor("contact-expiry", sees_sealed=True)
SEALED = SealedColumn("intake_contact", "sealed")


@dataclass(frozen=True, slots=True)
class ContactGiven:
    """How a reporter may be reached: by telephone, or by e-mail where a system sent no number."""

    name: str
    telephone: str
    email: str = ""


def contact_kept_for(at: datetime) -> timedelta:
    """Return for how long the contact of a report is kept that comes at a time."""
    return kept_for("reporter_contact", at)


def checked_contact(given: ContactGiven) -> ContactGiven:
    """Return a contact as it may be kept, or raise `InvalidError` naming the field."""
    name = clean_text(given.name, field="contact.name", limit_characters=NAME_LIMIT_CHARACTERS)
    telephone = given.telephone.strip()
    email = unicodedata.normalize("NFKC", given.email).strip()
    if telephone or not email:
        telephone = clean_telephone(telephone, field="contact.telephone")
    if email and not (EMAIL.fullmatch(email) and len(email) <= EMAIL_LIMIT_CHARACTERS):
        raise InvalidError(field="contact.email", rule="email")
    return ContactGiven(name=name, telephone=telephone, email=email)


def keep_contact_of_report(report: Report, given: ContactGiven | None, at: datetime) -> None:
    """Seal and keep the contact of a report: the one given, else that of its call, if any."""
    text = _written(given) if given else _text_of_call(report.call_id, at)
    if text is not None:
        ends_at = at + contact_kept_for(at)
        _keep(Contact(area=report.area, report=report, expires_at=ends_at), text)


def keep_contact_of_call(call: Call, given: ContactGiven, at: datetime) -> None:
    """Seal and keep the contact of a call."""
    kept = Contact(area=call.area, call=call, expires_at=at + kept_for("call_contact", at))
    _keep(kept, _written(given))


def _keep(contact: Contact, text: str) -> None:
    contact.sealed = seal(text, SEALED, contact.id)
    contact.save(force_insert=True)


def _written(given: ContactGiven) -> str:
    return orjson.dumps(asdict(given)).decode()


def _text_of_call(call_id: UUID | None, at: datetime) -> str | None:
    """Return the contact of a call, to be sealed for its report: no text opens in another row."""
    if call_id is None:
        return None
    kept = Contact.objects.filter(call_id=call_id, expires_at__gt=at).first()
    return open_sealed(kept.sealed, SEALED, kept.id) if kept else None


def look_at_contact(*, report_id: UUID, purpose: str, actor: Actor, at: datetime) -> ContactGiven:
    """Return how to call a reporter back; the look and its purpose stay on the record.

    Raises `UnknownReportError`, `NoContactError`, or `InvalidError` without a purpose; then
    nothing is shown and nothing is recorded.
    """
    require(actor, "contact.look")
    report = selectors.report(report_id)
    contact = Contact.objects.filter(report=report, expires_at__gt=at).first()
    return _looked(contact, "report.contact", report, purpose, actor, at)


def look_at_contact_of_call(
    *, call_id: UUID, purpose: str, actor: Actor, at: datetime
) -> ContactGiven:
    """Return how to call back whoever rang; as `look_at_contact`."""
    require(actor, "contact.look")
    call = selectors.call(call_id)
    contact = Contact.objects.filter(call=call, expires_at__gt=at).first()
    return _looked(contact, "call.contact", call, purpose, actor, at)


def _looked(
    contact: Contact | None, field: str, subject: Report | Call, purpose: str,
    actor: Actor, at: datetime,
) -> ContactGiven:  # fmt: skip
    require_sight(actor, REPORTERS_CONTACT)
    if contact is None:
        raise NoContactError
    record_look(
        actor, field=field, subject_id=subject.id, area=subject.area, purpose=purpose, at=at
    )
    return opened_contact(contact)


def opened_contact(contact: Contact) -> ContactGiven:
    """Return what a contact says. Whoever calls this puts the look on the record."""
    return ContactGiven(**orjson.loads(open_sealed(contact.sealed, SEALED, contact.id)))


def replace_contact(contact: Contact, given: ContactGiven) -> None:
    """Put a new contact in the place of one, with its end: none is ever changed."""
    fresh = Contact(area=contact.area, report_id=contact.report_id, expires_at=contact.expires_at)
    contact.delete()
    _keep(fresh, _written(given))


def erase_expired_contacts(at: datetime) -> int:
    """Delete up to `ERASE_BATCH_ROWS` contacts whose time is over; return how many."""
    with scoped(ERASER):
        expired = Contact.objects.filter(expires_at__lte=at).order_by("expires_at")
        count, _ = Contact.objects.filter(
            pk__in=list(expired.values_list("pk", flat=True)[:ERASE_BATCH_ROWS])
        ).delete()
        return count
