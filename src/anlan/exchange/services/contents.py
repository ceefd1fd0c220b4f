"""What a message to an agency says: what the agency's own desk would see, read when it is sent."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from anlan.dispatch.agencies import selectors
from anlan.kernel.errors import UnknownError

AGREEMENT = ("id", "fields", "kinds", "begins_at", "ends_at", "state", "offered_at", "answered_at")
HELP_REQUEST = (
    "id", "share_id", "incident_number", "capabilities", "unit_count", "note", "state", "reason",
    "asked_at", "due_at", "answered_at", "ended_at",
)  # fmt: skip


def _named(row: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


READS: Mapping[str, Callable[[UUID], dict[str, Any]]] = {
    "share.changed": lambda key: selectors.shared_shape(selectors.shared_incident(key)),
    "help_request.changed": lambda key: _named(selectors.help_request(key), HELP_REQUEST),
    "agreement.changed": lambda key: _named(selectors.agreement(key), AGREEMENT),
}


def content_of(topic: str, subject_id: UUID) -> dict[str, Any]:
    """Return what the agency may see of a subject now; in its scope. Nothing but the id if nothing.

    `visible` says which of both it is.
    """
    try:
        return {"visible": True, **READS[topic](subject_id)}
    except UnknownError:
        return {"visible": False, "id": subject_id}
