"""Rules of asking for some requests only."""

from collections.abc import Callable
from datetime import datetime, timedelta

from open311_check.examination import WINDOW, Examination, Reply, written
from open311_check.outcomes import NotApplicableError, require
from open311_check.reading import Record, moment, shown, text
from open311_check.rules import RuleList

LIST = RuleList("GeoReport v2, GET Service Requests, arguments and response volume")
RULES = LIST.rules
rule = LIST.rule
ROWS_LIMIT = 1_000
CLOCKS_APART = timedelta(days=1)  # the server's clock may be off, and time passes while one asks


def ids(found: list[Record]) -> set[str]:
    """Return the ids of requests."""
    return {text(one.get("service_request_id")) for one in found}


def asked(seen: Examination, **query: str) -> tuple[Reply, list[Record]]:
    """Ask for requests; return the reply and what stands in it."""
    reply = seen.get("requests", **query)
    return reply, reply.records("service_requests", "request")


def made(one: Record) -> datetime:
    """Return when a request was made."""
    found = moment(one.get("requested_datetime"))
    require(found, f"requested_datetime {shown(one.get('requested_datetime'))!r}")
    assert found is not None  # noqa: S101 - `require` has seen to it
    return found


@rule("FLT-1", "Without arguments at most 1,000 requests of the last 90 days are returned.")
def default_volume(seen: Examination) -> None:
    """Ask without arguments."""
    reply, found = asked(seen)
    require(len(found) <= ROWS_LIMIT, f"{reply.asked}: {len(found)} requests")
    for one in found:
        age = seen.at - made(one)
        fine = age <= WINDOW + CLOCKS_APART
        require(fine, f"{reply.asked}: one of {text(one.get('requested_datetime'))}")


@rule("FLT-2", "start_date and end_date bound when a request was made.")
def dates_bound(seen: Examination) -> None:
    """Ask for the day around a known request."""
    known = seen.requests()[-1]
    start, end = made(known) - timedelta(hours=1), made(known) + timedelta(hours=1)
    reply, found = asked(seen, start_date=written(start), end_date=written(end))
    outside = [one for one in found if not start <= made(one) <= end + timedelta(seconds=1)]
    require(not outside, f"{reply.asked}: {len(outside)} outside, as {_first(outside, made)}")
    own = ids([known]) <= ids(found) or len(found) >= ROWS_LIMIT
    require(own, f"{reply.asked}: {text(known.get('service_request_id'))} is not among them")


def _first(found: list[Record], of: Callable[[Record], object]) -> str:
    return shown(of(found[0])) if found else ""


@rule("FLT-3", "A range does not span more than 90 days.")
def range_is_bounded(seen: Examination) -> None:
    """Ask for two years: a refusal is as good as a shorter answer."""
    start, end = seen.at - timedelta(days=730), seen.at
    reply = seen.get("requests", start_date=written(start), end_date=written(end))
    if reply.status == 400:
        return
    found = [made(one) for one in reply.records("service_requests", "request")]
    if found:
        days = (max(found) - min(found)).days
        require(days <= WINDOW.days, f"{reply.asked}: {days} days")


@rule("FLT-4", "status narrows the list; both may be asked for, with a comma.")
def status_narrows(seen: Examination) -> None:
    """Ask for each and for both."""
    query = seen.requests_query()
    for status in ("open", "closed"):
        reply, found = asked(seen, **query, status=status)
        others = {text(one.get("status")) for one in found} - {status}
        require(not others, f"{reply.asked}: {shown(others)}")
    reply, found = asked(seen, **query, status="open,closed")
    missing = ids(seen.requests()) - ids(found)
    require(len(missing) <= 2, f"{reply.asked}: {len(missing)} of the whole list are missing")


@rule("FLT-5", "service_code narrows the list; several may be asked for, with a comma.")
def service_narrows(seen: Examination) -> None:
    """Ask for one service and for two."""
    query = seen.requests_query()
    codes = sorted({text(one.get("service_code")) for one in seen.requests()})[:2]
    for wanted in ([codes[0]], codes):
        reply, found = asked(seen, **query, service_code=",".join(wanted))
        others = {text(one.get("service_code")) for one in found} - set(wanted)
        require(not others, f"{reply.asked}: {shown(others)}")
        present = {text(one.get("service_code")) for one in found}
        full = len(found) >= ROWS_LIMIT
        require(full or present == set(wanted), f"{reply.asked}: only {shown(present)}")


@rule("FLT-6", "service_request_id, several with commas, overrides every other argument.")
def ids_override(seen: Examination) -> None:
    """Ask for two ids with filters that would let neither through."""
    first = seen.requests()[:2]
    wanted = sorted(ids(first))
    status = "closed" if text(first[0].get("status")) == "open" else "open"
    reply, found = asked(
        seen,
        service_request_id=",".join(wanted),
        status=status,
        start_date="2001-01-01T00:00:00Z",
        end_date="2001-01-02T00:00:00Z",
    )
    require(sorted(ids(found)) == wanted, f"{reply.asked}: {shown(sorted(ids(found)))}")


@rule("FLT-7", "A date that is not in W3C form cannot be served: 400.")
def bad_date(seen: Examination) -> None:
    """Ask with a word instead of a date."""
    reply = seen.get("requests", start_date="yesterday")
    require(reply.status == 400, f"{reply.asked} answered {reply.status}")


@rule("FLT-8", "A service_code that nobody has finds nothing, or is not found.")
def unknown_code(seen: Examination) -> None:
    """Ask for a code that does not exist: the filter must not be dropped."""
    if not seen.get("requests").records("service_requests", "request"):
        raise NotApplicableError(seen="no request of the last 90 days")
    reply = seen.get("requests", service_code="no-such-service-9f3c1b")
    if reply.status in {400, 404}:
        return
    found = reply.records("service_requests", "request")
    require(not found, f"{reply.asked}: {len(found)} requests")
