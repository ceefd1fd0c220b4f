"""A bound on request bodies that holds for chunked ones too."""

from typing import Any

import orjson

from anlan.kernel.asgi_types import Application, Receive, Scope, Send
from anlan.kernel.http import BODY_LIMIT_BYTES

READ_AWAY_LIMIT_BYTES = 64 * 1024 * 1024
SAID = "That is too large: at most 6 MB. / 内容过大：不超过 6 MB。"
PROBLEM = {
    "type": "urn:anlan:problem:too_large",
    "title": SAID,
    "status": 413,
    "code": "too_large",
    "facts": {},
    "field": "body",
    "rule": "at_most_6_mb",
}
PHOTO = "A photo may have at most 5 MB. Nothing was kept: please send it again with a smaller one."
PHOTO_ZH = "照片不超过 5 MB。未保存任何内容：请选择较小的照片重新提交。"
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport"'
    ' content="width=device-width"><link rel="icon" href="data:,">'
    f"<title>Anlan</title><h1>{SAID}</h1>"
    f'<p>{PHOTO}</p><p lang="zh-CN">{PHOTO_ZH}</p>'
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
                parts.clear()
                if more:
                    await _read_away(receive)
                await _refuse(scope, send)
                return
        waiting = iter(parts)

        async def replayed() -> Any:
            return next(waiting, None) or await receive()

        await self.application(scope, replayed, send)


async def _read_away(receive: Receive) -> None:
    """Read on without keeping: a browser that is still sending does not read an answer."""
    size, more = 0, True
    while more and size < READ_AWAY_LIMIT_BYTES:
        message = await receive()
        size += len(message.get("body", b""))
        more = bool(message.get("more_body", False))


async def _refuse(scope: Scope, send: Send) -> None:
    accepted = dict(scope["headers"]).get(b"accept", b"")
    kind, body = b"application/problem+json", orjson.dumps(PROBLEM)
    if b"text/html" in accepted:
        kind, body = b"text/html; charset=utf-8", PAGE.encode()
    headers = [(b"content-type", kind), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
