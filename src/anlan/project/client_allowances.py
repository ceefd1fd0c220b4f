"""What one client may ask: which requests are counted, by whom, against which allowance.

An emergency that somebody signed in tells, and whatever a unit does, is never counted. A sign-in is
counted by its cookie within its network, so that a centre behind one address has as many allowances
as seats; the network's own allowance bounds whoever makes up cookies. Networks of one's own house
(and the proxy that nobody named) are counted by cookie alone. The table is shown to operators in
`docs/operator/overload.md`.
"""

from collections.abc import Iterator
from hashlib import blake2b
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_network

from django.conf import settings

from anlan.kernel.asgi_types import Application, Scope
from anlan.kernel.client_limits import Allowance, ClientLimits
from anlan.orgs.identity.whence import network_of
from anlan.project.door import AT_ONCE, EMERGENCY, PUBLIC, lane_of

SIGN_IN = Allowance("sign_in", at_once=600, per_s=settings.CLIENT_REQUESTS_PER_S)
NETWORK = Allowance("network", at_once=3_000, per_s=500.0)
VISITORS = Allowance("visitors", at_once=300, per_s=20.0)
REPORTS = Allowance("public_reports", at_once=100, per_s=2.0)
ALLOWANCES = (SIGN_IN, NETWORK, VISITORS, REPORTS)
OWN_NETWORKS = tuple(
    ip_network(one)
    for one in (
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::/56", "fc00::/7",
    )
)  # fmt: skip
"""The machine itself, RFC 1918 and RFC 4193: who is in the house, and proxies in front."""


def counted_by(scope: Scope) -> Iterator[tuple[Allowance, str]]:
    """Yield the allowances that a request is taken from, and whose they are."""
    if scope["path"] in AT_ONCE:
        return
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    cookie = _sign_in(headers.get(b"cookie", ""), headers.get(b"authorization", ""))
    lane = lane_of(scope["method"], scope["path"])
    if cookie and lane is EMERGENCY:
        return
    address, _ = scope.get("client") or ("", 0)
    forwarded = headers.get(b"x-forwarded-for", "")
    network = network_of(address, forwarded, settings.TRUSTED_PROXIES)
    if cookie:
        yield SIGN_IN, f"{network} {cookie}"
    if _is_own(network):
        return
    yield NETWORK, network
    if not cookie:
        yield VISITORS, network
        if lane is PUBLIC and scope["method"] == "POST":
            yield REPORTS, network


def _sign_in(header: str, key: str) -> str:
    """Return a short digest of a system's key or of the sign-in's cookie; empty without one."""
    if key:
        return blake2b(key.encode(), digest_size=12).hexdigest()
    try:
        kept = SimpleCookie(header).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return blake2b(kept.value.encode(), digest_size=12).hexdigest() if kept else ""


def _is_own(network: str) -> bool:
    if network == "unknown":
        return True  # a socket of this machine has no address
    first = ip_network(network).network_address
    return any(first in own for own in OWN_NETWORKS)


def limited(application: Application) -> ClientLimits:
    """Return `application` behind the allowances of its clients."""
    return ClientLimits(application, ALLOWANCES, counted_by)
