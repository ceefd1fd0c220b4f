"""Bodies over the limit: refused whole, read to the end, told in the reader's form."""

import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync

from anlan.kernel.body_limit import READ_AWAY_LIMIT_BYTES, BodyLimit
from anlan.kernel.http import BODY_LIMIT_BYTES

MIB = 1024 * 1024


class Wire:
    """A connection that sends `chunks` and keeps what it is answered."""

    def __init__(self, *chunks: bytes) -> None:
        self.waiting = [
            {"type": "http.request", "body": chunk, "more_body": n < len(chunks)}
            for n, chunk in enumerate(chunks, 1)
        ]
        self.answered: list[dict[str, Any]] = []
        self.served = b""

    async def receive(self) -> dict[str, Any]:
        return self.waiting.pop(0)

    async def send(self, message: dict[str, Any]) -> None:
        self.answered.append(message)

    async def application(self, scope: Any, receive: Any, send: Any) -> None:
        more = True
        while more:
            message = await receive()
            self.served += message["body"]
            more = message["more_body"]


def serve(wire: Wire, *headers: tuple[bytes, bytes]) -> Wire:
    scope = {"type": "http", "method": "POST", "headers": list(headers)}
    async_to_sync(BodyLimit(wire.application))(scope, wire.receive, wire.send)
    return wire


def test_body_at_the_limit_arrives_whole() -> None:
    chunks = [b"x" * MIB] * (BODY_LIMIT_BYTES // MIB)
    wire = serve(Wire(*chunks))
    assert wire.served == b"".join(chunks)
    assert wire.answered == []


def test_body_over_the_limit_is_read_away_and_never_served() -> None:
    wire = serve(Wire(*[b"x" * MIB] * 9))
    assert (wire.served, wire.waiting) == (b"", [])
    assert wire.answered[0]["status"] == 413
    problem = json.loads(wire.answered[1]["body"])
    assert (problem["field"], problem["rule"]) == ("body", "at_most_6_mb")


def test_endless_body_is_left_unread_after_a_bound() -> None:
    behind = 5
    sent = (BODY_LIMIT_BYTES + READ_AWAY_LIMIT_BYTES) // MIB + 1 + behind
    wire = serve(Wire(*[b"x" * MIB] * sent))
    assert len(wire.waiting) == behind
    assert wire.answered[0]["status"] == 413


@pytest.mark.parametrize(
    ("accepted", "kind"),
    [
        (b"text/html,application/xhtml+xml", b"text/html; charset=utf-8"),
        (b"application/json", b"application/problem+json"),
    ],
)
def test_refusal_comes_in_the_form_the_client_reads(accepted: bytes, kind: bytes) -> None:
    wire = serve(Wire(b"x" * (BODY_LIMIT_BYTES + 1)), (b"accept", accepted))
    assert (b"content-type", kind) in wire.answered[0]["headers"]
    assert "内容过大" in wire.answered[1]["body"].decode()


def test_visitor_whose_photo_has_40_mb_reads_what_was_wrong_with_it() -> None:
    wire = serve(Wire(*[b"x" * MIB] * 40), (b"accept", b"text/html"))
    assert (wire.served, wire.waiting, wire.answered[0]["status"]) == (b"", [], 413)
    said = wire.answered[1]["body"].decode()
    assert "A photo may have at most 5 MB. Nothing was kept" in said
    assert "照片不超过 5 MB" in said
