"""What is checked alike in an agreement, a share and a request."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from anlan.dispatch.agencies.errors import BadTermError, UnknownAgencyError
from anlan.dispatch.agencies.transitions import AGENCY_KINDS
from anlan.orgs.models import Organisation


def checked_fields(fields: Iterable[str], allowed: Collection[str]) -> list[str]:
    """Return the fields in the order of `allowed`; raise unless they are one or more of them."""
    named = set(fields)
    if not named or not named <= set(allowed):
        raise BadTermError(field="fields", rule="agreed_fields")
    return [field for field in allowed if field in named]


def checked_end(ends_at: datetime, begins_at: datetime, limit: timedelta) -> datetime:
    """Return `ends_at` if it lies after `begins_at` and within `limit` of it."""
    if not begins_at < ends_at <= begins_at + limit:
        raise BadTermError(field="ends_at", rule="later_and_within", days=limit.days)
    return ends_at


def checked_agency(organisation: Organisation) -> Organisation:
    """Return an organisation that may be linked; raise `UnknownAgencyError` for any other."""
    if organisation.kind not in AGENCY_KINDS:
        raise UnknownAgencyError(field="agency_id", rule="linked_agency")
    return organisation
