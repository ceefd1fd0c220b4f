"""Where a request comes from, as far as counting failures goes: a known browser, or a network.

Nobody is locked out by what somebody else does somewhere else: failures count for an account as
tried from one network, and a browser in which the account has signed in before counts by itself.
(OWASP, Blocking Brute Force Attacks: device cookies.)
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

IPV4_PREFIX_BITS = 24
IPV6_PREFIX_BITS = 56
KNOWN_FOR_S = 90 * 86_400
BROWSER_BYTES = 16
_SALT = "anlan.known-browser"


@dataclass(frozen=True, slots=True)
class Whence:
    """The network of a request; its browser and whose it is, where an account signed in by it."""

    network: str
    browser: str = ""
    known_account: UUID | None = None

    def of(self, account_id: UUID | None) -> str:
        """Return what failures of this account are counted by."""
        known = account_id is not None and account_id == self.known_account
        return f"browser {self.browser}" if known else f"network {self.network}"


def network_of(address: str, forwarded: str, proxies: Sequence[str]) -> str:
    """Return the network that a request came from; `proxies` are those whose word is taken.

    Of `X-Forwarded-For` only the last address that is no such proxy counts: those before it are
    whatever the client claims.
    """
    trusted = [ip_network(one) for one in proxies]
    hops = [address, *(hop.strip() for hop in reversed(forwarded.split(",")))]
    for hop in hops:
        try:
            found = ip_address(hop)
        except ValueError:
            break
        if not any(found in one for one in trusted):
            bits = IPV4_PREFIX_BITS if found.version == 4 else IPV6_PREFIX_BITS
            return str(ip_network((found, bits), strict=False))
    return "unknown"


def whence(request: HttpRequest) -> Whence:
    """Return where a request comes from."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "")
    network = network_of(address, forwarded, settings.TRUSTED_PROXIES)
    try:
        browser, account_id = signing.loads(
            request.COOKIES.get(settings.KNOWN_COOKIE_NAME, ""), salt=_SALT, max_age=KNOWN_FOR_S
        )
        return Whence(network, browser, UUID(account_id))
    except (signing.BadSignature, ValueError, TypeError):
        return Whence(network)


def remember(reply: HttpResponse, account_id: UUID) -> None:
    """Let the browser say at the next sign-in that this account signed in by it."""
    reply.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        signing.dumps([secrets.token_urlsafe(BROWSER_BYTES), str(account_id)], salt=_SALT),
        max_age=KNOWN_FOR_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
