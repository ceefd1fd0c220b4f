"""Further words that a system sends for a request of its own."""

from datetime import datetime
from uuid import UUID

from anlan.casework import selectors as casework
from anlan.casework.errors import UnknownCaseError
from anlan.exchange.open311.errors import BadArgumentError, UnknownRequestError, WrongKeyError
from anlan.exchange.open311.services.requests import Fields, first
from anlan.intake.selectors import reports_of_case
from anlan.intake.services.thread import add_update
from anlan.kernel.access import Actor
from anlan.kernel.identifiers import tidy_number


def take_update(fields: Fields, *, actor: Actor, at: datetime) -> UUID:
    """Add words to the request that the same system sent; return the id of what was added.

    Its status is not the sender's to change. Raises `UnknownRequestError`, `WrongKeyError` for a
    request that somebody else sent, `BadArgumentError`.
    """
    number, words = first(fields, "service_request_id"), first(fields, "description")
    for name, value in (("service_request_id", number), ("description", words)):
        if not value:
            raise BadArgumentError(field=name, rule="required")
    try:
        case = casework.public_case_by_number(tidy_number(number))
    except UnknownCaseError:
        raise UnknownRequestError(field="service_request_id", rule="known_request") from None
    own = [report for report in reports_of_case(case.id) if report.taken_by == actor.id]
    if not own:
        raise WrongKeyError(field="api_key", rule="own_request")
    return add_update(own[0].id, words, direction="FROM_REPORTER", actor=actor, at=at).id
