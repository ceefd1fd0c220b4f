"""A refusal before the application: the problem document, without a thread or a connection."""

import orjson

from anlan.kernel.asgi_types import Scope, Send
from anlan.kernel.errors import AnlanError
from anlan.kernel.problems import CONTENT_TYPE, problem_document
from anlan.kernel.wording import language_of


async def turn_away(scope: Scope, send: Send, error: AnlanError, retry_after_s: int) -> None:
    """Answer a request with `error`, in the reader's language, and say when to come again."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    language = language_of(headers.get(b"accept-language", ""))
    start = {
        "type": "http.response.start",
        "status": error.status,
        "headers": [
            (b"content-type", CONTENT_TYPE.encode()),
            (b"content-language", language.encode()),
            (b"retry-after", str(retry_after_s).encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
        ],
    }
    await send(start)
    body = orjson.dumps(problem_document(error, language))
    await send({"type": "http.response.body", "body": body})
