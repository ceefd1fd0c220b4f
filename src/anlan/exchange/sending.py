"""One message to one endpoint over https: to the address that was checked, and no further."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from django.conf import settings

from anlan.exchange.addresses import HTTPS_PORT, checked_url, networks, resolved
from anlan.exchange.errors import ForbiddenAddressError

CONNECT_LIMIT_S = 5.0
ANSWER_LIMIT_S = 10.0
AGENT = "Anlan webhooks"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: an HTTP status, or why there is none."""

    status: int | None
    error: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the receiver took the message; a redirect is no acceptance."""
        return self.status is not None and 200 <= self.status < 300


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send JSON and return the status; the answer's body is not read, a redirect not followed."""
    try:
        allowed = networks(settings.WEBHOOK_NETWORKS)
        parts = checked_url(url, allowed)
        address = resolved(parts, allowed)
        host = f"[{address}]" if address.version == 6 else str(address)
        port = parts.port or HTTPS_PORT
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        named = parts.netloc
        with (
            httpx.Client(
                verify=_trust(),
                trust_env=False,
                follow_redirects=False,
                timeout=httpx.Timeout(ANSWER_LIMIT_S, connect=CONNECT_LIMIT_S),
            ) as client,
            client.stream(
                "POST",
                f"https://{host}:{port}{path}",
                content=body,
                headers={
                    **headers,
                    "Host": named,
                    "Content-Type": "application/json",
                    "User-Agent": AGENT,
                },
                extensions={"sni_hostname": parts.hostname},
            ) as answer,
        ):
            return Answer(answer.status_code)
    except ForbiddenAddressError as error:
        return Answer(None, f"forbidden: {error.rule}")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return Answer(None, type(error).__name__)


def _trust() -> ssl.SSLContext:
    """Return the authorities of the system, and the installation's own where one is named."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if settings.WEBHOOK_CA:
        context.load_verify_locations(settings.WEBHOOK_CA)
    return context
