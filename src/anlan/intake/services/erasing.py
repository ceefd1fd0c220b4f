"""What a reporter told in words is erased: in its time, or when the reporter asks.

The report stays, for it is part of a matter: its number, kind, place on the map and times. Words
become a mark, photos and contact are deleted, and the audit log has an entry for each row.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from anlan.intake.models import ERASED, Contact, Report, ReportPhoto, ReportUpdate
from anlan.kernel.access import system_actor
from anlan.kernel.retention import kept_for
from anlan.kernel.scope import scoped

__all__ = ["ERASED", "erase_contact_of", "erase_old_words", "erase_words_of"]

ERASE_BATCH_ROWS = 200
ERASER = system_actor("words-expiry", sees_sealed=True)


def erase_old_words(at: datetime) -> int:
    """Erase the words of up to `ERASE_BATCH_ROWS` reports whose time is over; return how many."""
    with scoped(ERASER):
        over = Report.objects.filter(received_at__lt=at - kept_for("reporter_words", at))
        due = over.exclude(text=ERASED).order_by("received_at").values_list("pk", flat=True)
        return erase_words_of(list(due[:ERASE_BATCH_ROWS]))


def erase_words_of(report_ids: Collection[UUID]) -> int:
    """Put the mark in place of what some reports say, and delete their photos; return how many.

    In the caller's transaction and scope. Words to the reporter go too: they may repeat what was
    said.
    """
    ReportPhoto.objects.filter(report_id__in=report_ids).delete()
    further = ReportUpdate.objects.filter(report_id__in=report_ids).exclude(text=ERASED)
    further.update(text=ERASED)
    return Report.objects.filter(pk__in=report_ids).update(text=ERASED, place_text=ERASED)


def erase_contact_of(report: Report) -> bool:
    """Delete the contact of a report, and that of the call it came by; say if there was any."""
    count, _ = Contact.objects.filter(report=report).delete()
    if report.call_id is not None:
        count += Contact.objects.filter(call_id=report.call_id).delete()[0]
    return bool(count)
