"""Agencies hear when an incident that they are shown has changed."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from anlan.dispatch.agencies.selectors import running_shares
from anlan.kernel.models import OutboxEntry
from anlan.kernel.outbox import Event, publish_all
from anlan.kernel.outbox_readers import Reader


def tell_agencies(entries: Sequence[OutboxEntry], at: datetime) -> None:
    """Tell each agency once of each incident that changed while it is shown to it.

    A share that began with the change has told its agency already.
    """
    changed = {entry.subject_id: entry.published_at for entry in entries}
    publish_all(
        (
            Event(
                "share.changed",
                share.area,
                share.id,
                {"number": share.incident.number, "ended": False},
                share.agency_id,
            )
            for share in running_shares(changed, at).select_related("incident")
            if share.begins_at < changed[share.incident_id]
        ),
        at=at,
    )


READER = Reader("agency-notices", Q(topic="incident.changed"), tell_agencies)
