"""A small provider of our own on the loopback address: it signs real tokens, and errs when told.

It keeps to OpenID Connect where a test does not tell it otherwise: a code counts once, for the
client, the address to return to and the proof key that it was asked with.
"""

import base64
import hashlib
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from anlan.kernel import clock

CLIENT_ID = "anlan-centre"
CLIENT_SECRET = "a secret of the tests"
RETURN_TO = "https://anlan.example/console/sign-in/provider"


@cache
def key_of(algorithm: str, kid: str) -> Key:
    """Return a key for an algorithm; the same for the same name."""
    if algorithm == "RS256":
        return RSAKey.generate_key(2048, {"kid": kid})
    if algorithm == "ES256":
        return ECKey.generate_key("P-256", {"kid": kid})
    return OKPKey.generate_key("Ed25519", {"kid": kid})


class SmallProvider:
    """A provider, as its department runs it.

    Attributes
    ----------
    algorithm, kid : str
        By what the next token is signed.
    claims : dict
        Laid over the claims of the next token; None takes a claim away.
    sign : callable
        Makes the token of the claims, where a test makes one by another way.
    said : dict
        Laid over what it says of itself.
    asked : Counter
        How often which path was asked.
    """

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.keep_to_the_rules()

    def keep_to_the_rules(self) -> None:
        """Forget what it was told, and what it was asked."""
        self.algorithm, self.kid = "RS256", "one"
        self.published = [("RS256", "one")]
        self.claims: dict[str, Any] = {}
        self.said: dict[str, Any] = {}
        self.sign: Callable[[dict[str, Any]], str] = self._signed
        self.padding = 0
        self.asked: Counter[str] = Counter()
        self._codes: dict[str, dict[str, str]] = {}

    def enter(self, address: str, subject: str) -> dict[str, str]:
        """Let somebody sign in at an address; return what their browser brings back."""
        asked = dict(parse_qsl(urlsplit(address).query, strict_parsing=True))
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["redirect_uri"] == RETURN_TO
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked | {"subject": subject}
        return {"state": asked["state"], "code": code, "issuer": self.issuer}

    def answer(self, path: str, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        """Return status and content for a path."""
        self.asked[path] += 1
        if path == "/.well-known/openid-configuration":
            return 200, self._discovery() | self.said
        if path == "/keys":
            keys = [key_of(*one).as_dict(private=False) for one in self.published]
            return 200, {"keys": keys, "padding": "x" * self.padding}
        if path == "/token":
            return self._token(form, authorization)
        return 404, {}

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/enter",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def _token(self, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        asked = self._codes.pop(form.get("code", ""), None)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        client = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if (
            asked is None
            or authorization != f"Basic {client}"
            or form.get("redirect_uri") != asked["redirect_uri"]
            or challenge != asked["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        now_s = int(clock.machine_now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": asked["subject"],
            "nonce": asked["nonce"],
            "iat": now_s,
            "exp": now_s + 300,
        } | self.claims
        said = {name: value for name, value in claims.items() if value is not None}
        return 200, {"id_token": self.sign(said), "token_type": "Bearer", "access_token": "none"}

    def _signed(self, claims: dict[str, Any]) -> str:
        header = {"alg": self.algorithm, "kid": self.kid}
        key = key_of(self.algorithm, self.kid)
        return jwt.encode(header, claims, key, algorithms=[self.algorithm])


@contextmanager
def running() -> Iterator[SmallProvider]:
    """Run a provider on a free port for as long as it is needed."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send({})

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send({name: values[0] for name, values in parse_qs(raw).items()})

        def _send(self, form: dict[str, str]) -> None:
            status, content = provider.answer(
                urlsplit(self.path).path, form, self.headers.get("Authorization", "")
            )
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = SmallProvider(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
