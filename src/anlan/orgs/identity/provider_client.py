"""A provider asked over HTTP: what it says of itself, its keys, an ID token for a code.

Only the issuer's own host is asked, over https, for a bounded time and answer. Sources: OpenID
Connect Discovery 1.0; OpenID Connect Core 1.0, 3.1.3; RFC 7636.
"""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpx
import orjson
from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from anlan.orgs.identity.errors import (
    ProviderAddressError,
    ProviderAnswerError,
    ProviderAwayError,
)

ADDRESS_MAX_CHARACTERS = 300
ANSWER_LIMIT_BYTES = 256 * 1024
CONNECT_LIMIT_S = 3.0
ANSWER_LIMIT_S = 6.0
KEPT_FOR_S = 600.0
"""How long a process believes what a provider said of itself, and its keys."""
KEYS_AGAIN_AFTER_S = 30.0
"""Between two looks for a key that is not known yet: forged tokens name keys as they like."""
DISCOVERY = "/.well-known/openid-configuration"
LOOPBACK = frozenset({"127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider says of itself, and when it was asked (seconds of the process's clock)."""

    authorization_endpoint: str
    token_endpoint: str
    keys_address: str
    secret_in_body: bool
    asked_at_s: float


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a provider, and when they were fetched."""

    found: KeySet
    asked_at_s: float


@dataclass(frozen=True, slots=True)
class Client:
    """Who we are to a provider."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str


_said: dict[str, Said] = {}
_keys: dict[str, Keys] = {}


def checked_address(address: str, field: str) -> SplitResult:
    """Return the parts of an address of a provider, or of ours that it sends people back to.

    Raises `ProviderAddressError`: not https, or with a user's name, a query or a fragment. Plain
    http is for tests alone, on the loopback address, where the settings say so.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ProviderAddressError(field=field, rule="plain_address") from None
    extra = parts.username or parts.password or parts.query or parts.fragment
    known = address.isascii() and not any(one <= " " for one in address)
    if extra or not known or not parts.hostname or port == 0:
        raise ProviderAddressError(field=field, rule="plain_address")
    if len(address) > ADDRESS_MAX_CHARACTERS:
        raise ProviderAddressError(field=field, rule="plain_address")
    in_a_test = settings.PROVIDER_LOOPBACK and parts.hostname in LOOPBACK
    if parts.scheme != "https" and not (parts.scheme == "http" and in_a_test):
        raise ProviderAddressError(field=field, rule="https")
    return parts


def said_of(issuer: str) -> Said:
    """Return what a provider says of itself, at most `KEPT_FOR_S` old; raise `ProviderAwayError`.

    Every address in it lies with the issuer itself, and it names the issuer that it was asked as.
    """
    now_s = time.monotonic()
    known = _said.get(issuer)
    if known is not None and now_s - known.asked_at_s < KEPT_FOR_S:
        return known
    answer = _ask("GET", issuer.rstrip("/") + DISCOVERY, issuer)
    if answer.get("issuer") != issuer:
        raise ProviderAwayError(fault="issuer")
    methods = answer.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    found = Said(
        authorization_endpoint=_address_in(answer, "authorization_endpoint", issuer),
        token_endpoint=_address_in(answer, "token_endpoint", issuer),
        keys_address=_address_in(answer, "jwks_uri", issuer),
        secret_in_body="client_secret_basic" not in methods,
        asked_at_s=now_s,
    )
    _said[issuer] = found
    return found


def keys_of(issuer: str, *, again: bool = False) -> KeySet:
    """Return a provider's keys; asked `again`, anew unless that was done a moment ago.

    Raises `ProviderAwayError`.
    """
    now_s = time.monotonic()
    known = _keys.get(issuer)
    if known is not None and now_s - known.asked_at_s < (
        KEYS_AGAIN_AFTER_S if again else KEPT_FOR_S
    ):
        return known.found
    answer = _ask("GET", said_of(issuer).keys_address, issuer)
    try:
        found = KeySet.import_key_set(answer)  # type: ignore[arg-type]  # it looks at each itself
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise ProviderAwayError(fault="keys") from None
    _keys[issuer] = Keys(found, now_s)
    return found


def token_for(client: Client, code: str, verifier: str) -> str:
    """Return the ID token that a provider gives for a code; raise if it gives none.

    Raises `ProviderAwayError`, `ProviderAnswerError` where the provider does not take the code.
    """
    said = said_of(client.issuer)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.redirect_uri,
        "code_verifier": verifier,
    }
    auth = None
    if said.secret_in_body:
        form |= {"client_id": client.client_id, "client_secret": client.client_secret}
    else:
        auth = httpx.BasicAuth(client.client_id, client.client_secret)
    token = _ask("POST", said.token_endpoint, client.issuer, form=form, auth=auth).get("id_token")
    if not isinstance(token, str):
        raise ProviderAnswerError(claim="id_token")
    return token


def forget() -> None:
    """Forget what providers said: they are asked anew."""
    _said.clear()
    _keys.clear()


def _address_in(answer: Mapping[str, Any], name: str, issuer: str) -> str:
    address = answer.get(name)
    if not isinstance(address, str) or not _is_of(issuer, address):
        raise ProviderAwayError(fault=name)
    return address


def _is_of(issuer: str, address: str) -> bool:
    """Return whether an address lies with the issuer: scheme, host and port are the same."""
    try:
        one, other = (checked_address(each, "issuer") for each in (issuer, address))
    except ProviderAddressError:
        return False
    return (one.scheme, one.hostname, one.port) == (other.scheme, other.hostname, other.port)


def _ask(
    method: str, address: str, issuer: str, *,
    form: Mapping[str, str] | None = None, auth: httpx.BasicAuth | None = None,
) -> Mapping[str, Any]:  # fmt: skip
    """Return the JSON object that an address of a provider answers."""
    if not _is_of(issuer, address):
        raise ProviderAwayError(fault="address")
    try:
        with (
            httpx.Client(
                verify=_trust(),
                trust_env=False,
                follow_redirects=False,
                timeout=httpx.Timeout(ANSWER_LIMIT_S, connect=CONNECT_LIMIT_S),
            ) as client,
            client.stream(
                method,
                address,
                data=form,
                auth=auth,
                headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            ) as answer,
        ):
            body = _read(answer)
        found = orjson.loads(body)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise ProviderAwayError(fault=type(error).__name__) from None
    if method == "POST" and answer.status_code in {400, 401, 403}:
        raise ProviderAnswerError(claim="code")
    if answer.status_code != 200 or not isinstance(found, dict):
        raise ProviderAwayError(fault=f"HTTP {answer.status_code}")
    return found


def _read(answer: httpx.Response) -> bytes:
    """Return the body of an answer, as far as it comes in time and is not too large."""
    until_s = time.monotonic() + ANSWER_LIMIT_S
    body = bytearray()
    for chunk in answer.iter_raw():
        body += chunk
        if len(body) > ANSWER_LIMIT_BYTES or time.monotonic() > until_s:
            raise ProviderAwayError(fault="answer")
    return bytes(body)


def _trust() -> ssl.SSLContext:
    """Return the authorities of the system, and the installation's own where one is named."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if settings.PROVIDER_CA:
        context.load_verify_locations(settings.PROVIDER_CA)
    return context
