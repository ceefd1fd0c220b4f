"""Django behind ASGI, each request in one thread from its first signal to its last.

Every middleware and view here is synchronous. Django's own handler goes back to the event loop
between them, and starts a thread with a fresh connection object for each request; where cores are
few, each of these crossings waits for its turn behind everything else.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import IO

import django
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpResponse
from django.urls import set_script_prefix

from anlan.kernel.asgi_types import Receive, Scope, Send


class StreamedReplyError(TypeError):
    """A view returned a reply in parts; these would be made after its connection was given back."""


class OneThreadHandler(ASGIHandler):
    """ASGI application: Django, at most `threads` requests at once."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's
        """Load the middleware as one synchronous chain."""
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what a client asked for is done even if it leaves meanwhile."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        loop = asyncio.get_running_loop()
        reply = await loop.run_in_executor(self._threads, self._answer, scope, body)
        await self.send_response(reply, send)

    def _answer(self, scope: Scope, body: IO[bytes]) -> HttpResponse:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=type(self), scope=scope)
        with body:
            request, refused = self.create_request(scope, body)
            reply = refused if request is None else self.get_response(request)
            if not isinstance(reply, HttpResponse):
                raise StreamedReplyError(type(reply).__name__)
            reply.close()  # sends the last signal: the connection goes back to the pool
        return reply


def django_application(threads: int) -> OneThreadHandler:
    """Set Django up; return it for so many requests at once."""
    django.setup(set_prefix=False)
    return OneThreadHandler(threads)
