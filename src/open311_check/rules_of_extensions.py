"""Rules of what goes beyond GeoReport v2: updates, pages, and the bulk profile."""

import csv
import io

from open311_check.examination import Examination, Reply, written
from open311_check.outcomes import NotApplicableError, NotKeptError, require
from open311_check.reading import Record, moment, number, shown, text
from open311_check.rules import RuleList

UPDATES = RuleList("Service request updates (extension of FixMyStreet)")
PAGES = RuleList("GeoReport v2 Extensions, Pagination")
BULK = RuleList("GeoReport Bulk Data Specification (proposed)")
RULES = (UPDATES.rules, PAGES.rules, BULK.rules)
UPDATE_FIELDS = ("update_id", "service_request_id", "status", "updated_datetime")
COLUMNS = (
    "service_request_id", "requested_datetime", "updated_datetime", "closed_date",
    "status_description", "status_notes", "source", "service_name", "service_subtype",
    "description", "agency_responsible", "address", "lat", "long",
)  # fmt: skip
NEEDED = (
    "service_request_id", "requested_datetime", "updated_datetime", "status_description",
    "service_name",
)  # fmt: skip
BULK_DATES = ("requested_datetime", "updated_datetime", "closed_date")


def updates(seen: Examination, **query: str) -> tuple[Reply, list[Record]]:
    """Return what the updates resource answers; not applicable where there is none."""
    reply = seen.get("servicerequestupdates", **query)
    if reply.status == 404 and not query:
        raise NotApplicableError(seen="the server has no servicerequestupdates")
    return reply, reply.records("service_request_updates", "request_update")


@UPDATES.rule("UPD-1", "Updates have an id, the request's id, its status then, and when.")
def updates_have_fields(seen: Examination) -> None:
    """Look at each."""
    _, found = updates(seen)
    if not found:
        raise NotApplicableError(seen="no update to look at")
    for one in found:
        missing = [name for name in UPDATE_FIELDS if not text(one.get(name))]
        require(not missing, f"update {shown(one.get('update_id'))}: {', '.join(missing)}")
        said = text(one["status"]).lower()
        require(said in {"open", "closed"}, f"update {text(one['update_id'])}: {shown(said)!r}")


@UPDATES.rule("UPD-2", "updated_datetime is in W3C form and names its zone.")
def updates_have_dates(seen: Examination) -> None:
    """Look at each date."""
    _, found = updates(seen)
    if not found:
        raise NotApplicableError(seen="no update to look at")
    for one in found:
        said = one.get("updated_datetime")
        require(moment(said), f"update {text(one.get('update_id'))}: {shown(said)!r}")


@UPDATES.rule("UPD-3", "start_date and end_date bound when an update was made.")
def updates_are_bounded(seen: Examination) -> None:
    """Ask up to the first update: nothing later may come."""
    _, found = updates(seen)
    times = sorted(at for one in found if (at := moment(one.get("updated_datetime"))))
    if not times or times[0] == times[-1]:
        raise NotApplicableError(seen="fewer than two updates at different times")
    start, end = times[0].replace(microsecond=0), times[0]
    query = {"start_date": written(start), "end_date": written(end)}
    reply, bounded = updates(seen, **query)
    late = [one for one in bounded if (moment(one.get("updated_datetime")) or end) > end]
    require(not late, f"{reply.asked}: {len(late)} later ones")
    require(len(bounded) < len(found), f"{reply.asked}: all {len(found)}")


@PAGES.rule("PAGE-1", "page_size bounds the list, and page leads on to other requests.")
def pages_lead_on(seen: Examination) -> None:
    """Ask for two pages of one request each; a server without pages takes no notice."""
    query = seen.requests_query()
    if len(seen.requests()) < 2:
        raise NotApplicableError(seen="fewer than two requests")
    sides = [
        seen.get("requests", **query, page=page, page_size="1").records(
            "service_requests", "request"
        )
        for page in ("1", "2")
    ]
    if len(sides[0]) > 1:
        raise NotApplicableError(seen="the server has no pages")
    ids = [[text(one.get("service_request_id")) for one in side] for side in sides]
    require(
        len(ids[1]) == 1 and ids[0] != ids[1], f"page 1 {shown(ids[0])}, page 2 {shown(ids[1])}"
    )


def bulk_reply(seen: Examination) -> Reply:
    """Return the bulk file in CSV."""
    if not seen.given.bulk:
        raise NotApplicableError(seen="no bulk file was named (--bulk URL)")
    reply = seen.fetch(seen.given.bulk, "csv")
    require(reply.status == 200, f"{reply.asked} answered {reply.status}")
    return reply


def bulk_rows(seen: Examination) -> list[Record]:
    """Return the rows of the bulk file by column."""
    reply = bulk_reply(seen)
    try:
        written_out = reply.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotApplicableError(seen=f"byte {error.start} is no UTF-8") from None
    return list(csv.DictReader(io.StringIO(written_out, newline="")))


@BULK.rule("BULK-1", "The file is CSV in UTF-8 and says so: text/csv; charset=utf-8.")
def bulk_type(seen: Examination) -> None:
    """Look at header and bytes."""
    reply = bulk_reply(seen)
    kind = reply.content_type.lower().replace(" ", "")
    require(kind.startswith("text/csv"), f"{reply.asked}: {shown(reply.content_type)}")
    require("charset=utf-8" in kind, f"{reply.asked}: {shown(reply.content_type)}")
    try:
        reply.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotKeptError(seen=f"{reply.asked}: byte {error.start} is no UTF-8") from None


@BULK.rule("BULK-2", "The first line names the columns; all 14 are there.")
def bulk_columns(seen: Examination) -> None:
    """Look at the first line."""
    first = bulk_reply(seen).body.decode("utf-8-sig", errors="replace").splitlines()[:1]
    named = next(csv.reader(first), [])
    missing = [name for name in COLUMNS if name not in named]
    require(not missing, f"no {', '.join(missing)}")


@BULK.rule("BULK-3", "What is not optional is filled in, and every row has the same columns.")
def bulk_values(seen: Examination) -> None:
    """Look at each row."""
    for line, row in enumerate(bulk_rows(seen), 2):
        empty = [name for name in NEEDED if not text(row.get(name))]
        require(not empty, f"line {line}: empty: {', '.join(empty)}")
        even = None not in row and None not in row.values()
        require(even, f"line {line}: another number of columns")


@BULK.rule("BULK-4", "Dates are in W3C form and name their zone; lat and long are degrees.")
def bulk_forms(seen: Examination) -> None:
    """Look at each row."""
    for line, row in enumerate(bulk_rows(seen), 2):
        for name in BULK_DATES:
            said = text(row.get(name))
            require(not said or moment(said), f"line {line}: {name} {shown(said)!r}")
        for name, limit in (("lat", 90), ("long", 180)):
            said = text(row.get(name))
            degrees = number(said)
            fine = not said or (degrees is not None and abs(degrees) <= limit)
            require(fine, f"line {line}: {name} {shown(said)!r}")
