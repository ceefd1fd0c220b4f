"""The public HTTP API as its clients reach it: sessions, keys, and asking again.

Every write carries an Idempotency-Key. When no answer comes, or only that a part is away, the same
request is sent again with the same key, so that nothing is lost and nothing is done twice.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx

from anlan.kernel.errors import OperatorError
from anlan.kernel.purposes import HEADER

API = "/api/v1/"
ANSWER_LIMIT_S = 20.0
TRIES_LIMIT = 120
TRY_AGAIN_AFTER_S = 0.5
AWAY = frozenset({502, 503, 504})
KEY_BUSY = "idempotency.key_busy"

Json = Any
"""What the API answers: `api/openapi.json` tells its shapes."""


class RefusalError(Exception):
    """The server refused a request for a reason that is part of the work.

    Attributes
    ----------
    status : int
        400 to 499.
    code : str
        The problem's stable code.
    """

    def __init__(self, status: int, code: str, asked: str, detail: str) -> None:
        """Keep what was asked and why it was refused."""
        super().__init__(f"{asked}: {status} {code}: {detail}")
        self.status = status
        self.code = code


class LinkError(OperatorError):
    """The server gave no answer, or one that no client can go on from. Facts: `reason`."""

    code = "demo.link"


class Link:
    """One keep-alive connection to a server, shared by everybody who is signed in.

    Attributes
    ----------
    requests, repeats : int
        How many requests were answered, and how many had to be sent again.
    """

    def __init__(
        self, address: str, language: str, pause: Callable[[float], None],
        transport: httpx.BaseTransport | None = None,
    ) -> None:  # fmt: skip
        """Reach the server at `address`; `pause` waits for so many seconds and may raise."""
        self.address = address
        self.language = language
        self.requests = 0
        self.repeats = 0
        self._pause = pause
        self._transport = transport or httpx.HTTPTransport()

    def client(self) -> httpx.Client:
        """Return a client with cookies of its own on the shared connection."""
        return httpx.Client(
            base_url=self.address + API,
            transport=self._transport,
            timeout=ANSWER_LIMIT_S,
            headers={"Accept-Language": self.language},
            trust_env=False,
        )

    def answer(self, client: httpx.Client, request: httpx.Request) -> httpx.Response:
        """Send a request until it is answered.

        Raises
        ------
        LinkError
            It was not answered after `TRIES_LIMIT` tries.
        """
        for _ in range(TRIES_LIMIT):
            try:
                reply = client.send(request)
            except httpx.TransportError:
                pass
            else:
                if reply.status_code not in AWAY and _code(reply) != KEY_BUSY:
                    self.requests += 1
                    return reply
            self.repeats += 1
            self._pause(TRY_AGAIN_AFTER_S)
        raise LinkError(reason=f"{request.method} {request.url.path} was never answered")

    def close(self) -> None:
        """Close the connection."""
        self._transport.close()


class Session:
    """One person at the API: signed in at the first request, and again when a session has ended.

    Without a username it is a visitor.
    """

    def __init__(self, link: Link, username: str = "", password: str = "") -> None:
        """Sign nobody in yet."""
        self.username = username
        self._link = link
        self._client = link.client()
        self._signs_in_with = {"username": username, "password": password} if username else None
        self._signed_in = self._signs_in_with is None

    def get(self, path: str, **query: object) -> Json:
        """GET `path` below the API."""
        return self._ask("GET", path, params={k: str(v) for k, v in query.items()})

    def post(self, path: str, **body: object) -> Json:
        """POST `body` as JSON to `path` below the API."""
        return self._ask("POST", path, json=body, headers={"Idempotency-Key": str(uuid4())})

    def put(self, path: str, **body: object) -> Json:
        """PUT `body` as JSON to `path` below the API."""
        return self._ask("PUT", path, json=body, headers={"Idempotency-Key": str(uuid4())})

    def upload(self, path: str, field: str, jpeg: bytes) -> Json:
        """POST a photo to `path` below the API."""
        files = {field: ("photo.jpg", jpeg, "image/jpeg")}
        return self._ask("POST", path, files=files, headers={"Idempotency-Key": str(uuid4())})

    def _ask(self, method: str, path: str, **content: Any) -> Json:
        """Raise `RefusalError` for what the server refuses, `LinkError` for what it fails at."""
        if not self._signed_in:
            self._sign_in()
        reply = self._send(method, path, **content)
        if reply.status_code == httpx.codes.UNAUTHORIZED and self._signs_in_with:
            self._sign_in()
            reply = self._send(method, path, **content)
        return _content(reply)

    def _send(self, method: str, path: str, **content: Any) -> httpx.Response:
        return self._link.answer(self._client, self._client.build_request(method, path, **content))

    def _sign_in(self) -> None:
        me = _content(self._send("POST", "session", json=self._signs_in_with))
        self._client.headers[HEADER] = next(iter(me["purposes"]), "")
        self._signed_in = True


def _content(reply: httpx.Response) -> Json:
    asked = f"{reply.request.method} {reply.request.url.path}"
    if reply.is_success:
        return reply.json() if reply.content else None
    if reply.is_client_error:
        problem = reply.json()
        detail = problem.get("detail") or problem.get("title", "")
        raise RefusalError(reply.status_code, problem.get("code", ""), asked, detail)
    raise LinkError(reason=f"{asked} was answered with {reply.status_code}")


def _code(reply: httpx.Response) -> str:
    if reply.status_code != httpx.codes.CONFLICT:
        return ""
    return str(reply.json().get("code", ""))
