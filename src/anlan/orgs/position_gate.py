"""`POST /ingest/positions`: positions of units in batches, bare ASGI, accepted before written.

For units and gateways that tell positions by the thousand. One that wants to know that its batch
was written, whole or not at all, uses `POST /api/v1/unit-positions`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import structlog

from anlan.kernel import clock
from anlan.kernel.access import Actor
from anlan.kernel.asgi_types import Receive, Scope, Send
from anlan.kernel.errors import (
    AnlanError,
    DeniedError,
    InvalidError,
    TooLargeError,
    UnauthenticatedError,
)
from anlan.kernel.http import (
    AWAY,
    OWN_SITES,
    DatabaseAwayError,
    MalformedError,
    WrongMethodError,
)
from anlan.kernel.problems import CONTENT_TYPE, problem_document
from anlan.kernel.wording import language_of
from anlan.orgs.services.position_intake import PositionIntake, count
from anlan.orgs.services.positions import POSITION_BATCH_LIMIT, Fix

PATH = "/ingest/positions"
BODY_LIMIT_BYTES = 256 * 1024
RETRY_AFTER_S = 1
KNOWN_FOR_S = 10.0  # a sign-in is looked up afresh after so long
KNOWN_LIMIT_SIGN_INS = 10_000

FindActor = Callable[[str], Awaitable[Actor | None]]

log = structlog.get_logger("anlan.positions")


class PositionGate:
    """The ASGI application at `PATH`."""

    def __init__(self, intake: PositionIntake, find_actor: FindActor) -> None:
        self.intake = intake
        self._find_actor = find_actor
        self._known: dict[str, tuple[Actor | None, float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one batch: 202 with what became of each position, or a problem document."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        try:
            taken = await self._take(scope, headers, receive)
        except AnlanError as error:
            await _refuse(send, error, headers)
        except AWAY:
            log.warning("database_away", path=PATH)
            await _refuse(send, DatabaseAwayError(), headers)
        else:
            await _answer(send, 202, b"application/json", orjson.dumps(taken))

    async def _take(
        self, scope: Scope, headers: dict[bytes, str], receive: Receive
    ) -> dict[str, Any]:
        _check_asked(scope, headers)
        actor = await self._actor(headers.get(b"cookie", ""))
        if actor is None or not actor.signed_in:
            raise UnauthenticatedError
        entries = _entries(await _body(receive))
        at = clock.now()
        results = self.intake.take(_fixes(entries), actor=actor, at=at)
        malformed = len(entries) - results.total()
        count({"malformed": malformed})
        refused = {reason: number for reason, number in results.items() if reason != "queued"}
        if malformed:
            refused["malformed"] = malformed
        return {"queued": results["queued"], "refused": refused}

    async def _actor(self, cookies: str) -> Actor | None:
        now_s = asyncio.get_running_loop().time()
        known = self._known.get(cookies)
        if known is not None and now_s - known[1] < KNOWN_FOR_S:
            return known[0]
        actor = await self._find_actor(cookies)
        if len(self._known) >= KNOWN_LIMIT_SIGN_INS:
            self._known.clear()
        self._known[cookies] = (actor, now_s)
        return actor


def _check_asked(scope: Scope, headers: dict[bytes, str]) -> None:
    """Refuse what a foreign page could send, and what is too long, before anything is read."""
    if scope["method"] != "POST":
        raise WrongMethodError(method=scope["method"])
    if headers.get(b"sec-fetch-site", "none") not in OWN_SITES:
        raise DeniedError(code="denied.foreign_site")
    if not headers.get(b"content-type", "").startswith("application/json"):
        raise MalformedError(field="body", rule="json")
    length = headers.get(b"content-length", "0")
    if not length.isdigit() or int(length) > BODY_LIMIT_BYTES:
        raise TooLargeError(field="body", rule="at_most_256_kb")


async def _body(receive: Receive) -> bytes:
    parts, length, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise MalformedError(field="body", rule="json")
        part = message.get("body", b"")
        length += len(part)
        if length > BODY_LIMIT_BYTES:
            raise TooLargeError(field="body", rule="at_most_256_kb")
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _entries(body: bytes) -> list[Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise MalformedError(field="body", rule="json") from None
    entries = found.get("positions") if isinstance(found, dict) else None
    if not isinstance(entries, list):
        raise InvalidError(field="positions", rule="required")
    if len(entries) > POSITION_BATCH_LIMIT:
        raise InvalidError(field="positions", rule="at_most_500")
    return entries


def _fixes(entries: list[Any]) -> Iterator[Fix]:
    """Yield the entries that can be read; the others are left out, and counted by who asks."""
    for entry in entries:
        fix = fix_of(entry, None)
        if fix is not None:
            yield fix


def fix_of(entry: Any, unit_id: UUID | None) -> Fix | None:
    """Return what a JSON object tells: `lon`, `lat`, `at` and, unless given, `unit_id`.

    None where something is missing, or is not of its sort. `at` must say its offset from UTC.
    """
    try:
        unit = unit_id or UUID(entry["unit_id"])
        at = datetime.fromisoformat(entry["at"])
        lon, lat = entry["lon"], entry["lat"]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    numbers = all(type(value) in {int, float} for value in (lon, lat))
    return Fix(unit, float(lon), float(lat), at) if numbers and at.tzinfo else None


async def _refuse(send: Send, error: AnlanError, headers: dict[bytes, str]) -> None:
    document = problem_document(error, language_of(headers.get(b"accept-language", "")))
    again = [(b"retry-after", str(RETRY_AFTER_S).encode())] if error.status == 503 else []
    content = orjson.dumps(document, default=str)
    await _answer(send, error.status, CONTENT_TYPE.encode(), content, again)


async def _answer(
    send: Send,
    status: int,
    kind: bytes,
    content: bytes,
    more: list[tuple[bytes, bytes]] | None = None,
) -> None:
    headers = [
        (b"content-type", kind),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *(more or []),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
