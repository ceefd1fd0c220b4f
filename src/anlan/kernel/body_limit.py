"""A bound on request bodies that holds for chunked ones too."""

from typing import Any

from anlan.kernel.asgi_types import Application, Receive, Scope, Send
from anlan.kernel.http import BODY_LIMIT_BYTES

REFUSAL = (
    b'{"type":"urn:anlan:problem:too_large","title":"That is too large. / \xe5\x86\x85\xe5\xae\xb9'
    b'\xe8\xbf\x87\xe5\xa4\xa7\xe3\x80\x82","status":413,"code":"too_large","facts":{},'
    b'"field":"body","rule":"at_most_6_mb"}'
)


class BodyLimit:
    """ASGI middleware: refuse a body over `BODY_LIMIT_BYTES` before it is kept anywhere."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request unless its body is too large."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}:
            await self.application(scope, receive, send)
            return
        parts: list[dict[str, Any]] = []
        size, more = 0, True
        while more:
            message = await receive()
            parts.append(message)
            size += len(message.get("body", b""))
            more = bool(message.get("more_body", False))
            if size > BODY_LIMIT_BYTES:
                await _refuse(send)
                return
        waiting = iter(parts)

        async def replayed() -> Any:
            return next(waiting, None) or await receive()

        await self.application(scope, replayed, send)


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": REFUSAL})
