"""Django behind the event loop: a request stays in one thread, and only so many are there."""

import asyncio
import threading
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from anlan.project.one_thread import OneThreadHandler, StreamedReplyError

SCOPE = {
    "type": "http", "method": "POST", "path": "/somewhere", "query_string": b"", "headers": [],
}  # fmt: skip
BODY = {"type": "http.request", "body": b"asked", "more_body": False}
GONE = {"type": "http.disconnect"}


class Answering(OneThreadHandler):
    """Django's handler with a view in place of all middleware."""

    def __init__(self, threads: int, view: Any) -> None:
        super().__init__(threads)
        self._middleware_chain = view


def asked(handler: OneThreadHandler, *messages: dict[str, Any], times: int = 1) -> list[Any]:
    """Send requests at once; return everything that was sent back."""
    sent: list[Any] = []

    async def one() -> None:
        coming = iter(messages)

        async def receive() -> dict[str, Any]:
            return next(coming)

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await handler(dict(SCOPE), receive, send)

    async def every() -> None:
        await asyncio.gather(*(one() for _ in range(times)))

    asyncio.run(every())
    return sent


def test_request_stays_in_one_thread_from_its_first_signal_to_its_last() -> None:
    seen: list[tuple[str, int]] = []

    def note(what: str) -> None:
        seen.append((what, threading.get_ident()))

    def view(request: HttpRequest) -> HttpResponse:
        note("view")
        return HttpResponse(request.body.upper(), status=201)

    def begin(**_: object) -> None:
        note("begin")

    def end(**_: object) -> None:
        note("end")

    request_started.connect(begin)
    request_finished.connect(end)
    try:
        start, body = asked(Answering(2, view), BODY)
    finally:
        request_started.disconnect(begin)
        request_finished.disconnect(end)
    assert (start["status"], body["body"]) == (201, b"ASKED")
    assert [what for what, _ in seen] == ["begin", "view", "end"]
    assert len({thread for _, thread in seen}) == 1
    assert seen[0][1] != threading.get_ident()


def test_no_more_requests_are_there_at_once_than_threads() -> None:
    inside, most, lock = [0], [0], threading.Lock()
    two = threading.Barrier(2)

    def view(request: HttpRequest) -> HttpResponse:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        two.wait(60)
        with lock:
            inside[0] -= 1
        return HttpResponse()

    assert len(asked(Answering(2, view), BODY, times=6)) == 12
    assert most == [2]


def test_request_whose_client_leaves_before_all_is_said_is_not_begun() -> None:
    views: list[HttpRequest] = []
    half = BODY | {"more_body": True}
    assert asked(Answering(1, views.append), half, GONE) == []
    assert views == []


def test_reply_in_parts_is_refused() -> None:
    def view(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse([b"a", b"b"])

    with pytest.raises(StreamedReplyError):
        asked(Answering(1, view), BODY)
