"""The arguments of a question, read without believing anything in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from anlan.exchange.open311.errors import BadArgumentError
from anlan.kernel.errors import TooLargeError
from anlan.kernel.identifiers import tidy_number
from anlan.kernel.zones import within_calendar

SPAN_LIMIT = timedelta(days=90)
ROWS_LIMIT = 1_000
BULK_LIMIT_ROWS = 10_000
NAMES_LIMIT = 100
FORM_LIMIT_BYTES = 64 * 1024
FIELDS_LIMIT = 100
STATUSES = ("open", "closed")
_W3C = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
_DIGITS = re.compile(r"[0-9]{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which requests are asked for; `numbers` overrides everything else."""

    start: datetime
    end: datetime
    numbers: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    skip: int = 0
    limit: int = ROWS_LIMIT


def asked_for(given: Mapping[str, str], at: datetime, *, most: int = ROWS_LIMIT) -> Asked:
    """Return what is asked for; raise `BadArgumentError` naming the argument that cannot be served.

    An empty argument counts as none. Without dates it is the last 90 days; a longer span is
    refused, since what would be left out could not be told from what is not there.
    """
    start, end = _moment(given, "start_date"), _moment(given, "end_date")
    end = end or (min(at, start + SPAN_LIMIT) if start else at)
    start = start or end - SPAN_LIMIT
    if end - start > SPAN_LIMIT:
        raise BadArgumentError(field="start_date", rule="at_most_90_days")
    statuses = _names(given, "status")
    if not set(statuses) <= set(STATUSES):
        raise BadArgumentError(field="status", rule="open_or_closed")
    limit = _whole(given, "page_size", most, 1, most)
    return Asked(
        start=start,
        end=end,
        numbers=tuple(tidy_number(one) for one in _names(given, "service_request_id")),
        services=_names(given, "service_code"),
        statuses=statuses,
        skip=(_whole(given, "page", 1, 1, 100_000) - 1) * limit,
        limit=limit,
    )


def _moment(given: Mapping[str, str], name: str) -> datetime | None:
    written = given.get(name, "").replace(" ", "+")  # a plus that a client did not encode
    if not written:
        return None
    if not _W3C.fullmatch(written):
        raise BadArgumentError(field=name, rule="w3c_time")
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise BadArgumentError(field=name, rule="w3c_time") from None
    if not within_calendar(found):
        raise BadArgumentError(field=name, rule="w3c_time")
    return found


def _names(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    found = [one.strip() for one in given.get(name, "").split(",") if one.strip()]
    if len(found) > NAMES_LIMIT:
        raise BadArgumentError(field=name, rule="at_most_100")
    return tuple(dict.fromkeys(found))


def _whole(given: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    written = given.get(name, "")
    if not written:
        return usual
    if not _DIGITS.fullmatch(written) or not least <= int(written) <= most:
        raise BadArgumentError(field=name, rule="whole_number", ge=least, le=most)
    return int(written)


def form_fields(body: bytes, content_type: str) -> dict[str, list[str]]:
    """Return the fields of a form, each with all its values.

    Raises `TooLargeError`, or `BadArgumentError` for what is no form in UTF-8.
    """
    if len(body) > FORM_LIMIT_BYTES:
        raise TooLargeError(field="body", rule="at_most_64_kb")
    if content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise BadArgumentError(field="body", rule="form")
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, encoding="utf-8", errors="strict",
            max_num_fields=FIELDS_LIMIT,
        )  # fmt: skip
    except ValueError:  # bytes that are no UTF-8, or too many fields
        raise BadArgumentError(field="body", rule="form") from None
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
